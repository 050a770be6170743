"""PhotoStrip: the photos of one visit - add, choose the view, look, remove with undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QImage,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from dermlog.domain.consent import ConsentKind, in_force
from dermlog.domain.photo import Photo, PhotoView
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.naming import name_of
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.flow_layout import FlowLayout
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.notice import Notice
from dermlog.ui.visit_fields.photo_dialog import PhotoDialog
from dermlog.ui.visit_fields.photo_import import ENDINGS, PhotoImport, Refusal, Source, sources_of
from dermlog.ui.visit_fields.photo_tile import PhotoTile
from dermlog.ui.visit_fields.picture_loader import PictureLoader, PictureSize
from dermlog.wording import _, ngettext

STANDARD = (PhotoView.FRONT, PhotoView.RIGHT_45, PhotoView.LEFT_45)
LOOK_AGAIN_MS = 500
UNDO_MS = 10_000
SENTENCES_SHOWN, NAMES_SHOWN = 4, 12


class PhotoStrip(Card):
    """PhotoStrip(logbook, ready=…).show_visit(patient, visit).

    ready() is called before the first picture is added and must save the draft, so that the visit exists;
    False stops. settle() carries out a removal that could still be undone: call it before leaving.
    changed is emitted when photos were added, moved or removed.
    """

    changed = Signal()

    def __init__(
        self, logbook: Logbook, *, ready: Callable[[], bool] | None = None, parent: QWidget | None = None
    ) -> None:
        self._add_button = Button(_("Add photos…"), small=True)
        super().__init__(
            _("Photos"),
            note=_hint(),
            trailing=self._add_button,
            parent=parent,
        )
        self._logbook = logbook
        self._ready = ready or (lambda: True)
        self._patient_id: UUID | None = None
        self._visit_id: UUID | None = None
        self._photos: tuple[Photo, ...] = ()
        self._unsorted: set[UUID] = set()
        self._leaving: Photo | None = None
        self._read_only = False
        self._tiles: list[PhotoTile] = []
        self._loader = PictureLoader(logbook, self)
        self._loader.loaded.connect(self._on_loaded)
        self._import = PhotoImport(logbook, self)
        self._import.progressed.connect(self._on_progress)
        self._import.finished.connect(self._on_finished)
        self._undo_timer = QTimer(self)
        self._undo_timer.setSingleShot(True)
        self._undo_timer.setInterval(UNDO_MS)
        self._undo_timer.timeout.connect(self.settle)
        self._lay_out()
        self.setAcceptDrops(True)
        self._add_button.clicked.connect(lambda: self.ask_for_files(None))
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.activated.connect(self.paste)

    def _lay_out(self) -> None:
        self._consent = Notice()
        self._told = Notice()
        self._undo = Notice()
        for notice in (self._consent, self._told, self._undo):
            self.add(notice)
        holder = QWidget()
        self._flow = FlowLayout(holder, gap=12)
        self.add(holder)
        self._none = Label(_("No photos of this visit."), role="muted")
        self._none.hide()
        self.add(self._none)
        self._busy = QWidget()
        row = QHBoxLayout(self._busy)
        row.setContentsMargins(0, 0, 0, 0)
        self._busy_words = Label(role="small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Photos added so far"))
        stop = Button(_("Stop"), small=True, name=_("Stop adding photos"))
        stop.clicked.connect(self._import.cancel)
        row.addWidget(self._busy_words)
        row.addWidget(self._bar, 1)
        row.addWidget(stop)
        self._busy.hide()
        self.add(self._busy)

    def show_visit(self, patient_id: UUID, visit_id: UUID) -> None:
        """Show the photos of a visit; it need not exist yet."""
        self.settle()
        if visit_id != self._visit_id:
            self._photos = ()
            self._unsorted.clear()
            self._fill()
            self._told.hush()
        self._patient_id, self._visit_id = patient_id, visit_id
        self.refresh()

    def refresh(self) -> None:
        """Read the list of photos again."""
        if self._patient_id is None or self._visit_id is None:
            return
        photos = tuple(self._logbook.photos.of_visit(self._visit_id))
        self._show_consent()
        if photos != self._photos or not self._tiles:
            self._photos = photos
            self._fill()

    def set_read_only(self, read_only: bool) -> None:
        """Only look."""
        self._read_only = read_only
        self._add_button.setVisible(not read_only)
        self.set_title(_("Photos"), "" if read_only else _hint())
        self.setAcceptDrops(not read_only)
        self._fill()

    @property
    def is_busy(self) -> bool:
        """Whether pictures are still being added."""
        return self._import.is_running

    def photos(self) -> tuple[Photo, ...]:
        """The photos shown, in the order of the tiles."""
        return tuple(tile.photo for tile in self._tiles if tile.photo is not None)

    def tiles(self) -> tuple[PhotoTile, ...]:
        """Photos first, then the places of standard views that are missing."""
        return tuple(self._tiles)

    def ask_for_files(self, view: PhotoView | None) -> None:
        """Choose files in a dialog; view None leaves the view to be chosen on each tile."""
        pattern = " ".join(f"*.{ending} *.{ending.upper()}" for ending in ENDINGS)
        names, _chosen = QFileDialog.getOpenFileNames(
            self,
            _("Add photos"),
            "",
            _("Pictures ({pattern})").format(pattern=pattern) + ";;" + _("All files (*)"),
        )
        self.add_sources([Path(name) for name in names], view)

    def paste(self) -> None:
        """Add the picture or the files on the clipboard."""
        if self._read_only:
            return
        sources = sources_of(QGuiApplication.clipboard().mimeData())
        if sources:
            self.add_sources(sources, None)
        else:
            self._told.tell(
                _("There is no picture on the clipboard. Copy a picture or a file first."), "caution"
            )

    def add_sources(self, sources: Sequence[Source], view: PhotoView | None = None) -> None:
        """Add files or pictures in the background; each bad one costs one sentence, the others go on."""
        if not sources or self._read_only or self._patient_id is None or self._visit_id is None:
            return
        if self._import.is_running:
            self._told.tell(_("Photos are still being added. Add these when that is done."), "caution")
            return
        self.settle()
        if not self._ready():
            return
        self._told.hush()
        self._on_progress(0, len(sources))
        self._import.start(self._patient_id, self._visit_id, sources, view)

    def settle(self) -> None:
        """Remove for good what was removed and not brought back."""
        self._undo_timer.stop()
        self._undo.hush()
        photo, self._leaving = self._leaving, None
        if photo is None:
            return
        try:
            self._logbook.photos.remove(photo.id)
        except DermlogError as error:
            self._told.tell(error.sentence, "danger")
            self.refresh()
            return
        self._photos = tuple(other for other in self._photos if other.id != photo.id)
        self.changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """What was removed stays removed once one looks elsewhere."""
        if not event.spontaneous():
            self.settle()
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped; onto the place of a missing view it gets that view."""
        sources = sources_of(event.mimeData())
        at = event.position().toPoint()
        tile = next((tile for tile in self._tiles if tile.rect().contains(tile.mapFrom(self, at))), None)
        view = tile.view if tile is not None and tile.photo is None and len(sources) == 1 else None
        event.acceptProposedAction()
        self.add_sources(sources, view)

    def _show_consent(self) -> None:
        if self._patient_id is None:
            return
        consents = self._logbook.consents.of_patient(self._patient_id)
        if self._read_only or in_force(consents, ConsentKind.PHOTO_RECORD, self._logbook.today()):
            self._consent.hush()
        else:
            self._consent.tell(
                _("No consent to photos for the record is noted. Ask before you take photos."), "caution"
            )

    def _fill(self) -> None:
        focused = next(
            (t.photo.id for t in self._tiles if t.photo and t is self.window().focusWidget()), None
        )
        self._flow.clear()
        order = list(PhotoView)
        shown = [photo for photo in self._photos if self._leaving is None or photo.id != self._leaving.id]
        shown.sort(key=lambda photo: (photo.id in self._unsorted, order.index(photo.view), photo.added_at))
        self._tiles = [PhotoTile(photo, unsorted=photo.id in self._unsorted) for photo in shown]
        if not self._read_only:
            there = {photo.view for photo in shown if photo.id not in self._unsorted}
            missing: list[PhotoView | None] = [view for view in STANDARD if view not in there]
            if self._unsorted & {photo.id for photo in shown}:
                # These will fill the places once their view is chosen.
                missing = [None]
            self._tiles += [PhotoTile(view=view) for view in missing or [None]]
        self._none.setVisible(not self._tiles)
        for tile in self._tiles:
            self._connect(tile)
            self._flow.addWidget(tile)
            tile.show()
            if tile.photo is not None and tile.photo.id == focused:
                tile.setFocus(Qt.FocusReason.TabFocusReason)

    def _connect(self, tile: PhotoTile) -> None:
        tile.set_read_only(self._read_only)
        tile.wanted.connect(lambda: self.ask_for_files(tile.view))
        photo = tile.photo
        if photo is None:
            return
        image = self._loader.want(photo.id, PictureSize.THUMBNAIL)
        if image is not None:
            tile.set_image(image)
        tile.opened.connect(lambda: self._open(photo))
        tile.view_chosen.connect(lambda view: self._choose_view(photo, view))
        tile.removal_wanted.connect(lambda: self._remove(photo))

    def _open(self, photo: Photo) -> None:
        dialog = PhotoDialog(self._logbook, self.photos(), photo, self._loader, parent=self)
        dialog.exec()
        dialog.deleteLater()

    def _choose_view(self, photo: Photo, view: PhotoView) -> None:
        try:
            moved = replace(photo, view=view)
            self._logbook.photos.save(moved)
        except DermlogError as error:
            self._told.tell(error.sentence, "danger")
            return
        self._unsorted.discard(photo.id)
        self._photos = tuple(moved if other.id == photo.id else other for other in self._photos)
        self._fill()
        self._focus_next_unsorted(photo)
        self.changed.emit()

    def _focus_next_unsorted(self, photo: Photo) -> None:
        following = next((tile for tile in self._tiles if tile.unsorted), None)
        same = next((tile for tile in self._tiles if tile.photo and tile.photo.id == photo.id), None)
        tile = following or same
        if tile is not None:
            tile.setFocus(Qt.FocusReason.TabFocusReason)

    def _remove(self, photo: Photo) -> None:
        self.settle()
        self._leaving = photo
        self._undo.tell(_("Photo removed: {view}.").format(view=name_of(photo.view)))
        self._undo.add_button(_("Undo"), self._bring_back).setFocus(Qt.FocusReason.TabFocusReason)
        self._undo_timer.start()
        self._fill()

    def _bring_back(self) -> None:
        self._undo_timer.stop()
        self._undo.hush()
        photo, self._leaving = self._leaving, None
        self._fill()
        if photo is not None:
            self._focus_next_unsorted(photo)

    def _on_loaded(self, photo_id: UUID, _size: PictureSize, image: QImage) -> None:
        for tile in self._tiles:
            if tile.photo is not None and tile.photo.id == photo_id:
                tile.set_image(image)

    def _on_progress(self, done: int, total: int) -> None:
        self._busy.show()
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._busy_words.setText(
            _("Adding photo {number} of {total}").format(number=min(done + 1, total), total=total)
        )

    def _on_finished(self, photos: list[Photo], refusals: list[Refusal]) -> None:
        if self._logbook.is_locked:
            # Behind the lock nothing can be read: it is told to who comes back.
            QTimer.singleShot(LOOK_AGAIN_MS, self, lambda: self._on_finished(photos, refusals))
            return
        self._busy.hide()
        self._unsorted.update(photo.id for photo in photos if photo.view is PhotoView.OTHER)
        self.refresh()
        self._fill()
        self._tell(len(photos), refusals)
        first = next((tile for tile in self._tiles if tile.unsorted), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        if photos:
            self.changed.emit()

    def _tell(self, added: int, refusals: list[Refusal]) -> None:
        # They come as two threads were done with them.
        refusals = sorted(refusals, key=lambda refusal: refusal.name)
        lines = [
            _("{name}: {sentence}").format(name=_short(refusal.name), sentence=refusal.sentence)
            for refusal in refusals[:SENTENCES_SHOWN]
        ]
        if len(refusals) > SENTENCES_SHOWN:
            rest = refusals[SENTENCES_SHOWN:]
            named = ", ".join(_short(refusal.name) for refusal in rest[:NAMES_SHOWN])
            words = ngettext(
                "And {count} more was left out: {names}", "And {count} more were left out: {names}", len(rest)
            ).format(count=len(rest), names=named)
            lines.append(f"{words}, …" if len(rest) > NAMES_SHOWN else f"{words}.")
        if self._unsorted:
            lines.append(
                ngettext(
                    "{count} photo added. Choose its view: F front, R right 45°, L left 45°, V for others.",
                    "{count} photos added. Choose each view: F front, R right 45°, L left 45°, V for others.",
                    added,
                ).format(count=added)
            )
        if lines:
            self._told.tell("\n".join(lines), "caution" if refusals else "info")
        if refusals:
            self._told.add_button(_("Close"), self._told.hush)


def _hint() -> str:
    return _("drop files, paste, or pick from the card reader")


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:24]}…{name[-12:]}"
