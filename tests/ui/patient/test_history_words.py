"""The history in sentences: who, what, and each value before and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dermlog.domain.patient import Allergy, Flag
from dermlog.history_words import HistoryRow, history_rows
from dermlog.logbook import Logbook
from tests.makers import NURSE, StillClock, make_patient, make_visit, oiliness
from tests.ui.patient.conftest import Treated, alarming_visit


def rows_of(logbook: Logbook, treated: Treated) -> tuple[HistoryRow, ...]:
    """The history as the tab shows it."""
    names = {person.id: person.name for person in logbook.staff.all()}
    brands = {product.id: product.brand for product in logbook.products.all()}
    return history_rows(logbook.history.of_patient(treated.patient.id), names, brands)


def test_a_correction_names_the_value_before_and_after(
    logbook: Logbook, treated: Treated, clock: StillClock
) -> None:
    clock.move(timedelta(minutes=5))
    logbook.act_as(NURSE.id)
    scores = (oiliness(1), *treated.week_8.scores[1:])
    logbook.visits.save(replace(treated.week_8, scores=scores, note="Seen again"), "typed the wrong row")
    newest = rows_of(logbook, treated)[0]
    assert newest.who == "Ana Ruiz"
    assert newest.what == "Visit of 17 Apr 2026 corrected"
    assert "Oiliness, value: 2 → 1" in newest.details
    assert "note: empty → Seen again" in newest.details
    assert newest.reason == "typed the wrong row"


def test_a_signed_treatment_is_one_row(logbook: Logbook, treated: Treated, clock: StillClock) -> None:
    signed = [row for row in rows_of(logbook, treated) if row.what == "Treatment of 20 Feb 2026 signed"]
    assert len(signed) == 1
    assert "2 points" in signed[0].details
    assert "Oiliness 4" in signed[0].details


def test_changes_of_the_patient_in_words(logbook: Logbook, treated: Treated, clock: StillClock) -> None:
    clock.move(timedelta(minutes=5))
    logbook.patients.save(
        replace(treated.patient, birth_date=date(1997, 2, 5), allergies=(Flag(Allergy.LATEX, "gloves"),))
    )
    newest = rows_of(logbook, treated)[0]
    assert newest.what == "Patient’s details changed"
    assert "birth date: 4 Feb 1997 → 5 Feb 1997" in newest.details
    assert "Latex: gloves" in newest.details


def test_an_acknowledgement_is_named(logbook: Logbook, treated: Treated, clock: StillClock) -> None:
    visit = alarming_visit(treated.patient)
    logbook.visits.save(visit)
    clock.move(timedelta(minutes=5))
    logbook.visits.acknowledge(visit.id, "Phoned, all well")
    newest = rows_of(logbook, treated)[0]
    assert newest.what == "Warning sign of 17 Apr 2026 acknowledged"
    assert newest.details == ("Phoned, all well",)


def test_no_code_and_no_id_reaches_a_person(logbook: Logbook, treated: Treated) -> None:
    words = " ".join(" ".join((row.who, row.what, *row.details)) for row in rows_of(logbook, treated))
    for code in ("iga_extent", "clinician", "onabotulinum", "None", "{", str(treated.patient.id)):
        assert code not in words


def test_the_same_visit_saved_again_adds_nothing(
    logbook: Logbook, treated: Treated, clock: StillClock
) -> None:
    before = rows_of(logbook, treated)
    clock.move(timedelta(minutes=5))
    logbook.visits.save(treated.week_8)
    assert rows_of(logbook, treated) == before


def test_another_patient_has_a_history_of_her_own(logbook: Logbook, treated: Treated) -> None:
    other = make_patient()
    logbook.patients.save(other)
    logbook.visits.save(make_visit(other))
    lines = logbook.history.of_patient(other.id)
    assert [row.what for row in history_rows(lines, {}, {})][-1].startswith(("Patient added", "Visit of"))
    assert not {line.row_id for line in lines} & {
        line.row_id for line in logbook.history.of_patient(treated.patient.id)
    }
