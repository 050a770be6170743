"""The test plan: each test with what it proves, how many cases a push and a release ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from tests.endurance import Outcome

Run = Callable[[int, int], Outcome]


@dataclass(frozen=True)
class Trial:
    """One test of the plan.

    proves: the promises. what: in words for anyone. unit: what is counted. push, release: how many of them.
    module: has run(count, seed); or tests: paths for pytest, run whole, where nothing is counted.
    """

    number: str
    proves: str
    what: str
    unit: str
    push: int
    release: int
    module: str = ""
    tests: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The module by its whole name: one of tests/endurance, or one that packaging/endurance has."""
        return self.module if "." in self.module else f"tests.endurance.{self.module}"

    def run(self) -> Run:
        """The function that does it."""
        return cast(Run, import_module(self.path).run)


PLAN: tuple[Trial, ...] = (
    Trial(
        "T1", "P1-P3", "kill the program at any moment of 12 workflows", "kills", 200, 20_000, module="kills"
    ),
    Trial(
        "T2",
        "P1, P2",
        "cut the power at any moment; unsynced writes lost, torn or out of order",
        "points",
        1_000,
        100_000,
        module="power_cuts",
    ),
    Trial(
        "T3",
        "P1",
        "let the n-th write, sync, cut, read or naming fail, once or for good",
        "faults",
        300,
        10_000,
        module="refusals",
    ),
    Trial(
        "T11",
        "P1, P8",
        "four writers at once, and edits of one record against each other",
        "transactions",
        1_000,
        40_000,
        module="writers",
    ),
    Trial(
        "T13",
        "P10",
        "prepare mutated, cut, spliced, lying and polyglot pictures",
        "pictures",
        500,
        100_000,
        module="pictures",
    ),
    Trial(
        "T17",
        "P9",
        "every role at every door, locked and unlocked",
        "combinations",
        344,
        344,
        tests=("tests/logbook/test_roles.py",),
    ),
    Trial(
        "T19",
        "P9",
        "search every byte the program wrote for planted texts, pictures, password and code",
        "planted things",
        100,
        1_000,
        module="plaintext",
    ),
    Trial(
        "T21",
        "P9",
        "try wrong passwords, flip bits of the slots, mistype the recovery sheet",
        "mistakes",
        500,
        20_000,
        module="keys",
    ),
)
"""In the order of their numbers."""


def push_of(number: str) -> int:
    """How many cases of a test each push asks for."""
    return next(trial.push for trial in PLAN if trial.number == number)
