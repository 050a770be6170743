"""PhotoStrip: adding, choosing the view, removing with undo; every unusable picture costs one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.domain.consent import ConsentKind
from dermlog.domain.key_fault import KeyFault
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView
from dermlog.domain.visit import Visit
from dermlog.errors import not_unlocked
from dermlog.logbook import Logbook
from dermlog.ui.visit_fields.photo_dialog import PhotoDialog
from dermlog.ui.visit_fields.photo_import import Source, png_bytes, sources_of, why_left_out
from dermlog.ui.visit_fields.photo_strip import PhotoStrip
from dermlog.ui.visit_fields.photo_tile import PhotoTile
from dermlog.ui.visit_fields.picture_loader import PictureLoader
from tests.makers import make_consent, make_prepared
from tests.photos.makers import CORNERS, corners, encoded, exif, stored

MISSING = ["Front", "Right 45°", "Left 45°"]


@pytest.fixture
def strip(logbook: Logbook, patient: Patient, visit: Visit, qtbot: QtBot) -> PhotoStrip:
    made = PhotoStrip(logbook)
    qtbot.addWidget(made)
    made.resize(640, 400)
    made.show()
    made.show_visit(patient.id, visit.id)
    return made


def _captions(strip: PhotoStrip) -> list[str]:
    return [tile.caption() for tile in strip.tiles()]


def _add(strip: PhotoStrip, sources: Sequence[Source], qtbot: QtBot, view: PhotoView | None = None) -> None:
    with qtbot.waitSignal(strip._import.finished, timeout=60_000):
        strip.add_sources(sources, view)


def _files(folder: Path, count: int) -> list[Path]:
    """Pictures that differ from each other."""
    paths = []
    for index in range(count):
        path = folder / f"IMG_{index}.jpg"
        path.write_bytes(encoded(corners(64 + 8 * index, 48)))
        paths.append(path)
    return paths


def _tile(strip: PhotoStrip, caption: str) -> PhotoTile:
    return next(tile for tile in strip.tiles() if tile.caption() == caption)


def test_standard_views_are_asked_for(strip: PhotoStrip) -> None:
    assert _captions(strip) == MISSING
    assert strip.photos() == ()


def test_three_files_get_their_views_by_three_keys(
    strip: PhotoStrip, logbook: Logbook, visit: Visit, tmp_path: Path, qtbot: QtBot
) -> None:
    _add(strip, _files(tmp_path, 3), qtbot)
    assert _captions(strip) == ["Which view?"] * 3 + ["Another view"]
    assert "3 photos added. Choose each view" in strip._told.text()
    for key in (Qt.Key.Key_F, Qt.Key.Key_R, Qt.Key.Key_L):
        focused = strip.window().focusWidget()
        assert isinstance(focused, PhotoTile)
        QTest.keyClick(focused, key)
    assert _captions(strip) == [*MISSING, "Another view"]
    stored_views = {photo.view for photo in logbook.photos.of_visit(visit.id)}
    assert stored_views == {PhotoView.FRONT, PhotoView.RIGHT_45, PhotoView.LEFT_45}


def test_each_bad_file_costs_one_sentence_and_the_others_go_on(
    strip: PhotoStrip, logbook: Logbook, visit: Visit, tmp_path: Path, qtbot: QtBot
) -> None:
    good = _files(tmp_path, 1)[0]
    text = tmp_path / "notes.jpg"
    text.write_text("not a picture")
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(encoded(corners(640, 480))[:2000])
    empty = tmp_path / "empty.jpg"
    empty.touch()
    gone = tmp_path / "gone.jpg"
    _add(strip, [text, cut, good, empty, gone], qtbot)
    assert len(logbook.photos.of_visit(visit.id)) == 1
    lines = strip._told.text().splitlines()
    for name in ("notes.jpg", "cut.jpg", "empty.jpg", "gone.jpg"):
        assert sum(line.startswith(f"{name}: ") for line in lines) == 1


@pytest.mark.parametrize("many", [7, 20])
def test_of_many_bad_files_each_is_named_and_the_first_explained(
    strip: PhotoStrip, tmp_path: Path, qtbot: QtBot, many: int
) -> None:
    paths = []
    for index in range(many):
        path = tmp_path / f"bad_{index:02}.png"
        path.write_text(f"<b>bad</b> {index}")
        paths.append(path)
    _add(strip, paths, qtbot)
    lines = strip._told.text().splitlines()
    assert len(lines) == 5
    assert lines[-1].startswith(f"And {many - 4} more were left out: bad_04.png, bad_05.png")
    assert lines[-1].count("bad_") == min(many - 4, 12)
    assert lines[-1].endswith("…" if many > 16 else ".")


def test_the_same_picture_twice_is_said(strip: PhotoStrip, tmp_path: Path, qtbot: QtBot) -> None:
    (path,) = _files(tmp_path, 1)
    _add(strip, [path], qtbot, PhotoView.FRONT)
    _add(strip, [path], qtbot, PhotoView.FRONT)
    assert len(strip.photos()) == 1
    assert strip._told.text().startswith("IMG_0.jpg: ")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_upright_on_the_screen(
    strip: PhotoStrip, tmp_path: Path, qtbot: QtBot, orientation: int
) -> None:
    path = tmp_path / "turned.jpg"
    path.write_bytes(encoded(stored(corners(), orientation), exif=exif(orientation)))
    _add(strip, [path], qtbot, PhotoView.FRONT)
    tile = strip.tiles()[0]
    qtbot.waitUntil(lambda: tile._image is not None)
    assert tile._image is not None
    image = tile._image
    assert image.width() > image.height()
    for index, wanted in enumerate(CORNERS):
        x = image.width() * (1 + 2 * (index % 2)) // 4
        y = image.height() * (1 + 2 * (index // 2)) // 4
        found = image.pixelColor(x, y)
        seen = (found.red(), found.green(), found.blue())
        assert all(abs(a - b) <= 24 for a, b in zip(seen, wanted, strict=True))


def test_a_damaged_photo_is_said_on_its_tile(
    strip: PhotoStrip, logbook: Logbook, patient: Patient, visit: Visit, qtbot: QtBot
) -> None:
    logbook.photos.add(patient.id, visit.id, make_prepared(), PhotoView.FRONT)
    strip.refresh()
    tile = _tile(strip, "Front")
    qtbot.waitUntil(lambda: tile.is_damaged)
    assert tile.accessibleName() == "Damaged photo: Front"


def test_a_file_dropped_on_an_empty_place_gets_its_view(
    strip: PhotoStrip, logbook: Logbook, visit: Visit, tmp_path: Path, qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(_files(tmp_path, 1)[0]))])
    place = _tile(strip, "Left 45°")
    qtbot.waitUntil(lambda: place.width() > 0 and place.isVisible())
    at = place.mapTo(strip, place.rect().center())
    event = QDropEvent(
        QPointF(at),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(strip._import.finished, timeout=60_000):
        strip.dropEvent(event)
    assert [photo.view for photo in logbook.photos.of_visit(visit.id)] == [PhotoView.LEFT_45]


def test_a_pasted_picture_is_added(strip: PhotoStrip, logbook: Logbook, visit: Visit, qtbot: QtBot) -> None:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(strip._import.finished, timeout=60_000):
        strip.paste()
    (photo,) = logbook.photos.of_visit(visit.id)
    assert (photo.width, photo.height, photo.format) == (60, 40, "PNG")


def test_pasted_text_is_no_picture(strip: PhotoStrip) -> None:
    QGuiApplication.clipboard().setText("hello")
    strip.paste()
    assert "no picture on the clipboard" in strip._told.text()
    assert not strip.is_busy


def test_a_folder_gives_its_pictures(tmp_path: Path) -> None:
    _files(tmp_path, 2)
    (tmp_path / "notes.txt").touch()
    (tmp_path / "._IMG_0.jpg").touch()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    assert [source.name for source in sources_of(data) if isinstance(source, Path)] == [
        "IMG_0.jpg",
        "IMG_1.jpg",
    ]


def test_a_picture_is_pasted_without_loss() -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(0x123456)
    again = QImage.fromData(png_bytes(image))
    assert again.convertToFormat(QImage.Format.Format_RGB32) == image


def test_nothing_is_added_when_the_draft_cannot_be_saved(
    logbook: Logbook, patient: Patient, visit: Visit, tmp_path: Path, qtbot: QtBot
) -> None:
    strip = PhotoStrip(logbook, ready=lambda: False)
    qtbot.addWidget(strip)
    strip.show_visit(patient.id, visit.id)
    strip.add_sources(_files(tmp_path, 1))
    assert not strip.is_busy


def test_a_removed_photo_can_be_brought_back(
    strip: PhotoStrip, logbook: Logbook, visit: Visit, tmp_path: Path, qtbot: QtBot
) -> None:
    _add(strip, _files(tmp_path, 1), qtbot, PhotoView.FRONT)
    QTest.keyClick(strip.tiles()[0], Qt.Key.Key_Delete)
    assert strip.photos() == ()
    assert "Photo removed: Front." in strip._undo.text()
    strip._undo._buttons[0].click()
    assert len(strip.photos()) == 1
    assert len(logbook.photos.of_visit(visit.id)) == 1


def test_a_removed_photo_is_gone_once_one_looks_elsewhere(
    strip: PhotoStrip, logbook: Logbook, visit: Visit, tmp_path: Path, qtbot: QtBot
) -> None:
    _add(strip, _files(tmp_path, 2), qtbot, PhotoView.FRONT)
    QTest.keyClick(strip.tiles()[0], Qt.Key.Key_Delete)
    assert len(logbook.photos.of_visit(visit.id)) == 2
    strip.hide()
    assert len(logbook.photos.of_visit(visit.id)) == 1
    assert len(strip.photos()) == 1


def test_stopping_keeps_what_was_added(
    strip: PhotoStrip, logbook: Logbook, visit: Visit, tmp_path: Path, qtbot: QtBot
) -> None:
    strip._import.progressed.connect(lambda done, _of: strip._import.cancel() if done else None)
    _add(strip, _files(tmp_path, 12), qtbot, PhotoView.FRONT)
    added = len(logbook.photos.of_visit(visit.id))
    assert 1 <= added <= 12
    assert len(strip.photos()) == added


def test_what_ends_behind_the_lock_is_told_to_who_comes_back(
    strip: PhotoStrip, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = [True]
    looks: list[bool] = []

    def is_locked(_logbook: Logbook) -> bool:
        looks.append(locked[0])
        return locked[0]

    def refuses() -> None:
        raise not_unlocked(KeyFault.LOCKED)

    monkeypatch.setattr(Logbook, "is_locked", property(is_locked))
    with monkeypatch.context() as behind:
        behind.setattr(strip, "refresh", refuses)
        strip.add_sources(_files(tmp_path, 2), None)
        qtbot.waitUntil(lambda: bool(looks), timeout=20_000)
    assert strip.photos() == ()
    locked[0] = False
    qtbot.waitUntil(lambda: len(strip.photos()) == 2, timeout=20_000)


def test_a_photo_that_the_lock_left_out_is_not_told_that_it_is_locked() -> None:
    assert why_left_out(not_unlocked(KeyFault.LOCKED)).startswith("It was not added, because the logbook was")


def test_missing_consent_is_a_caution_not_a_block(
    strip: PhotoStrip, logbook: Logbook, patient: Patient, tmp_path: Path, qtbot: QtBot
) -> None:
    assert "No consent to photos" in strip._consent.text()
    _add(strip, _files(tmp_path, 1), qtbot, PhotoView.FRONT)
    assert len(strip.photos()) == 1
    logbook.consents.save(make_consent(patient, kind=ConsentKind.PHOTO_RECORD))
    strip.refresh()
    assert strip._consent.text() == ""


def test_reading_only_takes_no_photos(strip: PhotoStrip, tmp_path: Path) -> None:
    strip.set_read_only(True)
    strip.add_sources(_files(tmp_path, 1))
    assert not strip.is_busy
    assert _captions(strip) == []


def test_a_photo_opens_with_its_facts(
    strip: PhotoStrip, logbook: Logbook, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "<b>IMG & co.jpg"
    path.write_bytes(encoded(corners(64, 48), exif=exif(taken="2026:04:17 09:15:00")))
    _add(strip, [path, *_files(tmp_path, 1)], qtbot, PhotoView.FRONT)
    photos = strip.photos()
    taken = next(photo for photo in photos if photo.taken_at is not None)
    dialog = PhotoDialog(logbook, photos, taken, PictureLoader(logbook, strip))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.view._image is not None)
    assert dialog.fact("taken") == "17 Apr 2026, 09:15"
    assert dialog.fact("file") == "<b>IMG & co.jpg"
    assert dialog.fact("sha256") == taken.sha256[:12] + "…"
    assert dialog.fact("size").startswith("64 × 48 pixels")
    QTest.keyClick(dialog.view, Qt.Key.Key_Right)
    assert dialog.photo() != taken
    assert dialog.fact("taken") == "not told by the camera"


def test_a_click_on_the_picture_opens_and_on_the_caption_asks_for_the_view(
    strip: PhotoStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    _add(strip, _files(tmp_path, 1), qtbot, PhotoView.FRONT)
    tile = strip.tiles()[0]
    opened: list[bool] = []
    tile.opened.disconnect()
    tile.opened.connect(lambda: opened.append(True))
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert opened == [True]
    menu = tile.menu()
    assert [action.isChecked() for action in menu.actions()[:2]] == [True, False]
    menu.actions()[1].trigger()
    assert strip.photos()[0].view is PhotoView.RIGHT_45
