"""Making the sample logbook, with progress; it can be cancelled."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from dermlog.errors import DermlogError
from dermlog.ui.kit import background
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.meter import Meter
from dermlog.ui.kit.theme import Tone
from dermlog.ui.start.file_place import as_logbook, usual_folder
from dermlog.wording import _


class SampleDialog(Dialog):
    """SampleDialog(parent): written is the new file, None when it was cancelled or could not be made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Sample logbook"))
        self.written: Path | None = None
        self._task: background.Task[Path] | None = None
        self._meter = Meter()
        self._meter.hide()
        self.body.addWidget(
            Label(_("Fourteen invented patients with treatments, follow-ups and drawn photos."), wrap=True)
        )
        self.body.addWidget(self._meter)
        self.add_cancel()
        self._make = self.add_accept(_("Choose where…"))
        self._make.clicked.connect(self._on_make)

    def reject(self) -> None:
        """Stop the work and leave; the unfinished file is removed by the work itself."""
        if self._task is not None:
            self._task.cancel()
        super().reject()

    def _on_make(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            _("Sample logbook"),
            str(usual_folder() / "Sample.dermlog"),
            _("Logbooks (*.dermlog)"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # nothing is ever overwritten
        )
        if chosen:
            self.make(as_logbook(Path(chosen)))

    def make(self, path: Path) -> None:
        """Write the sample in the background."""
        self.notice.hush()
        self._make.setEnabled(False)
        self._meter.show_part(_("Beginning"), 0, Tone.GOOD)
        self._meter.show()

        def work(task: background.Task[Path]) -> Path:
            from dermlog.demo import write_sample  # noqa: PLC0415 - brings Pillow with it

            def on_progress(done: int, total: int) -> None:
                task.report((done, total))

            write_sample(path, progress=on_progress)
            return path

        self._task = background.run(
            work, done=self._on_done, failed=self._on_failed, progress=self._on_progress, receiver=self
        )

    def _on_progress(self, value: object) -> None:
        if isinstance(value, tuple):
            done, total = value
            words = _("Patient {done} of {total}").format(done=done, total=total)
            self._meter.show_part(words, done / total, Tone.GOOD)

    def _on_done(self, path: Path) -> None:
        self.written = path
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        self._make.setEnabled(True)
        self._meter.hide()
        if not isinstance(error, DermlogError):
            raise error
        self.notice.tell(error.sentence, "danger")
