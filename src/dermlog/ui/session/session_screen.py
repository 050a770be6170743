"""SessionScreen: chart an injection session - product, points, skin, photos - as a draft, then sign it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from dermlog.changes import Noun
from dermlog.domain.face_map import FaceMap, FaceView
from dermlog.domain.identity import new_id
from dermlog.domain.patient import Patient
from dermlog.domain.session import Technique
from dermlog.figures.face_map_svg import load_face_map
from dermlog.logbook import Logbook
from dermlog.ui.face_map.board import SiteBoard
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.heading import PageHeading
from dermlog.ui.kit.notice import Notice, SavedStatus
from dermlog.ui.kit.number_field import read_number
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.screen import Screen
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.theme import px
from dermlog.ui.logbook_signals import RefreshOnNews
from dermlog.ui.session.beginning import Beginning
from dermlog.ui.session.checks_page import ChecksPage
from dermlog.ui.session.dose_panel import DosePanel
from dermlog.ui.session.drafting import Drafting
from dermlog.ui.session.entry import SessionEntry, entry_from_json
from dermlog.ui.session.known_expiry import KnownExpiry
from dermlog.ui.session.map_panel import MapPanel
from dermlog.ui.session.on_offer import injectors_on_offer, vials_on_offer
from dermlog.ui.session.product_fields import ProductFields
from dermlog.ui.session.reading import read_day, read_dilution, read_vials
from dermlog.ui.session.screened import Screened
from dermlog.ui.session.screening_box import ScreeningBox
from dermlog.ui.session.signing import Signing
from dermlog.ui.session.skin_page import SkinPage
from dermlog.ui.session.vial_reading import VialReading
from dermlog.ui.visit_fields.photo_strip import PhotoStrip
from dermlog.wording import _, date_text, isolated

LONG_NAME = 44
MAP, CHECKS, SKIN, PHOTOS = "map", "checks", "skin", "photos"
NEWS = (
    Noun.PATIENT,
    Noun.CONSENT,
    Noun.PRODUCT,
    Noun.STAFF,
    Noun.SESSION,
    Noun.TEMPLATE,
    Noun.VIAL,
    Noun.CLINIC,
)
PAGES = (MAP, CHECKS, SKIN, PHOTOS)


def _map_of(view: FaceView) -> FaceMap:
    return load_face_map(view).map


def _technique(entry: SessionEntry) -> Technique:
    return next((one for one in Technique if one.value == entry.technique), Technique.INTRADERMAL)


class SessionScreen(Screen):
    """SessionScreen(logbook).show_session(patient_id, draft_id=None)."""

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self.patient: Patient | None = None
        self.visit_id = new_id()
        self.board = SiteBoard(_map_of, self)
        self.fields = ProductFields(logbook.today())
        self.screening = ScreeningBox()
        self.map_panel = MapPanel(self.board, load_face_map)
        self.doses = DosePanel(self.board)
        self.skin = SkinPage()
        self.checks = ChecksPage()
        self.vial = VialReading(logbook)
        self.screened = Screened(self, logbook)
        self.drafting = Drafting(self, logbook)
        self.photos = PhotoStrip(logbook, ready=self.drafting.save_now)
        self.signing = Signing(self, logbook)
        self.beginning = Beginning(self, logbook)
        self.known_expiry = KnownExpiry(self.fields, logbook)
        self._lay_out()
        self._connect()
        self._news = RefreshOnNews(self, logbook.changes, NEWS, self._on_news, patient=self._patient_id)

    # --- the screen as others see it ---

    def title(self) -> str:
        """Treatment and name."""
        return _("New treatment")

    def show_session(self, patient_id: UUID, draft_id: UUID | None = None) -> None:
        """Begin a session of a patient, or go on with a draft exactly as it was left."""
        self.drafting.stop()
        self.notice.hush()
        self.status.hide()
        draft = self._logbook.drafts.get(draft_id) if draft_id is not None else None
        self.patient = self._logbook.patients.get(draft.patient_id if draft else patient_id)
        self.visit_id = draft.id if draft is not None else new_id()
        entry, whole = entry_from_json(draft.content) if draft is not None else (self._blank(), True)
        self.fields.set_today(self._logbook.today())
        self.offer_choices(entry)
        self._apply(entry)
        self.photos.show_visit(self.patient.id, self.visit_id)
        self.drafting.start(draft, wanted=draft_id is not None, whole=whole)

    def may_leave(self) -> bool:
        """Keep the draft; False when it could not be kept and that was said."""
        self.fields.setFocus()
        self.photos.settle()
        return self.drafting.flush()

    def on_shown(self) -> None:
        """Begin with the product, or on the map where the product is chosen."""
        if self.pages.value() == SKIN:
            self.skin.focus_first()
        elif self.pages.value() == CHECKS:
            self.checks.questions.focus_first()
        elif self.pages.value() == MAP:
            started = bool(self.fields.product.value())
            (self.map_panel.map if started else self.fields.product).setFocus()

    def on_person_changed(self) -> None:
        """Another person may or may not chart and sign."""
        self.signing.forget()
        if self.patient is not None:
            self.drafting.let_write()

    def set_writable(self, may_write: bool) -> None:
        """Whoever may not chart sees the same screen and changes nothing on it."""
        for part in (
            *(self.fields, self.map_panel, self.doses, self.skin.skin, self.skin.effects),
            *(self.checks.questions, self.checks.vial, self.checks.details),
            *(self.discard_button, self.sign_button),
        ):
            part.setEnabled(may_write)
        self.photos.set_read_only(not may_write)

    # --- content ---

    def entry(self) -> SessionEntry:
        """Everything on the screen, as typed."""
        board = self.board
        return replace(
            self.checks.merged(self.fields.merged(SessionEntry())),
            answers=self.checks.questions.raw(),
            next_units=str(board.next_units),
            mirror=board.mirror,
            view=board.view.value,
            page=str(self.pages.value()),
            sites=board.sites,
            links=board.links,
            reasons=self.screening.reasons(),
            skin=self.skin.skin.raw(),
            effects=self.skin.effects.raw(),
        )

    def show_page(self, page: str) -> None:
        """Map, checks, skin or photos."""
        self.pages.set_value(page)
        self._pages.setCurrentIndex(PAGES.index(page) if page in PAGES else 0)
        self.screened.show_vial()

    @property
    def day(self) -> date:
        """The day of the session; today while the field holds no date."""
        return read_day(self.entry(), self._logbook.today()) or self._logbook.today()

    def _blank(self) -> SessionEntry:
        me = self._logbook.me
        return SessionEntry(on=date_text(self._logbook.today()), injector=str(me.id) if me.may_sign else "")

    def _apply(self, entry: SessionEntry) -> None:
        self.fields.apply(entry)
        self.checks.apply(entry)
        self.screening.set_reasons(entry.reasons)
        self.board.show_view(next((view for view in FaceView if view.value == entry.view), FaceView.FRONT))
        self.board.set_mirror(entry.mirror)
        self.board.set_depth_of_next(_technique(entry))
        self.board.set_next_units(read_number(entry.next_units) or Decimal(2))
        self.board.restart(entry.sites, entry.links)
        self.map_panel.map.set_zoom(1)
        if self.patient is not None:
            self.skin.show_course(self._logbook.course(self.patient.id), self.day)
        self.skin.apply(entry)
        self.show_page(entry.page)
        self.settle()
        self._show_baseline()

    def offer_choices(self, entry: SessionEntry) -> None:
        """Offer the vials, the people and the beginnings that there are, and what the entry names."""
        last = self._logbook.sessions.last_of_patient(self.patient.id) if self.patient else None
        self.fields.set_choices(
            vials_on_offer(self._logbook, entry, last), injectors_on_offer(self._logbook, entry)
        )
        self.screened.offer(last)
        self.beginning.refresh()

    def _patient_id(self) -> UUID | None:
        return self.patient.id if self.patient is not None else None

    # --- what follows from a change ---

    def settle(self) -> None:
        """Heading, screening, vial and depth follow what is typed."""
        if self.patient is None:
            return
        entry, day = self.entry(), self.day
        product = self.fields.chosen_product()
        late = (self._logbook.today() - day).days > 1
        facts = [self.patient_words(), date_text(day), *([_("late entry")] if late else [])]
        self.heading.set_title(_("New treatment"), " · ".join(facts))
        self.screened.settle(entry, product, day)
        self.doses.show_vial(product, read_number(entry.vial_units), read_dilution(entry), read_vials(entry))
        self.board.set_depth_of_next(_technique(entry))

    def _on_day_committed(self) -> None:
        if self.patient is not None:
            self.skin.show_course(self._logbook.course(self.patient.id), self.day)

    def _show_baseline(self) -> None:
        skin = _("Skin ✓") if self.skin.has_baseline() else _("Skin")
        count = len(self.photos.photos())
        photos = _("Photos · {count}").format(count=count) if count else _("Photos")
        checks = _("Checks ✓") if self.checks.questions.is_answered() else _("Checks")
        self.pages.set_options(
            [Option(MAP, _("Map")), Option(CHECKS, checks), Option(SKIN, skin), Option(PHOTOS, photos)]
        )

    def _on_news(self) -> None:
        if self.patient is None:
            return
        entry = self.entry()
        self.patient = self._logbook.patients.get(self.patient.id)
        self.offer_choices(entry)
        self.settle()

    def patient_words(self) -> str:
        """Name and chart number."""
        patient = self.patient
        if patient is None:
            return ""
        name = ", ".join(part for part in (patient.family_name, patient.given_name) if part)
        name = name if len(name) <= LONG_NAME else f"{name[:LONG_NAME]}…"
        return f"{isolated(name)} · {isolated(patient.chart_number)}"

    # --- building ---

    def _lay_out(self) -> None:
        self.heading = PageHeading(_("New treatment"))
        self.pages = SegmentedControl(
            [
                Option(MAP, _("Map")),
                Option(CHECKS, _("Checks")),
                Option(SKIN, _("Skin")),
                Option(PHOTOS, _("Photos")),
            ],
            name=_("Page"),
            allow_unset=False,
            value=MAP,
        )
        self.status = SavedStatus()
        self.close_button = Button(_("Close"))
        self.sign_button = Button(_("Sign treatment"), Kind.PRIMARY)
        for part in (self.status, self.pages, self.close_button, self.sign_button):
            self.heading.add_action(part)
        self.notice = Notice()
        self.discard_button = Button(_("Discard draft…"), Kind.QUIET, small=True)
        self.fields.screening_place.addWidget(self.screening)
        left = Card(_("Product"), trailing=self.discard_button)
        left.add(ScrollArea(self.fields), 1)
        left.setFixedWidth(px(274))
        self.doses.setFixedWidth(px(296))
        self._chart = QWidget()
        columns = QHBoxLayout(self._chart)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(left)
        columns.addWidget(self.map_panel, 1)
        columns.addWidget(self.doses)
        pictures = QWidget()
        column = QVBoxLayout(pictures)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.photos)
        column.addStretch(1)
        self._pages = QStackedWidget()
        for page in (self._chart, self.checks, self.skin, pictures):
            self._pages.addWidget(page)
        self.page.addWidget(self.heading)
        self.page.addWidget(self.notice)
        self.page.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.fields.edited.connect(self.drafting.touch)
        self.fields.settled.connect(self.settle)
        self.fields.day.committed.connect(self._on_day_committed)
        for edited in (self.screening.edited, self.checks.edited):
            edited.connect(self.drafting.touch)
        self.checks.answered.connect(self.settle)
        self.checks.answered.connect(self._show_baseline)
        self.board.sites_changed.connect(self.screened.show_vial)
        for signal in (self.board.sites_changed, self.board.settings_changed):
            signal.connect(self.drafting.touch)
        self.map_panel.map.zone_hovered.connect(self.doses.light_zone)
        self.skin.edited.connect(self.drafting.touch)
        self.skin.edited.connect(self._show_baseline)
        self.photos.changed.connect(self._show_baseline)
        self.pages.value_changed.connect(lambda page: self.show_page(str(page)))
        self.close_button.clicked.connect(self.close_requested)
        self.sign_button.clicked.connect(self.signing.begin)
        self.discard_button.clicked.connect(self.drafting.discard)
        self._make_shortcuts()

    def _make_shortcuts(self) -> None:
        board = self.board
        on_chart: dict[str, Callable[[], object]] = {
            "Ctrl+Z": board.undo,
            "Ctrl+Y": board.redo,
            "Ctrl+Shift+Z": board.redo,
            "Ctrl+1": lambda: board.show_view(FaceView.FRONT),
            "Ctrl+2": lambda: board.show_view(FaceView.RIGHT),
            "Ctrl+3": lambda: board.show_view(FaceView.LEFT),
        }
        anywhere: dict[str, Callable[[], object]] = {
            "Ctrl+S": self.drafting.save_now,
            "Ctrl+Return": self.sign_button.click,
            "Alt+1": lambda: self.show_page(MAP),
            "Alt+2": lambda: self.show_page(CHECKS),
            "Alt+3": lambda: self.show_page(SKIN),
            "Alt+4": lambda: self.show_page(PHOTOS),
        }
        for place, keys in ((self._chart, on_chart), (self, anywhere)):
            for key, act in keys.items():
                QShortcut(QKeySequence(key), place).activated.connect(act)

    def focus_later(self, widget: QWidget) -> None:
        """Put the cursor into a field once the page that holds it is shown."""
        QTimer.singleShot(0, widget.setFocus)
