"""A witness beside the open file: number, seal and time of the newest entry, to notice missing entries.

A cleaning program that deletes the write-ahead log after a crash, or an old copy put in the file's place,
leaves a sound file that lacks its newest entries. The witness says so at the next opening. A closed logbook
has none: then everything is in the one file.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from dermlog.domain.chain import ChainHead


class Witness:
    """Notes each saved entry; may be told from any thread that saves."""

    def __init__(self, logbook: Path) -> None:
        """For this file; nothing is written yet."""
        self._path = witness_path(logbook)
        self._head: ChainHead | None = None

    def note(self, sequence: int, at: datetime, head: ChainHead | None = None) -> None:
        """The newest entry has this number and time, and this head when it moved.

        A witness that cannot write must not stop a save.
        """
        if head is not None:
            self._head = head
        text = json.dumps(
            {
                "sequence": sequence,
                "at": at.isoformat(timespec="seconds"),
                "head": None if self._head is None else self._head.text,
            }
        )
        with suppress(OSError):
            self._path.write_text(text, encoding="utf-8")

    def recall(self) -> tuple[int, datetime] | None:
        """What was noted last, or None when nothing readable was."""
        try:
            facts = json.loads(self._path.read_text(encoding="utf-8"))
            return int(facts["sequence"]), datetime.fromisoformat(facts["at"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def recall_head(self) -> ChainHead | None:
        """The head that was noted last, or None when nothing readable was."""
        try:
            return ChainHead.read(json.loads(self._path.read_text(encoding="utf-8"))["head"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def leave(self) -> None:
        """The file is closed and complete: no witness is needed."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def witness_path(logbook: Path) -> Path:
    """Where the witness of a logbook lies."""
    return logbook.with_name(logbook.name + "-state")
