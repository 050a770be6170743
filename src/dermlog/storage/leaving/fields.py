"""What a noun of the export is made of: its fields with their kind, meaning and unit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from dermlog.storage.leaving.kinds import CHANGED_WHEN_SHOWN, Kind, Reader, reader_of

Codes = type[Enum] | tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """One field. words say what it means; codes are the values it may have; of names the noun an id is of.

    optional: may be null, which is "not recorded", never "none". blank: a code may be the empty text.
    """

    name: str
    kind: Kind
    words: str
    codes: tuple[str, ...] = ()
    of: str = ""
    optional: bool = False
    blank: bool = False


@dataclass(frozen=True)
class Noun:
    """One table of the file as it is exported.

    owner: the field by which a row belongs to a patient, "" for rows of the clinic. order: how rows are
    listed. counted: part of the digest. Rows of the log are written to files of their own.
    """

    name: str
    words: str
    fields: tuple[Field, ...]
    owner: str = ""
    order: str = "rowid"
    counted: bool = True

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of its fields in order."""
        return tuple(field.name for field in self.fields)

    @cached_property
    def changed_when_shown(self) -> tuple[tuple[str, Kind], ...]:
        """The fields that stand in JSON in another way than in the file."""
        return tuple((field.name, field.kind) for field in self.fields if field.kind in CHANGED_WHEN_SHOWN)

    @cached_property
    def readers(self) -> tuple[tuple[str, Reader, bool, frozenset[str]], ...]:
        """For each field: name, what reads its JSON value, whether it may be null, the codes it may have."""
        return tuple(
            (
                field.name,
                reader_of(field.kind),
                field.optional,
                frozenset(field.codes) | (frozenset({""}) if field.blank else frozenset()),
            )
            for field in self.fields
        )


def codes_of(*kinds: Codes) -> tuple[str, ...]:
    """Every code of these enumerations, once."""
    found: dict[str, None] = {}
    for kind in kinds:
        values = kind if isinstance(kind, tuple) else tuple(str(member.value) for member in kind)
        found |= dict.fromkeys(values)
    return tuple(found)


def record_id(words: str) -> Field:
    """The id of a row itself."""
    return Field("id", Kind.ID, words)


def reference(name: str, of: str, words: str, *, optional: bool = False) -> Field:
    """The id of a row of another noun."""
    return Field(name, Kind.ID, words, of=of, optional=optional)


def text(name: str, words: str, *, optional: bool = False) -> Field:
    """Words that somebody typed; "" where nothing was."""
    return Field(name, Kind.TEXT, words, optional=optional)


def code(name: str, words: str, *kinds: Codes, optional: bool = False, blank: bool = False) -> Field:
    """One of a list of codes."""
    return Field(name, Kind.CODE, words, codes_of(*kinds), optional=optional, blank=blank)


def plain(name: str, kind: Kind, words: str, *, optional: bool = False) -> Field:
    """A number, a day, a moment, a yes or no."""
    return Field(name, kind, words, optional=optional)
