"""Restoring under way: the logbook is closed, a new file is built and proven, then it takes the name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from dermlog.domain.backup import BackupSet, Restored
from dermlog.logbook import restore_backup
from dermlog.logbook.door import local_time
from dermlog.ui.backup.running import Running
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.wording import _, ngettext


class RestoreRunDialog(Dialog):
    """RestoreRunDialog(set, target, key): restored tells what was done, None when it was not."""

    def __init__(
        self, one: BackupSet, target: Path, key: bytes | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, _("Restoring a backup"), width=520)
        self.restored: Restored | None = None
        self._restore: Callable[..., Restored] = lambda progress, cancelled: restore_backup(
            one, target, key=key, now=local_time(), progress=progress, cancelled=cancelled
        )
        self.words = Label(_("Until it is proven, nothing is changed."), wrap=True)
        self.running = Running()
        self.running.failed.connect(lambda sentence: self.notice.tell(sentence, "danger"))
        self.running.stop_button.hide()
        self.body.addWidget(self.words)
        self.body.addWidget(self.running)
        self.cancel_button = self.add_cancel(_("Stop"))
        self.open_button = self.add_accept(_("Open the logbook"))
        self.open_button.setEnabled(False)
        self.open_button.clicked.connect(self.accept)
        self.running.run(_("Restoring…"), self._restore, self._on_done)

    def reject(self) -> None:
        """Stop; the logbook is as it was."""
        self.running.stop()
        super().reject()

    def _on_done(self, restored: Restored) -> None:
        self.restored = restored
        sentences = [
            ngettext(
                "Restored and proven: {n} entry.", "Restored and proven: {n} entries.", restored.entries
            ).format(n=restored.entries)
        ]
        if restored.missing_photos:
            sentences.append(
                ngettext(
                    "{n} photo is not in any pack of this folder.",
                    "{n} photos are not in any pack of this folder.",
                    restored.missing_photos,
                ).format(n=restored.missing_photos)
            )
        if restored.set_aside is not None:
            sentences.append(
                _("The file that was there is set aside as “{name}”.").format(name=restored.set_aside.name)
            )
        self.words.setText(" ".join(sentences))
        self.cancel_button.hide()
        self.fit()
        self.open_button.setEnabled(True)
        self.open_button.setFocus()
