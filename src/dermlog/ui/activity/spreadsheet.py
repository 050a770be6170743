"""Saving what the filters show as a file for a spreadsheet; that it was taken out is itself on record."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from dermlog.domain.access import AccessKind
from dermlog.domain.csv_cell import to_cell
from dermlog.errors import DermlogError
from dermlog.ui.activity.reading import ActivityRow, Reading, read_activity
from dermlog.ui.kit import background
from dermlog.ui.kit.background import Task
from dermlog.ui.kit.notice import Notice
from dermlog.ui.record_filters import RecordFilters
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Logbook

MOST = 100_000
"""Rows of one file; larger ones hardly open in a spreadsheet. File and screen say where it ends."""


class SpreadsheetSaver(QObject):
    """SpreadsheetSaver(screen, logbook, filters, notice).save(), or write(path)."""

    def __init__(self, screen: QWidget, logbook: Logbook, filters: RecordFilters, notice: Notice) -> None:
        super().__init__(screen)
        self._screen, self._logbook, self._filters, self._notice = screen, logbook, filters, notice

    def save(self) -> None:
        """Ask where to."""
        name = _("Activity {day}").format(day=self._logbook.today().isoformat())
        wish = _("Spreadsheet (*.csv)")
        chosen, _filter = QFileDialog.getSaveFileName(
            self._screen, _("Save the activity"), f"{name}.csv", wish
        )
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix else path.with_suffix(".csv"))

    def write(self, path: Path) -> None:
        """Read what the filters show, the newest rows first, and write it whole or not at all."""
        wanted, words = self._filters.wanted(self._logbook.now()), self._filters.words()
        names = {person.id: person.name for person in self._logbook.staff.all(include_inactive=True)}

        def work(task: Task[tuple[int, bool]]) -> tuple[int, bool]:
            from dermlog.logbook.printed_report import write_file  # noqa: PLC0415 - when it is wanted

            found: list[ActivityRow] = []
            with self._logbook.second_connection() as other:
                reading = Reading((), None)
                while not found or reading.cursor is not None:
                    reading = read_activity(
                        other, wanted, words, reading.cursor, names=names, check=task.check, at_least=1000
                    )
                    found += reading.rows
                    if reading.cursor is None or len(found) > MOST:
                        break
            more = len(found) > MOST or reading.cursor is not None
            write_file(activity_csv(found[:MOST], more=more), path)
            return min(len(found), MOST), more

        self._notice.tell(_("Writing “{name}” …").format(name=path.name))
        background.run(
            work, done=lambda written: self._on_written(path, *written), failed=self._on_failed, receiver=self
        )

    def _on_written(self, path: Path, count: int, more: bool) -> None:
        self._logbook.accesses.note(AccessKind.EXPORTED, None, f"activity {count}")
        words = _("“{name}” is saved. It names patients: keep it as safe as the logbook.").format(
            name=path.name
        )
        if more:
            words = _("{words} {limit}").format(words=words, limit=limit_words(count))
        self._notice.tell(words, "caution" if more else "info")

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DermlogError):
            raise error
        self._notice.tell(error.sentence, "danger")


def limit_words(count: int) -> str:
    """What is said, beside the file and in its last line, where older rows are left out."""
    return _("It ends after the newest {count} entries: choose a time to save the older ones.").format(
        count=f"{count:,}"
    )


def activity_csv(rows: Sequence[ActivityRow], *, more: bool = False) -> bytes:
    """The rows for a spreadsheet: UTF-8 with its mark, no cell that would be calculated.

    more: older rows are left out, and the last line says so.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_("When"), _("Who"), _("What"), _("Details"), _("Reason"), _("Patient")])
    for one in rows:
        row = one.row
        cells = (row.at.isoformat(), row.who, row.what, "; ".join(row.details), row.reason, one.patient)
        writer.writerow([to_cell(cell) for cell in cells])
    if more:
        writer.writerow([limit_words(len(rows))])
    return text.getvalue().encode("utf-8-sig")
