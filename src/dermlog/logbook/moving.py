"""A logbook in a place where it must not live: moving it to this PC, and saying what lies beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from dermlog.file_sentences import conflict_sentence, conflicts_beside_sentence
from dermlog.storage.conflicts import copies_beside, copy_of

Progress = Callable[[int, int], None]


def conflict_notices(path: Path) -> Iterator[str]:
    """What to say of a file that is a conflicted copy, or that has such copies beside it."""
    first = copy_of(path)
    if first:
        yield conflict_sentence(path.name, first)
    beside = copies_beside(path)
    if beside:
        yield conflicts_beside_sentence(beside)


def move_logbook(
    source: Path, target: Path, *, now: datetime, progress: Progress | None = None
) -> Path | None:
    """Move a closed logbook with its key slots to a place on this PC; LogbookNotOpened when it fails.

    The old file is set aside under a dated name, which is given; None where it had to stay as it was.
    """
    from dermlog.storage.moving import move_logbook as move  # noqa: PLC0415 - rarely needed

    return move(source, target, now, progress)
