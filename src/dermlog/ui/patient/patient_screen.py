"""The page of one patient: header, warning signs, unfinished entries, and four tabs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol, cast
from uuid import UUID

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from dermlog.changes import Noun
from dermlog.domain.course import CourseEntry
from dermlog.domain.draft import Draft, DraftKind
from dermlog.domain.permission import Action
from dermlog.domain.session import InjectionSession
from dermlog.errors import DermlogError, NotAllowed
from dermlog.logbook import Logbook
from dermlog.ui.kit.badge import Badge
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.dialog import Dialog, ask, say
from dermlog.ui.kit.flow_layout import FlowLayout
from dermlog.ui.kit.heading import PageHeading
from dermlog.ui.kit.notice import Notice
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.screen import Screen
from dermlog.ui.kit.tab_row import TabRow
from dermlog.ui.kit.theme import Tone
from dermlog.ui.logbook_signals import RefreshOnNews
from dermlog.ui.patient.course_tab import CourseTab
from dermlog.ui.patient.history_tab import HistoryTab
from dermlog.ui.patient.maps_tab import MapsTab
from dermlog.ui.patient.more_menu import more_menu
from dermlog.ui.patient.move_dialog import MoveDialog
from dermlog.ui.patient.patient_facts import PatientFacts, gather
from dermlog.ui.patient.patient_words import continue_words, draft_sentence, full_name, header_pills, who_line
from dermlog.ui.patient.versions_view import VersionsView
from dermlog.ui.patient.visit_view import VisitView, Wish
from dermlog.ui.patient.void_dialog import VoidDialog
from dermlog.ui.patient.warning_banner import WarningBanner
from dermlog.ui.sign_in.proof_dialog import ProofDialog, prove_again
from dermlog.ui.visit_fields.picture_loader import PictureLoader
from dermlog.wording import _

NEWS = frozenset(Noun)
DRAFT_BUTTONS = 3
COURSE, MAPS, PHOTOS, HISTORY = "course", "maps", "photos", "history"


class PatientPart(Protocol):
    """A tab that comes from another room; its wishes are passed on."""

    follow_up_requested: SignalInstance

    def show_patient(self, patient_id: UUID) -> object:
        """Show one patient."""
        ...


class PatientScreen(Screen):
    """PatientScreen(logbook, photos_tab=PhotosTab).show_patient(patient id, tab).

    photos_tab makes the tab of the photos' room, a widget that is a PatientPart; without it there is no such
    tab. Tabs are "course", "maps", "photos" and "history".
    """

    def __init__(
        self,
        logbook: Logbook,
        *,
        photos_tab: Callable[[Logbook], QWidget] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self._patient_id: UUID | None = None
        self._facts: PatientFacts | None = None
        self._make_photos = photos_tab
        self._photos: QWidget | None = None
        self._loader = PictureLoader(logbook, self)
        self._lay_out_head()
        self._lay_out_tabs()
        self._news = RefreshOnNews(
            self, logbook.changes, NEWS, self.refresh, patient=lambda: self._patient_id
        )

    def _lay_out_head(self) -> None:
        self.heading = PageHeading()
        self.edit_button = Button(_("Edit patient"))
        self.report_button = Button(_("Report…"))
        self.treatment_button = Button(_("New treatment"))
        self.follow_up_button = Button(_("New follow-up"), Kind.PRIMARY)
        self.more_button = Button(_("More"), menu_arrow=True)
        for button in (
            *(self.more_button, self.edit_button, self.report_button),
            *(self.treatment_button, self.follow_up_button),
        ):
            self.heading.add_action(button)
        self.more_button.clicked.connect(self._on_more)
        self.edit_button.clicked.connect(lambda: self.edit_requested.emit(self._patient_id))
        self.report_button.clicked.connect(lambda: self.report_requested.emit(self._patient_id))
        self.treatment_button.clicked.connect(self._on_new_treatment)
        self.follow_up_button.clicked.connect(self._on_new_follow_up)
        head = QVBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading)
        pills = QWidget()
        self._pills = FlowLayout(pills, gap=8)
        head.addWidget(pills)
        self.page.addLayout(head)
        self.banner = WarningBanner(self._logbook)
        self.banner.visit_opened.connect(self._on_visit_opened)
        self.page.addWidget(self.banner)
        self.unfinished = Notice()
        self.page.addWidget(self.unfinished)

    def _lay_out_tabs(self) -> None:
        names = [(COURSE, _("Course")), (MAPS, _("Injection maps")), (HISTORY, _("History"))]
        if self._make_photos is not None:
            names.insert(2, (PHOTOS, _("Photos")))
        self.tabs = TabRow([Option(key, name) for key, name in names], name=_("Pages of this patient"))
        self.tabs.value_changed.connect(self._on_tab)
        self.page.addWidget(self.tabs)
        self.course_tab = CourseTab(self._loader)
        self.course_tab.visit_opened.connect(self._on_visit_opened)
        self.course_tab.treatment_wanted.connect(self._on_new_treatment)
        self.course_tab.follow_up_wanted.connect(self._on_new_follow_up)
        self.maps_tab = MapsTab()
        self.maps_tab.visit_opened.connect(self._on_visit_opened)
        self.maps_tab.void_opened.connect(self._on_void_opened)
        self.history_tab = HistoryTab(self._logbook)
        self._stack = QStackedWidget()
        for tab in (self.course_tab, self.maps_tab, self.history_tab):
            self._stack.addWidget(tab)
        self.page.addWidget(self._stack, 1)

    def title(self) -> str:
        """The patient's name."""
        return "" if self._facts is None else full_name(self._facts.patient)

    def show_patient(self, patient_id: UUID, tab: str = "") -> None:
        """Show a patient; another one begins at the course."""
        another = patient_id != self._patient_id
        if another:
            self._loader.forget_wishes()
        self._patient_id = patient_id
        self._logbook.patients.note_opened(patient_id)
        self._logbook.accesses.note_viewed(patient_id)
        if tab or another:
            self.tabs.set_value(tab or COURSE)
        self.refresh()

    def refresh(self) -> None:
        """Read the patient anew and show what is in front."""
        if self._patient_id is None:
            return
        try:
            self._facts = gather(self._logbook, self._patient_id)
        except DermlogError as error:
            # Whoever was erased or hidden meanwhile leaves the page without a word: somebody meant it.
            meant = isinstance(error, NotAllowed) and self._facts is not None
            self._patient_id = self._facts = None
            if not meant:
                say(self.window(), _("This patient cannot be shown"), error.sentence)
            self.patients_requested.emit("")
            return
        facts = self._facts
        self.heading.set_title(full_name(facts.patient), who_line(facts.patient, facts.today))
        pills = header_pills(facts.patient, facts.consents, facts.today)
        if self._logbook.erasing.restriction(facts.patient.id) is not None:
            pills.insert(0, (_("Restricted: only owners see this patient"), Tone.CAUTION))
        self._pills.clear()
        for words, tone in pills:
            self._pills.addWidget(Badge(words, tone))
        self.banner.show_facts(facts)
        self._show_drafts(facts)
        self._allow_writing()
        self._show_tab()
        self.title_changed.emit(self.title())

    def on_shown(self) -> None:
        """The visits take the keyboard first."""
        if self.tabs.value() == COURSE and self.course_tab.visits.isVisible():
            self.course_tab.visits.setFocus()
        else:
            self.tabs.setFocus()

    def on_person_changed(self) -> None:
        """Somebody else may or may not acknowledge."""
        self.refresh()

    def _allow_writing(self) -> None:
        why = self._logbook.why_not(Action.SAVE_DRAFT)
        for button in (self.edit_button, self.treatment_button, self.follow_up_button):
            button.setEnabled(not why)
            button.setToolTip(why)
        self.course_tab.set_may_write(not why)

    def _show_drafts(self, facts: PatientFacts) -> None:
        if not facts.drafts:
            self.unfinished.hush()
            return
        said = " ".join(draft_sentence(draft, facts.name(draft.saved_by)) for draft in facts.drafts)
        self.unfinished.tell(said, "caution")
        for draft in facts.drafts[:DRAFT_BUTTONS]:
            words = _("Continue") if len(facts.drafts) == 1 else continue_words(draft)
            self.unfinished.add_button(words, partial(self._on_continue, draft))

    def _show_tab(self) -> None:
        facts, key = self._facts, self.tabs.value()
        if facts is None:
            return
        if key == MAPS:
            self.maps_tab.show_facts(facts)
            self._stack.setCurrentWidget(self.maps_tab)
        elif key == HISTORY:
            self.history_tab.show_facts(facts)
            self._stack.setCurrentWidget(self.history_tab)
        elif key == PHOTOS and self._make_photos is not None:
            self._show_photos(facts.patient.id, self._make_photos)
        else:
            self.course_tab.show_facts(facts)
            self._stack.setCurrentWidget(self.course_tab)

    def _show_photos(self, patient_id: UUID, make: Callable[[Logbook], QWidget]) -> None:
        if self._photos is None:
            self._photos = make(self._logbook)
            cast(PatientPart, self._photos).follow_up_requested.connect(self.follow_up_requested)
            self._stack.addWidget(self._photos)
        cast(PatientPart, self._photos).show_patient(patient_id)
        self._stack.setCurrentWidget(self._photos)

    def _on_tab(self, _key: object) -> None:
        self._show_tab()

    def _on_more(self) -> None:
        may, patient = self._logbook.may, self._patient_id
        wishes = (
            (_("Export…"), may(Action.EXPORT_PATIENT), lambda: self.export_requested.emit(patient)),
            (
                _("Restrict or erase…"),
                may(Action.RESTRICT_PATIENT),
                lambda: self.erasing_requested.emit(patient),
            ),
        )
        more_menu(self.more_button, wishes).popup(
            self.more_button.mapToGlobal(self.more_button.rect().bottomLeft())
        )

    def _on_new_treatment(self) -> None:
        self.session_requested.emit(self._patient_id, None)

    def _on_new_follow_up(self) -> None:
        self.follow_up_requested.emit(self._patient_id, None)

    def _on_continue(self, draft: Draft) -> None:
        wish = self.session_requested if draft.kind is DraftKind.TREATMENT else self.follow_up_requested
        wish.emit(draft.patient_id, draft.id)

    def _on_visit_opened(self, visit_id: UUID) -> None:
        facts = self._facts
        entry = None if facts is None else facts.entry(visit_id)
        if facts is None or entry is None:
            return
        if entry.session is None:
            self.follow_up_requested.emit(facts.patient.id, visit_id)
            return
        self._read_treatment(facts, entry, entry.session)

    def _on_void_opened(self, session_id: UUID) -> None:
        facts = self._facts
        entry = None if facts is None else facts.void_entry(session_id)
        if facts is not None and entry is not None and entry.session is not None:
            self._read_treatment(facts, entry, entry.session)

    def _read_treatment(self, facts: PatientFacts, entry: CourseEntry, session: InjectionSession) -> None:
        """Show a treatment, then do what was asked for."""
        me = self._logbook.me
        signer = me.id if self._logbook.may(Action.AMEND_SESSION) else None
        view = VisitView(facts, entry, self._loader, self.window(), signer=signer)
        view.exec()
        view.deleteLater()
        which = f"{view.windowTitle()} · {full_name(facts.patient)}"
        if view.wish is Wish.RECORD:
            self.record_requested.emit(facts.patient.id, session.id)
        elif view.wish is Wish.AMEND:
            self.amendment_requested.emit(facts.patient.id, session.id)
        elif view.wish is Wish.VERSIONS:
            _run(VersionsView(facts, facts.versions[session.visit_id], which, self.window()))
        elif view.wish is Wish.MOVE:
            _run(MoveDialog(self._logbook, session, which, self.window()))
        elif view.wish is Wish.VOID:
            void = partial(self._logbook.sessions.void, session.id)
            _run(VoidDialog(self.window(), which, void, prove=self._prove_voiding))
        elif view.wish is Wish.REVIEW:
            self._review(session, which)

    def _review(self, session: InjectionSession, which: str) -> None:
        words = _("By signing, {name} states: I reviewed this treatment.").format(name=self._logbook.me.name)
        if not self._signs_review(which, words):
            return
        try:
            self._logbook.sessions.review(session.id)
        except DermlogError as error:
            say(self.window(), _("This treatment cannot be reviewed"), error.sentence)

    def _signs_review(self, which: str, words: str) -> bool:
        """A review is a signature: it takes the password where people have one."""
        if not self._logbook.keys.locked:
            return ask(self.window(), which, words, _("Sign as reviewed"))
        dialog = ProofDialog(self._logbook, self.window(), which, line=words)
        dialog.add_proof(_("Sign as reviewed"))
        proven = bool(dialog.exec())
        dialog.deleteLater()
        return proven

    def _prove_voiding(self, over: QWidget) -> bool:
        return prove_again(self._logbook, over, _("Declare void"))


def _run(dialog: Dialog) -> None:
    dialog.exec()
    dialog.deleteLater()
