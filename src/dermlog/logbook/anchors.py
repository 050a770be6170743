"""Heads of the chain that are kept outside the file: beside it, on this PC, and in the backups."""

from __future__ import annotations

from collections.abc import Iterable

from dermlog.domain.backup import BackupSet
from dermlog.domain.chain import Anchor, AnchorSource, ChainHead
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
    for one in backups:
        head = ChainHead.read(one.chain_head)
        if head is not None:
            found.append(Anchor(AnchorSource.BACKUP, head, one.made_at))
    return tuple(found)
