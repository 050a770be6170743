"""Restoring where no logbook opens: a new PC, or a file that is missing or damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from dermlog.backup_sentences import backup_sentence
from dermlog.domain.backup import BackupFault, BackupSet, Restored
from dermlog.logbook import backups_in, backups_of
from dermlog.logbook.door import local_time
from dermlog.ui.backup.restore_run_dialog import RestoreRunDialog
from dermlog.ui.backup.set_words import made_cell, proof_cell
from dermlog.ui.kit import background
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.wording import _

KeyFinder = Callable[[BackupSet, QWidget], bytes | None]
"""Asks for what opens a locked backup: a password of its slots, or the recovery sheet; None when given up."""


class NewPcDialog(Dialog):
    """NewPcDialog(path, parent, find_key=): restored and key tell what was done, restored None when nothing.

    path: the logbook that did not open, whose backups are listed at once; None on a new PC.
    """

    def __init__(
        self, path: Path | None, parent: QWidget | None = None, *, find_key: KeyFinder | None = None
    ) -> None:
        super().__init__(
            parent,
            _("Restore a backup"),
            line=_(
                "Choose the drive or the folder with the backups, then the backup. The newest is at the top."
            ),
            width=620,
        )
        self.restored: Restored | None = None
        self.restore_button: Button
        self.key: bytes | None = None
        self._path = path
        self._find_key = find_key
        self.choose_button = Button(_("Choose drive or folder…"))
        self.choose_button.clicked.connect(self._on_choose)
        row = QHBoxLayout()
        row.addWidget(self.choose_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.table: RecordTable[BackupSet] = RecordTable(
            [
                Column(_("Made"), made_cell, stretch=2),
                Column(_("Logbook"), lambda one: Cell(one.logbook, muted=True), stretch=1),
                Column(_("Proof"), proof_cell, width=150),
            ],
            name=_("Backups"),
            empty=_("No backup is shown yet."),
            row_height=50,
        )
        self.table.setMinimumHeight(260)
        self.table.row_opened.connect(lambda _one: self._on_restore())
        self.table.current_changed.connect(lambda one: self.restore_button.setEnabled(one is not None))
        self.body.addWidget(self.table, 1)
        self.add_cancel()
        self.restore_button = self.add_accept(_("Restore…"))
        self.restore_button.setEnabled(False)
        self.restore_button.clicked.connect(self._on_restore)
        if path is not None:
            self._look(lambda: backups_of(path, now=local_time()))

    def look_in(self, folder: Path) -> None:
        """List the backups of a folder."""
        self._look(lambda: backups_in(folder))

    def restore_to(self, one: BackupSet, target: Path) -> None:
        """Restore a backup as this file; asks for what opens it where it is locked."""
        self.notice.hush()
        key = None
        if one.locked:
            key = None if self._find_key is None else self._find_key(one, self)
            if key is None:
                self.notice.tell(backup_sentence(BackupFault.WRONG_KEY), "caution")
                return
        dialog = RestoreRunDialog(one, target, key, self)
        dialog.exec()
        restored = dialog.restored
        sentence = dialog.notice.text()
        dialog.deleteLater()
        if restored is None:
            if sentence:
                self.notice.tell(sentence, "danger")
            return
        self.restored, self.key = restored, key
        self.accept()

    def _look(self, find: Callable[[], tuple[BackupSet, ...]]) -> None:
        background.run(lambda _task: find(), done=self._show, receiver=self)

    def _show(self, sets: tuple[BackupSet, ...]) -> None:
        self.table.set_empty_text(
            _("There is no backup in this folder. Choose the one above it, or another.")
        )
        self.table.set_rows(sets, select_first=bool(sets))
        self.restore_button.setEnabled(bool(sets))

    def _on_choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Where the backups are"), str(Path.home()))
        if folder:
            self.look_in(Path(folder))

    def _on_restore(self) -> None:
        one = self.table.current()
        if one is None:
            return
        known = self._path if self._path is not None else Path.home() / one.logbook
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            _("Where the logbook shall lie"),
            str(known),
            _("Logbooks (*.dermlog)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.restore_to(one, Path(chosen).with_suffix(".dermlog"))
