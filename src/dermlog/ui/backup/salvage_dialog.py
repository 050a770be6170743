"""Saving what a damaged logbook still gives: read, told in a sentence, taken only when somebody says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from dermlog.backup_sentences import salvage_sentence
from dermlog.errors import DermlogError
from dermlog.logbook import Salvage, salvage_logbook
from dermlog.logbook.door import local_time
from dermlog.ui.backup.running import Running
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.wording import _


class SalvageDialog(Dialog):
    """SalvageDialog(path, key): taken is True once the saved logbook has its name; the file is closed."""

    def __init__(self, path: Path, key: bytes | None, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Saving what can be read"), line=path.name, width=540)
        self.taken = False
        self.set_aside: Path | None = None
        self._path = path
        self._key = key
        self._salvage: Salvage | None = None
        self.words = Label(
            _("The damaged file is only read. What it lacks comes from its history and from your backups."),
            wrap=True,
        )
        self.running = Running()
        self.running.stop_button.hide()
        self.running.failed.connect(lambda sentence: self.notice.tell(sentence, "danger"))
        self.body.addWidget(self.words)
        self.body.addWidget(self.running)
        self.leave_button = self.add_cancel(_("Leave the file as it is"))
        self.take_button = self.add_accept(_("Go on with what was saved"))
        self.take_button.setEnabled(False)
        self.take_button.clicked.connect(self._on_take)
        self.running.run(
            _("Reading…"),
            lambda progress, cancelled: salvage_logbook(
                path, key=key, now=local_time(), progress=progress, cancelled=cancelled
            ),
            self._on_read,
        )

    def reject(self) -> None:
        """Leave everything as it was; what was built goes, or is removed by the work itself."""
        self.running.stop()
        if self._salvage is not None:
            self._salvage.discard()
            self._salvage = None
        super().reject()

    def _on_read(self, salvage: Salvage) -> None:
        self._salvage = salvage
        self.words.setText(
            _("{words} The damaged file is set aside, not deleted.").format(
                words=salvage_sentence(salvage.found)
            )
        )
        self.fit()
        self.take_button.setEnabled(True)
        self.take_button.setFocus()

    def _on_take(self) -> None:
        if self._salvage is None:
            return
        salvage, self._salvage = self._salvage, None
        try:
            self.set_aside = salvage.accept(now=local_time())
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            self.take_button.setEnabled(False)
            return
        self.taken = True
        self.accept()
