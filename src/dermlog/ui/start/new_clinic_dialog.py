"""Starting a new clinic: name, people and place; then their passwords; then the recovery sheet, proven."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from dermlog.domain.recovery import RecoveryCode
from dermlog.domain.staff import Staff
from dermlog.errors import DermlogError, LogbookNotOpened
from dermlog.logbook import Logbook, Unlocked, unlock_with_code
from dermlog.logbook.door import local_time
from dermlog.logbook.set_up import check_place, first_sheet
from dermlog.ui.kit import background
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.sign_in.new_password_fields import NewPasswordFields
from dermlog.ui.sign_in.sheet_fields import SheetFields
from dermlog.ui.start.clinic_facts import ClinicFacts, ReadFacts
from dermlog.wording import _

FACTS, PASSWORDS, SHEET = range(3)


class NewClinicDialog(Dialog):
    """NewClinicDialog(parent): logbook is the new one, None when the person left.

    A locked logbook is made only once two groups of its sheet were typed back; until then no file is there.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Start a new clinic"), width=600)
        self.logbook: Logbook | None = None
        self.facts = ClinicFacts()
        self.passwords: dict[UUID, NewPasswordFields] = {}
        self._captions: dict[UUID, Label] = {}
        self.sheet: SheetFields | None = None
        self._making = False
        self._code: RecoveryCode | None = None
        self._read: ReadFacts | None = None
        self._chosen: dict[UUID, str] = {}
        self.pages = QStackedWidget()
        self._on_passwords, self._on_sheet = _page(), _page()
        for page in (self.facts, self._on_passwords, self._on_sheet):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages)
        self._cancel = self.add_cancel()
        self.back = self.add_button(_("Back"))
        self.back.clicked.connect(self._on_back)
        self.start_button = self.add_accept(_("Next"))
        self.start_button.clicked.connect(self._on_next)
        self.facts.protection.changed.connect(self._show_page)
        self._show_page()

    def holds_unsaved(self) -> bool:
        """Whether something was typed."""
        return self.facts.is_typed() and self.logbook is None

    def reject(self) -> None:
        """Leave; not while the file is being made, which nobody could know of then."""
        if not self._making:
            super().reject()

    def done(self, result: int) -> None:
        """Leave no password behind in a box."""
        for fields in self.passwords.values():
            fields.clear()
        self._chosen = {}
        super().done(result)

    def _on_next(self) -> None:
        steps: tuple[Callable[[], None], ...] = (self._leave_facts, self._leave_passwords, self._finish)
        steps[self.pages.currentIndex()]()

    def _on_back(self) -> None:
        self.notice.hush()
        self._turn(self.pages.currentIndex() - 1)

    def _leave_facts(self) -> None:
        self._read = self.facts.read()
        if self._read is None or not self.facts.protection.is_decided():
            return
        if not self.facts.protection.is_locked():
            self._make_open(self._read)
            return
        try:
            check_place(self._read.path)
        except LogbookNotOpened as error:
            self.facts.say_place(error.sentence)
            return
        self._ask_passwords(self._read.staff)
        self._turn(PASSWORDS)

    def _make_open(self, read: ReadFacts) -> None:
        try:
            self.logbook = Logbook.create(read.path, read.clinic, read.staff)
        except DermlogError as error:
            self.facts.say_place(error.sentence)
            return
        self.accept()

    def _ask_passwords(self, staff: tuple[Staff, ...]) -> None:
        """A pair of fields for each person; what was typed for somebody stays when they come back."""
        if set(self.passwords) == {person.id for person in staff}:
            for person in staff:  # whose name may have been corrected
                self._captions[person.id].setText(person.name)
                self.passwords[person.id].set_name(person.name)
            return
        column = self._on_passwords.layout()
        self.passwords, self._captions = {}, {}
        while column is not None and (item := column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if not isinstance(column, QVBoxLayout):
            return
        for number, person in enumerate(staff):
            self._captions[person.id] = Label(person.name, role="title", wrap=True)
            column.addWidget(self._captions[person.id])
            if number:
                words = _("May be left empty, and set later on the page Clinic.")
                column.addWidget(Label(words, role="small", wrap=True))
            fields = NewPasswordFields(person.name)
            self.passwords[person.id] = fields
            column.addWidget(fields)
        column.addStretch(1)

    def _leave_passwords(self) -> None:
        read = self._read
        if read is None:
            return
        chosen: dict[UUID, str] = {}
        for number, person in enumerate(read.staff):
            fields = self.passwords[person.id]
            if number and fields.is_empty():
                continue
            password = fields.read((person.name, read.clinic.name))
            if password is None:
                return
            chosen[person.id] = password
        self._chosen = chosen
        self._show_sheet(read)
        self._turn(SHEET)

    def _show_sheet(self, read: ReadFacts) -> None:
        """The sheet names clinic and file: other ones take another sheet."""
        code = RecoveryCode.new()
        if self.sheet is not None:
            self.sheet.deleteLater()
        self._code = code
        self.sheet = SheetFields(
            code, lambda: first_sheet(read.clinic.name, read.path, local_time().date(), code)
        )
        self.sheet.groups.changed.connect(self._show_page)
        column = self._on_sheet.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(0, self.sheet)

    def _finish(self) -> None:
        read, code = self._read, self._code
        if read is None or code is None or self.sheet is None or not self.sheet.is_proven():
            return
        self._set_making(True)
        passwords = dict(self._chosen)

        def work(_task: background.Task[Unlocked]) -> Unlocked:
            # Made here and opened again by the window: a logbook belongs to the thread that opens it.
            with Logbook.create_locked(read.path, read.clinic, read.staff, passwords, code) as made:
                made.keys.note_sheet_checked()
            return unlock_with_code(read.path, code.text)

        background.run(work, done=self._on_made, failed=self._on_not_made, receiver=self)

    def _on_made(self, unlocked: Unlocked) -> None:
        if self._read is None:
            return
        logbook = Logbook.open(self._read.path, key=unlocked.key)
        logbook.act_as(self._read.staff[0].id)
        self.logbook = logbook
        self.accept()

    def _set_making(self, making: bool) -> None:
        self._making = making
        for button in (self.start_button, self.back, self._cancel):
            button.setEnabled(not making)
        if making:
            self.start_button.set_label(_("Making…"))

    def _on_not_made(self, error: Exception) -> None:
        self._set_making(False)
        self._show_page()
        if not isinstance(error, DermlogError):
            raise error
        if isinstance(error, LogbookNotOpened):
            self._turn(FACTS)
            self.facts.say_place(error.sentence)
        else:
            self.notice.tell(error.sentence, "danger")

    def _turn(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self._show_page()
        if page == PASSWORDS:
            next(iter(self.passwords.values())).setFocus()
        elif page == SHEET and self.sheet is not None:
            self.sheet.print_button.setFocus()

    def _show_page(self) -> None:
        page = self.pages.currentIndex()
        last = page == SHEET or (page == FACTS and not self.facts.protection.is_locked())
        lines = {
            FACTS: "",
            PASSWORDS: _("Everybody has a password of their own, and types it themselves."),
            SHEET: _("The recovery sheet of “{name}”").format(
                name="" if self._read is None else self._read.path.name
            ),
        }
        self.line.setText(lines[page])
        self.line.setVisible(bool(lines[page]))
        self.back.setVisible(page != FACTS)
        self.start_button.set_label(_("Start") if last else _("Next"))
        self.start_button.setEnabled(page != SHEET or (self.sheet is not None and self.sheet.is_proven()))


def _page() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addStretch(1)
    return page
