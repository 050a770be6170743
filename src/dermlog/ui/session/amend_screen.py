"""AmendScreen: correct a signed treatment as a new version beside it, with a reason and a signature."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dermlog.amendment_words import counts_line, difference_lines, version_title
from dermlog.changes import Noun
from dermlog.domain.amendment import is_same_content, site_differences
from dermlog.domain.face_map import FaceMap, FaceView
from dermlog.domain.file_fault import Refusal
from dermlog.domain.patient import Patient
from dermlog.domain.product import Product
from dermlog.domain.session import InjectionSession
from dermlog.domain.validity import InvalidRecord, Problem
from dermlog.errors import DermlogError, NotAllowed
from dermlog.figures.face_map_svg import FacePicture, load_face_map
from dermlog.logbook import Logbook
from dermlog.sentences import problem_sentence
from dermlog.ui.face_map.board import SiteBoard
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.heading import PageHeading
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.note_field import NoteField
from dermlog.ui.kit.notice import Notice
from dermlog.ui.kit.screen import Screen
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.theme import px
from dermlog.ui.logbook_signals import RefreshOnNews
from dermlog.ui.session.amend_fields import AmendFields
from dermlog.ui.session.map_panel import MapPanel
from dermlog.ui.session.selected_point import SelectedPoint
from dermlog.ui.sign_in.proof_dialog import prove_again
from dermlog.wording import _, date_text, ngettext

LINES_SHOWN = 12

LEAST, MOST = (270, 200), (320, 280)
"""Widths of the left and the right card: on a narrow window they give way before the map does."""


class AmendScreen(Screen):
    """AmendScreen(logbook).show_amendment(patient id, id of any version of the session)."""

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self._patient: Patient | None = None
        self.session: InjectionSession | None = None
        self.board = SiteBoard(self._map_of, self)
        self.fields = AmendFields(logbook.today())
        self.map_panel = MapPanel(self.board, self._picture_of)
        self.point = SelectedPoint(self.board)
        self.reason = NoteField(_("Why is it amended?"), lines=3)
        self.changed = Label(wrap=True)
        self._lay_out()
        self._connect()
        self._news = RefreshOnNews(
            self, logbook.changes, (Noun.SESSION,), self._on_news, patient=self._patient_id
        )

    def title(self) -> str:
        """What is done here."""
        return _("Amend treatment")

    def show_amendment(self, patient_id: UUID, session_id: UUID) -> None:
        """Begin to amend the version that stands. Raises NotAllowed when there is no such session."""
        session = self._logbook.sessions.versions(session_id)[-1]
        self._patient = self._logbook.patients.get(patient_id)
        self.session = session
        self.notice.hush()
        self.fields.set_choices(
            self._logbook.products.all(include_retired=True), self._logbook.staff.all(include_inactive=True)
        )
        self.board.set_mirror(False)
        self.fields.show_session(session)
        self.board.set_depth_of_next(session.sites[-1].depth)
        self.board.restart(session.sites)
        self.map_panel.map.set_zoom(1)
        self.reason.set_text("")
        self.reason.set_error(None)
        name = ", ".join(part for part in (self._patient.family_name, self._patient.given_name) if part)
        facts = (name, self._patient.chart_number, date_text(session.performed_on))
        self.heading.set_title(_("Amend treatment"), " · ".join(facts))
        self._tell_changes()

    def on_shown(self) -> None:
        """Begin with the first field."""
        self.fields.day.setFocus()

    def on_person_changed(self) -> None:
        """Another person may sign, or may not."""
        self.notice.hush()

    def may_leave(self) -> bool:
        """An amendment that is not signed is not thrown away by leaving."""
        if not self.holds_unsaved():
            return True
        self.notice.tell(
            _("This amendment is not signed yet. Sign it, or throw it away; the signed treatment stays."),
            "caution",
        )
        self.notice.add_button(_("Throw the amendment away"), self._throw_away, Kind.DANGER)
        self.notice.add_button(_("Keep editing"), self.notice.hush).setFocus()
        return False

    def holds_unsaved(self) -> bool:
        """Whether something was typed or moved that no version holds."""
        if self.session is None:
            return False
        if self.reason.text().strip():
            return True
        try:
            return not is_same_content(self.session, self._read())
        except InvalidRecord:
            return True

    def sign(self) -> None:
        """Check all, mark what is wrong, or sign the new version and go back."""
        session = self.session
        if session is None:
            return
        self.notice.hush()
        problems: list[Problem] = []
        amended: InjectionSession | None = None
        try:
            amended = self._read()
        except InvalidRecord as invalid:
            problems += invalid.problems
        if not self._mark(problems) or amended is None:
            return
        if is_same_content(session, amended):
            self.notice.tell(_("Nothing is changed yet. Correct what is wrong, then sign."), "caution")
            return
        if not prove_again(self._logbook, self.window(), _("Sign amendment")):
            return
        try:
            self._logbook.sessions.amend(amended, self.reason.text())
        except NotAllowed as error:
            if error.refusal is Refusal.CHANGED_MEANWHILE:
                self._tell_conflict()
            else:
                self.notice.tell(error.sentence, "danger")
            return
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self._close()

    # --- two windows, one treatment ---

    def _on_news(self) -> None:
        if self.session is None:
            return
        standing = self._logbook.sessions.versions(self.session.id)[-1]
        if standing.voiding is not None or standing.id != self.session.id:
            if self.holds_unsaved():
                self._tell_conflict()
            elif self._patient is not None and standing.voiding is None:
                self.show_amendment(self._patient.id, standing.id)

    def _tell_conflict(self) -> None:
        """Somebody else amended it meanwhile: both versions are kept, and the person chooses."""
        session = self.session
        if session is None:
            return
        standing = self._logbook.sessions.versions(session.id)[-1]
        if standing.voiding is not None:
            self.notice.tell(_("This treatment was declared void meanwhile and cannot be amended."), "danger")
            return
        names, products = self._names()
        theirs = difference_lines(session, standing, names, products)
        who = names.get(standing.signature.staff_id, "") if standing.signature else ""
        self.notice.tell(
            _(
                "{name} signed {version} meanwhile: {changes}. It is kept. Should yours stand as the next "
                "version, or theirs stay?"
            ).format(
                name=who or _("Somebody"), version=version_title(standing), changes="; ".join(theirs[:4])
            ),
            "danger",
        )
        self.notice.add_button(_("Mine as the next version"), self._sign_over)
        self.notice.add_button(_("Keep theirs"), self._throw_away)

    def _sign_over(self) -> None:
        """What is typed here becomes the version after theirs; theirs stays readable."""
        session = self.session
        if session is None:
            return
        try:
            mine = self._read()
        except InvalidRecord as invalid:
            self._mark(list(invalid.problems))
            return
        self.session = self._logbook.sessions.versions(session.id)[-1]
        self.fields.rebase(self.session)
        if is_same_content(self.session, mine):
            self._close()
            return
        self.sign()

    # --- inside ---

    def _read(self) -> InjectionSession:
        return self.fields.read(self.board.sites, self._logbook.today())

    def _mark(self, problems: list[Problem]) -> bool:
        """Mark each field, say how many, and put the cursor into the first; True when nothing is wrong."""
        if not self.reason.text().strip():
            self.reason.set_error(_("The reason is missing. Say in a few words why it is amended."))
        else:
            self.reason.set_error(None)
        first = self.fields.show_problems(problems)
        sites = next((problem for problem in problems if problem.field == "sites"), None)
        count = len({problem.field for problem in problems}) + bool(self.reason.error())
        if not count:
            return True
        words = ngettext(
            "One thing is missing or cannot stay. It is marked.",
            "{count} things are missing or cannot stay. They are marked.",
            count,
        ).format(count=count)
        if sites is not None:
            words = _("{words} {sites}").format(words=words, sites=problem_sentence(sites, _("The points")))
        self.notice.tell(words, "danger")
        target: QWidget = first or (self.map_panel.map if sites is not None else self.reason)
        QTimer.singleShot(0, target.setFocus)
        return False

    def _tell_changes(self) -> None:
        """What is different by now, in words, beside the map."""
        session = self.session
        if session is None:
            return
        self.point.set_dilution(self.fields.dilution())
        try:
            amended = self._read()
        except InvalidRecord:
            self.changed.setText(counts_line(site_differences(session.sites, self.board.sites)))
            return
        lines = difference_lines(session, amended, *self._names())
        shown = list(lines[:LINES_SHOWN])
        if len(lines) > LINES_SHOWN:
            shown.append(_("and {count} more").format(count=len(lines) - LINES_SHOWN))
        self.changed.setText("\n".join(shown) or _("Nothing yet."))

    def _names(self) -> tuple[dict[UUID, str], dict[UUID, Product]]:
        staff = {one.id: one.name for one in self._logbook.staff.all(include_inactive=True)}
        return staff, {one.id: one for one in self._logbook.products.all(include_retired=True)}

    def _throw_away(self) -> None:
        self._close()

    def _close(self) -> None:
        self.session = None
        self.notice.hush()
        self.close_requested.emit()

    def _patient_id(self) -> UUID | None:
        return None if self._patient is None else self._patient.id

    def _picture_of(self, view: FaceView) -> FacePicture:
        """The map that the session was charted on: the same session looks the same for ever."""
        return load_face_map(view) if self.session is None else load_face_map(view, self.session.map_version)

    def _map_of(self, view: FaceView) -> FaceMap:
        return self._picture_of(view).map

    def _lay_out(self) -> None:
        self.heading = PageHeading(_("Amend treatment"))
        self.cancel_button = Button(_("Close"))
        self.sign_button = Button(_("Sign amendment"), Kind.PRIMARY, key="Ctrl ↵")
        for button in (self.cancel_button, self.sign_button):
            self.heading.add_action(button)
        self.notice = Notice()
        left = Card(_("Record"))
        left.add(ScrollArea(self.fields), 1)
        left.setMinimumWidth(px(LEAST[0]))
        left.setMaximumWidth(px(MOST[0]))
        for button in (self.map_panel.same_as_last, self.map_panel.template):
            button.hide()
        right = Card(_("Amendment"))
        right.setMinimumWidth(px(LEAST[1]))
        right.setMaximumWidth(px(MOST[1]))
        inside = ScrollArea()
        inside.body.setSpacing(12)
        for part in (self.reason, Label(_("What is changed"), role="title"), self.changed, self.point):
            inside.add(part)
        inside.body.addStretch(1)
        right.add(inside, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(left, MOST[0])
        row.addWidget(self.map_panel, 440)
        row.addWidget(right, MOST[1])
        self.page.addWidget(self.heading)
        self.page.addWidget(self.notice)
        self.page.addLayout(row, 1)

    def _connect(self) -> None:
        self.fields.edited.connect(self._tell_changes)
        self.board.sites_changed.connect(self._tell_changes)
        self.cancel_button.clicked.connect(self.close_requested)
        self.sign_button.clicked.connect(self.sign)
        for keys, act in (
            ("Ctrl+Return", self.sign),
            ("Ctrl+Z", self.board.undo),
            ("Ctrl+Y", self.board.redo),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
