"""F7 on the screen: beside a damaged photo one click brings it back from a backup or says why not."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.domain.photo import Photo
from dermlog.domain.staff import Role, Staff
from dermlog.logbook import Logbook
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.notice import Notice
from dermlog.ui.photos.photos_tab import PhotosTab
from dermlog.ui.visit_fields.photo_dialog import PhotoDialog
from dermlog.ui.visit_fields.picture_loader import PictureLoader, PictureSize
from tests.storage.contents import damage
from tests.ui.photos.conftest import Shots

SLOW = 8_000


def spoil(logbook: Logbook, photo: Photo) -> None:
    """Overwrite the preview of a photo in the file, and what has the same bytes."""
    preview = logbook.photos.preview(photo.id)
    logbook.rest()
    content = logbook.path.read_bytes()
    at = content.find(preview)
    assert at > 0
    while at > 0:
        damage(logbook.path, at + len(preview) // 2, 16)
        at = content.find(preview, at + 1)


def button_of(notice: Notice) -> Button:
    """The one button of a notice."""
    (button,) = (one for one in notice.findChildren(Button) if one.isVisible())
    return button


@pytest.fixture
def spoiled(logbook: Logbook, shots: Shots) -> Photo:
    """The latest front, damaged after it was backed up."""
    logbook.backups.back_up()
    spoil(logbook, shots.fronts[2])
    return shots.fronts[2]


@pytest.fixture
def tab(logbook: Logbook, shots: Shots, spoiled: Photo, qtbot: QtBot) -> PhotosTab:
    """The photos of the patient, shown and read."""
    made = PhotosTab(logbook)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.show_patient(shots.patient.id)
    qtbot.waitUntil(lambda: bool(made.notice.text()), timeout=SLOW)
    return made


def test_the_comparison_offers_it_and_shows_the_photo_again(
    tab: PhotosTab, logbook: Logbook, spoiled: Photo, qtbot: QtBot
) -> None:
    assert tab.notice.text() == "This photo is damaged."
    QTest.mouseClick(button_of(tab.notice), Qt.MouseButton.LeftButton)

    def is_back() -> bool:
        image = tab.compare._images[1]
        return image is not None and not image.isNull()

    qtbot.waitUntil(is_back, timeout=SLOW)
    assert not tab.notice.isVisible()
    assert logbook.photos.preview(spoiled.id)


def test_a_photo_that_no_backup_has_is_told_of_and_can_be_tried_again(
    tab: PhotosTab, logbook: Logbook, spoiled: Photo, qtbot: QtBot
) -> None:
    folder = logbook.backups.sets()[0].folder.parent
    aside = folder.with_name("drive pulled out")
    shutil.move(folder, aside)
    QTest.mouseClick(button_of(tab.notice), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "No backup within reach has this photo" in tab.notice.text(), timeout=SLOW)
    qtbot.waitUntil(lambda: tab.loader.image(spoiled.id, PictureSize.PREVIEW) is not None, timeout=SLOW)
    assert "No backup" in tab.notice.text()
    shutil.move(aside, folder)
    QTest.mouseClick(button_of(tab.notice), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not tab.notice.isVisible(), timeout=SLOW)
    assert logbook.photos.preview(spoiled.id)


def test_the_photo_by_itself_offers_it_and_only_for_itself(
    logbook: Logbook, shots: Shots, spoiled: Photo, qtbot: QtBot
) -> None:
    loader = PictureLoader(logbook)
    dialog = PhotoDialog(logbook, shots.fronts, spoiled, loader)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.notice.text() == "This photo is damaged.", timeout=SLOW)
    dialog.turn(-1)
    assert not dialog.notice.isVisible()
    dialog.turn(1)
    qtbot.waitUntil(lambda: bool(dialog.notice.findChildren(Button)))
    qtbot.wait(20)
    button_of(dialog.notice).click()
    qtbot.waitUntil(lambda: not dialog.notice.isVisible(), timeout=SLOW)

    def is_back() -> bool:
        image = loader.image(spoiled.id, PictureSize.PREVIEW)
        return image is not None and not image.isNull()

    qtbot.waitUntil(is_back, timeout=SLOW)


def test_whoever_may_only_look_is_told_why_there_is_no_button(
    logbook: Logbook, shots: Shots, spoiled: Photo, qtbot: QtBot
) -> None:
    viewer = Staff("Vi", Role.VIEWER)
    logbook.staff.save(viewer)
    logbook.act_as(viewer.id)
    dialog = PhotoDialog(logbook, shots.fronts, spoiled, PictureLoader(logbook))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "This photo is damaged." in dialog.notice.text(), timeout=SLOW)
    assert len(dialog.notice.text()) > len("This photo is damaged.")
    assert not [one for one in dialog.notice.findChildren(Button) if one.isVisible()]


def test_the_page_of_a_treatment_offers_it_under_the_thumbnails(
    logbook: Logbook, shots: Shots, qtbot: QtBot
) -> None:
    from dermlog.ui.patient.patient_facts import gather
    from dermlog.ui.patient.visit_view import VisitView

    logbook.backups.back_up()
    photo = shots.fronts[0]
    thumbnail = logbook.photos.thumbnail(photo.id)
    logbook.rest()
    content = logbook.path.read_bytes()
    at = content.find(thumbnail)
    while at > 0:
        damage(logbook.path, at + len(thumbnail) // 2, 16)
        at = content.find(thumbnail, at + 1)
    facts = gather(logbook, shots.patient.id)
    entry = facts.entry(photo.visit_id)
    assert entry is not None
    loader = PictureLoader(logbook)
    view = VisitView(facts, entry, loader)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(lambda: bool(view.notice.findChildren(Button)), timeout=SLOW)
    qtbot.wait(20)
    button_of(view.notice).click()

    def is_back() -> bool:
        image = loader.image(photo.id, PictureSize.THUMBNAIL)
        return image is not None and not image.isNull()

    qtbot.waitUntil(is_back, timeout=SLOW)
    assert not view.notice.isVisible()
    assert logbook.photos.thumbnail(photo.id)
