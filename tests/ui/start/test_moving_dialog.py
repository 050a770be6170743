"""F15, F16: a logbook in a wrong place is moved by a button, and its old folder takes the backups."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from dermlog.ui.start.moving_dialog import MovingDialog, offer_move
from tests.makers import NURSE, make_logbook, make_patient


@pytest.fixture(autouse=True)
def work_ends() -> Iterator[None]:
    """No work outlives its test."""
    yield
    background.shutdown()


@pytest.fixture
def synced(tmp_path: Path) -> Path:
    """A closed logbook in a folder that Dropbox synchronises."""
    made = make_logbook(tmp_path)
    made.patients.save(make_patient())
    made.close()
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    return made.path.rename(folder / made.path.name)


def made(path: Path, qtbot: QtBot) -> MovingDialog:
    dialog = MovingDialog(Logbook.open(path))
    qtbot.addWidget(dialog, before_close_func=lambda shown: shown.done(0))
    return dialog


def test_it_is_moved_and_its_folder_takes_the_backups(synced: Path, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = made(synced, qtbot)
    assert "Dropbox" in dialog.line.text()
    dialog.place.set_text(str(tmp_path / "Here.dermlog"))
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog._move.click()
    with dialog.logbook as logbook:
        assert logbook.path == tmp_path / "Here.dermlog"
        assert not logbook.read_only
        assert logbook.patients.count() == 1
        assert synced.parent in [place.folder for place in logbook.backups.places()]
    assert not synced.exists()
    assert len(list(synced.parent.glob("Clinic (moved *).dermlog"))) == 1


def test_backups_may_go_elsewhere(synced: Path, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = made(synced, qtbot)
    dialog.place.set_text(str(tmp_path / "Here.dermlog"))
    dialog.backups.set_values(())
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog._move.click()
    with dialog.logbook as logbook:
        assert synced.parent not in [place.folder for place in logbook.backups.places()]


def test_who_may_not_choose_backup_places_moves_it_all_the_same(
    synced: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = made(synced, qtbot)
    dialog.logbook.act_as(NURSE.id)
    dialog.place.set_text(str(tmp_path / "Here.dermlog"))
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog._move.click()
    with dialog.logbook as logbook:
        assert logbook.me.id == NURSE.id
        assert synced.parent not in [place.folder for place in logbook.backups.places()]
        assert "clinician" in logbook.notices[-1]


def test_a_place_that_is_no_better_is_refused_under_its_field(synced: Path, qtbot: QtBot) -> None:
    dialog = made(synced, qtbot)
    dialog.place.set_text(str(synced.with_name("Other.dermlog")))
    dialog._move.click()
    qtbot.waitUntil(lambda: bool(dialog.place.error()))
    assert "Dropbox" in str(dialog.place.error())
    assert dialog._move.isEnabled()
    dialog.reject()
    assert dialog.logbook.path == synced
    assert dialog.logbook.patients.count() == 1
    dialog.logbook.close()


def test_a_logbook_in_a_good_place_is_asked_nothing(tmp_path: Path) -> None:
    with make_logbook(tmp_path) as logbook:
        assert offer_move(logbook) is logbook
