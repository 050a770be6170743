"""Digits become one number while they follow each other quickly."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dermlog.ui.face_map.units_typing import UnitsTyping, is_units_key


def typed(text: str, pause: float = 0.1) -> list[Decimal | None]:
    typing = UnitsTyping()
    return [typing.key(character, index * pause) for index, character in enumerate(text)]


@pytest.mark.parametrize(
    ("text", "last"),
    [("2", "2"), ("2.5", "2.5"), ("2,5", "2.5"), ("12", "12"), (".5", "0.5"), ("0.25", "0.25")],
)
def test_a_quickly_typed_number_is_one_number(text: str, last: str) -> None:
    assert typed(text)[-1] == Decimal(last)


def test_zero_alone_is_not_yet_a_dose() -> None:
    assert typed("0.5") == [None, None, Decimal("0.5")]


def test_a_pause_begins_a_new_number() -> None:
    typing = UnitsTyping()
    assert typing.key("2", 0) == 2
    first = typing.burst
    assert typing.key("5", 5) == 5
    assert typing.burst != first


def test_a_second_decimal_mark_begins_a_new_number() -> None:
    assert typed("1.5,5")[-1] == Decimal("0.5")


@pytest.mark.parametrize("text", ["", "a", "10", "-", "²", "٣"])
def test_other_keys_are_not_units(text: str) -> None:
    assert not is_units_key(text)
