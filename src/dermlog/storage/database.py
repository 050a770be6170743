"""One connection to the file: reading, and writing whole steps that are announced once they are on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from dermlog.changes import Change, Changes, Noun
from dermlog.domain.chain import ChainHead
from dermlog.domain.file_fault import Refusal, SavingFault
from dermlog.domain.key_fault import KeyFault
from dermlog.domain.permission import Action, may
from dermlog.domain.staff import Role
from dermlog.errors import not_allowed, not_permitted, not_read, not_saved, not_unlocked
from dermlog.storage import driver
from dermlog.storage.guard import guard
from dermlog.storage.head_memory import HeadMemory
from dermlog.storage.held_key import HeldKey
from dermlog.storage.rows import Value
from dermlog.storage.seals import newest_seal, seal_new_lines
from dermlog.storage.witness import Witness

_FREED_AT_REST = 1024
"""Pages given back to the disk in one rest (16 MB), so that a rest never takes long."""

ResultRow = tuple[Any, ...]
Clock = Callable[[], datetime]


class Database:
    """A connection that opens itself when first used, in the thread that uses it, and stays there.

    writable False is for viewing. acting is who writes and goes into every line of the history; role is what
    they may do, None while no staff acts: making a file, and restoring one.
    """

    def __init__(
        self,
        path: Path,
        *,
        key: bytes | HeldKey | None,
        clock: Clock,
        changes: Changes,
        writable: bool = True,
        mode: str = "rw",
        immutable: bool = False,
    ) -> None:
        self.path = path
        self.held = key if isinstance(key, HeldKey) else HeldKey(key)
        self.clock = clock
        self.changes = changes
        self.writable = writable
        self.mode = mode
        self.immutable = immutable
        self.acting: UUID | None = None
        self.role: Role | None = None
        self._connection: driver.Connection | None = None
        self._generation = 0
        self._identity: tuple[int, int] | None = None
        self._closed = False
        self._depth = 0
        self._collected: set[Change] = set()
        self.witness: Witness | None = None
        self.memory: HeadMemory | None = None
        self._columns: dict[str, tuple[str, ...]] = {}

    @property
    def may_write(self) -> bool:
        """Whether whoever acts may write anything at all."""
        return self.role is not Role.VIEWER

    def require(self, action: Action) -> None:
        """NotAllowed when whoever acts may not do this; the one place where roles are enforced.

        NotUnlocked while the logbook is locked: then nobody acts.
        """
        if self.held.is_dropped:
            raise not_unlocked(KeyFault.LOCKED)
        if self.role is not None and not may(self.role, action):
            raise not_permitted(action)

    def refuse_hidden(self, patient_id: UUID) -> None:
        """NotAllowed when this patient is restricted, and whoever acts must not see whom."""
        if self.role is None or may(self.role, Action.SEE_RESTRICTED):
            return
        if self.value("SELECT 1 FROM restriction WHERE patient_id = ?", (str(patient_id),)):
            raise not_allowed(Refusal.RESTRICTED)

    @property
    def key(self) -> bytes | None:
        """The key, None for a file that is not encrypted; NotUnlocked while the logbook is locked."""
        return self.held.take()

    @property
    def connection(self) -> driver.Connection:
        """The open connection; NotSaved after close, NotUnlocked while the logbook is locked."""
        # A step that has begun may end; nothing new begins without the key, nor under an earlier one.
        if (self.held.is_dropped or self._generation != self.held.generation) and not self._is_busy:
            self.let_go()
        if self._connection is None:
            if self._closed:
                raise not_saved(SavingFault.CLOSED)
            self._generation = self.held.generation
            connection = driver.connect(self.path, self.held.take(), self.mode, immutable=self.immutable)
            try:
                driver.settle(connection, writing=self.writable)
                guard(connection)
            except driver.FAULTS:
                connection.close()
                raise
            self._connection = connection
            self.held.opened()
            if self._identity is None:
                self._identity = _identity(self.path)
        return self._connection

    @property
    def _is_busy(self) -> bool:
        return bool(self._depth) or (self._connection is not None and self._connection.in_transaction)

    def close(self) -> None:
        """Let go of the file for good; the last connection to close folds it into one file."""
        self.let_go()
        self._closed = True

    def let_go(self) -> None:
        """Close the connection; unless closed for good, the next use opens another."""
        if self._connection is not None:
            with suppress(*driver.FAULTS):
                self._connection.close()
            self.held.closed()
        self._connection = None

    def rest(self) -> None:
        """Fold the write-ahead log into the file and give freed pages back; harmless when others are busy."""
        if self._connection is None or not self.writable or self._depth:
            return
        with suppress(*driver.FAULTS):
            if self._connection.execute("PRAGMA freelist_count").fetchone()[0]:
                self._connection.execute(f"PRAGMA incremental_vacuum({_FREED_AT_REST})").fetchall()
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[ResultRow]:
        """All result rows of a query; NotRead when the file or the disk refuses.

        After an error the connection is opened again and the query asked once more: one bad read spoils a
        connection, and one error proves nothing about the file. Inside atomic() the error goes up to it.
        """
        try:
            return self.connection.execute(sql, values).fetchall()
        except driver.FAULTS as error:
            # An unknown error is a fault of the program, not of the disk: it goes up as it is.
            if self._depth or saving_fault(error) is SavingFault.OTHER:
                raise
        self.let_go()
        try:
            return self.connection.execute(sql, values).fetchall()
        except driver.FAULTS as error:
            raise not_read(saving_fault(error)) from error

    def row(self, sql: str, values: Sequence[Value] = ()) -> ResultRow | None:
        """The first result row, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Sequence[Value] = ()) -> Any:
        """The first column of the first result row, or None."""
        found = self.row(sql, values)
        return None if found is None else found[0]

    def columns(self, table: str) -> tuple[str, ...]:
        """The names of a table's columns, in order."""
        if table not in self._columns:
            cursor = self.connection.execute(f'SELECT * FROM "{table}" LIMIT 0')
            self._columns[table] = tuple(column[0] for column in cursor.description)
        return self._columns[table]

    def write(self, sql: str, values: Sequence[Value] = ()) -> int:
        """One writing statement inside atomic(); gives the number of rows it touched."""
        return self._writing().execute(sql, values).rowcount

    def write_many(self, sql: str, values: Iterable[Sequence[Value]]) -> None:
        """One writing statement for each set of values, inside atomic()."""
        self._writing().executemany(sql, values)

    def _writing(self) -> driver.Connection:
        if not self._depth:
            raise RuntimeError("write outside atomic()")
        # A full disk ends the whole transaction; whoever swallowed that error must not write half a step.
        if not self.connection.in_transaction:
            raise driver.OperationalError("the transaction has ended")
        return self.connection

    def changed(self, noun: Noun, patient_id: UUID | None = None) -> None:
        """Note what the running step changed; told to listeners after the outermost commit.

        NotAllowed, which undoes the step, when it concerns a patient whom whoever acts must not see.
        """
        if patient_id is not None:
            self.refuse_hidden(patient_id)
        self._collected.add(Change(noun, patient_id))

    @contextmanager
    def atomic(self, reason: str = "", *, looking: bool = False) -> Iterator[None]:
        """All or nothing. Nested steps undo only themselves; the outermost commit makes everything durable.

        Raises NotSaved when the file or the disk refuses; then nothing was changed and a retry is safe.
        NotAllowed when the person writing may only look; looking is for noting that somebody did.
        """
        if self._depth:
            with self._savepoint():
                yield
            return
        if not self.writable:
            raise not_saved(SavingFault.READ_ONLY)
        if self.held.is_dropped:
            raise not_unlocked(KeyFault.LOCKED)
        if not self.may_write and not looking:
            raise not_allowed(Refusal.MAY_NOT_WRITE)
        self._begin(reason)
        # A file that was deleted or renamed under an open connection takes every entry and keeps none of them
        # where anybody will look.
        if self._identity is not None and _identity(self.path) not in {None, self._identity}:
            self._roll_back()
            raise not_saved(SavingFault.GONE)
        self._depth = 1
        try:
            try:
                yield
                sealed = seal_new_lines(self._writing())
                _number, sequence, _access, newest = newest_seal(self._writing())
            finally:
                self._depth = 0
            self.connection.execute("COMMIT")
        except BaseException as error:
            self._roll_back()
            if isinstance(error, driver.FAULTS):
                fault = saving_fault(error)
                if fault is SavingFault.DISK_FULL:
                    # Folding the write-ahead log back may free what the next try needs.
                    self.rest()
                raise not_saved(fault) from error
            raise
        news, self._collected = frozenset(self._collected), set()
        if self.witness is not None:
            head = None if sealed is None else ChainHead.of(sequence, newest)
            self.witness.note(sequence, self.clock(), head)
        self.changes.announce(news)

    @contextmanager
    def erasing(self, patient_id: UUID) -> Iterator[None]:
        """One step in which what the history says about one patient may be taken out of it, by law.

        The lines stay, and the chain of seals with them. Raises as atomic() does.
        """
        if self._depth:
            raise RuntimeError("an erasure is a step of its own")
        with self.atomic():
            guard(self.connection, erasing=True)
            try:
                self.write("UPDATE writing SET erasing = ?", (str(patient_id),))
                yield
                self.write("UPDATE writing SET erasing = NULL")
            finally:
                if self._connection is not None:
                    guard(self._connection)

    def _begin(self, reason: str) -> None:
        try:
            try:
                self.connection.execute("BEGIN IMMEDIATE")
            except (driver.OperationalError, MemoryError) as error:
                if not _is_disk_error(error):
                    raise
                self.let_go()
                self.connection.execute("BEGIN IMMEDIATE")
            self.connection.execute(
                "UPDATE writing SET staff_id = ?, at = ?, reason = ?",
                (None if self.acting is None else str(self.acting), self.clock().isoformat(), reason),
            )
        except driver.FAULTS as error:
            self._roll_back()
            raise not_saved(saving_fault(error)) from error

    def _roll_back(self) -> None:
        self._collected = set()
        if self._connection is None:
            return
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except driver.FAULTS:
            # A connection that cannot even roll back is spent; closing it rolls back.
            self.let_go()

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        name = f"step_{self._depth}"
        kept = set(self._collected)
        self._writing().execute(f"SAVEPOINT {name}")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            self._collected = kept
            # A full disk may have ended the whole transaction already.
            if self.connection.in_transaction:
                with suppress(*driver.FAULTS):
                    self.connection.execute(f"ROLLBACK TO {name}")
                    self.connection.execute(f"RELEASE {name}")
            raise
        self._depth -= 1
        self.connection.execute(f"RELEASE {name}")


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path: (0, 0) where none does, None where the system does not tell."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found.st_ino else None


def saving_fault(error: BaseException) -> SavingFault:
    """What a failed statement means for the person who saves."""
    text = str(error).lower()
    for words, fault in (
        ("disk is full", SavingFault.DISK_FULL),
        ("readonly", SavingFault.READ_ONLY),
        ("read-only", SavingFault.READ_ONLY),
        ("locked", SavingFault.LOCKED),
        ("busy", SavingFault.LOCKED),
        ("unable to open", SavingFault.DISK),
        ("i/o error", SavingFault.DISK),
        ("malformed", SavingFault.DAMAGED),
        ("corrupt", SavingFault.DAMAGED),
        # What a damaged page of the search index says of itself.
        ("vtable constructor failed", SavingFault.DAMAGED),
        ("not a database", SavingFault.DAMAGED),
    ):
        if words in text:
            return fault
    return SavingFault.DISK if isinstance(error, MemoryError) else SavingFault.OTHER


def _is_disk_error(error: BaseException) -> bool:
    return isinstance(error, MemoryError) or "i/o error" in str(error).lower()
