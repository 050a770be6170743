"""Records as rows and back: one mapping for every noun, worked out from the fields of the record.

Dates and times are ISO text, ids and enums their text, booleans 0 or 1. Decimals are text, exactly as
typed: 2.50 stays 2.50, and nothing is ever rounded by a binary fraction. Short lists of numbers are JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

Value = str | int | float | bytes | None
Row = dict[str, Value]
RecordT = TypeVar("RecordT")

Encoder = Callable[[Any], Value]
Decoder = Callable[[Any], Any]


def _number_text(value: Decimal) -> str:
    return format(value, "f")


def _codec(kind: Any) -> tuple[Encoder | None, Decoder | None]:  # noqa: PLR0911
    """How a field of this type is written and read; None: as it is."""
    if kind is UUID:
        return str, UUID
    if kind is datetime:
        return datetime.isoformat, datetime.fromisoformat
    if kind is date:
        return date.isoformat, date.fromisoformat
    if kind is Decimal:
        return _number_text, Decimal
    if kind is bool:
        return int, bool
    if isinstance(kind, type) and issubclass(kind, Enum):
        return (lambda member: member.value), kind
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        if inner is Decimal:
            return (
                lambda values: json.dumps([_number_text(value) for value in values]),
                lambda text: tuple(Decimal(value) for value in json.loads(text)),
            )
        if inner is int:
            return (lambda values: json.dumps(list(values))), (lambda text: tuple(json.loads(text)))
    if kind in (str, int, float, bytes):
        return None, None
    raise TypeError(f"no column holds {kind}")


class RowMapping(Generic[RecordT]):
    """How one kind of record lies in its table.

    omit: fields kept in other tables or columns. blank: optional fields that are part of a key, where "" in
    the file stands for None. extra: columns beyond the fields, given to row() by name.
    """

    def __init__(
        self,
        table: str,
        record: type[RecordT],
        *,
        key: tuple[str, ...] = ("id",),
        omit: Iterable[str] = (),
        blank: Iterable[str] = (),
        extra: tuple[str, ...] = (),
    ) -> None:
        self.table = table
        self.key = key
        self._record = record
        left_out = frozenset(omit)
        blanks = frozenset(blank)
        hints = get_type_hints(record)
        self._codecs: list[tuple[str, Encoder, Decoder]] = []
        for field in fields(record):  # type: ignore[arg-type]
            if field.name in left_out:
                continue
            self._codecs.append((field.name, *_field_codec(hints[field.name], field.name in blanks)))
        self.fields = tuple(name for name, _, _ in self._codecs)
        self.columns = (*extra, *self.fields)
        self.extra = extra
        names = ", ".join(f'"{name}"' for name in self.columns)
        marks = ", ".join("?" for _ in self.columns)
        settings = ", ".join(f'"{name}" = excluded."{name}"' for name in self.columns if name not in key)
        keys = ", ".join(f'"{name}"' for name in key)
        where = " AND ".join(f'"{name}" = ?' for name in key)
        self.insert_sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
        # Not REPLACE: that would delete the row first, and its children with it.
        self.save_sql = f"{self.insert_sql} ON CONFLICT ({keys}) DO " + (
            f"UPDATE SET {settings}" if settings else "NOTHING"
        )
        self.delete_sql = f'DELETE FROM "{table}" WHERE {where}'

    def select(self, alias: str = "") -> str:
        """The columns of the record's fields for a SELECT, in the order that record() reads."""
        prefix = f"{alias}." if alias else ""
        return ", ".join(f'{prefix}"{name}"' for name in self.fields)

    def row(self, record: RecordT, **extra: Value) -> Row:
        """The record as a row."""
        row: Row = dict(extra)
        for name, encode, _decode in self._codecs:
            row[name] = encode(getattr(record, name))
        return row

    def values(self, row: Mapping[str, Value]) -> tuple[Value, ...]:
        """The values of a row in the order of insert_sql and save_sql."""
        return tuple(row[name] for name in self.columns)

    def record(self, values: Iterable[Value], **others: object) -> RecordT:
        """The record of one result row; others are the fields kept elsewhere."""
        found: dict[str, object] = {
            name: decode(value) for (name, _encode, decode), value in zip(self._codecs, values, strict=False)
        }
        return self._record(**found, **others)


def _as_it_is(value: Any) -> Any:
    return value


def _field_codec(hint: Any, blank: bool) -> tuple[Encoder, Decoder]:
    options = [hint]
    if get_origin(hint) in (Union, UnionType):
        options = [option for option in get_args(hint) if option is not type(None)]
    optional = len(options) < len(get_args(hint) or (hint,)) and get_origin(hint) in (Union, UnionType)
    found_encode, found_decode = _codec(options[0])
    encode: Encoder = found_encode or _as_it_is
    decode: Decoder = found_decode or _as_it_is
    if blank:
        return (
            lambda value: "" if value is None else encode(value),
            lambda value: None if value == "" else decode(value),
        )
    if not optional or (found_encode is None and found_decode is None):
        return encode, decode
    return (
        lambda value: None if value is None else encode(value),
        lambda value: None if value is None else decode(value),
    )
