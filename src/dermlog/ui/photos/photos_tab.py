"""PhotosTab: compare the photos of a patient over time; baseline and latest of one view at first."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSlider, QStackedLayout, QWidget

from dermlog.changes import Noun
from dermlog.domain.consent import ConsentKind, in_force
from dermlog.domain.course import Course
from dermlog.domain.permission import Action
from dermlog.domain.photo import PhotoView
from dermlog.logbook import Logbook
from dermlog.naming import name_of
from dermlog.ui.allowing import allow
from dermlog.ui.kit.badge import Badge
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.empty_state import EmptyState
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.notice import Notice
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.theme import Tone, px
from dermlog.ui.logbook_signals import RefreshOnNews
from dermlog.ui.photos.add_photos_dialog import AddPhotosDialog
from dermlog.ui.photos.compare_view import Arrangement, CompareView
from dermlog.ui.photos.dated_photo import DatedPhoto, dated, first_pair, of_view
from dermlog.ui.photos.photo_picker import PhotoPicker
from dermlog.ui.visit_fields.photo_dialog import PhotoDialog
from dermlog.ui.visit_fields.photo_mending import PhotoMending
from dermlog.ui.visit_fields.picture_loader import PictureLoader, PictureSize
from dermlog.wording import _

ALWAYS = (PhotoView.FRONT, PhotoView.RIGHT_45, PhotoView.LEFT_45)
LIST_WIDTH = 272
FINE = 100


class PhotosTab(QWidget):
    """PhotosTab(logbook).show_patient(id); follow_up_requested(patient, None) when there is no visit."""

    follow_up_requested = Signal(object, object)

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self._patient_id: UUID | None = None
        self._course = Course(())
        self._photos: tuple[DatedPhoto, ...] = ()
        self._view = PhotoView.FRONT
        self._before: DatedPhoto | None = None
        self._after: DatedPhoto | None = None
        self.loader = PictureLoader(logbook, self)
        self.compare = CompareView()
        self.picker = PhotoPicker(self.loader)
        self._lay_out()
        self._connect()
        self._news = RefreshOnNews(
            self,
            logbook.changes,
            {Noun.PHOTO, Noun.VISIT, Noun.SESSION, Noun.CONSENT},
            self.refresh,
            patient=lambda: self._patient_id,
        )

    def _lay_out(self) -> None:
        self.views = SegmentedControl(
            [Option(view, name_of(view)) for view in ALWAYS],
            name=_("View"),
            allow_unset=True,
            value=PhotoView.FRONT,
        )
        self.other_views = Combo("", name=_("Other views"), placeholder=_("Other views"))
        self.other_views.setMaximumWidth(px(190))
        self.arrangements = SegmentedControl(
            [
                Option(Arrangement.SIDE_BY_SIDE, _("Side by side")),
                Option(Arrangement.SLIDER, _("Slider")),
                Option(Arrangement.OVERLAY, _("Overlay")),
            ],
            name=_("How to compare"),
            allow_unset=False,
            value=Arrangement.SIDE_BY_SIDE,
        )
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.views)
        top.addWidget(self.other_views)
        top.addStretch(1)
        top.addWidget(self.arrangements)
        self.balance = QSlider(Qt.Orientation.Horizontal)
        self.balance.setRange(0, FINE)
        self.balance.setValue(FINE // 2)
        self.balance.setAccessibleName(_("From the first photo to the second"))
        self.balance.hide()
        stage = Card()
        stage.add_layout(top)
        self.notice = Notice()
        self.mending = PhotoMending(self.loader, self.notice, self)
        stage.add(self.notice)
        stage.add(self.compare, 1)
        stage.add(self.balance)
        stage.add(
            Label(
                _("Wheel zooms both · drag moves · Space flips · double click shows them whole"), role="small"
            )
        )
        self._list = Card()
        self._list.setFixedWidth(px(LIST_WIDTH))
        self.add_button = Button(_("Add photos…"))
        self.consent = Badge("")
        self._list.add(self.picker, 1)
        self._list.add(self.consent)
        self._list.add(self.add_button)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(stage, 1)
        row.addWidget(self._list)
        self.empty_button = Button(_("Add photos…"))
        self.empty = EmptyState(_("No photos yet."), action=self.empty_button)
        card = Card()
        card.add(self.empty, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(both)
        self._pages.addWidget(card)

    def _connect(self) -> None:
        self.views.value_changed.connect(self._on_view)
        self.other_views.value_changed.connect(self._on_view)
        self.arrangements.value_changed.connect(self._on_arrangement)
        self.balance.valueChanged.connect(lambda value: self.compare.set_balance(value / FINE))
        self.compare.balance_changed.connect(lambda balance: self.balance.setValue(round(balance * FINE)))
        self.compare.opened.connect(self._on_opened)
        self.picker.picked.connect(self._on_picked)
        self.picker.opened.connect(self._open)
        self.loader.loaded.connect(self._on_loaded)
        for button in (self.add_button, self.empty_button):
            button.clicked.connect(self.add_photos)

    def show_patient(self, patient_id: UUID) -> None:
        """Show the photos of a patient: baseline and latest, from the front where there are such."""
        if patient_id != self._patient_id:
            self.loader.forget_wishes()
            self._before = self._after = None
            self._view = PhotoView.FRONT
        self._patient_id = patient_id
        self.refresh()

    def refresh(self) -> None:
        """Read the photos again; the pair stays where it still exists."""
        if self._patient_id is None:
            return
        self._course = self._logbook.course(self._patient_id)
        days = {draft.id: draft.on for draft in self._logbook.drafts.of_patient(self._patient_id)}
        self._photos = dated(self._logbook.photos.of_patient(self._patient_id), self._course, days)
        self._show_consent()
        allow(self._logbook, Action.ADD_PHOTO, self.add_button, self.empty_button)
        self._pages.setCurrentIndex(0 if self._photos else 1)
        self.empty.set_text(_("No photos yet."), self._empty_line())
        if not self._photos:
            return
        there = [view for view in PhotoView if of_view(self._photos, view)]
        others = [view for view in there if view not in ALWAYS]
        self.other_views.set_options([Option(view, name_of(view)) for view in others])
        self.other_views.setVisible(bool(others))
        if self._view not in there:
            self._view = there[0]
            self._before = self._after = None
        self._show_view()

    def pair(self) -> tuple[DatedPhoto | None, DatedPhoto | None]:
        """The two photos compared."""
        return self._before, self._after

    def set_view(self, view: PhotoView) -> None:
        """Compare the photos of another view, baseline and latest first."""
        self._view = view
        self._before = self._after = None
        self.compare.start_anew()
        self._show_view()

    def set_arrangement(self, arrangement: Arrangement) -> None:
        """Lay the two out in another way."""
        self.arrangements.set_value(arrangement)
        self._on_arrangement(arrangement)

    def add_photos(self) -> None:
        """Add photos to a visit; with no visit yet, one is recorded first."""
        if self._patient_id is None:
            return
        if not self._course.entries:
            self.follow_up_requested.emit(self._patient_id, None)
            return
        dialog = AddPhotosDialog(self._logbook, self._patient_id, self._course.entries, self)
        dialog.exec()
        dialog.deleteLater()
        self.refresh()

    def _show_view(self) -> None:
        self.views.set_value(self._view)
        self.other_views.set_value(self._view)
        photos = of_view(self._photos, self._view)
        self._list.set_title(_("{view}, by visit").format(view=name_of(self._view)))
        ids = {photo.photo.id: photo for photo in photos}
        before = ids.get(self._before.photo.id) if self._before else None
        after = ids.get(self._after.photo.id) if self._after else None
        if before is None:
            before = first_pair(photos)[0]
        if after is None and photos and photos[-1] is not before:
            after = photos[-1]
        self._before, self._after = before, after
        self.picker.show_photos(photos, before, after)
        self._show_pair()

    def _show_pair(self) -> None:
        images = [
            None if one is None else self.loader.want(one.photo.id, PictureSize.PREVIEW)
            for one in (self._before, self._after)
        ]
        labels = (self._before.label if self._before else "", self._after.label if self._after else "")
        if self._before is None:
            words = _("No photo of this view yet.")
        else:
            words = _("Only one photo of this view so far.")
        self.compare.set_pair(images[0], images[1], labels, words)
        self.mending.offer(
            one.photo.id
            for one, image in zip((self._before, self._after), images, strict=True)
            if one is not None and image is not None and image.isNull()
        )

    def _show_consent(self) -> None:
        if self._patient_id is None:
            return
        consents = self._logbook.consents.of_patient(self._patient_id)
        uses = {
            ConsentKind.PHOTO_RECORD: _("record"),
            ConsentKind.PHOTO_TEACHING: _("teaching"),
            ConsentKind.PHOTO_PUBLICATION: _("publication"),
        }
        today = self._logbook.today()
        given = [words for kind, words in uses.items() if in_force(consents, kind, today)]
        if given:
            self.consent.set_text(_("Consent: {uses}").format(uses=" + ".join(given)), Tone.GOOD)
        else:
            self.consent.set_text(_("No photo consent noted"), Tone.CAUTION)

    def _empty_line(self) -> str:
        if not self._course.entries:
            return _("Photos belong to a visit. Record one, and add its photos there.")
        return _("Add those of the last visit, to compare later ones with them.")

    def _on_view(self, value: object) -> None:
        if isinstance(value, PhotoView):
            self.set_view(value)
        else:
            self.views.set_value(self._view)

    def _on_arrangement(self, value: object) -> None:
        if isinstance(value, Arrangement):
            self.compare.set_arrangement(value)
            self.balance.setVisible(value is not Arrangement.SIDE_BY_SIDE)

    def _on_picked(self, photo: DatedPhoto, as_first: bool) -> None:
        if as_first:
            if self._after is not None and self._after.photo.id == photo.photo.id:
                self._after = self._before
            self._before = photo
        else:
            if self._before is not None and self._before.photo.id == photo.photo.id:
                return
            self._after = photo
        self._show_view()

    def _on_opened(self, which: int) -> None:
        photo = (self._before, self._after)[which]
        if photo is not None:
            self._open(photo)

    def _open(self, photo: DatedPhoto) -> None:
        photos = [one.photo for one in of_view(self._photos, self._view)]
        dialog = PhotoDialog(self._logbook, photos, photo.photo, self.loader, parent=self)
        dialog.exec()
        dialog.deleteLater()

    def _on_loaded(self, photo_id: UUID, size: PictureSize, _image: QImage) -> None:
        shown = [one.photo.id for one in (self._before, self._after) if one is not None]
        if size is PictureSize.PREVIEW and photo_id in shown:
            self._show_pair()
