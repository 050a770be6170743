"""Where a backup may be restored to: the same places where a live logbook may lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from dermlog.domain.backup import BackupSet
from dermlog.errors import LogbookNotOpened
from dermlog.logbook import Logbook, restore_backup
from dermlog.storage import places
from tests.storage.contents import treat


@pytest.fixture
def backup(logbook: Logbook) -> BackupSet:
    """A proven backup of one patient."""
    treat(logbook, photos=1)
    (one,) = logbook.backups.back_up().sets
    return one


def _refused(one: BackupSet, target: Path, logbook: Logbook) -> str:
    with pytest.raises(LogbookNotOpened) as caught:
        restore_backup(one, target, key=None, now=logbook.now())
    assert not target.exists()
    return caught.value.sentence


def test_not_into_a_folder_that_is_not_there(backup: BackupSet, logbook: Logbook, tmp_path: Path) -> None:
    assert _refused(backup, tmp_path / "gone" / "New.dermlog", logbook)
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - Clinic", "Nextcloud"])
def test_not_into_a_folder_that_is_synchronised(
    backup: BackupSet, logbook: Logbook, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).mkdir()
    said = _refused(backup, tmp_path / name / "New.dermlog", logbook)
    assert name.split(" ", maxsplit=1)[0] in said
    assert not list((tmp_path / name).iterdir())


def test_not_onto_a_network_drive(
    backup: BackupSet, logbook: Logbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's own list of drives says that the folder is one of another computer."""
    (tmp_path / "share").mkdir()
    monkeypatch.setattr(places, "_file_system", lambda _folder, _mounts: "cifs")
    assert _refused(backup, tmp_path / "share" / "New.dermlog", logbook)
    assert not list((tmp_path / "share").iterdir())
