"""The start page of the day: warning signs first, follow-ups due, unfinished work, recently opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.changes import Noun
from dermlog.domain.draft import DraftKind
from dermlog.domain.permission import Action
from dermlog.ui.allowing import allow
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.heading import PageHeading
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.notice import Notice
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.ui.kit.screen import Screen
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.kit.theme import px
from dermlog.ui.logbook_signals import RefreshOnNews
from dermlog.ui.sign_in.sheet_check_dialog import SheetCheckDialog, sheet_is_due
from dermlog.ui.today.today_words import (
    counts_line,
    draft_line,
    due_badge,
    due_visit,
    due_window,
    patient_name,
    warning_line,
    warning_teller,
)
from dermlog.wording import _, date_text, weekday_name

if TYPE_CHECKING:
    from dermlog.logbook import DraftRow, DueRow, Logbook, NeedsDoctor, PatientRow

NOUNS = frozenset(Noun)
RECENT = 6
MINUTE_MS = 60_000
PRESSED = QEvent.Type.KeyPress
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TodayScreen(Screen):
    """TodayScreen(logbook): badge_changed(int) says how many things wait."""

    def __init__(self, logbook: Logbook) -> None:
        super().__init__()
        self._logbook = logbook
        self._shown_day = logbook.today()
        self._waiting = 0
        self._heading = PageHeading()
        self._find = FindBox()
        self._find.wanted.connect(self.patients_requested)
        self.new_button = Button(_("New patient"))
        self.new_button.clicked.connect(self._on_new_patient)
        self.import_button = Button(_("Import a list…"))
        self.import_button.clicked.connect(self.list_import_requested)
        self._heading.add_action(self._find)
        self._heading.add_action(self.import_button)
        self._heading.add_action(self.new_button)
        self.page.addWidget(self._heading)
        self.notice = Notice()
        self.page.addWidget(self.notice)
        if logbook.notices:
            self.notice.tell(" ".join(logbook.notices), "caution")
            self.notice.add_button(_("Noted"), self.notice.hush)
        self._asks_for_sheet = False
        self._sheet_put_off = False
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._on_new_patient)
        self._doctor_card, self._doctor = self._make_doctor()
        self._due = self._make_due()
        self._drafts = self._make_drafts()
        self._recent = self._make_recent()
        self._counts = Label(role="small", wrap=True)
        self._state = Label(role="body", wrap=True)
        self._lay_out()
        self._news = RefreshOnNews(self, logbook.changes, NOUNS, self.refresh)
        midnight = QTimer(self)
        midnight.setInterval(MINUTE_MS)
        midnight.timeout.connect(self._on_minute)
        midnight.start()
        self.refresh()

    def on_shown(self) -> None:
        """Tell the rail, which did not hear yet when this screen was made."""
        self._ask_for_sheet()
        self.badge_changed.emit(self._waiting)

    def title(self) -> str:
        """What the window's title bar says."""
        return _("Today")

    def on_person_changed(self) -> None:
        """Somebody else may do more or less."""
        self._ask_for_sheet()
        self.refresh()

    def refresh(self) -> None:
        """Ask the logbook again."""
        allow(self._logbook, Action.SAVE_PATIENT, self.new_button)
        board = self._logbook.today_board()
        today = self._shown_day = self._logbook.today()
        self._heading.set_title(
            _("{weekday} {day}").format(weekday=weekday_name(today), day=date_text(today))
        )
        self._doctor.set_rows(board.needs_doctor)
        self._doctor.fit_height()
        self._doctor_card.setVisible(bool(board.needs_doctor))
        self.import_button.setVisible(not board.counts.patients)
        if board.counts.patients:
            self._due.set_empty_text(_("Nobody is due this week."))
        else:
            self._due.set_empty_text(
                _(
                    "This logbook is new. Add the first patient with “New patient”, or bring those of "
                    "another system with “Import a list”."
                )
            )
        self._due.set_rows(board.follow_ups)
        self._drafts.set_rows(board.drafts)
        self._drafts.fit_height()
        self._recent.set_rows(self._logbook.patients.recent(RECENT))
        self._recent.fit_height()
        self._counts.setText(counts_line(board.counts))
        self._state.setText(self._state_line())
        waiting = [row for row in board.follow_ups if row.due.opens_on <= today]
        self._waiting = len(board.needs_doctor) + len(waiting) + len(board.drafts)
        self.badge_changed.emit(self._waiting)

    def _state_line(self) -> str:
        if self._logbook.read_only:
            return self._logbook.read_only_reason
        if self._logbook.clinic.get().is_sample:
            return _("This is a sample logbook. Its patients are invented.")
        return _("{file} is open on this PC.").format(file=self._logbook.path.name)

    def _ask_for_sheet(self) -> None:
        """Ask who may look for it, and nobody else; what else is told here comes first."""
        if self._asks_for_sheet and self.notice.isHidden():
            self._asks_for_sheet = False
        due = not self._sheet_put_off and sheet_is_due(self._logbook)
        if due and self.notice.isHidden():
            self._asks_for_sheet = True
            self.notice.tell(_("Is the recovery sheet still in the safe? Once a year it is looked at."))
            self.notice.add_button(_("Check the sheet…"), self._on_check_sheet)
            self.notice.add_button(_("Not now"), self._put_sheet_off)
        elif self._asks_for_sheet and not due:
            self._asks_for_sheet = False
            self.notice.hush()

    def _put_sheet_off(self) -> None:
        self._sheet_put_off = True
        self._ask_for_sheet()

    def _on_check_sheet(self) -> None:
        dialog = SheetCheckDialog(self._logbook, self.window())
        dialog.exec()
        dialog.deleteLater()
        self._ask_for_sheet()

    def _on_minute(self) -> None:
        if self._logbook.today() != self._shown_day:
            self._news.touch()

    # -- the cards ---------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        left_column, right_column = QVBoxLayout(left), QVBoxLayout(right)
        for column in (left_column, right_column):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(16)
        due_card = Card(_("Follow-ups due"))
        due_card.add(self._due, 1)
        left_column.addWidget(self._doctor_card)
        left_column.addWidget(due_card, 1)
        draft_card, recent_card, logbook_card = (
            Card(_("Unfinished")),
            Card(_("Recently opened")),
            Card(_("Logbook")),
        )
        draft_card.add(self._drafts)
        recent_card.add(self._recent)
        logbook_card.add(self._state)
        logbook_card.add(self._counts)
        for card in (draft_card, recent_card, logbook_card):
            right_column.addWidget(card)
        right_column.addStretch(1)
        scroll = ScrollArea(right)
        scroll.setMinimumWidth(310)
        scroll.setMaximumWidth(px(400))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(left, 69)
        row.addWidget(scroll, 31)
        self.page.addLayout(row, 1)

    def _make_doctor(self) -> tuple[Card, RecordTable[NeedsDoctor]]:
        table: RecordTable[NeedsDoctor] = RecordTable(
            [
                Column(
                    _("Patient"),
                    lambda row: Cell(
                        patient_name(row.patient), detail=warning_teller(row, self._logbook), strong=True
                    ),
                    stretch=2,
                ),
                Column(_("What was told"), warning_line, stretch=4),
                Column("", lambda _row: Cell(_("Open"), button=True, danger=True), width=80, end=True),
            ],
            name=_("Needs the doctor"),
            header=False,
            row_height=50,
        )
        table.row_opened.connect(lambda row: self.patient_requested.emit(row.patient.id))
        table.button_pressed.connect(lambda row, _column: self.patient_requested.emit(row.patient.id))
        card = Card(_("Needs the doctor"), panel="danger")
        card.add(table)
        return card, table

    def _make_due(self) -> RecordTable[DueRow]:
        table: RecordTable[DueRow] = RecordTable(
            [
                Column(_("Patient"), lambda row: Cell(patient_name(row.patient), strong=True), stretch=1),
                Column(_("Visit"), due_visit, width=184),
                Column(_("Window"), lambda row: Cell(due_window(row), muted=True), width=124),
                Column(_("Status"), lambda row: due_badge(row, self._logbook.today()), width=124),
                Column("", lambda _row: Cell(_("Record"), button=True), width=86, end=True),
            ],
            name=_("Follow-ups due"),
            row_height=42,
        )
        table.row_opened.connect(lambda row: self.patient_requested.emit(row.patient.id))
        table.button_pressed.connect(lambda row, _column: self.follow_up_requested.emit(row.patient.id, None))
        return table

    def _make_drafts(self) -> RecordTable[DraftRow]:
        table: RecordTable[DraftRow] = RecordTable(
            [
                Column(
                    _("Patient"),
                    lambda row: Cell(
                        patient_name(row.patient),
                        detail=draft_line(row, self._logbook.today()),
                        strong=True,
                    ),
                    stretch=1,
                ),
                Column("", lambda _row: Cell(_("Continue"), button=True), width=100, end=True),
            ],
            name=_("Unfinished"),
            empty=_("Everything is finished."),
            header=False,
            row_height=50,
        )
        table.row_opened.connect(self._on_draft)
        table.button_pressed.connect(lambda row, _column: self._on_draft(row))
        return table

    def _make_recent(self) -> RecordTable[PatientRow]:
        table: RecordTable[PatientRow] = RecordTable(
            [
                Column(_("Patient"), lambda row: Cell(patient_name(row)), stretch=1),
                Column(_("Chart no."), lambda row: Cell(row.chart_number, muted=True), width=110, end=True),
            ],
            name=_("Recently opened"),
            empty=_("No patient was opened yet."),
            header=False,
            row_height=36,
            open_on_click=True,
        )
        table.row_opened.connect(lambda row: self.patient_requested.emit(row.id))
        return table

    def _on_new_patient(self) -> None:
        self.new_patient_requested.emit()

    def _on_draft(self, row: DraftRow) -> None:
        if row.draft.kind is DraftKind.TREATMENT:
            self.session_requested.emit(row.patient.id, row.draft.id)
        else:
            self.follow_up_requested.emit(row.patient.id, row.draft.id)


class FindBox(TextField):
    """The search box of the start page: Enter or a pause takes what was typed to the list of patients."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            "",
            placeholder=_("Find a patient: name, chart no. or birth date"),
            key="Ctrl K",
            name=_("Find a patient"),
        )
        self.setFixedWidth(px(360))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(250)
        self._pause.timeout.connect(self._go_with_text)
        self.edited.connect(lambda _text: self._pause.start())
        self.edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes at once."""
        if isinstance(event, QKeyEvent) and event.type() == PRESSED and event.key() in ENTER:
            self._go()
            return True
        return super().eventFilter(watched, event)

    def _go_with_text(self) -> None:
        if self.text().strip():
            self._go()

    def _go(self) -> None:
        self._pause.stop()
        text = self.text()
        self.set_text("")
        self.wanted.emit(text)
