"""One visit for reading: its maps, and everything on record in sections; nothing can be changed here."""

from __future__ import annotations

from enum import Enum
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.course import CourseEntry
from dermlog.domain.photo import Photo
from dermlog.domain.session import InjectionSession
from dermlog.naming import name_of
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.flow_layout import FlowLayout
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.theme import px
from dermlog.ui.patient.map_picture import MapPicture, views_of
from dermlog.ui.patient.patient_facts import PatientFacts
from dermlog.ui.patient.trail_sections import Section
from dermlog.ui.patient.visit_sections import visit_sections
from dermlog.ui.patient.visit_words import visit_title
from dermlog.ui.visit_fields.photo_mending import PhotoMending
from dermlog.ui.visit_fields.picture_loader import PictureLoader, PictureSize
from dermlog.wording import _, date_text, isolated

READABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
PHOTO_HEIGHT = 96


class Wish(Enum):
    """What somebody wants to do with a treatment after reading it."""

    RECORD = "record"
    VERSIONS = "versions"
    REVIEW = "review"
    AMEND = "amend"
    MOVE = "move"
    VOID = "void"


class VisitView(Dialog):
    """VisitView(facts, entry, loader, parent, signer=id).exec(): a treatment's maps, and its record beside.

    signer is who writes now and may sign, or None: then nothing but the record is offered. wish tells
    afterwards what was asked for, None for nothing.
    """

    def __init__(
        self,
        facts: PatientFacts,
        entry: CourseEntry,
        loader: PictureLoader,
        parent: QWidget | None = None,
        *,
        signer: UUID | None = None,
    ) -> None:
        day = entry.visit.on if entry.session is None else entry.session.performed_on
        title = _("{visit} · {day}").format(visit=visit_title(entry), day=date_text(day))
        super().__init__(parent, title, line=_who(facts), width=900 if entry.session is not None else 560)
        self.sections = visit_sections(facts, entry)
        row = QHBoxLayout()
        row.setSpacing(24)
        if entry.session is not None:
            maps = QVBoxLayout()
            for view in views_of(entry.session):
                maps.addWidget(MapPicture(entry.session, view), 1)
            row.addLayout(maps, 2)
        record = ScrollArea()
        record.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        record.setAccessibleName(_("The record of this visit"))
        record.body.setSpacing(14)
        for section in self.sections:
            record.add(_section_widget(section))
        photos = [photo for photo in facts.photos if photo.visit_id == entry.visit.id]
        if photos:
            record.add(_PhotoRow(photos, loader, PhotoMending(loader, self.notice, self)))
        record.body.addStretch(1)
        row.addWidget(record, 3)
        self.body.addLayout(row, 1)
        self.wish: Wish | None = None
        self.wishes: dict[Wish, Button] = {}
        if entry.session is not None:
            for wish in wishes_for(facts, entry.session, signer):
                self._offer(wish)
        close = self.add_accept(_("Close"))
        close.clicked.connect(self.accept)
        self.resize(px(980), px(640))

    def _offer(self, wish: Wish) -> None:
        button = self.add_button(
            {
                Wish.RECORD: _("Injection record…"),
                Wish.VERSIONS: _("Compare versions…"),
                Wish.REVIEW: _("Sign as reviewed"),
                Wish.AMEND: _("Amend…"),
                Wish.MOVE: _("Move…"),
                Wish.VOID: _("Declare void…"),
            }[wish]
        )
        button.clicked.connect(lambda _checked: self._choose(wish))
        self.wishes[wish] = button

    def _choose(self, wish: Wish) -> None:
        self.wish = wish
        self.accept()


def wishes_for(facts: PatientFacts, session: InjectionSession, signer: UUID | None) -> tuple[Wish, ...]:
    """What can be done with a treatment by whoever writes now."""
    found = [Wish.RECORD]
    if session.visit_id in facts.versions:
        found.append(Wish.VERSIONS)
    if signer is None or session.voiding is not None:
        return tuple(found)
    signed = {one.staff_id for one in (session.signature, *session.reviews) if one is not None}
    if signer not in signed:
        found.append(Wish.REVIEW)
    return (*found, Wish.AMEND, Wish.MOVE, Wish.VOID)


def _who(facts: PatientFacts) -> str:
    patient = facts.patient
    name = ", ".join(part for part in (patient.family_name, patient.given_name) if part)
    return _("{name} · chart no. {number}").format(name=isolated(name), number=isolated(patient.chart_number))


def _section_widget(section: Section) -> QWidget:
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(Label(section.title, role="title"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, px(150))
    for place, (name, value) in enumerate(section.rows):
        words = Label(value, wrap=True)
        words.setTextInteractionFlags(READABLE)
        words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if name:
            label = Label(name, role="small", wrap=True)
            label.setMaximumWidth(px(230))
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, place, 1)
        else:
            grid.addWidget(words, place, 0, 1, 2)
    column.addLayout(grid)
    return widget


class _PhotoRow(QWidget):
    """The visit's photos as thumbnails with their views; mending brings damaged ones back."""

    def __init__(self, photos: list[Photo], loader: PictureLoader, mending: PhotoMending) -> None:
        super().__init__()
        self._mending = mending
        self._damaged: list[UUID] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Label(_("Photos"), role="title"))
        holder = QWidget()
        flow = FlowLayout(holder, gap=10)
        column.addWidget(holder)
        self._places: dict[object, Label] = {}
        for photo in photos:
            tile = QWidget()
            inside = QVBoxLayout(tile)
            inside.setContentsMargins(0, 0, 0, 0)
            picture = Label(_("loading…"), role="small")
            picture.setMinimumHeight(px(PHOTO_HEIGHT))
            picture.setAccessibleName(name_of(photo.view))
            inside.addWidget(picture)
            inside.addWidget(Label(name_of(photo.view), role="small"))
            flow.addWidget(tile)
            self._places[photo.id] = picture
            image = loader.want(photo.id, PictureSize.THUMBNAIL)
            if image is not None:
                self._show(photo.id, image)
        loader.loaded.connect(self._on_loaded)

    def _on_loaded(self, photo_id: UUID, size: PictureSize, image: QImage) -> None:
        if size is PictureSize.THUMBNAIL:
            self._show(photo_id, image)

    def _show(self, photo_id: UUID, image: QImage) -> None:
        place = self._places.get(photo_id)
        if place is None:
            return
        if image.isNull():
            place.setText(_("photo damaged"))
            self._damaged += [] if photo_id in self._damaged else [photo_id]
        elif photo_id in self._damaged:
            self._damaged.remove(photo_id)
        self._mending.offer(self._damaged)
        if image.isNull():
            return
        ratio = self.devicePixelRatioF()
        scaled = image.scaledToHeight(
            round(px(PHOTO_HEIGHT) * ratio), Qt.TransformationMode.SmoothTransformation
        )
        scaled.setDevicePixelRatio(ratio)
        place.setPixmap(QPixmap.fromImage(scaled))
