"""Both logs as one, page by page from the newest: a logbook of many years is never read whole.

Each log keeps the order of its numbers; times only say how the two lie between each other, so that a clock
that jumped back moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from dermlog.domain.activity import (
    KINDS,
    TABLES,
    ActivityCursor,
    ActivityEntry,
    ActivityFilter,
    ActivityPage,
)
from dermlog.domain.change import HistoryLine
from dermlog.domain.permission import Action
from dermlog.storage.accesses import access_line
from dermlog.storage.database import Database
from dermlog.storage.history import LINE, history_line
from dermlog.storage.restrictions import not_hidden

_BLOCK = 400
_LONGEST = 400
"""So many rows at most make one entry; an import of thousands becomes several of the same moment."""
_FIRST = ActivityCursor(2**62, 2**62)


class ActivityTable:
    """Reads changes and accesses of the whole logbook."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(
        self, wanted: ActivityFilter | None = None, cursor: ActivityCursor | None = None, limit: int = 100
    ) -> ActivityPage:
        """The next entries, newest first; cursor None begins at the newest. NotAllowed."""
        self._database.require(Action.SEE_ACTIVITY)
        chosen, start = wanted or ActivityFilter(), cursor or _FIRST
        changes = _Peek(self._changes(chosen, start.change))
        accesses = _Peek(self._accesses(chosen, start.access))
        entries: list[ActivityEntry] = []
        change, access = start.change, start.access
        while len(entries) < limit:
            changed, looked = changes.peek(), accesses.peek()
            if changed is not None and (looked is None or changed.at >= looked.at):
                entries.append(changed)
                change = changed.lines[0].sequence
                changes.take()
            elif looked is not None and looked.access is not None:
                entries.append(looked)
                access = looked.access.sequence
                accesses.take()
            else:
                break
        more = changes.peek() is not None or accesses.peek() is not None
        return ActivityPage(
            tuple(entries),
            ActivityCursor(change, access) if more else None,
            self._patients(entries),
            self._days(entries),
        )

    def _changes(self, wanted: ActivityFilter, before: int) -> Iterator[ActivityEntry]:
        """What was changed at once is one entry; its rows are in the order they were written."""
        if wanted.topic is not None and wanted.topic not in TABLES:
            return
        tables = () if wanted.topic is None else TABLES[wanted.topic]
        condition, values = _condition(wanted, "c.")
        condition += self._not_hidden("c.patient_id")
        if tables:
            condition += f' AND c."table" IN ({_marks(tables)})'
        group: list[HistoryLine] = []
        for row in self._blocks(
            f"SELECT {LINE} WHERE c.sequence < ?{condition} ORDER BY c.sequence DESC LIMIT ?",
            before,
            [*values, *tables],
        ):
            line = history_line(row)
            if group and (_moment(line) != _moment(group[-1]) or len(group) == _LONGEST):
                yield _entry(group)
                group = []
            group.append(line)
        if group:
            yield _entry(group)

    def _accesses(self, wanted: ActivityFilter, before: int) -> Iterator[ActivityEntry]:
        if wanted.changes_only or (wanted.topic is not None and wanted.topic not in KINDS):
            return
        kinds = () if wanted.topic is None else tuple(kind.value for kind in KINDS[wanted.topic])
        condition, values = _condition(wanted, "")
        condition += self._not_hidden("patient_id")
        if kinds:
            condition += f" AND kind IN ({_marks(kinds)})"
        for row in self._blocks(
            "SELECT sequence, at, staff_id, patient_id, kind, detail FROM access "
            f"WHERE sequence < ?{condition} ORDER BY sequence DESC LIMIT ?",
            before,
            [*values, *kinds],
        ):
            line = access_line(row)
            yield ActivityEntry(line.at, line.staff_id, access=line)

    def _not_hidden(self, column: str) -> str:
        """A restricted patient has no line here for whoever must not see whom."""
        allowed = not_hidden(self._database, column)
        return "" if allowed == "1" else f" AND ({column} IS NULL OR {allowed})"

    def _blocks(self, sql: str, before: int, values: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        while True:
            rows = self._database.rows(sql, (before, *values, _BLOCK))
            yield from rows
            if len(rows) < _BLOCK:
                return
            before = rows[-1][0]

    def _patients(self, entries: Sequence[ActivityEntry]) -> dict[UUID, str]:
        wanted = {str(entry.patient_id) for entry in entries if entry.patient_id is not None}
        return {
            UUID(identity): " ".join(part for part in (number, given, family) if part)
            for identity, number, given, family in self._named(
                "SELECT id, chart_number, given_name, family_name FROM patient WHERE id IN", wanted
            )
        }

    def _days(self, entries: Sequence[ActivityEntry]) -> dict[str, date]:
        """The days of the visits and sessions that rows of other tables belong to."""
        known = [line.after or line.before or {} for entry in entries for line in entry.lines]
        visits = {str(columns["visit_id"]) for columns in known if columns.get("visit_id")}
        sessions = {str(columns["session_id"]) for columns in known if columns.get("session_id")}
        found = [
            *self._named('SELECT id, "on" FROM visit WHERE id IN', visits),
            *self._named("SELECT id, performed_on FROM injection_session WHERE id IN", sessions),
        ]
        return {identity: date.fromisoformat(day) for identity, day in found if day}

    def _named(self, sql: str, identities: set[str]) -> Iterator[tuple[Any, ...]]:
        listed = sorted(identities)
        for start in range(0, len(listed), _BLOCK):
            some = listed[start : start + _BLOCK]
            yield from self._database.rows(f"{sql} ({_marks(some)})", some)


class _Peek:
    """An iterator whose next member can be looked at."""

    def __init__(self, source: Iterator[ActivityEntry]) -> None:
        self._source = source
        self._next: ActivityEntry | None = next(source, None)

    def peek(self) -> ActivityEntry | None:
        """The next member, None after the last."""
        return self._next

    def take(self) -> None:
        """Go on to the one after."""
        self._next = next(self._source, None)


def _condition(wanted: ActivityFilter, prefix: str) -> tuple[str, list[str]]:
    parts, values = [""], []
    if wanted.staff_id is not None:
        parts.append(f"{prefix}staff_id = ?")
        values.append(str(wanted.staff_id))
    # Stored times have offsets of their own, so that their letters do not tell their order.
    for moment, sign in ((wanted.since, ">="), (wanted.until, "<")):
        if moment is not None:
            parts.append(f"julianday({prefix}at) {sign} julianday(?)")
            values.append(moment.isoformat())
    return " AND ".join(parts), values


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _moment(line: HistoryLine) -> tuple[datetime, UUID | None, str]:
    return line.at, line.staff_id, line.reason


def _entry(newest_first: Sequence[HistoryLine]) -> ActivityEntry:
    lines = tuple(reversed(newest_first))
    return ActivityEntry(lines[0].at, lines[0].staff_id, lines)
