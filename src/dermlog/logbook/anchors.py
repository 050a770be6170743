"""Heads of the chain that are kept outside the file: beside it, on this PC, and in the backups."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from dermlog.domain.access import AccessKind
from dermlog.domain.backup import BackupSet
from dermlog.domain.chain import Anchor, AnchorSource, ChainHead
from dermlog.errors import NotRead
from dermlog.storage.database import Database


def anchors_of(database: Database, backups: Iterable[BackupSet]) -> tuple[Anchor, ...]:
    """Every head that is known of an open logbook, in no order."""
    found: list[Anchor] = []
    if database.witness is not None:
        head, noted = database.witness.recall_head(), database.witness.recall()
        if head is not None:
            found.append(Anchor(AnchorSource.WITNESS, head, noted[1] if noted else None))
    if database.memory is not None:
        found += database.memory.recall().heads
    restores = _restores(database)
    for one in backups:
        head = ChainHead.read(one.chain_head)
        # What a restore left behind was lawfully left: such a backup says nothing against the file.
        left = head is not None and any(
            one.made_at <= at and head.sequence > sequence for at, sequence in restores
        )
        if head is not None and not left:
            found.append(Anchor(AnchorSource.BACKUP, head, one.made_at))
    return tuple(found)


def _restores(database: Database) -> list[tuple[datetime, int]]:
    """When the file was made by a restore, and the newest entry that came with it; sealed like every line."""
    found = []
    # A log that is damaged tells of none; whoever checks the file finds that damage, and says so.
    with suppress(NotRead):
        for at, detail in database.rows(
            "SELECT at, detail FROM access WHERE kind = ?", (AccessKind.RESTORED.value,)
        ):
            number = detail.partition(" ")[0]
            with suppress(ValueError):
                found.append((datetime.fromisoformat(at), int(number)))
    return found
