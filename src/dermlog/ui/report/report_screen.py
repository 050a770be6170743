"""ReportScreen: the report of a patient as it will be printed; saved as a PDF file or printed from here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import UUID

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from dermlog.changes import Noun
from dermlog.domain.access import AccessKind
from dermlog.domain.patient import Patient
from dermlog.domain.permission import Action
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.ui import preferences
from dermlog.ui.kit import background
from dermlog.ui.kit.background import Task
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.heading import PageHeading
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.notice import Notice
from dermlog.ui.kit.screen import Screen
from dermlog.ui.logbook_signals import RefreshOnNews
from dermlog.ui.report.file_name import proposed_name, proposed_record_name
from dermlog.ui.report.pages_view import PagesView
from dermlog.ui.report.printing import PrintJob, ask_printer, has_printer, no_printer_sentence, paper_printer
from dermlog.wording import _, ngettext

if TYPE_CHECKING:
    from dermlog.logbook.printed_report import InjectionRecord, PagePicture, PrintedReport, ReportFacts

FOLDER = "report_folder"
CHARACTERS_SHOWN = 12


class ReportScreen(Screen):
    """ReportScreen(logbook).show_report(patient id), or show_record(patient id, session id).

    ask_path(proposal) gives the file to save to or None; tests replace it.
    """

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self._patient: Patient | None = None
        self._session_id: UUID | None = None
        self._report: PrintedReport | None = None
        self._writing: Task[PrintedReport] | None = None
        self._drawing: Task[None] | None = None
        self._job: PrintJob | None = None
        self.ask_path: Callable[[str], Path | None] = self._ask_path
        self._lay_out()
        self._news = RefreshOnNews(
            self, logbook.changes, frozenset(Noun), self.refresh, patient=self._patient_id
        )

    def _lay_out(self) -> None:
        self.heading = PageHeading(_("Progress report"))
        self.print_button = Button(_("Print…"), key="Ctrl P")
        self.save_button = Button(_("Save as PDF…"), Kind.PRIMARY, key="Ctrl S")
        for button in (self.print_button, self.save_button):
            self.heading.add_action(button)
        self.print_button.clicked.connect(self.print_pages)
        self.save_button.clicked.connect(self.save)
        self.page.addWidget(self.heading)
        self.missing = Notice()
        self.page.addWidget(self.missing)
        self.notice = Notice()
        self.page.addWidget(self.notice)
        self.pages = PagesView()
        self.page.addLayout(self._tool_row())
        self.pages.pictures_wanted.connect(self._on_pictures_wanted)
        self.pages.page_changed.connect(self._on_page)
        self.pages.zoom_changed.connect(self._on_zoom)
        self.page.addWidget(self.pages, 1)
        for keys, act in (("Ctrl+S", self.save), ("Ctrl+P", self.print_pages)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._let_use(False)

    def _tool_row(self) -> QHBoxLayout:
        self.place = Label(role="muted")
        self.smaller = Button("−", name=_("Show smaller"), small=True)
        self.larger = Button("+", name=_("Show larger"), small=True)
        self.fit = Button(_("Fit width"), key="Ctrl 0", small=True)
        self.size_label = Label(role="muted")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.place, 1)
        for widget in (self.smaller, self.size_label, self.larger, self.fit):
            row.addWidget(widget)
        self.smaller.clicked.connect(self.pages.zoom_out)
        self.larger.clicked.connect(self.pages.zoom_in)
        self.fit.clicked.connect(self.pages.fit_width)
        return row

    def title(self) -> str:
        """Whose report."""
        if self._patient is None:
            return ""
        words = _("Report {number}") if self._session_id is None else _("Injection record {number}")
        return words.format(number=self._patient.chart_number)

    def report(self) -> PrintedReport | None:
        """The document shown; None while it is being written."""
        return self._report

    def show_report(self, patient_id: UUID) -> None:
        """Write the report of a patient and show it."""
        self._show(patient_id, None)

    def show_record(self, patient_id: UUID, session_id: UUID) -> None:
        """Write the clinical record of one treatment, with all its versions, and show it."""
        self._show(patient_id, session_id)

    def _show(self, patient_id: UUID, session_id: UUID | None) -> None:
        if self._patient is None or (self._patient.id, self._session_id) != (patient_id, session_id):
            self._report = None
            self.pages.show_pages((), ())
            self.notice.hush()
            self.missing.hush()
        self._patient = self._logbook.patients.get(patient_id)
        self._session_id = session_id
        self.refresh()

    def refresh(self) -> None:
        """Write it anew from what the logbook says now."""
        if self._patient is None:
            return
        try:
            self._patient = self._logbook.patients.get(self._patient.id)
            facts = self._facts(self._patient)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        name = " ".join(part for part in (self._patient.given_name, self._patient.family_name) if part)
        self.heading.set_title(
            _("Progress report") if self._session_id is None else _("Injection record"), name
        )
        self.title_changed.emit(self.title())
        if self._report is None:
            self.place.setText(_("Writing the report …"))
        if self._writing is not None:
            self._writing.cancel()
        self._writing = background.run(
            lambda _task: _print(facts), done=self._on_written, failed=self._on_not_written
        )

    def _facts(self, patient: Patient) -> ReportFacts | InjectionRecord:
        if self._session_id is None:
            return self._logbook.progress_report(patient.id)
        return self._logbook.injection_record(self._session_id)

    def _proposed_name(self, patient: Patient) -> str:
        if self._session_id is None:
            return proposed_name(patient.chart_number, self._logbook.today())
        session = self._logbook.sessions.versions(self._session_id)[-1]
        return proposed_record_name(patient.chart_number, session.performed_on)

    def on_shown(self) -> None:
        """The pages have the focus, so that Page Down works at once."""
        self.pages.setFocus()

    def on_person_changed(self) -> None:
        """The footer says who prepared it."""
        self.refresh()

    def save(self) -> None:
        """Ask where to, and write the very pages that are shown."""
        report, patient = self._report, self._patient
        if report is None or patient is None:
            return
        path = self.ask_path(self._proposed_name(patient))
        if path is None or not self._may_take_out():
            return
        preferences.remember(FOLDER, str(path.parent))
        background.run(
            lambda _task: _write(report.pdf, path),
            done=lambda _nothing: self._on_saved(path, patient.id),
            failed=self._on_failed,
            receiver=self,
        )

    def print_pages(self) -> None:
        """Ask for a printer and send the pages to it."""
        report, patient = self._report, self._patient
        if report is None or patient is None:
            return
        if not has_printer():
            self.notice.tell(no_printer_sentence(), "caution")
            return
        printer = paper_printer(_("Report {number}").format(number=patient.chart_number))
        if ask_printer(self, printer, len(report.pages)) and self._may_take_out():
            self._note(AccessKind.PRINTED, patient.id)
            self._job = PrintJob(
                report, printer, owner=self, progress=self._on_page_printed, told=self._on_printed
            )

    def _may_take_out(self) -> bool:
        """Asked once more after a dialog of the system, which may outlast the lock: pages need no key."""
        why = self._logbook.why_not(self._action())
        if why:
            self.notice.tell(why, "caution")
        return not why

    def _action(self) -> Action:
        return Action.PRINT_REPORT if self._session_id is None else Action.PRINT_RECORD

    def _patient_id(self) -> UUID | None:
        return None if self._patient is None else self._patient.id

    def _on_written(self, report: PrintedReport) -> None:
        another = self._report is None
        self._writing = None
        self._report = report
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None
        self.pages.show_pages(
            report.pages, report.texts, keep_place=not another and self.pages.page() <= len(report.pages)
        )
        self._let_use(True)
        self._tell_missing(report.unprintable)

    def _on_not_written(self, error: Exception) -> None:
        self._writing = None
        self.place.setText("")
        if isinstance(error, DermlogError):
            self.notice.tell(error.sentence, "danger")
            return
        raise error

    def _tell_missing(self, characters: tuple[str, ...]) -> None:
        """Say before printing which characters would be empty boxes."""
        if not characters:
            self.missing.hush()
            return
        shown = ", ".join(
            _("“{character}” ({code})").format(character=character, code=f"U+{ord(character):04X}")
            for character in characters[:CHARACTERS_SHOWN]
        )
        self.missing.tell(
            ngettext(
                "No font on this computer has this character; it prints as an empty box: {characters}",
                "No font on this computer has these characters; they print as empty boxes: {characters}",
                len(characters),
            ).format(characters=shown),
            "caution",
        )

    def _on_pictures_wanted(self) -> None:
        """Draw the pages in sight first, in a worker, one run at a time."""
        report = self._report
        numbers, dpi = self.pages.wanted()
        if report is None or not numbers or (self._drawing is not None and not self._drawing.finished):
            return

        def draw(task: Task[None]) -> None:
            for number in numbers:
                task.report(report.picture(number, dpi))

        self._drawing = background.run(
            draw, done=self._on_drawn, progress=partial(self._on_picture, dpi=dpi), receiver=self
        )

    def _on_picture(self, picture: object, *, dpi: float) -> None:
        self.pages.show_picture(cast("PagePicture", picture), dpi)

    def _on_drawn(self, _nothing: None) -> None:
        self._drawing = None
        self.pages.viewport().update()

    def _on_page(self, page: int, count: int) -> None:
        self.place.setText(_("Page {page} of {count}").format(page=page, count=count) if count else "")

    def _on_zoom(self, zoom: float) -> None:
        self.size_label.setText(_("{percent} %").format(percent=round(zoom * 100)))

    def _note(self, kind: AccessKind, patient_id: UUID) -> None:
        """Paper and files leave the logbook: who took them is on record."""
        what = "report" if self._session_id is None else f"record {self._session_id}"
        self._logbook.accesses.note(kind, patient_id, what)

    def _on_saved(self, path: Path, patient_id: UUID) -> None:
        self._note(AccessKind.EXPORTED, patient_id)
        self.notice.tell(_("Saved as “{name}”.").format(name=path.name))
        self.notice.add_button(_("Open"), partial(_open, path))
        self.notice.add_button(_("Show folder"), partial(_open, path.parent))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DermlogError):
            raise error
        self.notice.tell(error.sentence, "danger")

    def _on_page_printed(self, page: int, count: int) -> None:
        self.notice.tell(_("Printing page {page} of {count} …").format(page=page, count=count))

    def _on_printed(self, sentence: str, failed: bool) -> None:
        self._job = None
        self.notice.tell(sentence, "danger" if failed else "info")

    def _let_use(self, ready: bool) -> None:
        for button in (self.save_button, self.print_button, self.smaller, self.larger, self.fit):
            button.setEnabled(ready)

    def _ask_path(self, proposal: str) -> Path | None:
        folder = preferences.remembered(FOLDER)
        if not folder or not Path(folder).is_dir():
            folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, _("Save the report"), folder, _("PDF files (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # With the suffix known to it, the dialog itself asks before it replaces a file.
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(proposal)
        accepted = bool(dialog.exec())
        chosen = dialog.selectedFiles()
        dialog.deleteLater()
        return Path(chosen[0]) if accepted and chosen else None


def _print(facts: ReportFacts | InjectionRecord) -> PrintedReport:
    from dermlog.logbook.printed_report import print_report  # noqa: PLC0415 - heavy, so not in the window

    return print_report(facts)


def _write(pdf: bytes, path: Path) -> None:
    from dermlog.logbook.printed_report import write_file  # noqa: PLC0415 - heavy, so not in the window

    write_file(pdf, path)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
