"""The chart number proposed for a new patient: the pattern of the newest, one further, and free."""

from __future__ import annotations

import pytest

from dermlog.logbook import Logbook
from dermlog.storage.patients import MOST_TAKEN
from tests.makers import make_patient


@pytest.mark.parametrize(
    ("given", "proposed"),
    [
        ([], ""),
        (["DL-0142"], "DL-0143"),
        (["7"], "8"),
        (["0009"], "0010"),
        (["DL-0999"], "DL-1000"),
        (["DL-9999"], "DL-10000"),
        (["2026/17"], "2026/18"),
        (["A1", "B7"], "B8"),
        (["DL-0143", "DL-0144", "DL-0142"], "DL-0145"),
        (["dl-0002", "DL-0001"], "DL-0003"),
        (["patient x"], ""),
        (["12a"], ""),
        (["\u0661\u0662"], ""),
        (["9" * 40], ""),
        (["9" * 18], "1" + "0" * 18),
    ],
)
def test_the_pattern_of_the_newest_goes_on(logbook: Logbook, given: list[str], proposed: str) -> None:
    for number in given:
        logbook.patients.save(make_patient(chart_number=number))
    assert logbook.patients.next_chart_number() == proposed
    if proposed:
        logbook.patients.save(make_patient(chart_number=proposed))


def test_a_changed_patient_is_not_the_newest(logbook: Logbook) -> None:
    first, second = make_patient(chart_number="A-1"), make_patient(chart_number="B-1")
    for patient in (first, second, first):
        logbook.patients.save(patient)
    assert logbook.patients.next_chart_number() == "B-2"


def test_a_long_run_of_taken_numbers_ends_the_search(logbook: Logbook) -> None:
    with logbook.in_one_step():
        for number in range(2, MOST_TAKEN + 2):
            logbook.patients.save(make_patient(chart_number=str(number)))
        logbook.patients.save(make_patient(chart_number="1"))
    assert logbook.patients.next_chart_number() == ""
