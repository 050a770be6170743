"""PhotoDialog: one photo large, with its facts; left and right turn to the others of the list."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from dermlog.domain.photo import Photo
from dermlog.logbook import Logbook
from dermlog.naming import name_of
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.elided_label import ElidedLabel
from dermlog.ui.kit.label import Label
from dermlog.ui.visit_fields.photo_mending import PhotoMending
from dermlog.ui.visit_fields.picture_loader import PictureLoader, PictureSize
from dermlog.ui.visit_fields.picture_view import PictureView
from dermlog.wording import _, date_text, time_text

SHORT_HASH = 12


class PhotoDialog(Dialog):
    """PhotoDialog(logbook, photos, photo, loader, parent=…).exec()."""

    def __init__(
        self,
        logbook: Logbook,
        photos: Sequence[Photo],
        photo: Photo,
        loader: PictureLoader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, _("Photo"), width=760)
        self._logbook = logbook
        self._photos = tuple(photos) or (photo,)
        self._at = next((index for index, other in enumerate(self._photos) if other.id == photo.id), 0)
        self._loader = loader
        self.view = PictureView(_("Photo; plus and minus zoom, 0 fits, left and right turn"))
        self.view.setMinimumHeight(320)
        self.body.addWidget(self.view, 1)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(18)
        self._facts.setVerticalSpacing(4)
        self._values: dict[str, ElidedLabel] = {}
        for index, (key, words) in enumerate(_fact_names().items()):
            row, column = divmod(index, 2)
            self._facts.addWidget(Label(words, role="label"), row, column * 2)
            value = ElidedLabel("")
            value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._values[key] = value
            self._facts.addWidget(value, row, column * 2 + 1)
            self._facts.setColumnStretch(column * 2 + 1, 1)
        self.body.addLayout(self._facts)
        if len(self._photos) > 1:
            self.add_button(_("‹ Before")).clicked.connect(lambda: self.turn(-1))
            self.add_button(_("Next ›")).clicked.connect(lambda: self.turn(1))
        self.add_accept(_("Close")).clicked.connect(self.accept)
        self.view.turned.connect(self.turn)
        self.mending = PhotoMending(loader, self.notice, self)
        loader.loaded.connect(self._on_loaded)
        self._show()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.resize(900, 780)

    def photo(self) -> Photo:
        """The photo shown."""
        return self._photos[self._at]

    def turn(self, step: int) -> None:
        """Show the next or the one before."""
        self._at = (self._at + step) % len(self._photos)
        self._show()

    def fact(self, key: str) -> str:
        """What is said about the photo: view, taken, size, file, added or sha256."""
        return self._values[key].text()

    def _show(self) -> None:
        photo = self.photo()
        self._show_image(self._loader.want(photo.id, PictureSize.PREVIEW))
        taken = photo.taken_at
        facts = {
            "view": name_of(photo.view),
            "taken": _("not told by the camera")
            if taken is None
            else _("{date}, {time}").format(date=date_text(taken.date()), time=time_text(taken)),
            "size": _("{width} × {height} pixels, {megabytes} MB, {format}").format(
                width=photo.width,
                height=photo.height,
                megabytes=f"{photo.byte_count / 1_000_000:.1f}",
                format=photo.format,
            ),
            "file": photo.file_name or _("no name"),
            "added": _("{date}, {time}").format(
                date=date_text(photo.added_at.date()), time=time_text(photo.added_at)
            ),
            "sha256": photo.sha256[:SHORT_HASH] + "…",
        }
        for key, text in facts.items():
            self._values[key].setText(text)
        self._values["sha256"].setToolTip(photo.sha256)

    def _on_loaded(self, photo_id: UUID, size: PictureSize, image: QImage) -> None:
        if size is PictureSize.PREVIEW and photo_id == self.photo().id:
            self._show_image(image)

    def _show_image(self, image: QImage | None) -> None:
        self.view.set_image(image)
        self.mending.offer([self.photo().id] if image is not None and image.isNull() else [])


def _fact_names() -> dict[str, str]:
    return {
        "view": _("View"),
        "taken": _("Taken"),
        "size": _("Size"),
        "file": _("File"),
        "added": _("Added"),
        "sha256": _("SHA-256"),
    }
