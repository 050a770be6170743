"""FollowUpScreen: record, keep a draft, mark what is wrong, read and correct; nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.domain.draft import DraftKind
from dermlog.domain.file_fault import SavingFault
from dermlog.domain.instrument import Variant
from dermlog.domain.patient import Patient
from dermlog.domain.side_effect import Severity, SideEffectTerm, WarningSign
from dermlog.domain.visit import VisitMode
from dermlog.errors import NotSaved
from dermlog.logbook import Logbook
from dermlog.ui.follow_up.draft_keeper import SAVE_AFTER_MS
from dermlog.ui.follow_up.follow_up_screen import FollowUpScreen
from tests.makers import NOW, NURSE, TODAY, StillClock, make_patient, make_visit, oiliness

LONG = "schläft gut, 睡得好, ينام جيدا. " * 650


def _answer(screen: FollowUpScreen) -> None:
    """A follow-up with nothing new."""
    for row, grade in zip(screen.form.skin.rows, (1, 1, 2), strict=True):
        row.choice.choose(grade)
    screen.form.effects.mark_rest_none()
    screen.form.effects.warning.answer.choose(0)


def _again(logbook: Logbook, patient: Patient, qtbot: QtBot, **ids: UUID) -> FollowUpScreen:
    """Another screen, as after closing the first."""
    made = FollowUpScreen(logbook)
    qtbot.addWidget(made)
    made.show()
    made.show_follow_up(patient.id, **ids)
    return made


def _press(screen: FollowUpScreen, words: str) -> None:
    """Press a button of the notice."""
    button = next(button for button in screen.notice._buttons if button.label() == words)
    button.click()


def test_the_heading_says_who_and_when(screen: FollowUpScreen) -> None:
    assert screen._heading.title() == "Follow-up"
    assert screen._heading._note.text() == "Lindqvist, Maya · 17 Apr 2026 · week 4 after treatment 1"
    assert screen.title() == "Follow-up Lindqvist, Maya"


def test_saving_records_what_was_answered(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient, qtbot: QtBot
) -> None:
    _answer(screen)
    screen.line.seen.choose(1)
    screen.form.note.edit.setPlainText("Left brow <b>lower</b> & fine\nzweite Zeile")
    with qtbot.waitSignal(screen.patient_requested) as left:
        screen.save()
    assert left.args == [patient.id]
    visit = logbook.visits.of_patient(patient.id)[-1]
    assert visit.on == TODAY
    assert visit.mode is VisitMode.PHONE
    assert visit.recorded_by == logbook.me.id
    assert oiliness(1) in visit.scores
    assert {effect.severity for effect in visit.side_effects} == {Severity.NONE}
    assert len(visit.side_effects) == len(SideEffectTerm)
    assert visit.warning_signs == ()
    assert visit.note == "Left brow <b>lower</b> & fine\nzweite Zeile"
    assert logbook.drafts.of_patient(patient.id) == ()


def test_two_clicks_save_once(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient, qtbot: QtBot
) -> None:
    _answer(screen)
    asked: list[object] = []
    screen.patient_requested.connect(asked.append)
    QTest.mouseDClick(screen.save_button, Qt.MouseButton.LeftButton)
    screen.save_button.click()
    screen.save_button.click()
    screen.save()
    assert len(logbook.visits.of_patient(patient.id)) == 2
    assert asked == [patient.id]


def test_the_draft_is_saved_by_itself_and_comes_back(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient, qtbot: QtBot
) -> None:
    screen.form.skin.iga.choice.choose(2)
    QTest.keyClicks(screen.form.skin.inflammatory.edit, "2,5")
    screen.line.date_field.edit.end(False)
    QTest.keyClicks(screen.line.date_field.edit, "x")
    qtbot.waitUntil(lambda: bool(logbook.drafts.all()), timeout=SAVE_AFTER_MS + 3000)
    assert screen.status.text() == "Draft saved 10:04"
    (draft,) = logbook.drafts.all()
    assert draft.kind is DraftKind.FOLLOW_UP
    again = _again(logbook, patient, qtbot, draft_id=draft.id)
    assert again.form.content() == screen.form.content()
    assert again.form.skin.inflammatory.text() == "2,5"
    assert again.line.date_text() == "17 Apr 2026x"


def test_leaving_half_way_keeps_the_draft(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient, qtbot: QtBot
) -> None:
    row = screen.form.effects.rows[1]
    row.dots.choose(1)
    row.details.began.edit.setText("30 Mar")
    screen.form.note.edit.setPlainText(LONG)
    assert screen.may_leave()
    again = _again(logbook, patient, qtbot)
    assert again.form.content() == screen.form.content()
    assert again.form.note.text() == LONG


def test_opening_and_leaving_leaves_nothing_behind(screen: FollowUpScreen, logbook: Logbook) -> None:
    assert screen.may_leave()
    assert logbook.drafts.all() == ()


def test_a_draft_that_was_emptied_is_forgotten(screen: FollowUpScreen, logbook: Logbook) -> None:
    screen.form.skin.iga.choice.choose(2)
    screen.keeper.keep()
    assert logbook.drafts.all()
    screen.form.skin.iga.choice.choose(-1)
    assert screen.may_leave()
    assert logbook.drafts.all() == ()


def test_an_older_draft_is_offered_not_forced(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient, clock: StillClock, qtbot: QtBot
) -> None:
    screen.form.skin.iga.choice.choose(2)
    screen.may_leave()
    (draft,) = logbook.drafts.all()
    clock.move(timedelta(days=3))
    again = _again(logbook, patient, qtbot)
    assert again.form.skin.is_empty()
    assert "unfinished follow-up of 17 Apr 2026" in again.notice.text()
    with qtbot.waitSignal(again.follow_up_requested) as wish:
        _press(again, "Continue it")
    assert wish.args == [patient.id, draft.id]


def test_the_next_patient_sees_nothing_of_the_last(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient
) -> None:
    _answer(screen)
    screen.form.effects.rows[1].another_wanted.emit()
    screen.form.skin.sebum.device.set_text("Skin-O-Mat")
    screen.form.skin.inflammatory.set_text("abc")
    screen.save()
    assert screen.form.skin.inflammatory.error()
    screen.may_leave()
    other = make_patient(family_name="Ito", given_name="Ken")
    logbook.patients.save(other)
    screen.show_follow_up(other.id)
    assert screen.form.is_blank()
    assert screen.form.skin.sebum.device.text() == "Sebumeter SM 815"
    assert screen.form.skin.inflammatory.error() is None
    assert len(screen.form.effects.rows) == len(SideEffectTerm)
    assert screen.form.skin.oiliness_clinician._last.text() == "last time –"
    assert screen._heading.title() == "First visit"
    assert screen._heading._note.text().endswith("no treatment yet")


def test_saving_the_draft_disturbs_nothing_that_is_being_typed(
    screen: FollowUpScreen, logbook: Logbook
) -> None:
    QTest.keyClicks(screen.form.skin.sebum.device.edit, " II")
    screen.form.skin._on_iga_set(Variant.IGA_LESION)
    before = screen.form.content()
    assert screen.keeper.keep()
    assert logbook.drafts.all()
    assert screen.form.content() == before
    assert screen.form.skin.sebum.device.text() != "Sebumeter SM 815"


def test_every_wrong_field_is_marked_and_nothing_is_lost(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient
) -> None:
    _answer(screen)
    form = screen.form
    form.line.date_field.set_text("31.2.2026")
    form.skin.inflammatory.set_text("abc")
    form.effects.rows[1].dots.choose(2)
    form.note.edit.setPlainText("bell\x07")
    screen.save()
    assert len(logbook.visits.of_patient(patient.id)) == 1
    assert "not a date" in (form.line.date_field.error() or "")
    assert "not a number" in (form.skin.inflammatory.error() or "")
    assert form.effects.rows[1].details._error.text()
    assert "control character" in (form.note.error() or "")
    assert form.line.date_text() == "31.2.2026"
    assert screen.focusWidget() is form.line.date_field.edit
    assert screen.notice.text() == "5 fields need a look before this can be saved."


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("18 Apr 2026", "lies after 17 Apr 2026"),
        ("1 Jan 1850", "is before 1 Jan 1900"),
        ("", "is missing"),
        ("<b>", "is not a date"),
    ],
)
def test_a_wrong_day_is_said(screen: FollowUpScreen, typed: str, words: str) -> None:
    _answer(screen)
    screen.line.date_field.set_text(typed)
    screen.save()
    assert words in (screen.line.date_field.error() or "")


def test_a_note_that_is_too_long_is_kept_and_marked(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient
) -> None:
    _answer(screen)
    screen.form.note.edit.setPlainText("x" * 20_001)
    screen.save()
    assert screen.form.note.error()
    screen.form.note.edit.setPlainText("x" * 20_000)
    screen.save()
    assert len(logbook.visits.of_patient(patient.id)[-1].note) == 20_000


def test_a_past_day_is_allowed_and_labelled(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient
) -> None:
    _answer(screen)
    assert screen.line.late.isHidden()
    field = screen.line.date_field
    field.edit.clear()
    QTest.keyClicks(field.edit, "25 Mar 2026")
    assert not screen.line.late.isHidden()
    assert screen._heading._note.text() == "Lindqvist, Maya · 25 Mar 2026 · 5 days after treatment 1"
    screen.save()
    visit = next(visit for visit in logbook.visits.of_patient(patient.id) if visit.on == date(2026, 3, 25))
    assert visit.is_late_entry


def test_a_day_before_the_treatment_is_said(screen: FollowUpScreen) -> None:
    field = screen.line.date_field
    field.edit.clear()
    QTest.keyClicks(field.edit, "1 Mar 2026")
    assert screen._heading.title() == "First visit"
    assert screen._heading._note.text().endswith("before treatment 1")


def test_an_unanswered_warning_question_is_asked_once_more(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient
) -> None:
    screen.form.skin.iga.choice.choose(2)
    screen.save()
    assert len(logbook.visits.of_patient(patient.id)) == 1
    assert screen.focusWidget() is screen.form.effects.warning.answer
    _press(screen, "Save as not asked")
    assert logbook.visits.of_patient(patient.id)[-1].warning_signs is None


def test_a_yes_tells_the_doctor_now(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient, qtbot: QtBot
) -> None:
    _answer(screen)
    screen.form.effects.warning.answer.choose(1)
    screen.form.effects.warning.signs_chips.chips()[0].click()
    screen.save()
    visit = logbook.visits.of_patient(patient.id)[-1]
    assert visit.warning_signs == (WarningSign.SWALLOWING,)
    assert screen.notice.text().startswith("Tell the doctor now: trouble swallowing.")
    assert screen.save_button.isHidden()
    with qtbot.waitSignal(screen.patient_requested):
        _press(screen, "To the patient’s page")


def test_nothing_at_all_is_not_a_visit(screen: FollowUpScreen, logbook: Logbook, patient: Patient) -> None:
    screen.save()
    assert "Nothing is recorded yet" in screen.notice.text()
    assert len(logbook.visits.of_patient(patient.id)) == 1


def test_a_recorded_visit_is_read_first_and_corrected_with_a_reason(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient, qtbot: QtBot, clock: StillClock
) -> None:
    _answer(screen)
    screen.save()
    visit = logbook.visits.of_patient(patient.id)[-1]
    clock.move(timedelta(days=9))
    logbook.act_as(NURSE.id)
    again = _again(logbook, patient, qtbot, visit_id=visit.id)
    assert again.save_button.isHidden()
    assert again.form.skin.oiliness_clinician._last.text() == "last time 4"
    assert again.status.text() == "Recorded 17 Apr 2026 10:04 by Dr Sato"
    again.save()
    again.correct_button.click()
    again.form.skin.oiliness_clinician.choice.choose(0)
    again.line.reason.set_text("read the wrong line")
    assert not again.may_leave()
    again.save()
    corrected = logbook.visits.get(visit.id)
    assert oiliness(0) in corrected.scores
    assert corrected.entered_at == NOW
    assert corrected.recorded_by == visit.recorded_by
    assert any(line.reason == "read the wrong line" for line in logbook.history.of_patient(patient.id))


def test_a_correction_can_be_dropped(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient, qtbot: QtBot
) -> None:
    visit = make_visit(patient, scores=(oiliness(3),))
    logbook.visits.save(visit)
    screen.show_follow_up(patient.id, visit_id=visit.id)
    screen.correct_button.click()
    screen.form.skin.oiliness_clinician.choice.choose(0)
    assert not screen.may_leave()
    _press(screen, "Drop it")
    assert screen.may_leave()
    assert screen.form.skin.oiliness_clinician.grade() == 3
    assert logbook.visits.get(visit.id) == visit


def test_a_failed_draft_is_said_and_tried_again(
    screen: FollowUpScreen, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_draft: object) -> None:
        error = NotSaved("The disk is full. Free some space; nothing typed is lost.")
        error.fault = SavingFault.DISK_FULL
        raise error

    screen.form.skin.iga.choice.choose(2)
    with monkeypatch.context() as broken:
        broken.setattr(logbook.drafts, "save", full)
        assert not screen.may_leave()
        assert screen.notice.text() == "The disk is full. Free some space; nothing typed is lost."
        assert screen.status.text() == "Draft not saved"
        assert screen.keeper._timer.isActive()
    assert screen.may_leave()
    assert logbook.drafts.all()
    assert screen.notice.text() == ""


def test_a_failed_save_keeps_everything(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_visit: object, **_more: object) -> None:
        raise NotSaved("The disk is full.")

    _answer(screen)
    with monkeypatch.context() as broken:
        broken.setattr(logbook.visits, "save", full)
        screen.save()
    assert screen.notice.text() == "The disk is full."
    assert screen.form.skin.iga.grade() == 2
    screen.save()
    assert len(logbook.visits.of_patient(patient.id)) == 2


def test_discarding_asks_first(screen: FollowUpScreen, logbook: Logbook, qtbot: QtBot) -> None:
    screen.form.note.edit.setPlainText("typed")
    screen.keeper.keep()
    screen.discard_button.click()
    assert logbook.drafts.all()
    with qtbot.waitSignal(screen.patient_requested):
        _press(screen, "Discard draft")
    assert logbook.drafts.all() == ()
    assert screen.may_leave()
    assert logbook.drafts.all() == ()


def test_a_draft_that_cannot_be_read_is_said(
    screen: FollowUpScreen, logbook: Logbook, patient: Patient, qtbot: QtBot
) -> None:
    screen.form.note.edit.setPlainText("typed")
    screen.keeper.keep()
    (draft,) = logbook.drafts.all()
    logbook.drafts.save(replace(draft, content="{broken"))
    again = _again(logbook, patient, qtbot, draft_id=draft.id)
    assert "could not be read" in again.notice.text()


def test_no_answer_is_out_of_sight_in_a_narrow_window(screen: FollowUpScreen, qtbot: QtBot) -> None:
    form = screen.form
    assert form.effects.mapTo(form, QPoint()).x() > form.width() // 3
    screen.setMinimumSize(1, 1)  # as in the window, which does not ask either
    screen.resize(800, 700)
    qtbot.waitUntil(lambda: form.effects.mapTo(form, QPoint()).x() < form.width() // 3)
    assert not form.horizontalScrollBar().maximum()
    screen.resize(1250, 860)
    qtbot.waitUntil(lambda: form.effects.mapTo(form, QPoint()).x() > form.width() // 3)
