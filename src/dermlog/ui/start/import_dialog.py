"""ImportDialog: a new logbook from an export - which one, where to, then passwords and recovery sheet."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from dermlog.domain.leaving import ExportFacts, Imported
from dermlog.domain.recovery import RecoveryCode
from dermlog.errors import DermlogError, LogbookNotOpened
from dermlog.logbook import Logbook, import_export, look_at_export, unlock_with_code
from dermlog.logbook.door import local_time
from dermlog.logbook.set_up import check_place, first_sheet
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.leaving.work_meter import Cancelled, Progress, WorkMeter
from dermlog.ui.sign_in.new_password_fields import NewPasswordFields
from dermlog.ui.sign_in.sheet_fields import SheetFields
from dermlog.ui.start.file_place import as_logbook, typed_place, usual_folder
from dermlog.ui.start.protection_fields import ProtectionFields
from dermlog.wording import _, date_text, ngettext

EXPORT, PASSWORDS, SHEET = range(3)


class ImportDialog(Dialog):
    """ImportDialog(parent): logbook is the new one, None when nothing was imported."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Open an export"), width=600)
        self.logbook: Logbook | None = None
        self.imported: Imported | None = None
        self.facts: ExportFacts | None = None
        self.sheet: SheetFields | None = None
        self.passwords: dict[UUID, NewPasswordFields] = {}
        self._chosen: dict[UUID, str] = {}
        self._source: Path | None = None
        self._code: RecoveryCode | None = None
        self.line.setText(_("An export that dermlog wrote becomes a new logbook. Nothing else is changed."))
        self.line.show()
        self.zip_button = Button(_("Choose a ZIP…"))
        self.folder_button = Button(_("Choose a folder…"))
        self.zip_button.clicked.connect(self._on_zip)
        self.folder_button.clicked.connect(self._on_folder)
        self.found = Label(role="strong", wrap=True)
        self.place = TextField(_("The new logbook"), text=str(usual_folder() / "Clinic.dermlog"))
        self.protection = ProtectionFields()
        self.protection.changed.connect(self._show_page)
        self.meter = WorkMeter()
        self.pages = QStackedWidget()
        self._first, self._second, self._third = _page(), _page(), _page()
        for page, _column in (self._first, self._second, self._third):
            self.pages.addWidget(page)
        self._lay_out()
        self.cancel_button = self.add_cancel()
        self.back_button = self.add_button(_("Back"))
        self.back_button.clicked.connect(lambda: self._turn(self.pages.currentIndex() - 1))
        self.next_button = self.add_accept(_("Next"))
        self.next_button.clicked.connect(self._on_next)
        self._show_page()

    def reject(self) -> None:
        """Stop what is under way and stay; leave when nothing is."""
        if self.meter.is_busy:
            self.meter.stop()
            self._set_busy(False)
            self.notice.tell(_("Stopped. Nothing was kept of it."), "info")
            return
        super().reject()

    def done(self, result: int) -> None:
        """Leave no password behind in a box."""
        for fields in self.passwords.values():
            fields.clear()
        self._chosen = {}
        super().done(result)

    def look_at(self, source: Path) -> None:
        """Read what an export says of itself."""
        self.notice.hush()
        self.facts = None
        self._source = source
        self._set_busy(True)
        self.meter.run(
            _("Reading…"),
            lambda _progress, cancelled: look_at_export(source, cancelled=cancelled),
            self._on_looked,
            self._on_failed,
        )

    def _lay_out(self) -> None:
        column = self._first[1]
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.zip_button)
        row.addWidget(self.folder_button)
        row.addStretch(1)
        column.addLayout(row)
        for widget in (self.found, self.place, self.protection):
            column.addWidget(widget)
        column.addStretch(1)
        self.body.addWidget(self.pages)
        self.body.addWidget(self.meter)

    def _on_zip(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a ZIP"), str(usual_folder()), _("ZIP files (*.zip)")
        )
        if chosen:
            self.look_at(Path(chosen))

    def _on_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Choose a folder"), str(usual_folder()))
        if chosen:
            self.look_at(Path(chosen))

    def _on_looked(self, facts: ExportFacts) -> None:
        self.facts = facts
        self._set_busy(False)
        self.found.setText(
            _("{clinic}, exported on {day}: {patients}, {photos}.").format(
                clinic=facts.clinic.name or _("A clinic"),
                day=date_text(facts.made_at.date()),
                patients=ngettext("{n} patient", "{n} patients", facts.patients).format(n=facts.patients),
                photos=ngettext("{n} photo", "{n} photos", facts.photos).format(n=facts.photos),
            )
        )
        self.next_button.setFocus()

    def _on_next(self) -> None:
        (self._leave_export, self._leave_passwords, self._finish)[self.pages.currentIndex()]()

    def _leave_export(self) -> None:
        if self.facts is None or not self.protection.is_decided():
            return
        self.place.set_error(None)
        try:
            check_place(self._target())
        except LogbookNotOpened as error:
            self.place.set_error(error.sentence)
            self.place.focus()
            return
        if not self.protection.is_locked():
            self._finish()
            return
        if not self.passwords:
            for number, owner in enumerate(self.facts.owners):
                fields = NewPasswordFields(owner.name)
                self.passwords[owner.id] = fields
                self._second[1].addWidget(Label(owner.name, role="title", wrap=True))
                if number:
                    words = _("May be left empty, and set later on the page Clinic.")
                    self._second[1].addWidget(Label(words, role="small", wrap=True))
                self._second[1].addWidget(fields)
            self._second[1].addStretch(1)
        self._turn(PASSWORDS)

    def _leave_passwords(self) -> None:
        facts = self.facts
        if facts is None:
            return
        chosen: dict[UUID, str] = {}
        for number, owner in enumerate(facts.owners):
            fields = self.passwords[owner.id]
            if number and fields.is_empty():
                continue
            password = fields.read((owner.name, facts.clinic.name))
            if password is None:
                return
            chosen[owner.id] = password
        self._chosen = chosen
        code, path = RecoveryCode.new(), self._target()
        if self.sheet is not None:
            self.sheet.deleteLater()
        self._code = code
        clinic = facts.clinic.name
        self.sheet = SheetFields(code, lambda: first_sheet(clinic, path, local_time().date(), code))
        self.sheet.groups.changed.connect(self._show_page)
        self._third[1].addWidget(self.sheet)
        self._turn(SHEET)

    def _finish(self) -> None:
        source, target, code, passwords = self._source, self._target(), self._code, dict(self._chosen)
        locked = self.protection.is_locked()
        if source is None or (locked and (self.sheet is None or not self.sheet.is_proven())):
            return
        self.notice.hush()
        self._set_busy(True)

        def work(progress: Progress, cancelled: Cancelled) -> tuple[Imported, bytes | None]:
            imported = import_export(
                source,
                target,
                passwords=passwords if locked else None,
                code=code if locked else None,
                progress=progress,
                cancelled=cancelled,
            )
            key = unlock_with_code(target, code.text).key if locked and code is not None else None
            return imported, key

        self.meter.run(_("Importing…"), work, self._on_imported, self._on_failed)

    def _on_imported(self, found: tuple[Imported, bytes | None]) -> None:
        self.imported, key = found
        self._set_busy(False)
        try:
            logbook = Logbook.open(self.imported.logbook, key=key)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        if key is not None:
            logbook.keys.note_sheet_checked()
            logbook.act_as(next(iter(self._chosen)))
        if self.imported.missing_photos:
            missing = self.imported.missing_photos
            logbook.notices += (
                ngettext(
                    "{n} photo was not in the export.", "{n} photos were not in the export.", missing
                ).format(n=missing),
            )
        self.logbook = logbook
        self.accept()

    def _on_failed(self, sentence: str) -> None:
        self._set_busy(False)
        self.notice.tell(sentence, "danger")

    def _target(self) -> Path:
        return (
            typed_place(self.place.text().strip())
            if self.place.text().strip()
            else as_logbook(usual_folder())
        )

    def _turn(self, page: int) -> None:
        self.notice.hush()
        self.pages.setCurrentIndex(page)
        self._show_page()
        if page == PASSWORDS and self.passwords:
            next(iter(self.passwords.values())).setFocus()

    def _set_busy(self, busy: bool) -> None:
        self.pages.setEnabled(not busy)
        self.back_button.setEnabled(not busy)
        self.cancel_button.set_label(_("Stop") if busy else _("Cancel"))
        self._show_page()

    def _show_page(self) -> None:
        page = self.pages.currentIndex()
        last = page == SHEET or not self.protection.is_locked()
        self.found.setVisible(self.facts is not None)
        self.place.setVisible(self.facts is not None)
        self.protection.setVisible(self.facts is not None)
        self.back_button.setVisible(page != EXPORT)
        self.next_button.set_label(_("Import") if last else _("Next"))
        proven = page != SHEET or (self.sheet is not None and self.sheet.is_proven())
        self.next_button.setEnabled(self.facts is not None and not self.meter.is_busy and proven)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return page, column
