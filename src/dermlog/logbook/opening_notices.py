"""What has to be said when a logbook is opened: entries that are missing, a broken chain, a wrong clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dermlog.chain_sentences import chain_sentence, older_file_sentence, other_file_sentence
from dermlog.domain.access import AccessKind
from dermlog.domain.chain import Anchor, AnchorSource
from dermlog.file_sentences import clock_behind_sentence, missing_entries_sentence
from dermlog.storage import chain
from dermlog.storage.head_memory import HeadMemory
from dermlog.storage.witness import Witness

if TYPE_CHECKING:
    from dermlog.logbook.door import Logbook
    from dermlog.storage.database import Database

_CLOCK_TOLERANCE = timedelta(minutes=2)


def opening_notices(logbook: Logbook) -> Iterator[str]:
    """The sentences for a file that was just opened for writing, before anything is written to it."""
    witness = Witness(logbook.path)
    newest = logbook.history.newest()
    noted, head = witness.recall(), witness.recall_head()
    missing = noted is not None and (newest is None or noted[0] > newest[0])
    if noted is not None and missing:
        yield missing_entries_sentence(noted[1], None if newest is None else newest[1])
    if noted is not None:
        # After a closing in order the window reads the chain once it stands; nobody waits for it then.
        anchors = [] if head is None or missing else [Anchor(AnchorSource.WITNESS, head, noted[1])]
        for one in logbook.history.verify_newest(anchors).breaks[:1]:
            yield chain_sentence(one)
    if newest is not None and newest[1] > logbook.now() + _CLOCK_TOLERANCE:
        logbook.accesses.note(AccessKind.CLOCK_BEHIND, detail=str(newest[0]))
        yield clock_behind_sentence(newest[1])


def memory_notices(logbook: Logbook, database: Database, folder: Path) -> Iterator[str]:
    """Compare a file with what this PC remembers of it; from then on its newest heads are remembered."""
    identity = logbook.history.identity()
    if not identity:
        return
    memory = HeadMemory(folder, identity)
    head, known = logbook.history.head(), memory.recall()
    newest = known.newest
    place = str(logbook.path.absolute())
    if newest is not None and not chain.agrees(database, newest.head):
        elsewhere = known.place != place and Path(known.place).exists()
        older = newest.head.sequence > head.sequence
        if not logbook.read_only:
            detail = f"{newest.head.sequence} {head.sequence}"
            logbook.accesses.note(
                AccessKind.OLDER_FILE if older else AccessKind.CHAIN_BROKEN,
                detail=detail if older else f"rewritten 1 {newest.head.sequence}",
            )
        yield (
            older_file_sentence(newest, Path(known.place).name if elsewhere else "")
            if older
            else other_file_sentence(newest)
        )
        # Said once: whoever goes on with this file means it. A copy beside the one in use changes nothing.
        if not elsewhere and not logbook.read_only:
            memory.begin_anew(head, logbook.now(), logbook.path.absolute())
    if not logbook.read_only:
        database.memory = memory
