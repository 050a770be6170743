"""Who may only look reads the form; and F20: a correction over somebody else's shows both versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dermlog.domain.patient import Patient
from dermlog.domain.staff import Role, Staff
from dermlog.domain.visit import Visit
from dermlog.logbook import Logbook
from dermlog.ui.follow_up.follow_up_screen import FollowUpScreen
from dermlog.ui.visit_fields.version_choice import Chosen, VersionChoice
from tests.makers import DOCTOR, make_visit, oiliness

VIEWER = Staff("Vi", Role.VIEWER, id=UUID(int=9))


def when_asked(answer: Callable[[VersionChoice], None]) -> None:
    """Answer the question that is about to be asked."""

    def look() -> None:
        asked = QApplication.activeModalWidget()
        if isinstance(asked, VersionChoice):
            answer(asked)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def test_who_may_only_look_cannot_type_and_is_told_why(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient
) -> None:
    logbook.staff.save(VIEWER)
    logbook.act_as(VIEWER.id)
    screen.on_person_changed()
    assert screen.save_button.isHidden()
    assert not screen.form.skin.oiliness_clinician.choice.isEnabled()
    assert "may only look" in screen.notice.text()
    assert screen.may_leave()
    logbook.act_as(DOCTOR.id)
    screen.on_person_changed()
    assert not screen.save_button.isHidden()
    assert screen.form.skin.oiliness_clinician.choice.isEnabled()
    assert screen.notice.text() == ""


def test_who_may_only_look_may_not_correct(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient
) -> None:
    visit = make_visit(patient)
    logbook.visits.save(visit)
    logbook.staff.save(VIEWER)
    logbook.act_as(VIEWER.id)
    screen.show_follow_up(patient.id, visit_id=visit.id)
    assert screen.correct_button.isHidden()


@pytest.fixture
def visit(screen: FollowUpScreen, logbook: Logbook, patient: Patient) -> Visit:
    """A recorded visit that is being corrected to another note, and was corrected meanwhile."""
    made = make_visit(patient, scores=(oiliness(3),), note="as it was")
    logbook.visits.save(made)
    screen.show_follow_up(patient.id, visit_id=made.id)
    screen.correct_button.click()
    screen.form.note.set_text("typed by me")
    logbook.visits.save(replace(made, scores=(oiliness(1),)), "typing error")
    return made


@pytest.mark.parametrize("chosen", [Chosen.SAVED, Chosen.MINE, None])
def test_a_correction_over_another_shows_both_and_keeps_both(
    chosen: Chosen | None, visit: Visit, screen: FollowUpScreen, logbook: Logbook, qtbot: QtBot
) -> None:
    seen: list[str] = []

    def answer(asked: VersionChoice) -> None:
        seen.append(asked.line.text())
        if chosen is None:
            asked.reject()
        else:
            asked._on_chosen(chosen)

    when_asked(answer)
    screen.save()
    assert seen[0].startswith("Dr Sato changed this meanwhile, on 17 Apr 2026 at 10:04.")
    stands = logbook.visits.get(visit.id)
    theirs = replace(visit, scores=(oiliness(1),))
    assert stands == (replace(visit, note="typed by me") if chosen is Chosen.MINE else theirs)
    history = str([line.after for line in logbook.history.of_patient(visit.patient_id)])
    assert ("typed by me" in history) is (chosen is not None)
    if chosen is None:
        assert screen.form.note.text() == "typed by me"
        assert not screen.save_button.isHidden()
