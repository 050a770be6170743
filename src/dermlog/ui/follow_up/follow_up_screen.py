"""FollowUpScreen: record a follow-up, continue a draft, or read and correct a recorded one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from dermlog.changes import Noun
from dermlog.domain.course import Course
from dermlog.domain.draft import Draft, DraftKind
from dermlog.domain.identity import new_id
from dermlog.domain.patient import Patient
from dermlog.domain.permission import Action
from dermlog.domain.validity import InvalidRecord, Problem
from dermlog.domain.visit import Visit
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.ui.follow_up.draft_keeper import DraftKeeper
from dermlog.ui.follow_up.follow_up_form import FollowUpForm, Writer
from dermlog.ui.follow_up.place_in_course import place_in_course
from dermlog.ui.follow_up.saved_words import problems_sentence, recorded_words, warning_sentence
from dermlog.ui.follow_up.saving import save_visit
from dermlog.ui.follow_up.unfinished import begun_today, unfinished_follow_ups, unfinished_sentence
from dermlog.ui.follow_up.visit_line import VisitLine
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.heading import PageHeading
from dermlog.ui.kit.notice import Notice, SavedStatus
from dermlog.ui.kit.screen import Screen
from dermlog.ui.logbook_signals import RefreshOnNews
from dermlog.ui.visit_fields.last_time import LastTime
from dermlog.ui.visit_fields.photo_strip import PhotoStrip
from dermlog.wording import _, date_text, isolated

# A longer name would push date and week out of the heading.
NAME_SHOWN = 44


class FollowUpScreen(Screen):
    """FollowUpScreen(logbook).show_follow_up(patient, draft_id=… or visit_id=…)."""

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self._patient: Patient | None = None
        self._course = Course(())
        self._visit_id = new_id()
        self._recorded: Visit | None = None
        self._reading = False
        self._not_asked_is_fine = False
        self._heading = PageHeading()
        self.status = SavedStatus()
        self.close_button = Button(_("Close"))
        self.discard_button = Button(_("Discard draft…"), Kind.QUIET)
        self.correct_button = Button(_("Correct…"))
        self.save_button = Button(_("Save follow-up"), Kind.PRIMARY, key="Ctrl S")
        for widget in (
            self.status,
            self.discard_button,
            self.close_button,
            self.correct_button,
            self.save_button,
        ):
            self._heading.add_action(widget)
        self.notice = Notice()
        self.keeper = DraftKeeper(logbook, self.status, self._draft, self)
        self.line = VisitLine(logbook.today())
        self.strip = PhotoStrip(logbook, ready=self._keep_for_photos)
        self.form = FollowUpForm(self.line, self.strip)
        self.page.setSpacing(12)
        for part in (self._heading, self.line, self.notice):
            self.page.addWidget(part)
        self.page.addWidget(self.form, 1)
        self._news = RefreshOnNews(
            self,
            logbook.changes,
            {Noun.PATIENT, Noun.SESSION, Noun.VISIT, Noun.CONSENT},
            self._refresh_facts,
            patient=lambda: self._patient.id if self._patient else None,
        )
        self._connect()

    def _connect(self) -> None:
        self.form.edited.connect(self._on_edited)
        self.line.day_changed.connect(self._on_day_changed)
        self.keeper.failed.connect(self._on_draft_failed)
        self.keeper.recovered.connect(self.notice.hush)
        self.close_button.clicked.connect(self.close_requested)
        self.discard_button.clicked.connect(self._ask_to_discard)
        self.correct_button.clicked.connect(self._begin_correction)
        self.save_button.clicked.connect(self.save)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self).activated.connect(self.save)

    def title(self) -> str:
        """Form and patient."""
        if self._patient is None:
            return _("Follow-up")
        return _("{form} {name}").format(form=self._heading.title(), name=self._name())

    def show_follow_up(
        self, patient_id: UUID, draft_id: UUID | None = None, visit_id: UUID | None = None
    ) -> None:
        """Begin a new one, continue a draft, or show a recorded one for reading."""
        self._patient = self._logbook.patients.get(patient_id)
        self._course = self._logbook.course(patient_id)
        self.notice.hush()
        self.status.hide()
        self._clear()
        if visit_id is not None:
            self._show_recorded(self._logbook.visits.get(visit_id))
            return
        if draft_id is not None:
            draft = self._logbook.drafts.get(draft_id)
        else:
            draft = begun_today(unfinished_follow_ups(self._logbook, patient_id), self._logbook.today())
        if draft is not None:
            self._show_draft(draft)
        self._show_parts()
        if draft is None:
            self._tell_of_older_draft(patient_id)

    def on_shown(self) -> None:
        """Put the cursor where the answers begin."""
        if not self._reading:
            self.form.focus_first()
        else:
            self.close_button.setFocus()

    def on_person_changed(self) -> None:
        """What is saved from now on is saved by somebody else; who may only look sees the form as it is."""
        if self._recorded is None:
            self.notice.hush()
            self._allow_writing()
        else:
            self._set_reading(self._reading)

    def may_leave(self) -> bool:
        """Keep what was typed; a correction under way must be saved or dropped first."""
        if self._recorded is not None and not self._reading and self.keeper.is_dirty:
            self.notice.tell(_("This correction is not saved yet."), "caution")
            self.notice.add_button(_("Save correction"), self.save, Kind.PRIMARY).setFocus()
            self.notice.add_button(_("Drop it"), self._drop_correction)
            return False
        self.strip.settle()
        if self._recorded is not None or self._patient is None or self._why_not():
            return True
        if self.form.is_blank():
            self._forget_blank_draft()
            return True
        return self.keeper.keep()

    def save(self) -> None:
        """Record the visit, or mark every field that cannot stay as it is."""
        if self._reading or self._patient is None or not self.save_button.isEnabled():
            return
        self.strip.settle()
        try:
            visit = self.form.read(self._writer(self._patient))
        except InvalidRecord as error:
            self._show_problems(error.problems)
            return
        self.form.show_problems(())
        if self._recorded is not None:
            visit = replace(
                visit, recorded_by=self._recorded.recorded_by, entered_at=self._recorded.entered_at
            )
        elif self.form.is_blank():
            self.notice.tell(_("Nothing is recorded yet. Answer at least one question."), "caution")
            self.form.focus_first()
            return
        if self._must_ask_warning(visit):
            self._ask_warning()
            return
        try:
            saved = save_visit(self._logbook, visit, self._recorded, self.line.reason.text().strip(), self)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        if saved is not None:
            self._after_saving(saved)

    def _clear(self) -> None:
        self.keeper.forget()
        self._visit_id = new_id()
        self._recorded = None
        self._not_asked_is_fine = False
        self.line.set_today(self._logbook.today())
        self.line.reason.set_text("")
        self.line.reason.hide()
        empty = {"line": {"on": date_text(self._logbook.today())}}
        self.form.load_raw(empty)
        self.form.show_problems(())
        self._allow_writing()

    def _show_draft(self, draft: Draft) -> None:
        self._visit_id = draft.id
        if not self.form.load_content(draft.content):
            self.notice.tell(_("This draft could not be read. Please fill in the form again."), "caution")
        self.status.saved(draft.saved_at)

    def _show_recorded(self, visit: Visit) -> None:
        self._recorded = visit
        self._visit_id = visit.id
        self.line.set_today(visit.entered_at.date())
        self._show_parts(visit)
        self._set_reading(True)
        self.status.say(recorded_words(visit, self._logbook.staff.get(visit.recorded_by).name))

    def _show_parts(self, visit: Visit | None = None) -> None:
        """Fill in what belongs to patient and day; a recorded visit's answers go in after last time's."""
        assert self._patient is not None  # noqa: S101 - every way here has shown a patient
        if visit is not None:
            self.line.show_visit(visit.on, visit.mode)
        self._show_facts()
        if visit is not None:
            self.form.load_visit(visit)
        self.strip.show_visit(self._patient.id, self._visit_id)
        self.title_changed.emit(self.title())

    def _show_facts(self) -> None:
        """Heading, and last time's values, for the day on the form."""
        day = self.line.day() or self._logbook.today()
        place = place_in_course(self._course, day, self._visit_id)
        name = self._name()
        short = name if len(name) <= NAME_SHOWN else name[: NAME_SHOWN - 1] + "…"
        words = (isolated(short), date_text(day), place.place)
        self._heading.set_title(place.title, " · ".join(words))
        self.form.set_last(LastTime(self._course, day, self._visit_id))
        follow_up = place.after_treatment
        self.form.set_visit_day(day, after_treatment=follow_up)
        if self._recorded is None:
            self.save_button.set_label(_("Save follow-up") if follow_up else _("Save visit"))

    def _refresh_facts(self) -> None:
        """Somebody changed the patient or another visit."""
        if self._patient is None:
            return
        try:
            self._patient = self._logbook.patients.get(self._patient.id)
        except DermlogError:
            return
        self._course = self._logbook.course(self._patient.id)
        self._show_facts()
        self.strip.refresh()

    def _why_not(self) -> str:
        return self._logbook.why_not(Action.RECORD_VISIT)

    def _allow_writing(self) -> None:
        why = self._why_not()
        self._set_reading(bool(why))
        if why:
            self.notice.tell(why, "caution")

    def _set_reading(self, reading: bool) -> None:
        self._reading = reading
        self.form.set_read_only(reading)
        self.save_button.setVisible(not reading)
        may_correct = reading and self._recorded is not None and not self._why_not()
        self.correct_button.setVisible(may_correct)
        self.discard_button.setVisible(not reading and self._recorded is None)

    def _begin_correction(self) -> None:
        self._set_reading(False)
        self.line.reason.show()
        self.save_button.set_label(_("Save correction"))
        self.notice.tell(_("The history keeps what was recorded before, with your name and the time."))
        self.form.focus_first()

    def _drop_correction(self) -> None:
        if self._recorded is not None and self._patient is not None:
            self.show_follow_up(self._patient.id, visit_id=self._recorded.id)
            self.close_button.setFocus()

    def _tell_of_older_draft(self, patient_id: UUID) -> None:
        drafts = unfinished_follow_ups(self._logbook, patient_id)
        if not drafts or self._why_not():
            return
        self.notice.tell(unfinished_sentence(drafts), "caution")
        newest = drafts[0].id
        self.notice.add_button(_("Continue it"), lambda: self.follow_up_requested.emit(patient_id, newest))

    def _name(self) -> str:
        if self._patient is None:
            return ""
        names = (self._patient.family_name, self._patient.given_name)
        return ", ".join(name for name in names if name)

    def _writer(self, patient: Patient) -> Writer:
        at = self._logbook.now() if self._recorded is None else self._recorded.entered_at
        return Writer(self._visit_id, patient.id, self._logbook.me.id, at, patient.birth_date)

    def _draft(self) -> Draft:
        assert self._patient is not None  # noqa: S101 - only a shown form can be kept
        return Draft(
            id=self._visit_id,
            patient_id=self._patient.id,
            kind=DraftKind.FOLLOW_UP,
            on=self.line.day() or self._logbook.today(),
            content=self.form.content(),
            saved_by=self._logbook.me.id,
            saved_at=self._logbook.now(),
        )

    def _keep_for_photos(self) -> bool:
        return self._recorded is not None or self.keeper.keep(even_if_clean=True)

    def _forget_blank_draft(self) -> None:
        """A full disk must not hold anybody in an empty form."""
        self.keeper.forget()
        with suppress(DermlogError):
            self._logbook.drafts.discard(self._visit_id)

    def _ask_to_discard(self) -> None:
        if self.form.is_blank() or self._patient is None:
            self.close_requested.emit()
            return
        self.notice.tell(_("Throw away what was typed here, and its photos?"), "danger")
        self.notice.add_button(_("Keep it"), self.notice.hush).setFocus()
        self.notice.add_button(_("Discard draft"), self._discard, Kind.DANGER)

    def _discard(self) -> None:
        if self._patient is None:
            return
        try:
            self._logbook.drafts.discard(self._visit_id)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        patient_id = self._patient.id
        self._patient = None
        self._clear()
        self.patient_requested.emit(patient_id)

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        first = self.form.show_problems(problems)
        self.notice.tell(problems_sentence(len(problems)), "caution")
        if first is not None:
            first.setFocus()

    def _must_ask_warning(self, visit: Visit) -> bool:
        if visit.warning_signs is not None or self._not_asked_is_fine or self._recorded is not None:
            return False
        return place_in_course(self._course, visit.on, visit.id).after_treatment

    def _ask_warning(self) -> None:
        self.notice.tell(
            _("The red question about warning signs is not answered. Ask it, or save it as not asked."),
            "caution",
        )
        self.notice.add_button(_("Save as not asked"), self._save_not_asked)
        self.form.effects.focus_first()

    def _save_not_asked(self) -> None:
        self._not_asked_is_fine = True
        self.save()

    def _after_saving(self, visit: Visit) -> None:
        self.keeper.forget()
        patient_id = visit.patient_id
        before = self._recorded.warning_signs if self._recorded is not None else None
        if not visit.warning_signs or visit.warning_signs == before:
            self._set_reading(True)
            self._patient = None
            self.patient_requested.emit(patient_id)
            return
        self._course = self._logbook.course(patient_id)
        self.line.reason.hide()
        self._show_recorded(visit)
        self.notice.tell(warning_sentence(visit.warning_signs), "danger")
        self.notice.add_button(
            _("To the patient’s page"), lambda: self.patient_requested.emit(patient_id)
        ).setFocus()

    def _on_edited(self) -> None:
        if self._reading:
            return
        if self._recorded is not None:
            self.keeper.mark()
        else:
            self.keeper.touch()

    def _on_day_changed(self) -> None:
        self._show_facts()

    def _on_draft_failed(self, sentence: str) -> None:
        self.notice.tell(sentence, "danger")
        self.notice.add_button(_("Try now"), self.keeper.keep)
        self.notice.add_button(_("Leave without saving"), self._leave_unsaved, Kind.DANGER)

    def _leave_unsaved(self) -> None:
        """Out of a form that cannot be saved, when a person says so."""
        self.keeper.forget()
        self._patient = None
        self.close_requested.emit()
