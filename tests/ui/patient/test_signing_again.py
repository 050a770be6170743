"""In a locked logbook declaring void, moving and reviewing are signatures: each takes the password again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dermlog.domain.session import InjectionSession
from dermlog.domain.staff import Role, Staff
from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from dermlog.ui.patient.patient_facts import gather
from dermlog.ui.patient.patient_screen import PatientScreen
from dermlog.ui.patient.visit_view import VisitView, Wish
from dermlog.ui.patient.void_dialog import VoidDialog
from dermlog.ui.sign_in.proof_dialog import ProofDialog
from tests.makers import DOCTOR, make_patient, make_session, make_visit
from tests.ui.locked_logbook import PASSWORDS, make_cheap, make_locked

SLOW = 20_000


@pytest.fixture
def logbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Logbook]:
    """A locked logbook, open, with the doctor writing."""
    make_cheap(monkeypatch)
    made = make_locked(tmp_path)
    yield made
    background.shutdown()
    made.close()


@pytest.fixture
def session(logbook: Logbook) -> InjectionSession:
    """A treatment that the doctor signed."""
    patient = make_patient()
    logbook.patients.save(patient)
    visit = make_visit(patient)
    made = make_session(visit, logbook.products.all()[0])
    logbook.sessions.sign(visit, made)
    return made


@pytest.fixture
def screen(logbook: Logbook, session: InjectionSession, qtbot: QtBot) -> PatientScreen:
    """The page of the patient."""
    made = PatientScreen(logbook)
    qtbot.addWidget(made)
    made.show_patient(session.patient_id)
    return made


def answer(monkeypatch: pytest.MonkeyPatch, password: str, qtbot: QtBot) -> list[str]:
    """Type this password whenever one is asked for; gives what was asked."""
    asked: list[str] = []

    def prove(dialog: ProofDialog) -> int:
        asked.append(dialog.own.label())
        dialog.show()
        dialog.own.edit.setText(password)
        dialog.prove()
        qtbot.waitUntil(lambda: not dialog.isVisible() or bool(dialog.own.error()), timeout=SLOW)
        return dialog.result()

    monkeypatch.setattr(ProofDialog, "exec", prove)
    return asked


def choose(screen: PatientScreen, logbook: Logbook, wish: Wish, monkeypatch: pytest.MonkeyPatch) -> None:
    """Press a button of the treatment's page."""

    def press(view: VisitView) -> int:
        view.wish = wish
        return 1

    monkeypatch.setattr(VisitView, "exec", press)
    facts = gather(logbook, next(iter(logbook.patients.search("").rows)).id)
    entry = facts.course.sessions[0]
    assert entry.session is not None
    screen._read_treatment(facts, entry, entry.session)


@pytest.mark.parametrize("right", [True, False])
def test_nothing_is_declared_void_without_the_password(
    screen: PatientScreen,
    logbook: Logbook,
    session: InjectionSession,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    *,
    right: bool,
) -> None:
    asked = answer(monkeypatch, PASSWORDS[DOCTOR.id] if right else "a guess or two", qtbot)

    def void(dialog: VoidDialog) -> int:
        dialog.reason.set_text("entered twice")
        dialog.accept_button.click()
        return dialog.result()

    monkeypatch.setattr(VoidDialog, "exec", void)
    choose(screen, logbook, Wish.VOID, monkeypatch)
    assert asked == ["Your own password, Dr Sato"]
    assert (logbook.sessions.get(session.id).voiding is not None) is right


@pytest.mark.parametrize("right", [True, False])
def test_nobody_reviews_without_the_password(
    screen: PatientScreen,
    logbook: Logbook,
    session: InjectionSession,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    *,
    right: bool,
) -> None:
    second = Staff("Dr Lind", Role.CLINICIAN)
    logbook.staff.save(second)
    logbook.keys.set_password(
        second.id, "nine slow barges", logbook.keys.check(DOCTOR.id, PASSWORDS[DOCTOR.id])
    )
    logbook.act_as(second.id)
    asked = answer(monkeypatch, "nine slow barges" if right else PASSWORDS[DOCTOR.id], qtbot)
    choose(screen, logbook, Wish.REVIEW, monkeypatch)
    assert asked == ["Your own password, Dr Lind"]
    assert bool(logbook.sessions.get(session.id).reviews) is right


def test_a_treatment_moves_only_with_the_password(
    screen: PatientScreen,
    logbook: Logbook,
    session: InjectionSession,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    from dermlog.ui.patient.move_dialog import MoveDialog

    right = make_patient(family_name="Okafor", chart_number="DL-0150")
    logbook.patients.save(right)
    monkeypatch.setattr(ProofDialog, "exec", lambda _dialog: 0)
    dialog = MoveDialog(logbook, session, "treatment")
    qtbot.addWidget(dialog)

    def move(_over: QWidget | None = None) -> bool:
        dialog.search.edit.setText("oka")
        dialog.search.edited.emit("oka")
        dialog.reason.set_text("wrong chart open")
        dialog.accept_button.click()
        return logbook.sessions.of_patient(right.id) != ()

    assert not move()
    answer(monkeypatch, PASSWORDS[DOCTOR.id], qtbot)
    assert move()
