"""Patients in the file: kept whole, found by any part of name, number and birth date, doubles shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dermlog.changes import Change, Noun
from dermlog.domain.identity import new_id
from dermlog.domain.patient import (
    AcneTreatment,
    Allergy,
    Condition,
    Drug,
    FitzpatrickType,
    Flag,
    Patient,
    PriorTreatment,
    Sex,
    TreatmentResponse,
)
from dermlog.domain.validity import Fault, InvalidRecord
from dermlog.errors import NotAllowed
from dermlog.logbook import Logbook
from dermlog.storage import patient_search
from dermlog.storage.folding import fold, folded_patient, fragments
from tests.makers import StillClock, make_logbook, make_patient, make_visit

HOSTILE = [
    "'; DROP TABLE patient; --",
    'a "b" c',
    "100%_",
    "[x] (y) {z}",
    "*",
    "NEAR(a b)",
    "a AND OR NOT",
    "folded:x",
    "^abc",
    "\\",
    "\x00",
    "\ud800",
    "a\x00b",
    "\u202eabc",
    '"""',
    "x" * 5000,
    " ".join(str(number) for number in range(400)),
    "é" * 300,
    "\ufdfa" * 100,
]


def full_patient() -> Patient:
    return make_patient(
        sex=Sex.FEMALE,
        fitzpatrick=FitzpatrickType.IV,
        phone="+46 70 123",
        allergies=(Flag(Allergy.OTHER, "pollen"), Flag(Allergy.OTHER, "nuts"), Flag(Allergy.LATEX)),
        conditions=(),
        drugs=(Flag(Drug.ISOTRETINOIN, "until 2025-11"),),
        prior_treatments=(
            PriorTreatment(AcneTreatment.HORMONAL, "a pill", "2024", TreatmentResponse.PARTIAL, "headache"),
            PriorTreatment(AcneTreatment.HORMONAL, "a pill", "2024", TreatmentResponse.PARTIAL, "headache"),
        ),
        note="<b>first line</b>\n" + "n" * 19_000,
    )


def test_a_patient_comes_back_as_saved(logbook: Logbook) -> None:
    patient = full_patient()
    logbook.patients.save(patient)
    assert logbook.patients.get(patient.id) == patient
    assert logbook.patients.by_chart_number(patient.chart_number.lower()) == patient
    assert logbook.patients.by_chart_number("no such") is None
    assert logbook.patients.count() == 1


def test_not_asked_stays_apart_from_none(logbook: Logbook) -> None:
    patient = make_patient(allergies=None, conditions=())
    logbook.patients.save(patient)
    kept = logbook.patients.get(patient.id)
    assert kept.allergies is None
    assert kept.conditions == ()


def test_a_changed_patient_replaces_the_earlier_one_and_nothing_else(logbook: Logbook) -> None:
    other, patient = full_patient(), full_patient()
    logbook.patients.save(other)
    logbook.patients.save(patient)
    changed = replace(
        patient,
        family_name="Berg",
        allergies=(Flag(Allergy.OTHER, "nuts"),),
        conditions=(Flag(Condition.PREGNANCY),),
        drugs=None,
        prior_treatments=patient.prior_treatments[:1],
    )
    logbook.patients.save(changed)
    assert logbook.patients.get(patient.id) == changed
    assert logbook.patients.get(other.id) == other
    assert logbook.patients.count() == 2


def test_saving_is_announced_once(logbook: Logbook) -> None:
    heard: list[frozenset[Change]] = []
    logbook.changes.listen(heard.append)
    patient = full_patient()
    logbook.patients.save(patient)
    assert heard == [frozenset({Change(Noun.PATIENT, patient.id)})]


@pytest.mark.parametrize(("first", "second"), [("A-12", "a-12"), ("Å/7", "a.7"), ("12", " 12 ")])
def test_a_chart_number_belongs_to_one_patient(logbook: Logbook, first: str, second: str) -> None:
    logbook.patients.save(make_patient(chart_number=first))
    with pytest.raises(InvalidRecord) as caught:
        logbook.patients.save(make_patient(chart_number=second))
    assert [(problem.field, problem.fault) for problem in caught.value.problems] == [
        ("chart_number", Fault.DUPLICATE)
    ]
    assert logbook.patients.count() == 1


def test_a_patient_that_is_not_there_is_said(logbook: Logbook) -> None:
    with pytest.raises(NotAllowed, match="no longer in the logbook"):
        logbook.patients.get(new_id())


@pytest.mark.parametrize(
    "typed",
    [
        "lind",
        "QVIST",
        "maya lind",
        "ma li",
        "y",
        "c-48",
        "4821",
        "1997-02-04",
        "4.2.97"[:4],
        "4 feb 1997",
        "lindqvist, maya",
        "",
    ],
)
def test_a_patient_is_found_by_any_part(logbook: Logbook, typed: str) -> None:
    patient = make_patient(chart_number="C-4821")
    logbook.patients.save(patient)
    logbook.patients.save(make_patient(family_name="Öz", given_name="Bob", chart_number="7", birth_date=None))
    assert patient.id in [row.id for row in logbook.patients.search(typed).rows]


def test_a_new_name_is_found_and_the_old_one_is_not(logbook: Logbook) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    logbook.patients.save(replace(patient, family_name="Bergström"))
    assert [row.id for row in logbook.patients.search("bergstrom").rows] == [patient.id]
    assert logbook.patients.search("lindqvist").rows == ()


def test_a_row_tells_what_a_list_shows(logbook: Logbook) -> None:
    patient = make_patient(sex=Sex.MALE)
    logbook.patients.save(patient)
    logbook.visits.save(make_visit(patient, date(2026, 1, 9)))
    logbook.visits.save(make_visit(patient, date(2026, 3, 9)))
    (row,) = logbook.patients.search("lindqvist").rows
    assert (row.family_name, row.given_name, row.birth_date) == ("Lindqvist", "Maya", date(1997, 2, 4))
    assert (row.sex, row.last_visit_on) == (Sex.MALE, date(2026, 3, 9))


def test_hits_come_by_name_and_say_when_there_are_more(logbook: Logbook) -> None:
    for number in range(8):
        logbook.patients.save(make_patient(family_name=f"Ärlig{8 - number}", chart_number=str(number)))
    hits = logbook.patients.search("arlig", limit=5)
    assert [row.family_name for row in hits.rows] == ["Ärlig1", "Ärlig2", "Ärlig3", "Ärlig4", "Ärlig5"]
    assert hits.more
    assert not logbook.patients.search("arlig", limit=8).more


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_text_can_break_the_search(logbook: Logbook, typed: str) -> None:
    logbook.patients.save(make_patient())
    logbook.patients.search(typed)
    assert logbook.patients.count() == 1


@pytest.mark.parametrize("name", ['D"Arc', "O'Neill", "100%", "under_score", "[brackets]", "semi;colon", "*"])
def test_odd_characters_in_a_name_are_found(logbook: Logbook, name: str) -> None:
    patient = make_patient(family_name=name)
    logbook.patients.save(patient)
    logbook.patients.save(make_patient(family_name="Zzz", given_name="Yyy", birth_date=None))
    assert [row.id for row in logbook.patients.search(name).rows] == [patient.id]


NAMES = st.text(alphabet=st.sampled_from("aAbBnNäÄéøłßıİñ'-. 9çمحמשก김李"), min_size=1, max_size=7).filter(
    str.strip
)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logbook]:
    """Six hundred patients of few letters, so that every search has many hits of every kind."""
    import random

    chance = random.Random(5)  # noqa: S311
    letters = "aábnñøłßemMN -'9محמשก김"
    logbook = make_logbook(tmp_path_factory.mktemp("crowd"), clock=StillClock())
    with logbook._database.atomic():
        for number in range(600):
            names = [
                "".join(chance.choice(letters) for _ in range(chance.randint(2, 9))).strip() or "x"
                for _ in "fg"
            ]
            logbook.patients.save(
                make_patient(
                    family_name=names[0],
                    given_name=names[1],
                    chart_number=f"KK{chance.choice('AB')}-{number:03}",
                    birth_date=date(1950 + number % 50, 1 + number % 12, 1 + number % 28),
                )
            )
    yield logbook
    logbook.close()


def scan(logbook: Logbook, typed: str) -> set[Any]:
    """The patients that a plain look at every one finds."""
    pieces = fragments(typed)
    return {
        patient_id
        for patient_id, family, given_name, chart, born in logbook._database.rows(
            "SELECT id, family_name, given_name, chart_number, birth_date FROM patient"
        )
        if all(
            piece in folded_patient(family, given_name, chart, date.fromisoformat(born)) for piece in pieces
        )
    }


@settings(max_examples=150, deadline=None)
@given(
    words=st.lists(
        st.text(alphabet=st.sampled_from("aábnñøłßemMN -'9محמשก김\"%_[*"), min_size=1, max_size=5), max_size=3
    ),
    sorted_hits=st.sampled_from([0, 5, 60, 1000]),
)
@example(words=["nem"], sorted_hits=1000)
@example(words=["kka-0", "n"], sorted_hits=60)
@example(words=["kka", "195", "n"], sorted_hits=60)
@example(words=["-19"], sorted_hits=60)
@example(words=["xq"], sorted_hits=60)
@example(words=["q"], sorted_hits=60)
@example(words=["9"], sorted_hits=5)
@example(words=["ab", "19", "9"], sorted_hits=5)
def test_the_search_misses_nobody_and_invents_nobody(
    crowd: Logbook, words: list[str], sorted_hits: int
) -> None:
    """Compared with a plain look at everybody, by both ways: rare pieces are sorted, common ones walked."""
    typed = " ".join(words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patient_search, "SORTED_HITS", sorted_hits)
        hits = crowd.patients.search(typed, limit=1000)
        first = crowd.patients.search(typed, limit=7)
    assert {str(row.id) for row in hits.rows} == scan(crowd, typed)
    names = [f"{fold(row.family_name)} {fold(row.given_name)}" for row in hits.rows]
    assert names == sorted(names)
    assert first.rows == hits.rows[:7]
    assert first.more == (len(hits.rows) > 7)


def test_people_who_may_be_the_same_are_shown(logbook: Logbook) -> None:
    patient = make_patient()
    twins = [
        make_patient(family_name="LINDQVIST", given_name="Mäya"),
        make_patient(family_name="Maya", given_name="Lindqvist", birth_date=None),
        make_patient(given_name="Maja"),
    ]
    others = [
        make_patient(birth_date=date(1960, 1, 1), given_name="Someone"),
        make_patient(family_name="Quite", given_name="Different"),
    ]
    for other in (*twins, *others):
        logbook.patients.save(other)
    assert {row.id for row in logbook.patients.duplicates_of(patient)} == {twin.id for twin in twins}
    logbook.patients.save(patient)
    assert patient.id not in {row.id for row in logbook.patients.duplicates_of(patient)}


def test_the_patients_opened_last_come_first(logbook: Logbook, clock: StillClock) -> None:
    from datetime import timedelta

    patients = [make_patient() for _ in range(4)]
    for patient in patients:
        logbook.patients.save(patient)
        clock.move(timedelta(seconds=1))
        logbook.patients.note_opened(patient.id)
    clock.move(timedelta(seconds=1))
    logbook.patients.note_opened(patients[1].id)
    assert [row.id for row in logbook.patients.recent(limit=3)] == [
        patients[1].id,
        patients[3].id,
        patients[2].id,
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES, NAMES, st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "M"]), max_size=60))
def test_any_text_that_can_be_a_name_is_kept_and_found(
    tmp_path_factory: pytest.TempPathFactory, family: str, given_name: str, note: str
) -> None:
    logbook = _shared(tmp_path_factory)
    patient = make_patient(family_name=family, given_name=given_name, note=note)
    logbook.patients.save(patient)
    assert logbook.patients.get(patient.id) == patient
    assert patient.id in {
        row.id for row in logbook.patients.search(f"{given_name} {family}", limit=1000).rows
    }


_LOGBOOKS: dict[Path, Logbook] = {}


def _shared(factory: pytest.TempPathFactory) -> Logbook:
    folder = factory.getbasetemp()
    if folder not in _LOGBOOKS:
        _LOGBOOKS[folder] = make_logbook(factory.mktemp("names"))
    return _LOGBOOKS[folder]
