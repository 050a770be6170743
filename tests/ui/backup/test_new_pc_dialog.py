"""Where no logbook opens, its backups are listed and one of them is restored."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dermlog.logbook import Logbook
from dermlog.ui.backup.new_pc_dialog import NewPcDialog
from dermlog.ui.backup.restore_run_dialog import RestoreRunDialog
from dermlog.ui.start.start_dialog import StartDialog
from tests.makers import StillClock, make_logbook
from tests.storage.contents import KEY, treat

SLOW = 20_000


@pytest.fixture(autouse=True)
def pressed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run of a restore is waited for and its logbook opened."""

    def wait(dialog: RestoreRunDialog) -> int:
        dialog.show()
        qtbot.waitUntil(lambda: dialog.open_button.isEnabled() or bool(dialog.notice.text()), timeout=SLOW)
        dialog.accept()
        return 1

    monkeypatch.setattr(RestoreRunDialog, "exec", wait)


def test_a_damaged_logbook_comes_back_from_its_own_places(
    logbook: Logbook, qtbot: QtBot, clock: StillClock
) -> None:
    (one,) = logbook.backups.back_up().sets
    logbook.close()
    logbook.path.write_bytes(b"")
    start = StartDialog(logbook.path)
    qtbot.addWidget(start)
    assert "is empty" in start.notice.text()
    dialog = NewPcDialog(logbook.path, start)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.table.rows()), timeout=SLOW)
    assert dialog.table.rows() == (one,)
    assert dialog.restore_button.isEnabled()
    dialog.restore_to(one, logbook.path)
    assert dialog.restored is not None and dialog.restored.set_aside is not None
    start.try_open(dialog.restored.logbook)
    assert start.logbook is not None
    with start.logbook as again:
        assert again.patients.count() == 1


def test_an_empty_folder_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = NewPcDialog(None)
    qtbot.addWidget(dialog)
    dialog.look_in(tmp_path)
    qtbot.waitUntil(lambda: "no backup in this folder" in dialog.table._empty, timeout=SLOW)
    assert not dialog.restore_button.isEnabled()


def test_a_locked_backup_asks_for_what_opens_it(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "clinic").mkdir()
    (tmp_path / "new").mkdir()
    with make_logbook(tmp_path / "clinic", key=KEY) as logbook:
        treat(logbook, photos=1)
        (one,) = logbook.backups.back_up().sets
    target = tmp_path / "new" / "Clinic.dermlog"
    unable = NewPcDialog(None)
    qtbot.addWidget(unable)
    unable.restore_to(one, target)
    assert "The key does not fit" in unable.notice.text()
    wrong = NewPcDialog(None, find_key=lambda _one, _parent: bytes(32))
    qtbot.addWidget(wrong)
    wrong.restore_to(one, target)
    assert "The key does not fit" in wrong.notice.text()
    assert wrong.restored is None and not target.exists()
    right = NewPcDialog(None, find_key=lambda _one, _parent: KEY)
    qtbot.addWidget(right)
    right.restore_to(one, target)
    assert right.restored is not None and right.key == KEY
    with Logbook.open(target, key=KEY) as again:
        assert again.check().ok


def test_a_synchronised_folder_is_refused_for_the_logbook(
    logbook: Logbook, qtbot: QtBot, tmp_path: Path
) -> None:
    (one,) = logbook.backups.back_up().sets
    (tmp_path / "Dropbox").mkdir()
    dialog = NewPcDialog(None)
    qtbot.addWidget(dialog)
    dialog.restore_to(one, tmp_path / "Dropbox" / "Clinic.dermlog")
    assert "Dropbox synchronises" in dialog.notice.text()
