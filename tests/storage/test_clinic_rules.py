"""The house rules: the usual ones hold until somebody chooses, wrong ones cannot be made."""

from __future__ import annotations

from pathlib import Path

import pytest

from dermlog.domain.clinic_rule import ClinicRules
from dermlog.domain.validity import InvalidRecord
from dermlog.logbook import Logbook
from tests.makers import make_logbook


def test_the_usual_rules_hold_until_others_are_chosen(tmp_path: Path) -> None:
    with make_logbook(tmp_path) as logbook:
        assert logbook.clinic_rules.get() == ClinicRules(idle_lock_minutes=10, retention_years=None)
        logbook.clinic_rules.save(ClinicRules(3, 20))
        logbook.clinic_rules.save(ClinicRules(4, None))
    with Logbook.open(logbook.path) as again:
        assert again.clinic_rules.get() == ClinicRules(4, None)


@pytest.mark.parametrize(("minutes", "years"), [(0, None), (31, None), (10, 0), (10, 101)])
def test_rules_that_cannot_be_kept_are_refused(minutes: int, years: int | None) -> None:
    with pytest.raises(InvalidRecord):
        ClinicRules(minutes, years)
