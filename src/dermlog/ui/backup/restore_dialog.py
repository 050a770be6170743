"""One backup: what it holds, what it lacks, and restoring it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dermlog.backup_sentences import comparison_sentence, moment_text
from dermlog.domain.backup import BackupComparison, BackupSet, MissingEntry
from dermlog.logbook import Backups
from dermlog.ui.backup.running import Running
from dermlog.ui.backup.set_words import holds_text, missing_cell
from dermlog.ui.kit.button import Kind
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.record_table import Column, RecordTable
from dermlog.wording import _


class RestoreDialog(Dialog):
    """RestoreDialog(backups, set, parent): restore_wanted is True when somebody decided for it."""

    def __init__(self, backups: Backups, one: BackupSet, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            _("Backup of {moment}").format(moment=moment_text(one.made_at)),
            line=holds_text(one),
            width=560,
        )
        self.restore_wanted = False
        self._backups = backups
        self._one = one
        self.words = Label(_("Comparing with the present logbook…"), role="strong", wrap=True)
        self.table: RecordTable[MissingEntry] = RecordTable(
            [Column(_("Entry"), missing_cell, stretch=1)],
            name=_("Entries that this backup lacks"),
            header=False,
            row_height=46,
        )
        self.table.hide()
        self.table.setMinimumHeight(180)
        self.running = Running()
        self.running.failed.connect(lambda sentence: self.notice.tell(sentence, "danger"))
        self.body.addWidget(self.words)
        self.body.addWidget(self.table)
        self.body.addWidget(
            Label(
                _(
                    "The present logbook is not lost: it is set aside under its name with today’s date, "
                    "and can be taken back."
                ),
                role="small",
                wrap=True,
            )
        )
        self.body.addWidget(self.running)
        self.check_button = self.add_button(_("Read it back with all photos"))
        self.check_button.clicked.connect(self._on_check)
        self.add_cancel()
        self.restore_button = self.add_accept(_("Restore this backup"), Kind.DANGER)
        self.restore_button.setEnabled(False)
        self.restore_button.clicked.connect(self._on_restore)
        self.running.run(
            _("Comparing…"), lambda _progress, _cancelled: backups.compare(one), self._on_compared
        )

    def reject(self) -> None:
        """Stop what is under way and leave."""
        self.running.stop()
        super().reject()

    def _on_compared(self, comparison: BackupComparison) -> None:
        self.words.setText(comparison_sentence(comparison))
        self.table.set_rows(comparison.lacks)
        self.table.setVisible(bool(comparison.lacks))
        self.fit()
        self.restore_button.setEnabled(comparison.related)

    def _on_check(self) -> None:
        self.notice.hush()
        self.running.run(
            _("Reading back…"),
            lambda progress, cancelled: self._backups.read_back(
                self._one, progress=progress, cancelled=cancelled
            ),
            self._on_checked,
        )

    def _on_checked(self, one: BackupSet) -> None:
        self._one = one
        self.notice.tell(_("Everything in this backup was read back, every photo too."))

    def _on_restore(self) -> None:
        self.restore_wanted = True
        self.accept()
