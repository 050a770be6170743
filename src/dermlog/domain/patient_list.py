"""Patient list: a table from another system, what its columns mean, and the patients read from its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID

from dermlog.domain.csv_cell import from_cell
from dermlog.domain.listing import PatientRow
from dermlog.domain.patient import Patient
from dermlog.domain.validity import Problem

MOST_LINES = 100_000
MOST_BYTES = 64 << 20
MOST_COLUMNS = 500


class ListFault(Enum):
    """Why a file is no list that can be read."""

    UNREADABLE = "unreadable"
    EMPTY = "empty"
    NOT_TEXT = "not_text"
    WRONG_ENCODING = "wrong_encoding"
    TOO_LARGE = "too_large"
    TOO_MANY_LINES = "too_many_lines"
    NO_LINES = "no_lines"
    CHANGED_MEANWHILE = "changed_meanwhile"
    STOPPED = "stopped"


class ListField(Enum):
    """What a column of a list can hold."""

    CHART_NUMBER = "chart_number"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    FULL_NAME = "full_name"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    PHONE = "phone"
    NOTE = "note"


class DateOrder(Enum):
    """Which figure of 03.04.1990 is the month."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True)
class ListLine:
    """One line: the number of its first line in the file, from 1, and its cells as they were written."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The cell of a column, without what is around it; "" where the line is too short."""
        return plain_cell(self.cells[column]) if column < len(self.cells) else ""


@dataclass(frozen=True)
class ListTable:
    """A list as read from a file: encoding and separator as they were found or chosen."""

    lines: tuple[ListLine, ...]
    encoding: str
    separator: str

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(line.cells) for line in self.lines), default=0)


@dataclass(frozen=True)
class ListMapping:
    """What the columns mean: fields by column number. has_header: the first line holds names of columns.

    With number_on, patients without a chart number get the next free one; otherwise they cannot be added.
    """

    columns: Mapping[int, ListField]
    date_order: DateOrder = DateOrder.DAY_FIRST
    has_header: bool = True
    number_on: bool = False

    def column(self, wanted: ListField) -> int | None:
        """The column that holds a field, or None."""
        return next((column for column, held in self.columns.items() if held is wanted), None)


@dataclass(frozen=True)
class ListedPatient:
    """A patient as read from a line; needs_number: the line holds no chart number, and one is given later."""

    line: int
    patient: Patient
    needs_number: bool = False


@dataclass(frozen=True)
class LineProblem:
    """A field of a line that cannot be read: the patient of this line is not added."""

    line: int
    field: ListField
    problem: Problem
    text: str = ""


@dataclass(frozen=True)
class ListReading:
    """What a list gives: patients, lines that cannot be read, and empty lines left out."""

    patients: tuple[ListedPatient, ...]
    problems: tuple[LineProblem, ...]
    empty: int = 0


class MatchKind(Enum):
    """How a patient of the list resembles one who is in the logbook, or an earlier line."""

    SAME_NUMBER = "same_number"
    SAME_PERSON = "same_person"
    SAME_NUMBER_IN_LIST = "same_number_in_list"
    SAME_PERSON_IN_LIST = "same_person_in_list"


@dataclass(frozen=True)
class Match:
    """A patient of the list, and who they may be: somebody of the logbook, or an earlier line of the list.

    known is None for an earlier line, and for somebody whom whoever looks must not see.
    """

    listed: ListedPatient
    kind: MatchKind
    known: PatientRow | None = None
    known_line: int | None = None

    @property
    def may_be_added(self) -> bool:
        """Whether adding is possible at all: a chart number belongs to one person."""
        return self.kind in {MatchKind.SAME_PERSON, MatchKind.SAME_PERSON_IN_LIST}


@dataclass(frozen=True)
class ListComparison:
    """A reading held against the logbook: who is new, and who may be there already."""

    new: tuple[ListedPatient, ...]
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class ListAdded:
    """What an import did; ids are those of the added patients, for taking them out again."""

    ids: tuple[UUID, ...] = field(repr=False)
    skipped: int = 0

    @property
    def added(self) -> int:
        """How many patients were added."""
        return len(self.ids)


def plain_cell(text: str) -> str:
    """A cell without blanks around it, and without the apostrophe that keeps it from being a formula."""
    blanks = " \t\r\n\u00a0\ufeff"
    return from_cell(text.strip(blanks)).strip(blanks)
