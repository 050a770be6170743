"""F20, T11: two forms on one record: the later save is refused, says who and when, and both are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dermlog.domain.patient import Allergy, Flag
from dermlog.errors import ChangedMeanwhile, NotAllowed
from dermlog.logbook import Logbook
from tests.makers import NOW, NURSE, StillClock, make_logbook, make_patient, make_visit, oiliness


@pytest.fixture
def logbook(tmp_path: Path) -> Logbook:
    """An open logbook with a clock that is moved by hand."""
    return make_logbook(tmp_path, clock=StillClock(NOW))


def test_a_patient_changed_meanwhile_is_not_written_over(logbook: Logbook) -> None:
    loaded = make_patient(note="as it was")
    logbook.patients.save(loaded)
    theirs, mine = replace(loaded, note="by Ana"), replace(loaded, note="by me", phone="555 0100")
    clock = StillClock(NOW + timedelta(minutes=3))
    logbook._database.clock = clock
    with logbook.second_connection() as other:
        other.act_as(NURSE.id)
        other.patients.save(theirs, based_on=loaded)
    with pytest.raises(
        ChangedMeanwhile, match="Ana Ruiz changed this meanwhile, on 17 Apr 2026 at 10:07"
    ) as caught:
        logbook.patients.save(mine, based_on=loaded)
    assert caught.value.stored == theirs
    assert logbook.patients.get(loaded.id) == theirs
    logbook.patients.save(mine, based_on=theirs)
    texts = [line.after and line.after.get("note") for line in logbook.history.of_patient(loaded.id)]
    assert [text for text in texts if text] == ["as it was", "by Ana", "by me"]
    logbook.close()


def test_a_flag_added_meanwhile_counts_too(logbook: Logbook) -> None:
    loaded = make_patient(allergies=())
    logbook.patients.save(loaded)
    logbook.patients.save(replace(loaded, allergies=(Flag(Allergy.LATEX),)))
    with pytest.raises(ChangedMeanwhile, match="Dr Sato") as caught:
        logbook.patients.save(replace(loaded, note="mine"), based_on=loaded)
    assert caught.value.stored == replace(loaded, allergies=(Flag(Allergy.LATEX),))
    logbook.close()


def test_a_visit_corrected_meanwhile_is_not_written_over(logbook: Logbook) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    loaded = make_visit(patient, note="as it was")
    logbook.visits.save(loaded)
    theirs = replace(loaded, scores=(oiliness(1),))
    logbook.visits.save(theirs, "typing error", based_on=loaded)
    with pytest.raises(ChangedMeanwhile, match="Dr Sato") as caught:
        logbook.visits.save(replace(loaded, note="mine"), "typing error", based_on=loaded)
    assert caught.value.stored == theirs
    assert logbook.visits.get(loaded.id) == theirs
    logbook.close()


def test_the_same_save_twice_is_no_conflict(logbook: Logbook) -> None:
    loaded = make_patient()
    logbook.patients.save(loaded)
    mine = replace(loaded, note="mine")
    logbook.patients.save(mine, based_on=loaded)
    logbook.patients.save(mine, based_on=loaded)
    logbook.close()


def test_a_record_that_went_meanwhile_is_not_made_again(logbook: Logbook) -> None:
    patient = make_patient()
    with pytest.raises(NotAllowed, match="no longer in the logbook"):
        logbook.patients.save(patient, based_on=patient)
    assert logbook.patients.count() == 0
    logbook.close()
