"""Patient: age on a day, flags in their own lists, and the limits of every text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dermlog.domain.patient import CHART_NUMBER_LIMIT, AcneTreatment, Allergy, Flag, Patient, PriorTreatment
from dermlog.domain.validity import Fault, InvalidRecord


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 4, 17), date(2026, 4, 16), 17),
        (date(2008, 4, 17), date(2026, 4, 17), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (None, date(2026, 4, 17), None),
    ],
)
def test_the_age_counts_completed_years(born: date | None, day: date, age: int | None) -> None:
    assert Patient("C-1", "Berg", birth_date=born).age_on(day) == age


def test_an_allergy_is_known_only_when_recorded() -> None:
    assert not Patient("C-1", "Berg").has_allergy(Allergy.LATEX)
    assert not Patient("C-1", "Berg", allergies=()).has_allergy(Allergy.LATEX)
    allergic = Patient("C-1", "Berg", allergies=(Flag(Allergy.LATEX),))
    assert allergic.has_allergy(Allergy.LATEX)
    assert not allergic.has_allergy(Allergy.HUMAN_ALBUMIN)


@pytest.mark.parametrize(
    ("facts", "field", "fault"),
    [
        ({"chart_number": " "}, "chart_number", Fault.MISSING),
        ({"chart_number": "1" * (CHART_NUMBER_LIMIT + 1)}, "chart_number", Fault.TOO_LONG),
        ({"family_name": ""}, "family_name", Fault.MISSING),
        ({"given_name": "a\nb"}, "given_name", Fault.LINE_BREAK),
        ({"phone": "\x00"}, "phone", Fault.CONTROL_CHARACTER),
        ({"birth_date": date(1899, 12, 31)}, "birth_date", Fault.TOO_EARLY),
        ({"note": "x" * 20_001}, "note", Fault.TOO_LONG),
    ],
)
def test_what_cannot_stay_is_named(facts: dict[str, Any], field: str, fault: Fault) -> None:
    with pytest.raises(InvalidRecord) as refused:
        Patient(**({"chart_number": "C-1", "family_name": "Berg"} | facts))
    assert [(problem.field, problem.fault) for problem in refused.value.problems] == [(field, fault)]


def test_details_of_flags_and_treatments_have_limits_too() -> None:
    with pytest.raises(InvalidRecord):
        Flag(Allergy.OTHER, "x" * 201)
    with pytest.raises(InvalidRecord):
        PriorTreatment(AcneTreatment.OTHER, stop_reason="a\tb")


def test_every_patient_has_an_identity_of_their_own() -> None:
    assert Patient("C-1", "Berg").id != Patient("C-1", "Berg").id
