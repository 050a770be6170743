"""ListImportDialog: choose a list, say what its columns hold, check, and add everybody in one step."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from dermlog.domain.patient_list import ListAdded, ListComparison, ListField, ListReading, ListTable
from dermlog.domain.permission import Action
from dermlog.domain.validity import InvalidRecord
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.empty_state import EmptyState
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.meter import Meter
from dermlog.ui.kit.theme import px
from dermlog.ui.list_import.check_page import CheckPage
from dermlog.ui.list_import.columns_page import ColumnsPage
from dermlog.wording import _, ngettext

ENCODINGS = (
    *("utf-8-sig", "utf-16", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256"),
    *("mac-roman", "shift_jis", "gb18030", "big5", "euc-kr"),
)
WIDTH, HEIGHT, OTHERS = 900, 515, 250


class Step(IntEnum):
    """The pages, in order."""

    FILE = 0
    COLUMNS = 1
    CHECK = 2
    DONE = 3


class ListImportDialog(Dialog):
    """ListImportDialog(logbook, parent); added tells what was done, None when nobody was added."""

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Import a list of patients"), width=WIDTH)
        self._logbook = logbook
        self.added: ListAdded | None = None
        self._path = Path()
        self._table: ListTable | None = None
        self._reading = ListReading((), ())
        self._task: background.Task[object] | None = None
        self._stop = Event()
        self._words = ""
        self.choose_button = Button(_("Choose a file…"))
        self.columns = ColumnsPage(ENCODINGS)
        self.check = CheckPage()
        self._done_words = Label("", role="strong", wrap=True)
        self.undo_button = Button(_("Undo: take them out again"))
        self.pages = QStackedWidget()
        for page in (self._file_page(), self.columns, self.check, self._done_page()):
            self.pages.addWidget(page)
        self._meter = Meter()
        self._meter.hide()
        self.body.addWidget(self.pages, 1)
        self.body.addWidget(self._meter)
        self.back_button = self.add_button(_("Back"))
        self.cancel_button = self.add_cancel()
        self.next_button = self.add_accept(_("Next"))
        self.choose_button.clicked.connect(self._on_choose)
        self.columns.reading_changed.connect(self._on_reading_changed)
        self.columns.mapping_changed.connect(self._on_mapping_changed)
        self.back_button.clicked.connect(self._on_back)
        self.next_button.clicked.connect(self._on_next)
        self.undo_button.clicked.connect(self._on_undo)
        self._go(Step.FILE)
        if not logbook.may(Action.IMPORT_PATIENTS):
            self.choose_button.setEnabled(False)
            self.notice.tell(_("Only an owner or a clinician can import a list."), "caution")

    def holds_unsaved(self) -> bool:
        """The choices of a list are made again in a moment, and the list itself is not changed."""
        return False

    def reject(self) -> None:
        """Leave; an import under way stops, and then nobody is added."""
        self._stop.set()
        if self._task is None:
            super().reject()

    def open_list(self, path: Path) -> None:
        """Read a list and show its columns; what is wrong with the file is said."""
        self._read(path, "", "")

    # -- pages --------------------------------------------------------------------------------------------

    def _file_page(self) -> QWidget:
        page = EmptyState(
            _("Choose the list of patients that your other system has saved."),
            _(
                "A CSV or text file with one patient in each line, in any encoding. "
                "Nothing is added before you have seen how it is read."
            ),
            action=self.choose_button,
        )
        # The first page is as high as the others would like to be, where the screen has the room.
        page.setMinimumHeight(min(px(HEIGHT), self.screen().availableGeometry().height() - px(OTHERS)))
        return page

    def _done_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self._done_words)
        self._done_words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.undo_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return page

    def _go(self, step: Step) -> None:
        self.pages.setCurrentIndex(step)
        self.back_button.setVisible(step in {Step.COLUMNS, Step.CHECK})
        self.cancel_button.setVisible(step is not Step.DONE)
        self.next_button.setVisible(step is not Step.FILE)
        words = {Step.CHECK: _("Add them"), Step.DONE: _("Close")}
        self.next_button.set_label(words.get(step, _("Next")))
        self.next_button.setEnabled(True)
        if step is Step.FILE:
            self.choose_button.setFocus()
        else:
            self.next_button.setFocus()

    # -- the file and its columns -------------------------------------------------------------------------

    def _on_choose(self) -> None:
        kinds = ";;".join((_("Lists (*.csv *.txt *.tsv *.tab)"), _("All files (*)")))
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a list of patients"), "", kinds)
        if chosen:
            self.open_list(Path(chosen))

    def _read(self, path: Path, encoding: str, separator: str) -> bool:
        lists = self._logbook.patient_lists
        try:
            table = lists.read(path, encoding=encoding, separator=separator)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return False
        self.notice.hush()
        self._path, self._table = path, table
        self.line.setText(path.name)
        self.line.setVisible(True)
        self.columns.show_table(table, lists.guess(table))
        self._go(Step.COLUMNS)
        self._on_mapping_changed()
        return True

    def _on_reading_changed(self) -> None:
        encoding, separator = self.columns.encoding.value(), self.columns.separator.value()
        if not self._read(self._path, str(encoding), str(separator)) and self._table is not None:
            self.columns.encoding.set_value(self._table.encoding)
            self.columns.separator.set_value(self._table.separator)

    def _on_mapping_changed(self) -> None:
        """The first lines are read anew at once; the whole list only when somebody goes on."""
        if self._table is None:
            return
        mapping = self.columns.mapping()
        beginning = ListTable(self._table.lines[:40], self._table.encoding, self._table.separator)
        self.columns.show_reading(self._logbook.patient_lists.reading(beginning, mapping))
        named = any(mapping.column(held) is not None for held in (ListField.FAMILY_NAME, ListField.FULL_NAME))
        self.next_button.setEnabled(named)
        if named:
            self.notice.hush()
        else:
            self.notice.tell(_("Say which column holds the family name, or the whole name."), "caution")

    # -- going on -----------------------------------------------------------------------------------------

    def _on_back(self) -> None:
        self.notice.hush()
        self._go(Step(self.pages.currentIndex() - 1))

    def _on_next(self) -> None:
        step = Step(self.pages.currentIndex())
        if step is Step.COLUMNS:
            self._compare()
        elif step is Step.CHECK:
            self._add()
        elif step is Step.DONE:
            self.accept()

    def _compare(self) -> None:
        table, mapping, lists = self._table, self.columns.mapping(), self._logbook.patient_lists
        if table is None:
            return

        def work(_task: background.Task[object]) -> object:
            reading = lists.reading(table, mapping)
            return reading, lists.compare(reading)

        self._run(_("Reading the list…"), work, self._on_compared)

    def _on_compared(self, result: object) -> None:
        if not isinstance(result, tuple):
            return
        if self._stop.is_set():
            self.reject()
            return
        reading, comparison = result
        if isinstance(reading, ListReading) and isinstance(comparison, ListComparison):
            self._reading = reading
            self.check.show_comparison(reading, comparison)
            self._go(Step.CHECK)
            self.next_button.setEnabled(bool(self.check.chosen()) or bool(comparison.matches))

    def _add(self) -> None:
        chosen, skipped = self.check.chosen(), self.check.skipped()
        lists, source, stop = self._logbook.patient_lists, self._path.name, self._stop

        def work(task: background.Task[object]) -> object:
            return lists.add(
                chosen,
                source=source,
                skipped=skipped,
                progress=lambda done, of: task.report((done, of)),
                cancelled=stop.is_set,
            )

        if not chosen:
            self.notice.tell(_("Nobody is chosen to be added. Choose somebody, or cancel."), "caution")
            return
        self._run(_("Adding…"), work, self._on_added)

    def _on_added(self, result: object) -> None:
        if not isinstance(result, ListAdded):
            return
        self.added = result
        self._done_words.setText(added_words(result))
        self.undo_button.show()
        self._go(Step.DONE)

    def _on_undo(self) -> None:
        added = self.added
        if added is None:
            return
        lists = self._logbook.patient_lists
        self._run(_("Taking them out…"), lambda _task: lists.take_back(added), self._on_taken_back)

    def _on_taken_back(self, count: object) -> None:
        number = count if isinstance(count, int) else 0
        self.added = None
        self.undo_button.hide()
        words = ngettext("{n} patient was taken out again.", "{n} patients were taken out again.", number)
        self._done_words.setText(words.format(n=number))

    # -- long work ----------------------------------------------------------------------------------------

    def _run(
        self,
        words: str,
        work: Callable[[background.Task[object]], object],
        done: Callable[[object], object],
    ) -> None:
        if self._task is not None:
            return
        self._stop.clear()
        self.notice.hush()
        self._words = words
        self._meter.show_part(words, 0.0)
        self._meter.show()
        for part in (self.pages, self.back_button, self.next_button):
            part.setEnabled(False)

        def finished(result: object) -> None:
            self._rest()
            done(result)

        self._task = background.run(
            work, done=finished, failed=self._on_failed, progress=self._on_progress, receiver=self
        )

    def _rest(self) -> None:
        self._task = None
        self._meter.hide()
        for part in (self.pages, self.back_button, self.next_button):
            part.setEnabled(True)

    def _on_progress(self, value: object) -> None:
        if isinstance(value, tuple) and value[1]:
            self._meter.show_part(self._words, value[0] / value[1])

    def _on_failed(self, error: Exception) -> None:
        self._rest()
        if isinstance(error, InvalidRecord):
            self.notice.tell(
                _("A chart number of the list was given away meanwhile. Go back and check again."),
                "danger",
            )
        elif isinstance(error, DermlogError):
            self.notice.tell(error.sentence, "caution" if self._stop.is_set() else "danger")
        else:
            raise error


def added_words(added: ListAdded) -> str:
    """What an import did: 212 patients added, 3 skipped."""
    words = ngettext("{n} patient added", "{n} patients added", added.added).format(n=added.added)
    if not added.skipped:
        return _("{words}.").format(words=words)
    return _("{words}, {skipped} skipped.").format(words=words, skipped=added.skipped)
