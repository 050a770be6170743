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
        """The module by its whole name: one of tests/endurance, or one that packaging/endurance_runs has."""
        return self.module if "." in self.module else f"tests.endurance.{self.module}"

    def run(self) -> Run:
        """The function that does it."""
        return cast(Run, import_module(self.path).run)


PLAN: tuple[Trial, ...] = (
    Trial(
        "T1", "P1-P3", "kill the program at any moment of 15 workflows", "kills", 200, 20_000, module="kills"
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
        "T4",
        "P4, P5",
        "flip bits, overwrite, lose, swap, cut and put back older pages of a clinic file",
        "damaged files",
        500,
        25_000,
        module="damaged_files",
    ),
    Trial(
        "T5",
        "P4, P9",
        "damage the log, the slots, the witness, a manifest, a pack of photos",
        "damaged files",
        500,
        25_000,
        module="side_files",
    ),
    Trial(
        "T6",
        "P4",
        "save what a file with one flipped bit still gives, without and with a backup",
        "salvages",
        50,
        2_000,
        module="salvaging",
    ),
    Trial(
        "T7",
        "P1-P8, P12",
        "random steps beside a model: record, amend, erase, lock, crash, back up, restore",
        "steps",
        20_000,
        5_000_000,
        module="random_days",
    ),
    Trial(
        "T8",
        "P6, P7, P9",
        "lose the PC in any state, restore by password and by sheet, compare digests",
        "restores",
        20,
        1_000,
        module="round_trips",
    ),
    Trial(
        "T10",
        "P8",
        "bring files of every format up to date",
        "formats",
        2,
        2,
        tests=("tests/storage/test_upgrading.py",),
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
        "T12",
        "P10",
        "type hostile texts; save, show, find, print, export and import them",
        "texts",
        2_000,
        2_000,
        tests=("tests/logbook/test_hostile_texts.py",),
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
        "T14",
        "P11",
        "look for marks of the camera in every photo that leaves",
        "pictures",
        200,
        200,
        tests=(
            "tests/logbook/test_exits_carry_no_mark.py",
            "tests/photos/test_export.py",
        ),
    ),
    Trial(
        "T15",
        "P4, P12",
        "hand in hostile exports and prepared clinic files",
        "files",
        274,
        274,
        tests=(
            "tests/logbook/test_hostile_exports.py",
            "tests/storage/test_hostile_files.py",
        ),
    ),
    Trial(
        "T16",
        "P8",
        "change, delete, swap, insert, cut, seal anew and roll back the record",
        "tamperings",
        300,
        10_000,
        module="chain",
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
        "T18",
        "P3, P9",
        "lock the window in any state: draft, cover, key, plain words on disk",
        "states",
        20,
        500,
        module="locks",
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
        "T20",
        "P12",
        "erase patients, search every byte for them, restore older backups",
        "erasures",
        20,
        20,
        tests=("tests/storage/test_erasing.py",),
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
    Trial(
        "T21",
        "P1, P9",
        "kill the program while a password or the clinic's key is changed",
        "kills",
        12,
        500,
        module="key_kills",
    ),
    Trial(
        "T22",
        "P8",
        "move the clock: back, forward, both changes of the hour, 13 zones, a leap day",
        "clocks",
        37,
        37,
        tests=("tests/storage/test_clock.py",),
    ),
    Trial(
        "T23",
        "P1-P6",
        "five years of a large clinic with 200 unclean stops; open, save, back up and check in time",
        "clinics",
        0,
        1,
        module="endurance_runs.five_years",
    ),
    Trial(
        "T24",
        "P12",
        "read files of every format, and the plain copy with another library",
        "formats",
        2,
        2,
        tests=("tests/storage/test_compatibility.py",),
    ),
    Trial(
        "T25",
        "all",
        "count the branches of storage that tests take, at least 95 of 100",
        "runs",
        0,
        1,
        module="endurance_runs.branches",
    ),
)
"""In the order of their numbers."""


def push_of(number: str) -> int:
    """How many cases of a test each push asks for."""
    return next(trial.push for trial in PLAN if trial.number == number)
