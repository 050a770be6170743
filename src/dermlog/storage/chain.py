"""Verifying the chain of seals: every entry against its proof, every seal against the one before it.

A break is named as closely as the file allows: the entry whose proof does not fit, the first number that is
missing, else all entries of the one transaction that was sealed together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from dermlog.domain.chain import Anchor, ChainBreak, ChainFault, ChainHead, ChainLog, ChainResult
from dermlog.storage.database import Database
from dermlog.storage.seals import NO_SEAL, payload_hash, seal_hash

Progress = Callable[[int, int], None]

AT_OPENING = 1_000
"""So many of the newest entries are verified each time a file is opened."""
_BLOCK = 1_000
_TOLD = 20

_CHANGES = (
    'SELECT c.sequence, c.at, c.staff_id, c."table", c.patient_id, c.kind, c.reason, c.row_id, p.before, '
    "p.after, h.salt, h.hash FROM change c LEFT JOIN change_payload p USING (sequence) "
    "LEFT JOIN change_hash h USING (sequence) WHERE c.sequence > ? ORDER BY c.sequence LIMIT ?"
)
_ACCESSES = (
    "SELECT sequence, at, staff_id, patient_id, kind, detail FROM access WHERE sequence > ? "
    "ORDER BY sequence LIMIT ?"
)
_SEALS = (
    "SELECT number, last_change, last_access, previous, hash FROM seal WHERE number > ? "
    "ORDER BY number LIMIT ?"
)

_Row = tuple[Any, ...]


def head_of(database: Database) -> ChainHead:
    """The head: the newest change, and the seal that was set with it; later looks do not move it."""
    newest = database.row("SELECT number, last_change FROM seal ORDER BY number DESC LIMIT 1")
    if newest is None or not newest[1]:
        return ChainHead(0, "")
    number = _first_seal_from(database, newest[1], newest[0])
    sealed = database.value("SELECT hash FROM seal WHERE number = ?", (number,))
    return ChainHead(newest[1], "") if sealed is None else ChainHead.of(newest[1], bytes(sealed))


def agrees(database: Database, anchor: ChainHead) -> bool:
    """Whether the file has this head among its seals."""
    newest = database.row("SELECT number FROM seal ORDER BY number DESC LIMIT 1")
    if newest is None:
        return not anchor.sequence
    first = _first_seal_from(database, anchor.sequence, newest[0])
    last = _first_seal_from(database, anchor.sequence + 1, newest[0])
    return any(
        ChainHead.of(sequence, bytes(sealed)) == anchor
        for sequence, sealed in database.rows(
            "SELECT last_change, hash FROM seal WHERE number BETWEEN ? AND ?", (first, last)
        )
    )


def verify(
    database: Database,
    progress: Progress | None = None,
    *,
    newest: int | None = None,
    anchors: Sequence[Anchor] = (),
) -> ChainResult:
    """Verify the whole chain, or only the newest so many entries, and compare it with heads kept outside.

    progress(seals read, of all) is called now and then. NotRead where the file or the disk refuses.
    """
    return _Verification(database, progress, newest).run(anchors)


def _first_seal_from(database: Database, sequence: int, highest: int) -> int:
    """The number of the first seal that reaches an entry; seals never go back, so halving finds it."""
    low, high = 1, highest
    while low < high:
        middle = (low + high) // 2
        reached = database.value(
            "SELECT last_change FROM seal WHERE number >= ? ORDER BY number LIMIT 1", (middle,)
        )
        if reached is not None and reached < sequence:
            low = middle + 1
        else:
            high = middle
    return low


class _Lines:
    """Rows in the order of their first column, read in blocks, taken up to a number."""

    def __init__(self, database: Database, sql: str, after: int) -> None:
        self._database, self._sql, self._after = database, sql, after
        self._block: list[_Row] = []
        self._place = 0
        self._ended = False

    def peek(self) -> _Row | None:
        """The next row, None after the last."""
        if self._place == len(self._block) and not self._ended:
            self._block = self._database.rows(self._sql, (self._after, _BLOCK))
            self._place = 0
            self._ended = not self._block
            if self._block:
                self._after = self._block[-1][0]
        return None if self._ended else self._block[self._place]

    def until(self, last: int) -> Iterator[_Row]:
        """Take the rows up to a number."""
        while (row := self.peek()) is not None and row[0] <= last:
            # Within the block without a look ahead: this is done for every line of the history.
            block = self._block
            while row[0] <= last:
                self._place += 1
                yield row
                if self._place == len(block):
                    break
                row = block[self._place]
            else:
                return


class _Verification:
    def __init__(self, database: Database, progress: Progress | None, newest: int | None) -> None:
        self._database = database
        self._progress = progress
        self._whole = newest is None
        self._breaks: list[ChainBreak] = []
        self._entries = 0
        self._of = database.value("SELECT max(number) FROM seal") or 0
        self._erased = {row[0] for row in database.rows("SELECT patient_id FROM erasure")}
        self._number, self._change, self._access, self._previous = 0, 0, 0, NO_SEAL
        if newest is not None:
            self._skip(newest)
        # A line with a number below the first belongs to no transaction: the whole read begins before it.
        start = -(2**62)
        self._changes = _Lines(database, _CHANGES, start if self._whole else self._change)
        self._accesses = _Lines(database, _ACCESSES, start if self._whole else self._access)
        self._seals = _Lines(database, _SEALS, start if self._whole else self._number)

    def run(self, anchors: Sequence[Anchor]) -> ChainResult:
        for seal in self._seals.until(2**62):
            self._seal(*seal)
            if self._progress is not None and seal[0] % 256 == 0:
                self._progress(seal[0], self._of)
        self._tail()
        if self._whole:
            self._loose()
        agreed = 0
        for anchor in sorted(anchors, key=lambda one: one.head.sequence):
            if not anchor.head.sequence or agrees(self._database, anchor.head):
                agreed = max(agreed, anchor.head.sequence)
            else:
                # Every later head contradicts the file as well: the first one names the place best.
                self._hold_against(anchor, agreed)
                break
        if self._progress is not None:
            self._progress(self._of, self._of)
        found = sorted(self._breaks, key=lambda one: (one.anchor is not None, one.first))[:_TOLD]
        return ChainResult(head_of(self._database), self._entries, tuple(found))

    def _skip(self, newest: int) -> None:
        """Begin at the seal before the newest so many entries."""
        until = self._database.value("SELECT max(last_change) FROM seal") or 0
        first = _first_seal_from(self._database, until - newest + 1, self._of) if self._of else 1
        before = self._database.row(
            "SELECT number, last_change, last_access, hash FROM seal WHERE number < ? "
            "ORDER BY number DESC LIMIT 1",
            (first,),
        )
        if before is not None:
            self._number, self._change, self._access = before[:3]
            self._previous = bytes(before[3])

    def _seal(self, number: int, change: int, access: int, previous: bytes, sealed: bytes) -> None:
        first, first_access = self._change + 1, self._access + 1
        told = len(self._breaks)
        facts: list[_Row] = []
        looks: list[_Row] = list(self._accesses.until(access))
        followed = (
            number == self._number + 1
            and bytes(previous) == self._previous
            and change >= self._change
            and access >= self._access
        )

        def lines() -> Iterator[_Row]:
            for row in self._changes.until(change):
                facts.append(row[:6])
                self._prove(row)
                yield (*row[:6], b"" if row[11] is None else row[11])

        found = seal_hash(bytes(previous), number, lines(), looks)
        self._entries += len(facts)
        if number != self._number + 1 and len(self._breaks) == told:
            # A seal is gone, and with it the knowledge of where its transaction ended.
            self._break(ChainFault.BROKEN, max(1, self._change), change, _time(facts))
        elif (found != bytes(sealed) or not followed) and len(self._breaks) == told:
            self._narrow(facts, looks, (first, change), (first_access, access))
        self._number, self._change, self._access = number, change, access
        self._previous = bytes(sealed)

    def _prove(self, row: _Row) -> None:
        """One entry against its own proof."""
        sequence, at, _staff, _table, patient, _kind, reason, row_id, before, after, salt, proof = row
        if salt is None or proof is None:
            self._break(ChainFault.CHANGED, sequence, sequence, at)
        elif not salt:
            # Erased by law: nothing that it said may be left, and the erasure itself is on record.
            if patient not in self._erased or reason or row_id or before is not None or after is not None:
                self._break(ChainFault.CHANGED, sequence, sequence, at)
        elif payload_hash(bytes(salt), reason, row_id, before, after) != bytes(proof):
            self._break(ChainFault.CHANGED, sequence, sequence, at)

    def _narrow(
        self, facts: list[_Row], looks: list[_Row], changes: tuple[int, int], accesses: tuple[int, int]
    ) -> None:
        """Find out which line of a transaction does not belong to its seal."""
        missing = _first_missing(facts, *changes)
        if missing is not None:
            at = next((row[1] for row in reversed(facts) if row[0] < missing), _time(facts))
            self._break(ChainFault.MISSING, missing, missing, at)
            return
        missing = _first_missing(looks, *accesses)
        if missing is not None:
            self._break(ChainFault.MISSING, missing, missing, _time(looks) or _time(facts), ChainLog.ACCESSES)
            return
        odd = _odd_one(facts)
        if odd is not None:
            self._break(ChainFault.CHANGED, odd[0], odd[0], odd[1])
        elif facts:
            self._break(ChainFault.BROKEN, facts[0][0], facts[-1][0], facts[0][1])
            if looks:
                self._break(ChainFault.BROKEN, looks[0][0], looks[-1][0], looks[0][1], ChainLog.ACCESSES)
        elif looks:
            self._break(ChainFault.BROKEN, looks[0][0], looks[-1][0], looks[0][1], ChainLog.ACCESSES)
        else:
            at = self._database.value("SELECT at FROM change WHERE sequence = ?", (self._change,))
            self._break(ChainFault.BROKEN, max(1, self._change), max(1, self._change), at)

    def _tail(self) -> None:
        """Lines after the newest seal: written past the application. None is sealed just after an update."""
        if self._of == 0 and self._database.value("SELECT count(*) FROM change_hash") == 0:
            return
        for lines, log in ((self._changes, ChainLog.CHANGES), (self._accesses, ChainLog.ACCESSES)):
            rest = list(lines.until(2**62))
            if rest:
                self._break(ChainFault.ADDED, rest[0][0], rest[-1][0], rest[0][1], log)

    def _loose(self) -> None:
        """Proofs and contents of entries that are not there."""
        known = {one.first for one in self._breaks if one.log is ChainLog.CHANGES}
        for table in ("change_hash", "change_payload"):
            for (sequence,) in self._database.rows(
                f"SELECT t.sequence FROM {table} t LEFT JOIN change c USING (sequence) "
                f"WHERE c.sequence IS NULL ORDER BY t.sequence LIMIT {_TOLD}"
            ):
                if sequence not in known:
                    known.add(sequence)
                    self._break(ChainFault.MISSING, sequence, sequence, None)

    def _hold_against(self, anchor: Anchor, agreed: int) -> None:
        head = anchor.head
        if head.sequence > self._change:
            self._breaks.append(
                ChainBreak(ChainFault.OLDER, self._change + 1, head.sequence, anchor.at, anchor=anchor)
            )
        else:
            at = self._database.value("SELECT at FROM change WHERE sequence = ?", (head.sequence,))
            self._breaks.append(
                ChainBreak(
                    ChainFault.REWRITTEN,
                    min(agreed + 1, head.sequence),
                    head.sequence,
                    _moment(at) or anchor.at,
                    anchor=anchor,
                )
            )

    def _break(
        self, fault: ChainFault, first: int, last: int, at: str | None, log: ChainLog = ChainLog.CHANGES
    ) -> None:
        self._breaks.append(ChainBreak(fault, first, last, _moment(at), log))


def _first_missing(rows: Iterable[_Row], first: int, last: int) -> int | None:
    expected = first
    for row in rows:
        if row[0] > expected:
            return expected
        expected = row[0] + 1
    return expected if expected <= last else None


def _odd_one(facts: Sequence[_Row]) -> _Row | None:
    """The one entry of a transaction whose time or writer is not that of all the others."""
    if len(facts) < 3:
        return facts[0] if len(facts) == 1 else None
    for column in (1, 2):
        counts = Counter(row[column] for row in facts)
        usual, count = counts.most_common(1)[0]
        if count == len(facts) - 1:
            return next(row for row in facts if row[column] != usual)
    return None


def _time(rows: Sequence[_Row]) -> str | None:
    return rows[0][1] if rows else None


def _moment(at: str | None) -> datetime | None:
    try:
        return None if at is None else datetime.fromisoformat(at)
    except ValueError:
        return None
