"""Choosing a logbook when none could be opened: another file, a new clinic, or the sample."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.file_fault import OpeningFault
from dermlog.errors import DermlogError, LogbookNotOpened
from dermlog.logbook import Logbook, is_locked
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.sign_in.backup_key import BackupKey
from dermlog.ui.start.new_clinic_dialog import NewClinicDialog
from dermlog.ui.start.opening import Opener
from dermlog.ui.start.sample_dialog import SampleDialog
from dermlog.ui.start.typed_word_dialog import TypedWordDialog
from dermlog.ui.start.way_on import is_replacing, offer_way_on
from dermlog.wording import _


def choose_logbook(wanted: str | None, last: Path | None) -> Logbook | None:
    """Ask until a logbook is open; None when the person closes the dialog. Nothing is made without asking."""
    path = Path(wanted) if wanted else last
    dialog = StartDialog(path)
    dialog.exec()
    logbook = dialog.logbook
    dialog.deleteLater()
    return logbook


class StartDialog(Dialog):
    """StartDialog(path): says why that file was not opened; logbook is what was opened in the end."""

    def __init__(self, path: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Welcome to dermlog"), width=560)
        self.logbook: Logbook | None = None
        self._path = path
        self._fault: OpeningFault | None = None
        self._opener = Opener()
        self.line.setText(
            _("A logbook is one file on this PC. It holds the records and photos of your clinic.")
        )
        self.line.setVisible(True)
        self._open = self._choice(
            _("Open a logbook"), _("A .dermlog file on this PC."), _("Open…"), Kind.PRIMARY
        )
        self._new = self._choice(
            _("Start a new clinic"), _("Make an empty logbook with your own staff."), _("Start…"), Kind.PLAIN
        )
        self._sample = self._choice(
            _("Look around first"),
            _("Make a sample logbook with invented patients."),
            _("Sample…"),
            Kind.PLAIN,
        )
        self._restore = self._choice(
            _("Restore a backup"),
            _("On a new PC, or when a logbook does not open."),
            _("Restore…"),
            Kind.PLAIN,
        )
        self._import = self._choice(
            _("Open an export"),
            _("Records that dermlog wrote into a ZIP or a folder."),
            _("Import…"),
            Kind.PLAIN,
        )
        self._import.clicked.connect(self._on_import)
        self._restore.clicked.connect(self.use_backup)
        self._open.clicked.connect(self.look_for_file)
        self._new.clicked.connect(self._on_new)
        self._sample.clicked.connect(self._on_sample)
        self.add_cancel(_("Close"))
        self.setAcceptDrops(True)
        if path is not None:
            self.try_open(path)

    def try_open(self, path: Path, *, viewing: bool = False, take_over: bool = False) -> None:
        """Open a file, asking who comes in where it is locked, or say why not and what can be done."""
        self._path, self._fault = path, None
        over = self if self.isVisible() else QApplication.activeWindow()
        try:
            logbook = self._opener.open(path, over, viewing=viewing, take_over=take_over)
            if logbook is not None:
                self._take(logbook)
        except DermlogError as error:
            self.notice.tell(error.sentence, "caution")
            if isinstance(error, LogbookNotOpened):
                self._fault = error.fault
                offer_way_on(self, error, path)

    def exec(self) -> int:
        """Show, unless a logbook is open already."""
        return super().exec() if self.logbook is None else 1

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped here."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        event.acceptProposedAction()
        self.try_open(Path(event.mimeData().urls()[0].toLocalFile()))

    def _choice(self, title: str, line: str, verb: str, kind: Kind) -> Button:
        button = Button(verb, kind, name=title)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Label(title, role="title"))
        words.addWidget(Label(line, role="muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        card = Card()
        card.setAccessibleName(title)
        card.add_layout(row)
        self.body.addWidget(card)
        return button

    def _take(self, logbook: Logbook) -> None:
        self.logbook = logbook
        self.accept()

    def look_for_file(self) -> None:
        """Choose a file and open it."""
        folder = str(self._path.parent) if self._path is not None else str(Path.home())
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Open a logbook"), folder, _("Logbooks (*.dermlog);;All files (*)")
        )
        if chosen:
            self.try_open(Path(chosen))

    def use_backup(self) -> None:
        """Restore a backup and open what came of it."""
        from dermlog.ui.backup.new_pc_dialog import NewPcDialog  # noqa: PLC0415 - rarely needed

        ask = BackupKey()
        dialog = NewPcDialog(self._path, self, find_key=ask)
        dialog.exec()
        if dialog.restored is not None:
            self._opener.remember(dialog.restored.logbook, ask.unlocked)
            self.try_open(dialog.restored.logbook)
        dialog.deleteLater()

    def save_readable(self) -> None:
        """Save what the file that did not open still gives, and open what came of it."""
        from dermlog.ui.backup.salvage_dialog import SalvageDialog  # noqa: PLC0415 - rarely needed

        if self._path is None:
            return
        known = self._opener.known(self._path, self)
        if known is None and is_locked(self._path):
            return
        dialog = SalvageDialog(self._path, None if known is None else known.key, self)
        dialog.exec()
        if dialog.taken:
            self._opener.remember(self._path, known)
            self.try_open(self._path)
        dialog.deleteLater()

    def _is_new_meant(self) -> bool:
        """An empty logbook in place of a full one is begun by somebody who typed the word only."""
        if not is_replacing(self._fault) or self._path is None:
            return True
        dialog = TypedWordDialog(
            _("Start an empty logbook?"),
            _(
                "“{name}” has the records of your clinic and was not opened. A new clinic begins without any "
                "of them."
            ).format(name=self._path.name),
            _("NEW"),
            _("Start a new clinic"),
            self,
        )
        meant = bool(dialog.exec())
        dialog.deleteLater()
        return meant

    def _on_new(self) -> None:
        if not self._is_new_meant():
            return
        dialog = NewClinicDialog(self)
        dialog.exec()
        if dialog.logbook is not None:
            self._take(dialog.logbook)
        dialog.deleteLater()

    def _on_import(self) -> None:
        from dermlog.ui.start.import_dialog import ImportDialog  # noqa: PLC0415 - rarely needed

        if not self._is_new_meant():
            return
        dialog = ImportDialog(self)
        dialog.exec()
        if dialog.logbook is not None:
            self._take(dialog.logbook)
        dialog.deleteLater()

    def _on_sample(self) -> None:
        dialog = SampleDialog(self)
        dialog.exec()
        if dialog.written is not None:
            self.try_open(dialog.written)
        dialog.deleteLater()
