"""Figures of published protocols, computed again: strengths, volumes a point, and the change of a mean."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dermlog.domain.course import course_of
from dermlog.domain.face_map import Zone
from dermlog.domain.instrument import Instrument, Rater, Score, Variant
from dermlog.domain.session import Dilution
from dermlog.wording import percent_text
from tests.makers import make_patient, make_visit


@pytest.mark.parametrize(
    ("units", "ml", "strength", "dose", "volume"),
    [
        pytest.param("10", "0.25", "4", "2", "0.05", id="Min 2015, 10 U"),
        pytest.param("20", "0.5", "4", "4", "0.1", id="Min 2015, 20 U"),
        pytest.param("100", "5", "2", "2.5", "0.125", id="Park 2021"),
        pytest.param("50", "1.25", "4", "50", "1.25", id="Calvisi 2022"),
    ],
)
def test_the_strength_and_the_volume_of_a_point(
    units: str, ml: str, strength: str, dose: str, volume: str
) -> None:
    dilution = Dilution(Decimal(units), Decimal(ml))
    assert dilution.units_per_tenth_ml == Decimal(strength)
    assert dilution.ml(Decimal(dose)) == Decimal(volume)


@pytest.mark.parametrize(
    ("baseline", "now", "change"),
    [("150", "37.5", "−75 %"), ("128", "160", "+25 %"), ("66", "66", "0 %"), ("3", "1", "−67 %")],
)
def test_the_change_of_one_measured_value(baseline: str, now: str, change: str) -> None:
    patient = make_patient()
    visits = [
        make_visit(patient, day, scores=(_sebum(value),))
        for day, value in ((date(2026, 1, 5), baseline), (date(2026, 2, 2), now))
    ]
    course = course_of(visits, ())
    percent = course.compare(_sebum(baseline).series).percent
    assert percent is not None
    assert percent_text(percent) == change


def _sebum(value: str) -> Score:
    return Score(
        Instrument.SEBUM,
        Decimal(value),
        Rater.DEVICE,
        Variant.SEBUM_CASUAL,
        Zone.FOREHEAD,
        "Sebumeter SM 815",
    )
