"""The draft of a treatment: saved by itself, back exactly after a crash, never lost, never in the way."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from dermlog.domain.draft import DraftKind
from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView
from dermlog.domain.product import Product
from dermlog.errors import NotSaved
from dermlog.logbook import Logbook
from dermlog.ui.kit.button import Button
from dermlog.ui.session import drafting
from dermlog.ui.session.draft_keeper import SOON_MS
from dermlog.ui.session.session_screen import SessionScreen
from tests.makers import NOW, TODAY, StillClock, make_prepared
from tests.ui.face_map.hands import click
from tests.ui.session.conftest import choose_product, fill_vial, type_into

FOREHEAD, CHEEK = (0.5, 0.22), (0.25, 0.56)


def test_the_draft_saves_itself_soon_after_a_change(
    screen: SessionScreen, logbook: Logbook, patient: Patient, qtbot: QtBot
) -> None:
    assert SOON_MS < 3000
    assert logbook.drafts.of_patient(patient.id) == ()
    click(screen.map_panel.map, *FOREHEAD)
    qtbot.waitUntil(lambda: bool(logbook.drafts.of_patient(patient.id)), timeout=5000)
    assert screen.status.text() == "Draft saved 10:04"
    (draft,) = logbook.drafts.of_patient(patient.id)
    assert draft.kind is DraftKind.TREATMENT
    assert draft.on == TODAY


def test_an_untouched_form_leaves_no_draft(screen: SessionScreen, logbook: Logbook, patient: Patient) -> None:
    assert screen.may_leave()
    assert logbook.drafts.of_patient(patient.id) == ()


def test_a_draft_comes_back_exactly_after_a_crash(
    screen: SessionScreen,
    logbook: Logbook,
    patient: Patient,
    botox: Product,
    qtbot: QtBot,
) -> None:
    choose_product(screen, botox, "100")
    type_into(screen.fields.expiry.edit, "soon <b>")
    type_into(screen.fields.diluent_ml.edit, "2,5x")
    screen.fields.note.edit.setPlainText("Zeile 1\nשורה 2 <i>" + "n" * 20_500)
    screen.board.set_mirror(True)
    click(screen.map_panel.map, *CHEEK)
    screen.board.show_view(FaceView.LEFT)
    click(screen.map_panel.map, *screen.board.face_map.centres[Zone.CHEEK_LEFT])
    screen.skin.skin.oiliness_patient.set_grade(4)
    screen.show_page("skin")
    before = screen.entry()
    assert screen.drafting.flush()
    path, draft_id = logbook.path, screen.visit_id
    logbook.close()
    again = Logbook.open(path, clock=StillClock())
    try:
        other = SessionScreen(again)
        qtbot.addWidget(other)
        other.show_session(patient.id, draft_id)
        assert other.entry() == before
        assert other.visit_id == draft_id
        assert not other.board.can_undo
        assert not other.drafting.holds_unsaved()
    finally:
        again.close()


def test_a_failed_save_is_said_tried_again_and_does_not_trap(
    screen: SessionScreen, logbook: Logbook, patient: Patient, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_draft: object) -> None:
        raise NotSaved("The disk is full.")

    click(screen.map_panel.map, *FOREHEAD)
    with monkeypatch.context() as full:
        full.setattr(logbook.drafts, "save", refuse)
        assert not screen.may_leave()
        assert "The disk is full." in screen.notice.text()
        assert screen.status.text() == "Draft not saved"
    assert screen.drafting.flush()
    assert screen.notice.isHidden()
    assert screen.status.text() == "Draft saved 10:04"
    assert len(logbook.drafts.of_patient(patient.id)) == 1


def test_leaving_although_saving_fails_is_possible(
    screen: SessionScreen, logbook: Logbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_draft: object) -> None:
        raise NotSaved("The disk is full.")

    click(screen.map_panel.map, *FOREHEAD)
    monkeypatch.setattr(logbook.drafts, "save", refuse)
    assert not screen.may_leave()
    with qtbot.waitSignal(screen.close_requested):
        leave = screen.notice.findChildren(Button)[-1]
        leave.click()
    assert screen.may_leave()


def test_an_unfinished_treatment_is_offered_before_a_second_one(
    screen: SessionScreen, logbook: Logbook, patient: Patient, qtbot: QtBot
) -> None:
    click(screen.map_panel.map, *FOREHEAD)
    screen.drafting.flush()
    first = screen.visit_id
    screen.show_session(patient.id)
    assert "unfinished treatment" in screen.notice.text()
    with qtbot.waitSignal(screen.session_requested) as wish:
        screen.notice._buttons[0].click()
    assert wish.args == [patient.id, first]


def test_a_draft_that_is_gone_is_said(screen: SessionScreen, patient: Patient) -> None:
    screen.show_session(patient.id, UUID(int=77))
    assert "gone" in screen.notice.text()


def test_the_clock_of_the_logbook_dates_the_draft(
    screen: SessionScreen, logbook: Logbook, patient: Patient, clock: StillClock
) -> None:
    clock.move(timedelta(hours=1))
    click(screen.map_panel.map, *FOREHEAD)
    screen.drafting.flush()
    (draft,) = logbook.drafts.of_patient(patient.id)
    assert draft.saved_at == NOW + timedelta(hours=1)


def test_discarding_asks_and_removes_the_draft_with_its_photos(
    screen: SessionScreen,
    logbook: Logbook,
    patient: Patient,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    click(screen.map_panel.map, *FOREHEAD)
    assert screen.drafting.save_now()
    logbook.photos.add(patient.id, screen.visit_id, make_prepared(), PhotoView.FRONT)
    monkeypatch.setattr(drafting, "ask", lambda *_words, **_more: False)
    screen.discard_button.click()
    assert len(logbook.drafts.of_patient(patient.id)) == 1
    monkeypatch.setattr(drafting, "ask", lambda *_words, **_more: True)
    with qtbot.waitSignal(screen.close_requested):
        screen.discard_button.click()
    assert logbook.drafts.of_patient(patient.id) == ()
    assert logbook.photos.of_patient(patient.id) == ()
    assert screen.may_leave()
    assert logbook.drafts.of_patient(patient.id) == ()


def test_photos_of_the_draft_belong_to_the_signed_visit(
    screen: SessionScreen, logbook: Logbook, patient: Patient, botox: Product
) -> None:
    fill_vial(screen, botox)
    click(screen.map_panel.map, *FOREHEAD)
    assert screen.drafting.save_now()
    photo = logbook.photos.add(patient.id, screen.visit_id, make_prepared(), PhotoView.FRONT)
    screen.sign_button.click()
    dialog = screen.signing.dialog
    assert dialog is not None
    dialog.sign.click()
    (session,) = logbook.sessions.of_patient(patient.id)
    assert [kept.id for kept in logbook.photos.of_visit(session.visit_id)] == [photo.id]


def test_a_draft_of_yesterday_says_so(
    screen: SessionScreen, logbook: Logbook, patient: Patient, clock: StillClock
) -> None:
    click(screen.map_panel.map, *FOREHEAD)
    screen.drafting.flush()
    clock.move(timedelta(days=1))
    screen.show_session(patient.id, screen.visit_id)
    assert screen.status.text() == "Draft of 17 Apr 2026, 10:04"
    screen.show_session(patient.id)
    assert screen.fields.day.text() == "18 Apr 2026"


def test_a_product_that_is_no_longer_offered_stays_in_its_draft(
    screen: SessionScreen, logbook: Logbook, patient: Patient, botox: Product
) -> None:
    choose_product(screen, botox, "100")
    screen.drafting.flush()
    before = screen.entry()
    changed = Product(**{**botox.__dict__, "vial_units": (Decimal(50),), "retired": True})
    logbook.products.save(changed)
    screen.show_session(patient.id, screen.visit_id)
    assert screen.entry() == before
    assert screen.fields.product.box.currentText() == "Botox 100 U"


def test_a_draft_that_names_nonsense_still_opens(
    screen: SessionScreen, logbook: Logbook, patient: Patient
) -> None:
    click(screen.map_panel.map, *FOREHEAD)
    screen.drafting.flush()
    draft = logbook.drafts.get(screen.visit_id)
    assert draft is not None
    for word in ('"technique": "intradermal"', '"view": "front", "x"', '"diluent": "saline"'):
        assert word in draft.content
    content = draft.content.replace('"intradermal"', '"by magic"').replace('"saline"', '"tea"')
    content = content.replace('"injector": "', '"injector": "?').replace('"product": "', '"product": "?')
    logbook.drafts.save(type(draft)(**{**draft.__dict__, "content": content}))
    screen.show_session(patient.id, draft.id)
    assert screen.entry().lot == ""
    assert "could not be read" in screen.notice.text()
