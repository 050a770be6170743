"""Reading the activity off the window's thread: one more page of rows that say certain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from dermlog.activity_words import activity_rows
from dermlog.domain.activity import ActivityCursor, ActivityFilter
from dermlog.history_words import HistoryRow

if TYPE_CHECKING:
    from dermlog.logbook import Logbook

PAGE = 100
SCANNED = 2_000
"""After so many entries without enough that say the words, what was found is shown."""


@dataclass(frozen=True)
class ActivityRow:
    """One row of the table; patient is chart number and name, "" when it concerns the clinic."""

    row: HistoryRow
    patient_id: UUID | None
    patient: str


@dataclass(frozen=True)
class Reading:
    """Some rows, and where to go on; cursor None: nothing older is left."""

    rows: tuple[ActivityRow, ...]
    cursor: ActivityCursor | None


def read_activity(
    logbook: Logbook,
    wanted: ActivityFilter,
    words: str,
    cursor: ActivityCursor | None,
    *,
    names: Mapping[UUID, str],
    check: Callable[[], object],
    at_least: int = PAGE,
) -> Reading:
    """Read until there are enough rows or enough was looked through; check() may raise to stop it."""
    found: list[ActivityRow] = []
    seen = 0
    brands = {product.id: product.brand for product in logbook.products.all(include_retired=True)}
    while True:
        check()
        page = logbook.activity.page(wanted, cursor, PAGE)
        for entry, row in activity_rows(page, names, brands):
            patient_id = entry.patient_id
            patient = "" if patient_id is None else page.patients.get(patient_id, "")
            if not words or row.says(words) or words.casefold() in patient.casefold():
                found.append(ActivityRow(row, patient_id, patient))
        seen += len(page.entries)
        cursor = page.cursor
        if cursor is None or len(found) >= at_least or seen >= max(SCANNED, at_least):
            return Reading(tuple(found), cursor)
