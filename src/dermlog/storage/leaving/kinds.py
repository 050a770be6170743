"""The kinds of value in an export: how each is stored, how it stands in JSON, and what is refused."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum

Stored = str | int | float | bytes | None
Shown = str | int | float | bool | list[str] | list[int] | None


class Kind(Enum):
    """What kind of value a field holds; the value of each member is its name in FIELDS.md."""

    ID = "UUID"
    TEXT = "text"
    CODE = "code"
    WHOLE = "whole number"
    DECIMAL = "decimal number, as text, exactly as typed"
    FRACTION = "fraction from 0 to 1"
    YES_NO = "true or false"
    DATE = "date, ISO 8601: 2026-03-20"
    MOMENT = "date and time with the distance from UTC, ISO 8601"
    LOCAL_MOMENT = "date and time without a zone, ISO 8601"
    NUMBERS = "list of decimal numbers, as text"
    WHOLES = "list of whole numbers"
    HEX = "bytes, hexadecimal"
    ROW = "a row, as JSON text"


class WrongValue(ValueError):
    """A value that cannot be what its field says."""


Reader = Callable[[object], Stored]
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HEX = re.compile(r"(?:[0-9a-f]{2})*")
_LARGEST = 2**63
_LONGEST_TEXT = 4_000_000
_LONGEST_LIST = 1000


CHANGED_WHEN_SHOWN = frozenset({Kind.YES_NO, Kind.NUMBERS, Kind.WHOLES, Kind.HEX})
"""Kinds that stand in JSON in another way than in the file."""


def shown(kind: Kind, value: Stored) -> Shown:
    """A stored value as it stands in JSON."""
    if value is None:
        return None
    if kind is Kind.YES_NO:
        return bool(value)
    if kind in {Kind.NUMBERS, Kind.WHOLES}:
        found: list[str] | list[int] = json.loads(str(value))
        return found
    if isinstance(value, bytes):
        return value.hex()
    return value


def reader_of(kind: Kind) -> Reader:
    """What makes a JSON value of this kind the value that is stored; it raises WrongValue (a ValueError)."""
    return _READERS[kind]


def stored(kind: Kind, value: object) -> Stored:
    """A JSON value as it is stored; WrongValue when it is not of this kind."""
    return _READERS[kind](value)


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or "\0" in value:
        raise WrongValue("text")
    if not value.isascii():
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise WrongValue("text") from error
    return value


def _id(value: object) -> str:
    found = _text(value)
    if not _UUID.fullmatch(found):
        raise WrongValue("id")
    return found


def _whole(value: object) -> int:
    if type(value) is not int or not -_LARGEST <= value < _LARGEST:
        raise WrongValue("whole number")
    return value


def _decimal(value: object) -> str:
    found = _text(value)
    try:
        number = Decimal(found)
    except InvalidOperation as error:
        raise WrongValue("decimal number") from error
    if len(found) > 40 or not number.is_finite() or format(number, "f") != found:
        raise WrongValue("decimal number")
    return found


def _fraction(value: object) -> float:
    if type(value) is int and value in (0, 1):
        return float(value)
    if not isinstance(value, float) or not math.isfinite(value) or not 0 <= value <= 1:
        raise WrongValue("fraction")
    return value


def _yes_no(value: object) -> int:
    if not isinstance(value, bool):
        raise WrongValue("true or false")
    return int(value)


def _date(value: object) -> str:
    found = _text(value)
    try:
        if date.fromisoformat(found).isoformat() == found:
            return found
    except ValueError:
        pass
    raise WrongValue("date")


def _moment(value: object, *, zoned: bool) -> str:
    found = _text(value)
    try:
        moment = datetime.fromisoformat(found)
    except ValueError as error:
        raise WrongValue("time") from error
    exact = {moment.isoformat(), moment.isoformat(timespec="microseconds")}
    if (moment.tzinfo is not None) is not zoned or found not in exact:
        raise WrongValue("time")
    return found


def _list(value: object, item: Callable[[object], str | int]) -> str:
    if not isinstance(value, list) or len(value) > _LONGEST_LIST:
        raise WrongValue("list")
    return json.dumps([item(one) for one in value])


def _hex(value: object) -> bytes:
    found = _text(value)
    if not _HEX.fullmatch(found):
        raise WrongValue("bytes")
    return bytes.fromhex(found)


def _row(value: object) -> str:
    found = _text(value)
    row = json.loads(found)
    if not isinstance(row, dict) or any(isinstance(one, list | dict) for one in row.values()):
        raise WrongValue("row")
    return found


_READERS: dict[Kind, Reader] = {
    Kind.ID: _id,
    Kind.TEXT: _text,
    Kind.CODE: _text,
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.FRACTION: _fraction,
    Kind.YES_NO: _yes_no,
    Kind.DATE: _date,
    Kind.MOMENT: lambda value: _moment(value, zoned=True),
    Kind.LOCAL_MOMENT: lambda value: _moment(value, zoned=False),
    Kind.NUMBERS: lambda value: _list(value, _decimal),
    Kind.WHOLES: lambda value: _list(value, _whole),
    Kind.HEX: _hex,
    Kind.ROW: _row,
}
