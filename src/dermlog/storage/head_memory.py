"""What this PC remembers of a logbook: the newest heads of its chain, to notice an older file in its place.

One small file of JSON for each logbook, in a folder of the application outside the clinic's own: numbers,
codes, times and the place of the file, nothing about a patient.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dermlog.domain.chain import Anchor, AnchorSource, ChainHead

MOST = 120
"""So many heads are kept, one for each day."""
_LARGEST = 1 << 17


@dataclass(frozen=True)
class Remembered:
    """The heads, the oldest first, and where the file lay that had the newest."""

    heads: tuple[Anchor, ...] = ()
    place: str = ""

    @property
    def newest(self) -> Anchor | None:
        """The newest head, None before any."""
        return self.heads[-1] if self.heads else None


class HeadMemory:
    """HeadMemory(folder, identity of the logbook); a folder that cannot be written is no error."""

    def __init__(self, folder: Path, identity: str) -> None:
        self._path = folder / f"{hashlib.sha256(identity.encode()).hexdigest()[:24]}.json"

    def recall(self) -> Remembered:
        """What is remembered; nothing where nothing readable is."""
        try:
            if self._path.stat().st_size > _LARGEST:
                return Remembered()
            facts = json.loads(self._path.read_text(encoding="utf-8"))
            heads = [_anchor(at, text) for at, text in facts["heads"]]
            return Remembered(tuple(head for head in heads if head is not None), str(facts["place"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return Remembered()

    def note(self, head: ChainHead, at: datetime, place: Path) -> None:
        """Remember a newer head; one of the same day takes the place of the one before."""
        known = self.recall()
        newest = known.newest
        if newest is not None and head.sequence < newest.head.sequence:
            return
        kept = list(known.heads)
        while kept and kept[-1].at is not None and kept[-1].at.date() == at.date():
            kept.pop()
        self._write([*kept, Anchor(AnchorSource.THIS_PC, head, at)], place)

    def begin_anew(self, head: ChainHead, at: datetime, place: Path) -> None:
        """From now on this older head counts: heads after it are dropped, because the file lacks them."""
        kept = [one for one in self.recall().heads if one.head.sequence < head.sequence]
        self._write([*kept, Anchor(AnchorSource.THIS_PC, head, at)], place)

    def _write(self, heads: Iterable[Anchor], place: Path) -> None:
        lines = [[one.at.isoformat(), one.head.text] for one in heads if one.at is not None and one.head.text]
        text = json.dumps({"place": str(place), "heads": lines[-MOST:]})
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = self._path.with_suffix(".part")
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(self._path)


def _anchor(at: str, text: str) -> Anchor | None:
    head = ChainHead.read(text)
    return None if head is None else Anchor(AnchorSource.THIS_PC, head, datetime.fromisoformat(at))
