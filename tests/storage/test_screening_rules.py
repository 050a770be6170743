"""Screening rules of a clinic in the file: levels, own questions, and their history."""

from __future__ import annotations

import pytest

from dermlog.domain.screening import Level, OwnQuestion, ScreeningPlan, ScreeningRule
from dermlog.logbook import Logbook
from tests.makers import make_patient


def test_a_new_file_has_the_usual_plan(logbook: Logbook) -> None:
    assert logbook.screening_rules.plan() == ScreeningPlan()


def test_levels_are_kept_and_change_what_screening_finds(logbook: Logbook) -> None:
    patient = make_patient(allergies=(), conditions=(), drugs=())
    logbook.patients.save(patient)
    (finding,) = logbook.screening(patient.id, None, logbook.today())
    assert (finding.rule, finding.is_stop) == (ScreeningRule.NO_OFF_LABEL_CONSENT, True)
    logbook.screening_rules.set_level(ScreeningRule.NO_OFF_LABEL_CONSENT, Level.WARN)
    logbook.screening_rules.set_level(ScreeningRule.NO_OFF_LABEL_CONSENT, Level.OFF)
    assert logbook.screening(patient.id, None, logbook.today()) == ()


@pytest.mark.parametrize("rule", [ScreeningRule.VIAL_EXPIRED, ScreeningRule.VIAL_OVER_AGE])
def test_what_stops_a_vial_is_no_choice(logbook: Logbook, rule: ScreeningRule) -> None:
    with pytest.raises(ValueError, match="VIAL"):
        logbook.screening_rules.set_level(rule, Level.OFF)


def test_own_questions_are_kept_in_order_changed_and_taken_away(logbook: Logbook) -> None:
    first, second = OwnQuestion("Flying today?"), OwnQuestion("Sauna?", Level.STOP)
    for question in (first, second):
        logbook.screening_rules.save_question(question)
    changed = OwnQuestion("Flying tomorrow?", Level.OFF, first.id)
    logbook.screening_rules.save_question(changed)
    assert logbook.screening_rules.plan().own == (changed, second)
    logbook.screening_rules.remove_question(second.id)
    assert logbook.screening_rules.plan().own == (changed,)
