"""Places where a live logbook must not lie: network drives, and folders that a program synchronises."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

_NETWORK_SYSTEMS = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "ncpfs", "webdav", "davfs", "davfs2",
        "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.s3fs", "ceph",
        "glusterfs", "lustre", "gfs2", "ocfs2", "afs",
    }
)  # fmt: skip
_SYNC_FOLDERS = (
    ("OneDrive", re.compile(r"onedrive( - .+)?", re.IGNORECASE)),
    ("Dropbox", re.compile(r"dropbox( \(.+\))?", re.IGNORECASE)),
    ("iCloud", re.compile(r"icloud ?drive|com~apple~clouddocs|mobile documents", re.IGNORECASE)),
    ("Google Drive", re.compile(r"google ?drive( \(.+\))?|drivefs|googledrive-.+", re.IGNORECASE)),
    ("Nextcloud", re.compile(r"nextcloud\d*", re.IGNORECASE)),
    ("ownCloud", re.compile(r"owncloud\d*", re.IGNORECASE)),
    ("Seafile", re.compile(r"seafile|seadrive", re.IGNORECASE)),
    ("MEGA", re.compile(r"mega ?sync|mega", re.IGNORECASE)),
    ("pCloud", re.compile(r"pcloud ?(drive|sync)?", re.IGNORECASE)),
    ("Box", re.compile(r"box( sync)?", re.IGNORECASE)),
    ("Proton Drive", re.compile(r"proton ?drive( - .+)?", re.IGNORECASE)),
    ("Yandex Disk", re.compile(r"yandex\.?disk", re.IGNORECASE)),
    ("Syncthing", re.compile(r"syncthing", re.IGNORECASE)),
    ("CloudStorage", re.compile(r"cloudstorage", re.IGNORECASE)),
)
_SYNC_MARKERS = (
    ("Dropbox", ".dropbox"),
    ("Dropbox", ".dropbox.cache"),
    ("Syncthing", ".stfolder"),
    ("Nextcloud", ".nextcloudsync.log"),
    ("ownCloud", ".owncloudsync.log"),
    ("Resilio Sync", ".sync/ID"),
    ("Google Drive", ".tmp.drivedownload"),
)
_SYNC_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_DRIVE_REMOTE = 4


def synchroniser(folder: Path) -> str:
    """The name of the program that synchronises this folder, or "" where none is known to."""
    folder = folder.absolute()
    for part in folder.parts:
        for program, pattern in _SYNC_FOLDERS:
            if pattern.fullmatch(part):
                return program
    for variable in _SYNC_VARIABLES:
        root = os.environ.get(variable)
        if root and folder.is_relative_to(root):
            return "OneDrive"
    for parent in (folder, *folder.parents):
        for program, marker in _SYNC_MARKERS:
            try:
                if (parent / marker).exists():
                    return program
            except OSError:
                continue
    return ""


def is_remote(folder: Path) -> bool:
    """Whether a folder lies on a network drive, as far as the system tells."""
    folder = folder.resolve()
    if sys.platform == "win32":
        return _is_remote_on_windows(folder)
    if sys.platform == "darwin":
        return _file_system(folder, _mounts_of_macos()) in _NETWORK_SYSTEMS
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return _file_system(folder, _mounts_of_linux(mounts)) in _NETWORK_SYSTEMS


def _is_remote_on_windows(folder: Path) -> bool:
    if str(folder).startswith("\\\\"):
        return True
    import ctypes  # noqa: PLC0415

    windows = getattr(ctypes, "windll", None)
    return windows is not None and windows.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE


def _mounts_of_linux(text: str) -> dict[str, str]:
    """Mount points with their file systems, from /proc/mounts, where a space is written \\040."""
    found = {}
    for line in text.splitlines():
        parts = line.split(" ")
        if len(parts) >= 3:
            point = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match.group(1), 8)), parts[1])
            found[point] = parts[2]
    return found


def _mounts_of_macos() -> dict[str, str]:
    import subprocess  # noqa: PLC0415 - not before the first paint of the others

    try:
        text = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return {}
    return {
        match.group(1): match.group(2)
        for match in re.finditer(r"^.+? on (/.*) \((\w+)[,)]", text, re.MULTILINE)
    }


def _file_system(folder: Path, mounts: dict[str, str]) -> str:
    """The file system of the innermost mount point above a folder."""
    for parent in (folder, *folder.parents):
        if str(parent) in mounts:
            return mounts[str(parent)].lower()
    return ""
