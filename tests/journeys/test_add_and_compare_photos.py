"""A nurse adds photos at two visits, sees before and after on the patient's page, and corrects a view."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView
from dermlog.logbook import Logbook
from dermlog.photos.sample_faces import draw_face
from dermlog.ui.follow_up.follow_up_screen import FollowUpScreen
from dermlog.ui.kit import background
from dermlog.ui.main_window import MainWindow
from dermlog.ui.photos.photos_tab import PhotosTab
from tests.makers import NOW, StillClock, make_logbook, make_patient, make_session, make_visit, oiliness

VIEWS = (PhotoView.FRONT, PhotoView.RIGHT_45, PhotoView.LEFT_45)


@pytest.fixture
def clock() -> StillClock:
    """The clinic's clock."""
    return StillClock(NOW - timedelta(days=28))


@pytest.fixture
def logbook(tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """A logbook with a doctor and a nurse."""
    made = make_logbook(tmp_path, clock=clock)
    yield made
    background.shutdown()
    made.close()


@pytest.fixture
def patient(logbook: Logbook, clock: StillClock, tmp_path: Path) -> Patient:
    """A patient treated and photographed four weeks ago."""
    made = make_patient(chart_number="DL-0142")
    logbook.patients.save(made)
    visit = make_visit(made, clock.now.date(), scores=(oiliness(4),))
    logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    with logbook.photos.importer() as hands:
        for path, view in zip(_shoot(tmp_path / "first", 4, clock.now), VIEWS, strict=True):
            list(hands.add_files(made.id, visit.id, [path], view))
    clock.now = NOW
    return made


@pytest.fixture
def window(logbook: Logbook, qtbot: QtBot) -> MainWindow:
    """The application on that logbook."""
    made = MainWindow(logbook)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


def _shoot(folder: Path, oily: int, when: datetime) -> list[Path]:
    """Three pictures from a camera."""
    folder.mkdir()
    paths = []
    for view in VIEWS:
        path = folder / f"IMG_{view.value}.jpg"
        path.write_bytes(
            draw_face(
                7,
                view=view,
                oiliness=oily,
                spots=3 * oily,
                taken_at=when.replace(tzinfo=None),
                size=(480, 600),
            )
        )
        paths.append(path)
    return paths


def test_photos_of_two_visits_are_compared_in_one_action(
    window: MainWindow, logbook: Logbook, patient: Patient, tmp_path: Path, qtbot: QtBot
) -> None:
    window.show_follow_up(patient.id)
    screen = window.screen_shown()
    assert isinstance(screen, FollowUpScreen)
    note = tmp_path / "notes.jpg"
    note.write_text("not a picture")
    with qtbot.waitSignal(screen.strip._import.finished, timeout=60_000):
        screen.strip.add_sources([*_shoot(tmp_path / "second", 1, NOW), note])
    assert "notes.jpg: " in screen.strip._told.text()
    for tile in screen.strip.tiles()[:3]:
        assert tile.photo is not None
        key = {"front": Qt.Key.Key_F, "right_45": Qt.Key.Key_R, "left_45": Qt.Key.Key_L}
        view = tile.photo.file_name.removeprefix("IMG_").removesuffix(".jpg")
        now = next(other for other in screen.strip.tiles() if other.photo == tile.photo)
        QTest.keyClick(now, key[view])
    screen.form.skin.oiliness_clinician.choice.choose(1)
    screen.form.effects.warning.answer.choose(0)
    screen.save()
    assert len(logbook.visits.of_patient(patient.id)) == 2

    window.show_patient(patient.id, "photos")
    tab = window.findChild(PhotosTab)
    assert isinstance(tab, PhotosTab)
    labels = [one.label for one in tab.pair() if one]
    assert labels == ["Baseline · 20 Mar 2026 · oiliness 4", "Week 4 · 17 Apr 2026 · oiliness 1"]
    qtbot.waitUntil(lambda: all(tab.compare._images))
    QTest.keyClick(tab.compare, Qt.Key.Key_Space)
    assert tab.compare.flipped
    tab.views.choose(1)
    assert {one.photo.view for one in tab.pair() if one} == {PhotoView.RIGHT_45}


def test_photos_of_a_discarded_draft_are_gone(
    window: MainWindow, logbook: Logbook, patient: Patient, tmp_path: Path, qtbot: QtBot
) -> None:
    window.show_follow_up(patient.id)
    screen = window.screen_shown()
    assert isinstance(screen, FollowUpScreen)
    with qtbot.waitSignal(screen.strip._import.finished, timeout=60_000):
        screen.strip.add_sources(_shoot(tmp_path / "second", 1, NOW), PhotoView.FRONT)
    assert len(logbook.photos.of_patient(patient.id)) == 6
    screen.discard_button.click()
    next(button for button in screen.notice._buttons if button.label() == "Discard draft").click()
    assert len(logbook.photos.of_patient(patient.id)) == 3
    assert logbook.drafts.all() == ()


def test_photos_alone_are_a_visit_that_can_be_left_and_found_again(
    window: MainWindow, logbook: Logbook, patient: Patient, tmp_path: Path, qtbot: QtBot
) -> None:
    window.show_follow_up(patient.id)
    screen = window.screen_shown()
    assert isinstance(screen, FollowUpScreen)
    with qtbot.waitSignal(screen.strip._import.finished, timeout=60_000):
        screen.strip.add_sources(_shoot(tmp_path / "second", 1, NOW), PhotoView.FRONT)
    window.show_today()
    (row,) = logbook.today_board().drafts
    window.show_follow_up(patient.id, row.draft.id)
    assert len(screen.strip.photos()) == 3
