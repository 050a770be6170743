"""Signing: from the button to the signed record - check all, say what is wrong, ask once, sign once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dermlog.domain.session import InjectionSession
from dermlog.domain.validity import Fault, InvalidRecord, Problem
from dermlog.domain.visit import Visit
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.sentences import override_sentence, problem_sentence
from dermlog.ui.session.expiry_text import expiry_shown
from dermlog.ui.session.reading import Reading, read_session
from dermlog.ui.session.sign_dialog import SignDialog, SigningFacts
from dermlog.wording import _, date_text, isolated, ngettext

if TYPE_CHECKING:
    from dermlog.ui.session.session_screen import SessionScreen


class Signing:
    """begin() is what the button does; the panel it opens calls back once."""

    def __init__(self, screen: SessionScreen, logbook: Logbook) -> None:
        self._screen = screen
        self._logbook = logbook
        self.dialog: SignDialog | None = None

    def begin(self) -> None:
        """Mark what is wrong, or open the panel; a second click while it is open does nothing."""
        screen = self._screen
        if self.dialog is not None or screen.patient is None:
            return
        screen.notice.hush()
        screen.known_expiry.fill()
        screen.settle()
        made = self._read()
        if made is None:
            return
        refusal = self._refusal()
        if refusal:
            screen.notice.tell(refusal, "caution")
            return
        visit, session = made
        self.dialog = SignDialog(
            screen,
            self._facts(session),
            lambda: self._sign(visit, session),
            check=self._check(),
            patience=self._logbook.keys.patience,
        )
        self.dialog.finished.connect(self._on_finished)
        self.dialog.open()

    def _check(self) -> Callable[[str], object] | None:
        """How the signer proves once more who they are, where people have passwords."""
        keys, who = self._logbook.keys, self._logbook.me.id
        return (lambda password: keys.check(who, password)) if keys.locked else None

    def forget(self) -> None:
        """Close the panel without signing."""
        if self.dialog is not None:
            self.dialog.reject()

    def _refusal(self) -> str:
        """Why this person cannot sign here and now, or ""."""
        logbook = self._logbook
        if logbook.read_only:
            return logbook.read_only_reason
        if self._screen.photos.is_busy:
            return _("Photos are still being added. Sign when that is done.")
        if not logbook.me.may_sign:
            doctors = ", ".join(person.name for person in logbook.staff.all() if person.may_sign)
            return _(
                "{name} may chart but not sign. The draft is kept; it can be signed by: {doctors}."
            ).format(name=logbook.me.name, doctors=doctors or "–")
        return ""

    def _read(self) -> tuple[Visit, InjectionSession] | None:
        """Visit and session, or None after every problem was marked."""
        screen, logbook = self._screen, self._logbook
        problems: list[Problem] = []
        patient = screen.patient
        if patient is None:
            return None
        entry = screen.entry()
        chosen = screen.vial.chosen(entry)
        about = Reading(
            patient.id,
            screen.visit_id,
            logbook.today(),
            patient.birth_date,
            screen.screening.findings,
            logbook.now(),
            None if chosen is None else chosen.left,
            screen.vial.shares,
        )
        session: InjectionSession | None = None
        try:
            session = read_session(entry, about)
        except InvalidRecord as invalid:
            problems += invalid.problems
        day = session.performed_on if session is not None else screen.day
        visit: Visit | None = None
        try:
            visit = Visit(
                patient_id=patient.id,
                on=day,
                recorded_by=logbook.me.id,
                entered_at=logbook.now(),
                scores=screen.skin.read_scores(),
                side_effects=screen.skin.read_effects(day),
                warning_signs=screen.skin.warning_signs(),
                id=screen.visit_id,
            )
        except InvalidRecord as invalid:
            known = {problem.field for problem in problems}
            problems += [problem for problem in invalid.problems if problem.field not in known]
        self._mark(problems)
        if visit is None or session is None or problems:
            return None
        return visit, session

    def _mark(self, problems: list[Problem]) -> None:
        """Mark each field, say how many, and put the cursor into the first."""
        screen = self._screen
        on_fields = screen.fields.show_problems(problems)
        on_reasons = screen.screening.show_problems(problems)
        on_sites = [problem for problem in problems if problem.field == "sites"]
        on_skin = screen.skin.show_problems(problems)
        on_checks = screen.checks.show_problems(problems)
        sentence = _of_sites(on_sites[0]) if on_sites else ""
        screen.doses.show_problem(sentence)
        if not problems:
            return
        count = len({problem.field for problem in problems})
        words = ngettext(
            "One thing is missing or cannot stay. It is marked, and nothing else was lost.",
            "{count} things are missing or cannot stay. They are marked, and nothing else was lost.",
            count,
        ).format(count=count)
        if sentence:
            words = _("{words} {sites}").format(words=words, sites=sentence)
        screen.notice.tell(words, "danger")
        first: QWidget | None = on_fields or on_reasons or (screen.map_panel.map if on_sites else None)
        if first is not None:
            screen.show_page("map")
            screen.focus_later(first)
        elif on_checks is not None:
            screen.show_page("checks")
            screen.focus_later(on_checks)
        elif on_skin is not None:
            screen.show_page("skin")
            screen.focus_later(on_skin)

    def _facts(self, session: InjectionSession) -> SigningFacts:
        screen, logbook = self._screen, self._logbook
        patient = screen.patient
        name = "" if patient is None else f"{patient.family_name}, {patient.given_name}".rstrip(", ")
        late = (logbook.today() - session.performed_on).days > 1
        day = date_text(session.performed_on)
        return SigningFacts(
            patient=f"{isolated(name)} · {isolated(patient.chart_number)}" if patient else name,
            day=_("{day} · late entry").format(day=day) if late else day,
            product=screen.doses.total_words,
            lot=_("{lot}, expires {expiry}").format(
                lot=isolated(session.lot), expiry=expiry_shown(session.expiry)
            ),
            injected_by=logbook.staff.get(session.injector_id).name,
            signed_by=logbook.me.name,
            overrides=[
                _("{finding} Reason for going on: {reason}").format(
                    finding=override_sentence(override), reason=override.reason
                )
                for override in session.overrides
            ],
            has_baseline=screen.skin.has_baseline(),
        )

    def _sign(self, visit: Visit, session: InjectionSession) -> str:
        """Sign; why not, or ""."""
        try:
            self._record(visit, session)
        except DermlogError as error:
            return error.sentence
        except InvalidRecord as invalid:
            return " ".join(problem_sentence(problem, problem.field) for problem in invalid.problems)
        self._screen.drafting.stop()
        return ""

    def _record(self, visit: Visit, session: InjectionSession) -> None:
        """Session and vial in one step; only here is a vial counted as opened."""
        screen, logbook = self._screen, self._logbook
        product = logbook.products.get(session.product_id)
        named, opened = screen.vial.made(session, screen.entry(), product)
        with logbook.in_one_step():
            if opened is not None:
                logbook.vials.save(opened)
            logbook.sessions.sign(visit, named)

    def _on_finished(self, result: int) -> None:
        dialog, self.dialog = self.dialog, None
        screen = self._screen
        if dialog is None:
            return
        dialog.deleteLater()
        if result and screen.patient is not None:
            screen.patient_requested.emit(screen.patient.id)
        elif dialog.wants_baseline:
            screen.show_page("skin")
            screen.skin.focus_first()


def _of_sites(problem: Problem) -> str:
    """What is wrong with the points as a whole."""
    if problem.fault is Fault.MISSING:
        return _("No point is charted yet. Click on the face to add the first.")
    return problem_sentence(problem, _("Points"))
