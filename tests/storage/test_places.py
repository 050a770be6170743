"""Places where a logbook must not lie are known by name, by marker and by kind of drive."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from dermlog.storage import places
from dermlog.storage.places import is_remote, synchroniser


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Contoso Skin", "OneDrive"),
        ("Dropbox/Clinic/Files", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("Google Drive/My Drive", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-a@b.org", "CloudStorage"),
        ("Nextcloud", "Nextcloud"),
        ("NEXTCLOUD2/x", "Nextcloud"),
        ("ProtonDrive", "Proton Drive"),
        ("Documents", ""),
        ("Dropbox notes", ""),
        ("Boxes", ""),
        ("Megan", ""),
        ("my onedrive backup", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(tmp_path: Path, folder: str, program: str) -> None:
    (tmp_path / folder).mkdir(parents=True)
    assert synchroniser(tmp_path / folder) == program


@pytest.mark.parametrize(
    ("marker", "program"),
    [(".stfolder", "Syncthing"), (".dropbox.cache", "Dropbox"), (".nextcloudsync.log", "Nextcloud")],
)
def test_a_synchronised_folder_is_known_by_what_the_program_leaves(
    tmp_path: Path, marker: str, program: str
) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert synchroniser(inner) == ""
    (tmp_path / "a" / marker).touch()
    assert synchroniser(inner) == program


def test_a_renamed_onedrive_is_known_by_its_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Clinic files" / "x").mkdir(parents=True)
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Clinic files"))
    assert synchroniser(tmp_path / "Clinic files" / "x") == "OneDrive"
    assert synchroniser(tmp_path) == ""


MOUNTS = r"""/dev/sda1 / ext4 rw,relatime 0 0
server:/export /mnt/nfs nfs4 rw 0 0
//server/share /mnt/with\040space cifs rw 0 0
/dev/sdb1 /mnt/with\040space/stick vfat rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("folder", "system"),
    [
        ("/home/ana", "ext4"),
        ("/mnt/nfs", "nfs4"),
        ("/mnt/nfs/deep/er", "nfs4"),
        ("/mnt/nfs2", "ext4"),
        ("/mnt/with space/clinic", "cifs"),
        ("/mnt/with space/stick", "vfat"),
    ],
)
def test_the_innermost_mount_counts(folder: str, system: str) -> None:
    assert places._file_system(Path(folder), places._mounts_of_linux(MOUNTS)) == system
    assert (system in places._NETWORK_SYSTEMS) is (system in {"nfs4", "cifs"})


def test_this_disk_is_not_remote(tmp_path: Path) -> None:
    assert not is_remote(tmp_path)


def test_a_share_is_known_on_windows() -> None:
    assert places._is_remote_on_windows(Path("\\\\server\\share\\clinic"))


def test_mounts_of_macos_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "/dev/disk3s1s1 on / (apfs, sealed, local)\n"
        "//ana@server/share on /Volumes/Share (1) (smbfs, nodev)\n"
        "map auto_home on /System/Volumes/Data/home (autofs, automounted)\n"
    )
    monkeypatch.setattr(subprocess, "run", lambda *_a, **_k: type("Done", (), {"stdout": text})())
    mounts = places._mounts_of_macos()
    assert mounts["/"] == "apfs"
    assert mounts["/Volumes/Share (1)"] == "smbfs"
