"""Drafting: the draft of the session screen - saved by itself, told of, discarded, found again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from dermlog.domain.draft import Draft, DraftKind
from dermlog.domain.permission import Action
from dermlog.domain.validity import EARLIEST
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.ui.kit.button import Kind
from dermlog.ui.kit.dialog import ask
from dermlog.ui.kit.theme import Tone
from dermlog.ui.session.draft_keeper import DraftKeeper
from dermlog.wording import _, date_text, time_text

if TYPE_CHECKING:
    from dermlog.ui.session.session_screen import SessionScreen


class Drafting:
    """start() once a form is shown, touch() after each change, flush() before leaving, stop() when signed."""

    def __init__(self, screen: SessionScreen, logbook: Logbook) -> None:
        self._screen = screen
        self._logbook = logbook
        self._keeper = DraftKeeper(lambda: screen.entry().to_json(), self._save, screen)
        self._keeper.saved.connect(self._on_saved)
        self._keeper.failed.connect(self._on_failed)
        self.touch = self._keeper.touch
        self.flush = self._keeper.flush
        self.stop = self._keeper.stop
        self.holds_unsaved = self._keeper.holds_unsaved

    def start(self, draft: Draft | None, *, wanted: bool, whole: bool) -> None:
        """The form shows this draft, or a new treatment; wanted: a draft was asked for."""
        self.let_write()
        self._tell(draft, wanted=wanted, whole=whole)

    def let_write(self) -> None:
        """Open the form to whoever may keep drafts, and to nobody else."""
        may_write = self._logbook.may(Action.SAVE_DRAFT)
        self._screen.set_writable(may_write)
        if may_write and not self._keeper.is_started:
            self._screen.notice.hush()
            self._keeper.start()

    def save_now(self) -> bool:
        """Save even an untouched form, as photos need a visit to belong to."""
        return self._keeper.flush(even_unchanged=True)

    def _save(self, content: str) -> datetime:
        if self._screen.patient is None:
            return self._logbook.now()
        day, today = self._screen.day, self._logbook.today()
        now = self._logbook.now()
        on = day if EARLIEST <= day <= today else today
        self._logbook.drafts.save(
            Draft(
                self._screen.visit_id,
                self._screen.patient.id,
                DraftKind.TREATMENT,
                on,
                content,
                self._logbook.me.id,
                now,
            )
        )
        return now

    def _on_failed(self, sentence: str) -> None:
        self._screen.status.say(_("Draft not saved"), Tone.DANGER)
        self._screen.notice.tell(
            _("{reason} Saving is tried again by itself; nothing on this screen is lost.").format(
                reason=sentence
            ),
            "danger",
        )
        self._screen.notice.add_button(_("Try now"), self._keeper.flush)
        self._screen.notice.add_button(_("Leave without saving"), self._leave_unsaved, Kind.DANGER)

    def _on_saved(self, at: datetime) -> None:
        if self._screen.status.tone() is Tone.DANGER:
            self._screen.notice.hush()
        self._screen.status.saved(at)

    def _leave_unsaved(self) -> None:
        self._keeper.stop()
        self._screen.close_requested.emit()

    def discard(self) -> None:
        """Ask, then remove the draft and its photos, and leave."""
        screen = self._screen
        name = screen.patient_words()
        question = _("Everything charted and typed here for {patient} is removed, its photos too.")
        if not ask(
            screen,
            _("Discard this draft?"),
            question.format(patient=name),
            _("Discard draft"),
            kind=Kind.DANGER,
        ):
            return
        try:
            if self._logbook.drafts.get(screen.visit_id) is not None:
                self._logbook.drafts.discard(screen.visit_id)
        except DermlogError as error:
            screen.notice.tell(error.sentence, "danger")
            return
        self._keeper.stop()
        screen.close_requested.emit()

    def _tell(self, draft: Draft | None, *, wanted: bool, whole: bool) -> None:
        why = self._logbook.why_not(Action.SAVE_DRAFT)
        if why:
            self._screen.notice.tell(why, "caution")
        elif draft is not None:
            self._show_when(draft.saved_at)
            if not whole:
                self._screen.notice.tell(
                    _("Parts of this draft could not be read. Check every field before you sign."), "caution"
                )
        elif wanted:
            self._screen.notice.tell(
                _("That draft is gone: it was signed or discarded. This is a new one."), "caution"
            )
        else:
            self._tell_of_others()

    def _show_when(self, at: datetime) -> None:
        """A draft of another day says which."""
        if at.date() == self._logbook.today():
            self._screen.status.saved(at)
        else:
            words = _("Draft of {day}, {time}").format(day=date_text(at.date()), time=time_text(at))
            self._screen.status.say(words)

    def _tell_of_others(self) -> None:
        """An unfinished treatment of this patient is offered before a second one is begun."""
        if self._screen.patient is None:
            return
        others = [
            other
            for other in self._logbook.drafts.of_patient(self._screen.patient.id)
            if other.kind is DraftKind.TREATMENT
        ]
        if others:
            newest = max(others, key=lambda other: other.saved_at)
            self._screen.notice.tell(
                _("There is an unfinished treatment, saved {day} at {time}.").format(
                    day=date_text(newest.saved_at.date()), time=time_text(newest.saved_at)
                ),
                "caution",
            )
            self._screen.notice.add_button(
                _("Continue that one"),
                lambda: self._screen.session_requested.emit(newest.patient_id, newest.id),
            )
