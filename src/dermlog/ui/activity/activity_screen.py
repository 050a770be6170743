"""ActivityScreen: everything that was changed, seen, printed or unlocked, newest first, read page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dermlog.chain_sentences import chain_sentence, entry_number
from dermlog.changes import Noun
from dermlog.domain.activity import ActivityCursor, Topic
from dermlog.domain.chain import ChainResult
from dermlog.domain.permission import Action
from dermlog.errors import DermlogError
from dermlog.ui.activity.reading import PAGE, ActivityRow, Reading, read_activity
from dermlog.ui.activity.row_detail import RowDetail
from dermlog.ui.activity.spreadsheet import SpreadsheetSaver
from dermlog.ui.kit import background
from dermlog.ui.kit.background import Task
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.heading import PageHeading
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.notice import Notice
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.ui.kit.screen import Screen
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.logbook_signals import RefreshOnNews
from dermlog.ui.record_filters import RecordFilters
from dermlog.wording import _, date_text, ngettext, time_text

if TYPE_CHECKING:
    from dermlog.logbook import Logbook


class ActivityScreen(Screen):
    """ActivityScreen(logbook): Enter on a row goes to the patient's history; rows load as one scrolls."""

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self._rows: list[ActivityRow] = []
        self._cursor: ActivityCursor | None = None
        self._task: Task[Reading] | None = None
        self._verifying: Task[ChainResult] | None = None
        heading = PageHeading(_("Activity"), _("who changed, saw and took out what"))
        self.verify_button = Button(_("Verify the record"))
        self.verify_button.clicked.connect(self.verify)
        self.save_button = Button(_("Save for a spreadsheet…"))
        for button in (self.save_button, self.verify_button):
            heading.add_action(button)
        self.page.addWidget(heading)
        self.notice = Notice()
        self.page.addWidget(self.notice)
        self.filters = RecordFilters(list(Topic))
        self.filters.changed.connect(self.refresh)
        card = Card()
        card.add(self.filters)
        self.table = self._make_table()
        card.add(self.table, 1)
        card.add_layout(self._foot())
        self.page.addWidget(card, 1)
        self.detail = RowDetail()
        self.page.addWidget(self.detail)
        self.saver = SpreadsheetSaver(self, logbook, self.filters, self.notice)
        self.save_button.clicked.connect(self.saver.save)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.filters.text.focus)
        self._news = RefreshOnNews(self, logbook.changes, frozenset(Noun), self.refresh)
        self._news.touch()

    def title(self) -> str:
        """What the window's title bar says."""
        return _("Activity")

    def on_shown(self) -> None:
        """Looks are no news: what came since is read each time."""
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_person_changed(self) -> None:
        """Somebody else may not see this."""
        self.refresh()

    def rows(self) -> tuple[ActivityRow, ...]:
        """What is listed so far."""
        return tuple(self._rows)

    def refresh(self) -> None:
        """Read anew from the newest entry, as far down as one had come."""
        allowed = self._logbook.may(Action.SEE_ACTIVITY)
        for widget in (self.filters, self.save_button, self.verify_button, self.table, self.printed):
            widget.setEnabled(allowed)
        if not allowed:
            self._show([], None)
            self.table.set_empty_text(_("Only an owner or a clinician may see the activity."))
            return
        people = self._logbook.staff.all(include_inactive=True)
        self.filters.set_people([(person.id, person.name) for person in people])
        self._read(None, at_least=max(1, len(self._rows)))

    def more(self) -> None:
        """Read the next older entries."""
        if self._cursor is not None and (self._task is None or self._task.finished):
            self._read(self._cursor)

    def verify(self) -> None:
        """Read the whole chain of seals and say whether it is whole."""
        printed = self.printed.text()
        if self._verifying is not None and not self._verifying.finished:
            return

        def work(task: Task[ChainResult]) -> ChainResult:
            with self._logbook.second_connection() as other:
                return other.history.verify(lambda done, of: task.report((done, of)), printed=printed)

        self.printed.set_error(None)
        self.notice.tell(_("Verifying the record …"))
        self._verifying = background.run(
            work, done=self._on_verified, failed=self._on_not_verified, progress=self._on_progress
        )

    # -- laying out ---------------------------------------------------------------------------------------

    def _make_table(self) -> RecordTable[ActivityRow]:
        table: RecordTable[ActivityRow] = RecordTable(
            [
                Column(_("When"), _when, width=140),
                Column(_("Who"), _who, width=170),
                Column(_("What"), _what, stretch=3),
                Column(_("Patient"), lambda row: Cell(row.patient), stretch=2),
            ],
            name=_("Activity"),
            empty=_("Nothing was found. Choose a longer time or fewer words."),
            row_height=50,
        )
        table.row_opened.connect(self._on_opened)
        table.current_changed.connect(self._on_current)
        table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        return table

    def _foot(self) -> QHBoxLayout:
        self.count = Label(role="small")
        self.more_button = Button(_("Show older entries"), small=True)
        self.more_button.clicked.connect(self.more)
        self.printed = TextField(
            _("Number on a printed page (may stay empty)"), placeholder=_("#14212 · 7F3A-91C2")
        )
        self.printed.setMaximumWidth(330)
        row = QHBoxLayout()
        row.addWidget(self.count)
        row.addWidget(self.more_button)
        row.addStretch(1)
        row.addWidget(self.printed)
        return row

    # -- reading ------------------------------------------------------------------------------------------

    def _read(self, cursor: ActivityCursor | None, *, at_least: int = 1) -> None:
        if self._task is not None:
            self._task.cancel()
        wanted, words = self.filters.wanted(self._logbook.now()), self.filters.words()
        names = {person.id: person.name for person in self._logbook.staff.all(include_inactive=True)}

        def work(task: Task[Reading]) -> Reading:
            with self._logbook.second_connection() as other:
                return read_activity(
                    other, wanted, words, cursor, names=names, check=task.check, at_least=max(PAGE, at_least)
                )

        self.table.set_empty_text(_("Reading …"))
        before = self._rows if cursor is not None else []
        self._task = background.run(
            work,
            done=lambda found: self._show([*before, *found.rows], found.cursor),
            failed=self._on_failed,
            receiver=self,
        )

    def _show(self, rows: list[ActivityRow], cursor: ActivityCursor | None) -> None:
        self._rows, self._cursor = rows, cursor
        self.table.set_empty_text(_("Nothing was found. Choose a longer time or fewer words."))
        self.table.set_rows(rows)
        words = ngettext("{n} entry", "{n} entries", len(rows)).format(n=entry_number(len(rows)))
        self.count.setText(_("{words}, and older ones").format(words=words) if cursor else words)
        self.more_button.setVisible(cursor is not None)
        self._on_current(self.table.current())

    def _on_scrolled(self, value: int) -> None:
        bar = self.table.verticalScrollBar()
        if bar.maximum() and value >= bar.maximum():
            self.more()

    def _on_current(self, row: ActivityRow | None) -> None:
        self.detail.show_row(None if row is None else row.row)

    def _on_opened(self, row: ActivityRow) -> None:
        if row.patient_id is not None and row.patient:
            self.patient_tab_requested.emit(row.patient_id, "history")

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DermlogError):
            raise error
        self.notice.tell(error.sentence, "danger")

    def _on_progress(self, value: object) -> None:
        if isinstance(value, tuple) and value[1]:
            percent = round(100 * value[0] / value[1])
            self.notice.tell(_("Verifying the record … {percent} %").format(percent=percent))

    def _on_verified(self, found: ChainResult) -> None:
        if found.ok:
            words = _("The record is whole: {n} entries, head {head}.").format(
                n=entry_number(found.entries), head=found.head.text
            )
            self.notice.tell(words)
        else:
            self.notice.tell(" ".join(chain_sentence(one) for one in found.breaks[:3]), "danger")
        self.refresh()

    def _on_not_verified(self, error: Exception) -> None:
        if isinstance(error, ValueError):
            self.notice.hush()
            self.printed.set_error(
                _("Type the number and the code as at the foot of the page: #14212 · 7F3A-91C2.")
            )
            self.printed.focus()
            return
        self._on_failed(error)


def _when(row: ActivityRow) -> Cell:
    return Cell(date_text(row.row.at.date()), detail=time_text(row.row.at))


def _who(row: ActivityRow) -> Cell:
    return Cell(row.row.who or _("not known"), muted=not row.row.who)


def _what(row: ActivityRow) -> Cell:
    details = [_("Reason: {reason}").format(reason=row.row.reason)] if row.row.reason else []
    return Cell(
        row.row.what, detail="; ".join([*details, *row.row.details])[:400].replace("\n", " "), strong=True
    )
