"""From typed texts to a session: every problem at once, each with the name of its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.screening import ScreeningFinding, ScreeningRule
from dermlog.domain.session import InjectionSite
from dermlog.domain.validity import Fault, InvalidRecord
from dermlog.sentences import problem_sentence
from dermlog.ui.session.entry import SessionEntry
from dermlog.ui.session.reading import Reading, read_session

TODAY = date(2026, 4, 17)
ABOUT = Reading(UUID(int=1), UUID(int=2), TODAY, date(1997, 2, 4))
SITE = InjectionSite(FaceView.FRONT, 0.5, 0.2, Zone.FOREHEAD, Decimal(40))
GOOD = SessionEntry(
    product=str(UUID(int=3)),
    vial_units="100",
    lot="C4821",
    expiry="2027-03",
    diluent_ml="2,5",
    injector=str(UUID(int=4)),
    on="17 Apr 2026",
    needle_gauge="32",
    sites=(SITE, replace(SITE, id=UUID(int=9))),
)


def faults(entry: SessionEntry, about: Reading = ABOUT) -> dict[str, Fault]:
    with pytest.raises(InvalidRecord) as refused:
        read_session(entry, about)
    return {problem.field: problem.fault for problem in refused.value.problems}


def test_a_good_entry_is_read_as_typed() -> None:
    session = read_session(GOOD, ABOUT)
    assert session.diluent_ml == Decimal("2.5")
    assert session.expiry == date(2027, 3, 31)
    assert session.total_units == 80
    assert session.needle_gauge == 32
    assert session.performed_on == TODAY


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"product": "", "vial_units": ""}, "product", Fault.MISSING),
        ({"lot": " "}, "lot", Fault.MISSING),
        ({"lot": "C\x0048"}, "lot", Fault.CONTROL_CHARACTER),
        ({"lot": "C" * 61}, "lot", Fault.TOO_LONG),
        ({"expiry": ""}, "expiry", Fault.MISSING),
        ({"expiry": "soon"}, "expiry", Fault.NOT_A_DATE),
        ({"expiry": "2026-03"}, "expiry", Fault.EXPIRED),
        ({"expiry": "16.4.2026"}, "expiry", Fault.EXPIRED),
        ({"diluent_ml": ""}, "diluent_ml", Fault.MISSING),
        ({"diluent_ml": "abc"}, "diluent_ml", Fault.NOT_A_NUMBER),
        ({"diluent_ml": "0"}, "diluent_ml", Fault.NOT_POSITIVE),
        ({"diluent_ml": "-1"}, "diluent_ml", Fault.NOT_POSITIVE),
        ({"diluent_ml": "1000"}, "diluent_ml", Fault.TOO_LARGE),
        ({"vials": "1,5"}, "vials", Fault.NOT_A_WHOLE_NUMBER),
        ({"vials": "0"}, "vials", Fault.TOO_SMALL),
        ({"vials": "99"}, "vials", Fault.TOO_LARGE),
        ({"injector": ""}, "injector", Fault.MISSING),
        ({"on": "31.2.2026"}, "on", Fault.NOT_A_DATE),
        ({"on": ""}, "on", Fault.MISSING),
        ({"on": "18 Apr 2026"}, "on", Fault.IN_FUTURE),
        ({"on": "3 Feb 1997"}, "on", Fault.BEFORE_BIRTH),
        ({"sites": ()}, "sites", Fault.MISSING),
        ({"vial_units": "50"}, "sites", Fault.BEYOND_VIAL),
        ({"note": "a\x07b"}, "note", Fault.CONTROL_CHARACTER),
        ({"note": "a" * 20_001}, "note", Fault.TOO_LONG),
    ],
)
def test_one_bad_field_is_named_alone(change: dict[str, object], field: str, fault: Fault) -> None:
    assert faults(replace(GOOD, **change)) == {field: fault}  # type: ignore[arg-type]


def test_what_was_typed_is_quoted() -> None:
    with pytest.raises(InvalidRecord) as caught:
        read_session(replace(GOOD, vials="1,5"), ABOUT)
    assert problem_sentence(caught.value.problems[0], "Vials") == "Vials must be a whole number, not 1,5."


def test_all_bad_fields_are_named_at_once() -> None:
    bad = replace(GOOD, lot="", expiry="x", diluent_ml="0", on="", injector="", sites=())
    assert set(faults(bad)) == {"lot", "expiry", "diluent_ml", "on", "injector", "sites"}


def test_a_second_vial_makes_room() -> None:
    bad = replace(GOOD, vial_units="50")
    assert read_session(replace(bad, vials="2"), ABOUT).vials == 2


def test_a_note_of_the_full_length_and_markup_are_kept() -> None:
    note = "<b>&amp;</b>" + "n" * 19_988
    assert read_session(replace(GOOD, note=note), ABOUT).note == note


def test_a_stop_needs_its_own_reason() -> None:
    about = replace(
        ABOUT,
        findings=(
            ScreeningFinding(ScreeningRule.COW_MILK_PROTEIN, "Dysport"),
            ScreeningFinding(ScreeningRule.UNDER_AGE, 17),
            ScreeningFinding(ScreeningRule.DRUGS_NOT_ASKED),
        ),
    )
    entry = replace(GOOD, reasons={"under_age": "Guardian signed"})
    assert faults(entry, about) == {"reason_cow_milk_protein": Fault.MISSING}
    entry = replace(entry, reasons={**entry.reasons, "cow_milk_protein": "Tolerated before"})
    overrides = read_session(entry, about).overrides
    assert {override.rule for override in overrides} == {
        ScreeningRule.COW_MILK_PROTEIN,
        ScreeningRule.UNDER_AGE,
    }
