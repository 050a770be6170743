"""The backup at the end of the day: made while the program closes, and never in the way of going home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dermlog.backup_sentences import state_sentence
from dermlog.domain.backup import BackupDone, Light
from dermlog.ui.backup.running import Running
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.dialog import Dialog
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Logbook


class ClosingDialog(Dialog):
    """ClosingDialog(logbook): backs up and closes itself; a failure, or a red light, stays and asks."""

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Backing up before closing"), line=logbook.path.name)
        self._logbook = logbook
        self.running = Running()
        self.running.failed.connect(self._on_failed)
        self.running.stop_button.hide()
        self.body.addWidget(self.running)
        self.leave: Button = self.add_cancel(_("Close without a backup"))
        self.again = self.add_accept(_("Back up again"))
        self.again.clicked.connect(self.back_up)
        self.again.hide()
        self.back_up()

    def back_up(self) -> None:
        """Back up, or try once more."""
        self.notice.hush()
        self.again.hide()
        self.running.run(
            _("Backing up…"),
            lambda progress, cancelled: self._logbook.backups.back_up(progress=progress, cancelled=cancelled),
            self._on_done,
        )

    def reject(self) -> None:
        """Close now; an unfinished backup is removed by the work itself."""
        self.running.stop()
        super().reject()

    def _on_done(self, _done: BackupDone) -> None:
        self.accept()

    def _on_failed(self, sentence: str) -> None:
        state = self._logbook.backups.state()
        words = sentence
        if state.light is Light.DANGER:
            words = _("{first} {second}").format(
                first=sentence, second=state_sentence(state, self._logbook.now())
            )
        self.notice.tell(words, "danger" if state.light is Light.DANGER else "caution")
        self.again.show()
