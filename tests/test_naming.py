"""Every member of every domain enum that a person meets has words of its own."""

from __future__ import annotations

import pkgutil
from decimal import Decimal
from enum import Enum
from importlib import import_module

import pytest

import dermlog.domain
from dermlog.domain.instrument import Instrument
from dermlog.domain.patient import Allergy, Flag
from dermlog.domain.side_effect import (
    BodySide,
    Severity,
    SideEffect,
    SideEffectTerm,
    WeaknessPlace,
)
from dermlog.naming import _NAMES, flag_text, grade_word, name_of, reaction_name, side_effect_text

# Said by sentences of their own, or shown as they stand (a Fitzpatrick type is its Roman figure).
WITHOUT_NAMES = {
    *("Fault", "OpeningFault", "ViewingReason", "SavingFault", "Refusal", "CheckFinding"),
    *("LeavingFault", "PhotoChoice"),
    *("ErasingFault", "ListFault", "DateOrder", "ListField", "MatchKind"),
    *("PhotoFault", "PrintingFault", "BackupFault", "Light", "KeyFault", "Misreading"),
    "Action",
    *("ChainFault", "ChainLog", "AnchorSource", "AccessKind", "Topic"),
    *("ScreeningRule", "ScreeningQuestion", "SiteChange", "DueStatus", "VisitState", "FitzpatrickType"),
}


def _enums() -> list[type[Enum]]:
    found: dict[str, type[Enum]] = {}
    for module in pkgutil.iter_modules(dermlog.domain.__path__, "dermlog.domain."):
        for thing in vars(import_module(module.name)).values():
            if isinstance(thing, type) and issubclass(thing, Enum) and thing.__module__ == module.name:
                found[thing.__name__] = thing
    return [found[name] for name in sorted(found)]


def test_every_enum_of_the_domain_is_named_or_said_otherwise() -> None:
    silent = [enum.__name__ for enum in _enums() if enum not in _NAMES and enum.__name__ not in WITHOUT_NAMES]
    assert not silent


@pytest.mark.parametrize("enum", list(_NAMES), ids=lambda enum: enum.__name__)
def test_every_member_has_words_of_its_own(enum: type[Enum]) -> None:
    names = [name_of(member) for member in enum]
    assert all(name.strip() == name and name for name in names)
    assert len(set(names)) == len(names)


def test_sides_are_the_patients_own_and_never_mixed_up() -> None:
    for enum in _NAMES:
        for member in enum:
            words = name_of(member).casefold().split()
            if member.name.endswith(("_RIGHT", "RIGHT_45", "RIGHT_90")) or member.name == "RIGHT":
                assert "right" in words
            if member.name.endswith(("_LEFT", "LEFT_45", "LEFT_90")) or member.name == "LEFT":
                assert "left" in words


@pytest.mark.parametrize("instrument", [Instrument.OILINESS, Instrument.IGA])
def test_every_grade_has_its_own_word(instrument: Instrument) -> None:
    assert len({grade_word(instrument, grade) for grade in range(5)}) == 5


def test_a_flag_says_its_detail() -> None:
    assert flag_text(Flag(Allergy.LATEX)) == "Latex"
    assert flag_text(Flag(Allergy.OTHER, "{penicillin} <b>")) == "Other allergy: {penicillin} <b>"


def test_a_reaction_says_what_where_and_how_bad() -> None:
    brow = SideEffect(
        SideEffectTerm.MUSCLE_WEAKNESS, Severity.MILD, place=WeaknessPlace.BROW, side=BodySide.LEFT
    )
    assert side_effect_text(brow) == "Brow weakness, left, mild"
    assert side_effect_text(SideEffect(SideEffectTerm.BRUISING, Severity.NONE)) == "Bruising, none"
    other = SideEffect(SideEffectTerm.OTHER, Severity.SEVERE, label="hives")
    assert side_effect_text(other) == "hives, severe"


@pytest.mark.parametrize("place", list(WeaknessPlace))
def test_every_place_of_weakness_is_said(place: WeaknessPlace) -> None:
    assert "weakness" in reaction_name(SideEffectTerm.MUSCLE_WEAKNESS, place, "").casefold()


def test_grades_come_from_whole_values() -> None:
    assert grade_word(Instrument.OILINESS, int(Decimal(1))) == "slight"
