"""The plan of the endurance tests names what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.endurance.plan import PLAN, Trial

_ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("trial", PLAN, ids=lambda trial: f"{trial.number}-{trial.module or 'tests'}")
def test_each_test_of_the_plan_can_be_run(trial: Trial) -> None:
    assert trial.release >= trial.push >= 0
    assert bool(trial.module) != bool(trial.tests)
    assert all((_ROOT / path.split("::")[0]).exists() for path in trial.tests)
    if trial.module:
        assert callable(trial.run())


def test_the_same_number_is_never_two_tests_of_one_module() -> None:
    keys = [(trial.number, trial.module, trial.tests) for trial in PLAN]
    assert len(keys) == len(set(keys))
