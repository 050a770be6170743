"""FollowUpScreen where nothing can be saved, or the day cannot be: a sentence, and always a way out."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest

from dermlog.domain.file_fault import SavingFault
from dermlog.domain.patient import Patient
from dermlog.errors import not_saved
from dermlog.logbook import Logbook
from dermlog.ui.follow_up.follow_up_screen import FollowUpScreen


def _fill_disk(logbook: Logbook, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_facts: object) -> None:
        raise not_saved(SavingFault.DISK_FULL)

    monkeypatch.setattr(logbook.drafts, "save", full)
    monkeypatch.setattr(logbook.drafts, "discard", full)


def _button(screen: FollowUpScreen, words: str) -> None:
    next(button for button in screen.notice._buttons if button.label() == words).click()


def test_a_visit_before_birth_is_marked(screen: FollowUpScreen, logbook: Logbook, patient: Patient) -> None:
    screen.form.skin.iga.choice.choose(2)
    screen.form.effects.warning.answer.choose(0)
    screen.line.date_field.edit.setText("1 Jan 1990")
    screen.save()
    assert screen.line.date_field.error() == (
        "The date of the visit is before the birth date (4 Feb 1997). Please check both dates."
    )
    assert len(logbook.visits.of_patient(patient.id)) == 1


def test_an_empty_form_is_left_on_a_full_disk(
    screen: FollowUpScreen, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill_disk(logbook, monkeypatch)
    assert screen.may_leave()


def test_a_typed_form_is_left_on_a_full_disk_only_by_saying_so(
    screen: FollowUpScreen, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill_disk(logbook, monkeypatch)
    QTest.keyClicks(screen.form.note.edit, "half a sen")
    assert not screen.may_leave()
    assert "disk is full" in screen.notice.text()
    left: list[bool] = []
    screen.close_requested.connect(lambda: left.append(screen.may_leave()))
    _button(screen, "Leave without saving")
    assert left == [True]


def test_the_draft_is_kept_when_there_is_room_again(
    screen: FollowUpScreen, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill_disk(logbook, monkeypatch)
    QTest.keyClicks(screen.form.note.edit, "half a sen")
    assert not screen.may_leave()
    monkeypatch.undo()
    _button(screen, "Try now")
    (draft,) = logbook.drafts.all()
    assert "half a sen" in draft.content
    assert not screen.notice.isVisible()
