"""A disk that forgets: the log of preload.c replayed up to a point, with what was not yet synced in doubt.

Each file is a list of changes since its last sync; each of them may have reached the disk or not, in any
order, torn at 512 bytes. Names (made, removed, renamed, linked) are in doubt until their folder is synced:
an unlinked journal may come back, a new file may be gone.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from random import Random

SECTOR = 512
_HEAD = struct.Struct("<5q")


class Kind(IntEnum):
    """What was done, as preload.c numbers it."""

    CREATED = 1
    WRITTEN = 2
    CUT = 3
    SYNCED = 4
    UNLINKED = 5
    RENAMED = 6
    LINKED = 7
    READ = 8
    FOLDER_MADE = 9
    FOLDER_GONE = 10


@dataclass(frozen=True)
class Change:
    """One line of the log: other is the second name, at the offset, or the size of a cut."""

    kind: Kind
    path: str
    other: str
    data: bytes
    at: int


def changes_of(log: Path) -> Iterator[Change]:
    """The log, in order."""
    content = log.read_bytes()
    place = 0
    while place < len(content):
        kind, path, other, data, at = _HEAD.unpack_from(content, place)
        place += _HEAD.size
        texts = content[place : place + path + other]
        place += path + other
        yield Change(
            Kind(kind),
            os.fsdecode(texts[:path]),
            os.fsdecode(texts[path:]),
            content[place : place + data],
            at,
        )
        place += data


@dataclass
class _File:
    safe: bytearray = field(default_factory=bytearray)
    waiting: list[Change] = field(default_factory=list)

    def settle(self) -> None:
        for change in self.waiting:
            _apply(self.safe, change.kind, change.data, change.at)
        self.waiting.clear()

    def perhaps(self, chance: Random) -> bytes:
        """What the disk may hold after the power went."""
        content = bytearray(self.safe)
        keep = chance.choice((0.0, 0.5, 0.9, 1.0))
        order = list(self.waiting)
        if chance.random() < 0.5:
            chance.shuffle(order)
        for change in order:
            if chance.random() >= keep:
                continue
            data = change.data
            if change.kind is Kind.WRITTEN and len(data) > SECTOR and chance.random() < 0.3:
                whole = chance.randrange(0, len(data), SECTOR)
                # Torn: the beginning came, or the end.
                if chance.random() < 0.5:
                    _apply(content, change.kind, data[:whole], change.at)
                else:
                    _apply(content, change.kind, data[whole:], change.at + whole)
            else:
                _apply(content, change.kind, data, change.at)
        return bytes(content)


@dataclass
class Disk:
    """Files and folders as a program left them, and what of that is safe.

    told: what was written to the file that only tells (its name is `telling`), whole lines.
    """

    telling: str
    names: dict[str, _File] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    safe_names: dict[str, _File] = field(default_factory=dict)
    waiting: list[Change] = field(default_factory=list)
    told: bytearray = field(default_factory=bytearray)
    _made: dict[int, _File] = field(default_factory=dict)

    def put(self, path: str, content: bytes) -> None:
        """A file that was safe before the log begins."""
        file = _File(bytearray(content))
        self.names[path] = self.safe_names[path] = file

    def take(self, change: Change) -> None:
        """The next line of the log."""
        if change.path == self.telling:
            self.told += change.data
        elif change.kind in {Kind.WRITTEN, Kind.CUT}:
            if change.path in self.names:
                self.names[change.path].waiting.append(change)
        elif change.kind is Kind.SYNCED:
            if change.path in self.names:
                self.names[change.path].settle()
            else:
                self._settle_folder(change.path)
        elif change.kind is Kind.FOLDER_MADE:
            self.folders.add(change.path)
        elif change.kind is Kind.FOLDER_GONE:
            self.folders.discard(change.path)
        else:
            if change.kind is Kind.CREATED:
                self._made[id(change)] = _File()
            self.waiting.append(change)
            self._rename(self.names, change)

    def _rename(self, names: dict[str, _File], change: Change) -> None:
        """Do one change of names, where it can be done; a folder takes what lies in it along."""
        if change.kind is Kind.CREATED:
            names[change.path] = self._made[id(change)]
        elif change.kind is Kind.UNLINKED:
            names.pop(change.path, None)
        elif change.kind is Kind.LINKED:
            if change.path in names:
                names[change.other] = names[change.path]
        elif change.path in names:
            names[change.other] = names.pop(change.path)
        elif change.path in self.folders:
            self.folders.add(change.other)
            for path in [path for path in names if path.startswith(change.path + "/")]:
                names[change.other + path[len(change.path) :]] = names.pop(path)

    def _settle_folder(self, folder: str) -> None:
        """What was done with names in a folder is safe, and what came before it there."""
        left = []
        for change in self.waiting:
            if folder in {str(Path(change.path).parent), str(Path(change.other or change.path).parent)}:
                self._rename(self.safe_names, change)
            else:
                left.append(change)
        self.waiting = left

    def after_the_cut(self, chance: Random) -> dict[str, bytes]:
        """What may be found when the power is back: path and content."""
        names = dict(self.safe_names)
        # A file system with a journal loses the newest changes of names; another one may lose any.
        if chance.random() < 0.5:
            kept = self.waiting[: chance.randint(0, len(self.waiting))]
        else:
            kept = [change for change in self.waiting if chance.random() < 0.5]
        for change in kept:
            self._rename(names, change)
        return {path: file.perhaps(chance) for path, file in names.items()}

    def said(self) -> list[str]:
        """The whole lines that were told so far."""
        return self.told.decode().split("\n")[:-1]


def _apply(content: bytearray, kind: Kind, data: bytes, at: int) -> None:
    if kind is Kind.CUT:
        if at <= len(content):
            del content[at:]
        else:
            content.extend(bytes(at - len(content)))
        return
    if at > len(content):
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data
