"""PhotosTab: baseline and latest at once; views, pairs, consent, and what a patient without photos sees."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.domain.consent import ConsentKind
from dermlog.domain.draft import DraftKind
from dermlog.domain.photo import PhotoView
from dermlog.logbook import Logbook
from dermlog.ui.photos.add_photos_dialog import AddPhotosDialog
from dermlog.ui.photos.photos_tab import PhotosTab
from tests.makers import make_consent, make_draft, make_patient, make_prepared, make_visit
from tests.ui.photos.conftest import COLOURS, Shots, add_photo


@pytest.fixture
def tab(logbook: Logbook, qtbot: QtBot) -> PhotosTab:
    made = PhotosTab(logbook)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    return made


def _labels(tab: PhotosTab) -> list[str]:
    return [one.label if one else "" for one in tab.pair()]


def _captions(tab: PhotosTab) -> list[str]:
    return [tile.photo.short_label for tile in tab.picker.tiles()]


def test_baseline_and_latest_of_the_front_are_there_at_once(
    tab: PhotosTab, shots: Shots, qtbot: QtBot
) -> None:
    tab.show_patient(shots.patient.id)
    assert _labels(tab) == ["Baseline · 20 Mar 2026 · oiliness 4", "Week 4 · 17 Apr 2026 · oiliness 1"]
    assert _captions(tab) == ["baseline", "wk 2", "wk 4"]
    qtbot.waitUntil(lambda: all(tab.compare._images))
    image = tab.compare._images[1]
    assert image is not None
    found = image.pixelColor(60, 60)
    assert abs(found.blue() - COLOURS[2][2]) < 12


def test_another_view_shows_its_own_pair(tab: PhotosTab, shots: Shots) -> None:
    tab.show_patient(shots.patient.id)
    tab.views.choose(1)
    assert _labels(tab) == ["Week 4 · 17 Apr 2026 · oiliness 1", ""]
    assert tab.compare._words == "Only one photo of this view so far."
    tab.views.choose(2)
    assert _labels(tab) == ["", ""]
    assert tab.compare._words == "No photo of this view yet."


def test_a_click_takes_the_second_and_shift_the_first(tab: PhotosTab, shots: Shots) -> None:
    tab.show_patient(shots.patient.id)
    second = tab.picker.tiles()[1]
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert [one.photo.id for one in tab.pair() if one] == [shots.fronts[0].id, shots.fronts[1].id]
    last = tab.picker.tiles()[2]
    QTest.keyClick(last, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert [one.photo.id for one in tab.pair() if one] == [shots.fronts[2].id, shots.fronts[1].id]
    assert [tile.mark() for tile in tab.picker.tiles()] == ["", "2nd", "1st"]


def test_choosing_the_second_as_first_changes_places(tab: PhotosTab, shots: Shots) -> None:
    tab.show_patient(shots.patient.id)
    QTest.mouseClick(tab.picker.tiles()[2], Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier)
    assert [one.photo.id for one in tab.pair() if one] == [shots.fronts[2].id, shots.fronts[0].id]


def test_news_of_a_new_photo_keeps_the_pair(tab: PhotosTab, shots: Shots, logbook: Logbook) -> None:
    tab.show_patient(shots.patient.id)
    QTest.mouseClick(tab.picker.tiles()[1], Qt.MouseButton.LeftButton)
    add_photo(logbook, shots.visits[2], (9, 9, 9), name="again")
    assert len(tab.picker.tiles()) == 4
    assert [one.photo.id for one in tab.pair() if one] == [shots.fronts[0].id, shots.fronts[1].id]


def test_a_removed_photo_leaves_the_pair(tab: PhotosTab, shots: Shots, logbook: Logbook) -> None:
    tab.show_patient(shots.patient.id)
    logbook.photos.remove(shots.fronts[2].id)
    assert [one.photo.id for one in tab.pair() if one] == [shots.fronts[0].id, shots.fronts[1].id]


def test_a_damaged_photo_is_shown_as_damaged(
    tab: PhotosTab, shots: Shots, logbook: Logbook, qtbot: QtBot
) -> None:
    logbook.photos.add(shots.patient.id, shots.visits[2].id, make_prepared(), PhotoView.FOREHEAD)
    tab.show_patient(shots.patient.id)
    tab.other_views.value_changed.emit(PhotoView.FOREHEAD)
    qtbot.waitUntil(lambda: tab.compare._images[0] is not None)
    image = tab.compare._images[0]
    assert image is not None
    assert image.isNull()


def test_an_unfinished_visit_is_named_so(tab: PhotosTab, shots: Shots, logbook: Logbook) -> None:
    draft = make_draft(shots.patient, kind=DraftKind.FOLLOW_UP)
    logbook.drafts.save(draft)
    add_photo(logbook, logbook.visits.get(draft.id), (1, 2, 3), name="draft")
    tab.show_patient(shots.patient.id)
    assert _captions(tab)[-1] == "unfinished"
    assert _labels(tab)[1] == "Unfinished visit · 17 Apr 2026 · oiliness not measured"


def test_without_photos_it_says_so_and_offers_to_add(tab: PhotosTab, logbook: Logbook, qtbot: QtBot) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    tab.show_patient(patient.id)
    assert tab._pages.currentIndex() == 1
    assert "Photos belong to a visit" in tab.empty._line.text()
    with qtbot.waitSignal(tab.follow_up_requested) as wish:
        tab.empty_button.click()
    assert wish.args == [patient.id, None]


def test_consent_is_shown_as_it_stands(tab: PhotosTab, shots: Shots, logbook: Logbook) -> None:
    tab.show_patient(shots.patient.id)
    assert tab.consent.text() == "No photo consent noted"
    for kind in (ConsentKind.PHOTO_RECORD, ConsentKind.PHOTO_TEACHING):
        logbook.consents.save(make_consent(shots.patient, kind=kind))
    assert tab.consent.text() == "Consent: record + teaching"


def test_photos_are_added_to_the_visit_that_is_chosen(shots: Shots, logbook: Logbook, qtbot: QtBot) -> None:
    course = logbook.course(shots.patient.id)
    dialog = AddPhotosDialog(logbook, shots.patient.id, course.entries)
    qtbot.addWidget(dialog)
    assert [option.label for option in dialog.visit.options()] == [
        "17 Apr 2026 · week 4",
        "3 Apr 2026 · week 2",
        "20 Mar 2026 · treatment 1",
    ]
    assert len(dialog.strip.photos()) == 2
    dialog.visit.set_value(shots.visits[1].id)
    dialog.visit.value_changed.emit(shots.visits[1].id)
    assert [photo.id for photo in dialog.strip.photos()] == [shots.fronts[1].id]


def test_before_any_treatment_the_day_is_the_label(tab: PhotosTab, logbook: Logbook) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    visit = make_visit(patient)
    logbook.visits.save(visit)
    add_photo(logbook, visit, (1, 1, 1))
    tab.show_patient(patient.id)
    assert _captions(tab) == ["baseline"]
    assert _labels(tab) == ["Baseline · 17 Apr 2026 · oiliness 3", ""]
