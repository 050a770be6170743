"""A package on its way out: a folder or a ZIP under another name, until it is whole and proven."""

from __future__ import annotations

import hashlib
import os
import re
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from uuid import uuid4

from dermlog.domain.leaving import LeavingFault
from dermlog.errors import leaving_not_done
from dermlog.storage.backup_files import PART, remove, room_in, sync, sync_folder

SUMS = "SHA256SUMS"
LARGEST_RATIO = 50
"""A member that would shrink more is stored as it is: readers take it for a bomb otherwise."""
LEFT_BEHIND_AFTER = 86_400
"""Seconds after which an export that nobody writes to any more was killed, and not just slow."""
_OWN_PART = re.compile(r".+-[0-9a-f]{6}\.part(?:-file)?")
_BEGINNINGS = (b"", b"PK\x03\x04", b"SQLi")
_OWN_FOLDERS = frozenset({"photos", "reports", "csv", "history"})
_ROOM_LEFT = 8 << 20
_CHUNK = 1 << 20


class _Box(Protocol):
    """Where the files of a package go."""

    def put(self, name: str, content: bytes) -> None:
        """Write one file."""

    def put_file(self, name: str, source: Path) -> None:
        """Write one file from another."""

    def close(self) -> None:
        """Write what is left and let go."""


class PackageWriter:
    """PackageWriter(target, as_zip=…, made_at=…): add files, then finish(); a context manager.

    Left by an error, nothing stays. Raises LeavingNotDone and OSError.
    """

    def __init__(self, target: Path, *, as_zip: bool, made_at: datetime, stopped: Callable[[], bool]) -> None:
        if not target.parent.is_dir():
            raise leaving_not_done(LeavingFault.FOLDER_MISSING, target.parent.name)
        if target.exists() or target.is_symlink():
            raise leaving_not_done(LeavingFault.ALREADY_THERE, target.name)
        self.target = target
        _clear_left_behind(target.parent)
        # A name of its own: an export that was just stopped may still be taking its files away.
        self.unfinished = target.with_name(f"{target.name}-{uuid4().hex[:6]}{PART}")
        self.sums: dict[str, str] = {}
        self._stopped = stopped
        self._box: _Box = _Zip(self.unfinished, made_at) if as_zip else _Folder(self.unfinished)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._box.close()
        except (OSError, ValueError, zipfile.LargeZipFile):
            if error is None:
                raise
        finally:
            remove(self.unfinished)

    def check(self) -> None:
        """LeavingNotDone when somebody asked to stop."""
        if self._stopped():
            raise leaving_not_done(LeavingFault.STOPPED)

    def add(self, name: str, content: bytes) -> None:
        """One more file of the package."""
        self.check()
        if room_in(self.target.parent) < len(content) + _ROOM_LEFT:
            raise leaving_not_done(LeavingFault.DISK_FULL, self.target.parent.name)
        self._box.put(name, content)
        self.sums[name] = hashlib.sha256(content).hexdigest()

    @contextmanager
    def adding_file(self, name: str) -> Iterator[Path]:
        """A path beside the package to write a large file to; it is added and taken away afterwards."""
        aside = self.unfinished.with_name(self.unfinished.name + "-file")
        remove(aside)
        try:
            yield aside
            self.check()
            digest = hashlib.sha256()
            with aside.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
            self._box.put_file(name, aside)
            self.sums[name] = digest.hexdigest()
        finally:
            remove(aside)

    def close(self) -> None:
        """Write the list of checksums; nothing can be added any more. Read it back before give_name()."""
        lines = "".join(f"{self.sums[name]}  {name}\n" for name in sorted(self.sums))
        self._box.put(SUMS, lines.encode())
        self._box.close()
        if self.unfinished.is_file():
            sync(self.unfinished)

    def give_name(self) -> None:
        """The package takes its name."""
        self.check()
        if self.target.exists() or self.target.is_symlink():
            raise leaving_not_done(LeavingFault.ALREADY_THERE, self.target.name)
        self.unfinished.rename(self.target)
        sync_folder(self.target.parent)


def _clear_left_behind(folder: Path) -> None:
    """Take away what killed exports have left in a folder, and nothing that others may have made."""
    with suppress(OSError):
        for path in folder.iterdir():
            if _OWN_PART.fullmatch(path.name) and not path.is_symlink():
                with suppress(OSError):
                    if _is_old(path) and _looks_own(path):
                        remove(path)


def _is_old(path: Path) -> bool:
    """Whether nothing was written to it for a day, by the clock that stamps files."""
    places = (path, *path.iterdir()) if path.is_dir() else (path,)
    return time.time() - max(place.stat().st_mtime for place in places) > LEFT_BEHIND_AFTER


def _looks_own(path: Path) -> bool:
    if path.is_dir():
        return all(part.name in _OWN_FOLDERS for part in path.iterdir() if part.is_dir())
    with path.open("rb") as file:
        return file.read(4) in _BEGINNINGS


class _Folder:
    """Files in a folder, each written through to the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()

    def put(self, name: str, content: bytes) -> None:
        """Write one file."""
        path = self._path(name)
        path.write_bytes(content)
        sync(path)

    def put_file(self, name: str, source: Path) -> None:
        """Move one file in."""
        path = self._path(name)
        os.replace(source, path)  # noqa: PTH105 - the one call that says that it replaces
        sync(path)

    def close(self) -> None:
        """Nothing is left to write."""
        sync_folder(self._folder)

    def _path(self, name: str) -> Path:
        path = self._folder.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


class _Zip:
    """Members of a ZIP; pictures are stored as they are."""

    def __init__(self, path: Path, made_at: datetime) -> None:
        self._zip = zipfile.ZipFile(path, "x")
        self._when = max(made_at.timetuple()[:6], (1980, 1, 1, 0, 0, 0))

    def put(self, name: str, content: bytes) -> None:
        """Write one member."""
        info = self._info(name)
        if _shrinks(content):
            info.compress_type = zipfile.ZIP_DEFLATED
        self._zip.writestr(info, content)

    def put_file(self, name: str, source: Path) -> None:
        """Write one member from a file."""
        with (
            source.open("rb") as file,
            self._zip.open(self._info(name), "w", force_zip64=True) as member,
        ):
            while chunk := file.read(_CHUNK):
                member.write(chunk)

    def close(self) -> None:
        """Write the list of members."""
        self._zip.close()

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, self._when)
        info.external_attr = 0o600 << 16
        return info


def _shrinks(content: bytes) -> bool:
    """Whether it becomes smaller, but not so much that a reader would refuse it."""
    size = len(zlib.compress(content, 6))
    return len(content) / LARGEST_RATIO < size < 0.95 * len(content)
