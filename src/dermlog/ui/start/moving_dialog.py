"""A logbook on a share or in a synchronised folder: move it to this PC, or only look at it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.file_fault import ViewingReason
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.check_list import CheckList
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.meter import Meter
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.kit.theme import Tone
from dermlog.ui.start.file_place import as_logbook, typed_place, usual_folder
from dermlog.wording import _

_WRONG_PLACES = {ViewingReason.REMOTE, ViewingReason.SYNCED}
_MEGABYTE = 1_000_000


def offer_move(logbook: Logbook, parent: QWidget | None = None) -> Logbook:
    """Where this logbook lies in a wrong place, ask what to do; gives the one to go on with."""
    if logbook.viewing not in _WRONG_PLACES:
        return logbook
    dialog = MovingDialog(logbook, parent)
    dialog.exec()
    found = dialog.logbook
    dialog.deleteLater()
    return found


class MovingDialog(Dialog):
    """MovingDialog(logbook, parent): logbook is the moved one, or the same for viewing only."""

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Move this logbook to this PC?"), line=logbook.read_only_reason, width=560)
        self.logbook = logbook
        self._task: background.Task[None] | None = None
        self._old = logbook.path
        self._key: bytes | None = None
        self._me = logbook.me.id
        place = usual_folder() / logbook.path.name
        self.place = TextField(_("Where it is kept from now on"), text=str(place))
        browse = Button(_("Choose…"), name=_("Choose where the file is kept"))
        browse.clicked.connect(self._on_browse)
        use = Option(True, _("Use the present folder for backups instead"))
        self.backups = CheckList([use], name=_("Backups"))
        self.backups.set_values((True,))
        self._meter = Meter()
        self._meter.hide()
        beside = QVBoxLayout()
        beside.setSpacing(4)
        beside.addWidget(Label(" ", role="label"))  # as high as the words above the box
        beside.addWidget(browse)
        beside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.place, 1)
        row.addLayout(beside)
        self.body.addLayout(row)
        for widget in (self.backups, self._meter):
            self.body.addWidget(widget)
        self._leave_it = self.add_cancel(_("Only look at it"))
        self._move = self.add_accept(_("Move it here"))
        self._move.clicked.connect(self._on_move)

    def reject(self) -> None:
        """Look only; not while the file is being copied."""
        if self._task is None:
            super().reject()

    def _on_browse(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            _("Where the file is kept"),
            self.place.text(),
            _("Logbooks (*.dermlog)"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # nothing is ever overwritten
        )
        if chosen:
            self.place.set_text(str(as_logbook(Path(chosen))))

    def _on_move(self) -> None:
        target = typed_place(self.place.text().strip())
        old, now = self._old, self.logbook.now()
        self._key, self._me = self.logbook.backups.key, self.logbook.me.id
        self.place.set_error(None)
        self._set_working(True)
        self.logbook.close()

        def work(task: background.Task[None]) -> None:
            from dermlog.logbook.moving import move_logbook  # noqa: PLC0415 - rarely needed

            move_logbook(old, target, now=now, progress=lambda done, of: task.report((done, of)))

        self._task = background.run(
            work,
            done=lambda _nothing: self._on_moved(target),
            failed=self._on_failed,
            progress=self._on_progress,
            receiver=self,
        )

    def _on_progress(self, value: object) -> None:
        if isinstance(value, tuple):
            done, of = value
            words = _("{done} of {of} MB").format(done=done // _MEGABYTE, of=of // _MEGABYTE)
            self._meter.show_part(words, done / max(of, 1), Tone.GOOD)

    def _on_moved(self, target: Path) -> None:
        self._task = None
        self._open(target)
        if self.backups.values():
            try:
                self.logbook.backups.add_place(self._old.parent)
            except DermlogError as error:
                self.logbook.notices += (error.sentence,)
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        self._open(self._old)
        self._set_working(False)
        if not isinstance(error, DermlogError):
            raise error
        self.place.set_error(error.sentence)
        self.place.focus()

    def _open(self, path: Path) -> None:
        self.logbook = Logbook.open(path, key=self._key)
        self.logbook.act_as(self._me)

    def _set_working(self, working: bool) -> None:
        self._meter.setVisible(working)
        for widget in (self.place, self.backups, self._move, self._leave_it):
            widget.setEnabled(not working)
