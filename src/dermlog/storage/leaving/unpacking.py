"""A package on its way in: named files only, sizes and ratios capped, every byte against its checksum.

Nothing is unpacked to the disk. Whatever is not as dermlog writes it is refused as a whole.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from dermlog.domain.leaving import LeavingFault
from dermlog.errors import LeavingNotDone, leaving_not_done
from dermlog.storage.leaving.package import SUMS

MOST_FILES = 500_000
MOST_GROWTH = 2 << 30
"""So much more than it takes in the ZIP may come out of one."""
LARGEST_RATIO = 100
_SMALL = 1 << 20
_LARGEST_SUMS = 100 << 20
_CHUNK = 1 << 20
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,119}){0,2}")
_SUM = re.compile(r"([0-9a-f]{64})  (.{1,400})")

ZIP_FAULTS: tuple[type[BaseException], ...] = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError),
    *(ValueError, OverflowError, LookupError),
)
"""What the standard library may raise on a hostile archive."""


class PackageReader:
    """PackageReader(path): a folder or a ZIP; names, size(), read(); a context manager.

    A ZIP may hold everything in one folder, as it does when somebody unpacked it and packed the folder.

    Raises LeavingNotDone: NOT_VALID for anything suspicious, INCOMPLETE where a file is missing or changed.
    """

    def __init__(self, path: Path, stopped: Callable[[], bool] = lambda: False) -> None:
        self.path = path
        self._stopped = stopped
        self._zip: zipfile.ZipFile | None = None
        self._sizes: dict[str, int] = {}
        self._top = ""
        try:
            if path.is_dir():
                self._look_at_folder()
            elif path.is_file():
                self._zip = zipfile.ZipFile(path)
                self._look_at_zip(self._zip)
            else:
                raise leaving_not_done(LeavingFault.NOT_THERE, path.name)
            self._sums = self._read_sums()
        except ZIP_FAULTS as error:
            self.close()
            raise leaving_not_done(LeavingFault.NOT_VALID, path.name) from error
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._zip is not None:
            self._zip.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The files it lists, in order."""
        return tuple(sorted(self._sums))

    def size(self, name: str) -> int:
        """The size of a file, in bytes, as the package says."""
        return self._sizes[name]

    def sum(self, name: str) -> str:
        """The SHA-256 that the package lists for a file, hexadecimal."""
        return self._sums[name]

    def refuse(self, fault: LeavingFault = LeavingFault.NOT_VALID) -> LeavingNotDone:
        """The error for this package."""
        return leaving_not_done(fault, self.path.name)

    def read(self, name: str, most: int) -> bytes:
        """The bytes of a file of at most so many, checked against the list."""
        if name not in self._sums:
            raise self.refuse(LeavingFault.INCOMPLETE)
        content = self._read(name, most)
        if hashlib.sha256(content).hexdigest() != self._sums[name]:
            raise self.refuse(LeavingFault.INCOMPLETE)
        return content

    def prove(self, name: str) -> None:
        """Read a file of any size and compare it with the list."""
        digest = hashlib.sha256()
        try:
            with self._open(name) as file:
                while chunk := file.read(_CHUNK):
                    if self._stopped():
                        raise self.refuse(LeavingFault.STOPPED)
                    digest.update(chunk)
        except ZIP_FAULTS as error:
            raise self.refuse(LeavingFault.INCOMPLETE) from error
        if digest.hexdigest() != self._sums[name]:
            raise self.refuse(LeavingFault.INCOMPLETE)

    def _read(self, name: str, most: int) -> bytes:
        if self._stopped():
            raise self.refuse(LeavingFault.STOPPED)
        if self._sizes[name] > most:
            raise self.refuse()
        try:
            with self._open(name) as file:
                # One byte more than announced: a member that goes on is a lie.
                content = file.read(self._sizes[name] + 1)
        except ZIP_FAULTS as error:
            raise self.refuse(LeavingFault.INCOMPLETE) from error
        if len(content) != self._sizes[name]:
            raise self.refuse(LeavingFault.INCOMPLETE)
        return content

    def _open(self, name: str) -> IO[bytes]:
        if self._zip is not None:
            return self._zip.open(self._top + name)
        path = self.path.joinpath(*name.split("/"))
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        return os.fdopen(descriptor, "rb")

    def _look_at_folder(self) -> None:
        waiting = [("", self.path)]
        while waiting:
            before, folder = waiting.pop()
            with os.scandir(folder) as entries:
                for entry in entries:
                    facts = entry.stat(follow_symlinks=False)
                    name = f"{before}{entry.name}"
                    if stat.S_ISDIR(facts.st_mode) and name.count("/") < 2:
                        waiting.append((f"{name}/", Path(entry.path)))
                    elif stat.S_ISREG(facts.st_mode):
                        self._sizes[name] = facts.st_size
                    else:
                        raise self.refuse()
                    if len(self._sizes) + len(waiting) > MOST_FILES:
                        raise self.refuse()

    def _look_at_zip(self, archive: zipfile.ZipFile) -> None:
        members = archive.infolist()
        if len(members) > MOST_FILES:
            raise self.refuse()
        self._top = _top_folder([member.filename for member in members])
        packed = unpacked = 0
        for member in members:
            if member.is_dir() and self._top and not member.file_size and not member.compress_size:
                continue  # packing a folder lists folders too; what lies in them is looked at below
            kind = stat.S_IFMT(member.external_attr >> 16)
            honest = (
                member.filename == member.orig_filename
                and not member.is_dir()
                and member.filename.startswith(self._top)
                and (name := member.filename.removeprefix(self._top)) not in self._sizes
                and kind in {0, stat.S_IFREG}
                and not member.flag_bits & 0x1
                and member.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
                and (member.file_size <= _SMALL or member.file_size <= LARGEST_RATIO * member.compress_size)
            )
            if not honest:
                raise self.refuse()
            self._sizes[name] = member.file_size
            packed += member.compress_size
            unpacked += member.file_size
        # More in the members than in the file: they overlap.
        if packed > self.path.stat().st_size or unpacked - packed > MOST_GROWTH:
            raise self.refuse()

    def _read_sums(self) -> dict[str, str]:
        if SUMS not in self._sizes:
            raise self.refuse()
        sums: dict[str, str] = {}
        for line in self._read(SUMS, _LARGEST_SUMS).decode("ascii").splitlines():
            found = _SUM.fullmatch(line)
            if found is None or found[2] in sums or not _NAME.fullmatch(found[2]):
                raise self.refuse()
            sums[found[2]] = found[1]
        if not sums.keys() <= self._sizes.keys():
            raise self.refuse(LeavingFault.INCOMPLETE)
        if self._zip is not None and self._sizes.keys() - {SUMS} != sums.keys():
            raise self.refuse()
        return sums


def _top_folder(names: Sequence[str]) -> str:
    """The one folder that holds the whole package, with its stroke; "" where nothing lies in a folder."""
    lists = [name for name in names if name == SUMS or name.endswith(f"/{SUMS}")]
    top = lists[0].removesuffix(SUMS) if len(lists) == 1 else ""
    return top if top.count("/") == 1 and all(name.startswith(top) for name in names) else ""
