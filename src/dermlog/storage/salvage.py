"""Salvage: a new logbook from all that a damaged one still gives, its history, its backups and photo packs.

The damaged file is only read. What it does not give comes, in this order, from the history inside it (proved
by the hashes it was sealed with) and from the newest backup; photos come from the packs by SHA-256.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

from dermlog.domain.backup import BackupFault, BackupSet
from dermlog.domain.salvage import Salvaged
from dermlog.errors import backup_not_done
from dermlog.storage import driver, migrations
from dermlog.storage.backup_copy import (
    attached,
    finish_schema,
    is_sound,
    new_file,
    schema_of_source,
    stoppable,
)
from dermlog.storage.backup_files import NOBODY, STEP_FAULTS, Watch, fault_of, remove, sync
from dermlog.storage.backup_place import packs_folder
from dermlog.storage.format_1 import APPLICATION_ID
from dermlog.storage.making import build_empty
from dermlog.storage.photo_pack import PhotoPacks
from dermlog.storage.salvage_mending import Mending
from dermlog.storage.salvage_reading import DamagedFile
from dermlog.storage.seals import newest_seal, seal_new_lines

UNFINISHED = "-salvaging"
_PATTERN = "-pattern"
_BYTES = ("print_copy", "preview", "original")
_PROOFS = ("print_copy_sha256", "preview_sha256", "sha256")
_FROM_PATTERN = frozenset({"writing", "_sqlite_migrations"})
"""Tables that say nothing about a clinic: new ones are as good."""


def salvage(
    path: Path,
    key: bytes | None,
    backups: Sequence[BackupSet],
    *,
    backup_key: bytes | None,
    more_packs: Iterable[Path] = (),
    reapply: Callable[[Path], object] = lambda _path: None,
    watch: Watch = NOBODY,
) -> tuple[Path, Salvaged]:
    """Build a logbook beside a damaged one and prove it; gives its path and what is in it.

    backups: newest first; the first that can be read helps. reapply(path) runs on the finished file: what was
    erased since the backup is erased again. BackupNotDone when nothing can be made; nothing stays then.
    """
    target = path.with_name(path.name + UNFINISHED)
    pattern = path.with_name(path.name + _PATTERN)
    remove(target)
    remove(pattern)
    packs = [PhotoPacks(folder, backup_key) for folder in {*map(packs_folder, backups), *more_packs}]
    try:
        pattern.touch(exist_ok=False)
        build_empty(pattern, key)
        with DamagedFile(path, key) as damaged, closing(new_file(target, key, APPLICATION_ID)) as copy:
            copy.execute("BEGIN")
            work = _Salvage(damaged, copy, packs, watch)
            with stoppable(copy, watch):
                work.read_all(pattern, key)
                mending = Mending(copy, watch)
                mending.mend(backups, backup_key)
                work.bring_photos()
                _seal_anew(copy)
                work.finish()
        if not mending.known:
            raise backup_not_done(BackupFault.RECORDS_DAMAGED)
        reapply(target)
        sync(target)
        _prove(target, key)
        found = Salvaged(
            entries=mending.known,
            unreadable=mending.unreadable,
            from_history=mending.from_history,
            from_backup=mending.from_backup,
            lost=mending.lost,
            photos_from_backup=work.photos_from_packs,
            lost_photos=work.lost_photos,
            backup_at=mending.backup_at,
            only_backup=not work.could_read,
        )
    except BaseException as error:
        remove(target)
        if isinstance(error, STEP_FAULTS):
            raise fault_of(error) from error
        raise
    finally:
        remove(pattern)
    return target, found


class _Salvage:
    """The new file while it is being filled."""

    def __init__(
        self, damaged: DamagedFile, copy: driver.Connection, packs: list[PhotoPacks], watch: Watch
    ) -> None:
        self._damaged = damaged
        self._copy = copy
        self._packs = packs
        self._watch = watch
        self.photos_from_packs = 0
        self.lost_photos = 0
        self.could_read = False

    def read_all(self, pattern: Path, key: bytes | None) -> None:
        """Make every table of today and fill it with what the damaged file gives."""
        self._copy.execute("COMMIT")
        with attached(self._copy, pattern, key, mode="ro"):
            self._schema = schema_of_source(self._copy)
            self._copy.execute("BEGIN")
            for name, sql in self._schema.tables:
                self._copy.execute(sql)
                if name in _FROM_PATTERN:
                    self._copy.execute(f'INSERT INTO main."{name}" SELECT * FROM source."{name}"')
            self._copy.execute("COMMIT")
        self._copy.execute("BEGIN")
        held = {row[0] for row in self._damaged.ask("SELECT name FROM sqlite_master") or ()}
        self.could_read = bool(held)
        total = len(self._schema.tables)
        for number, (name, sql) in enumerate(self._schema.tables, start=1):
            if name in held and name not in _FROM_PATTERN:
                self._read(name, sql)
            self._watch.progress(number, 2 * total)

    def _read(self, table: str, sql: str) -> None:
        facts = self._copy.execute(f'PRAGMA main.table_info("{table}")').fetchall()
        # A file of an older format lacks columns: those it has are asked for.
        known = {row[1] for row in self._damaged.ask(f'PRAGMA table_info("{table}")') or ()}
        columns = [row[1] for row in facts if row[1] in known]
        if table == "photo_image":
            columns = [column for column in columns if column not in _BYTES]
        listed = ", ".join(f'"{column}"' for column in columns)
        if "WITHOUT ROWID" in sql.upper():
            key = ", ".join(f'"{row[1]}"' for row in sorted(facts, key=lambda row: int(row[5])) if row[5])
            into, rows = listed, self._damaged.rows_by_key(table, listed, key, self._watch.check)
        else:
            numbered = [row[1] for row in facts if row[5] and row[2].upper() == "INTEGER"]
            name = f'"{numbered[0]}"' if numbered else "rowid"
            rest = ", ".join(f'"{column}"' for column in columns if f'"{column}"' != name)
            into, rows = f"{name}, {rest}", self._damaged.rows(table, rest, name, self._watch.check)
        if table == "photo_image":
            into += ", " + ", ".join(_BYTES)
        marks = ", ".join("?" * (into.count(",") + 1))
        insert = f'INSERT OR IGNORE INTO main."{table}" ({into}) VALUES ({marks})'
        for row in rows:
            values = (*row, *self._pictures(row[0])) if table == "photo_image" else row
            try:
                self._copy.execute(insert, values)
            except driver.IntegrityError:
                # Damage that reads as something else than was ever stored: as good as unreadable.
                continue

    def _pictures(self, number: int) -> tuple[bytes, ...]:
        """The three pictures of a photo, empty where they cannot be read."""
        found = []
        for column in _BYTES:
            rows = self._damaged.ask(f"SELECT {column} FROM photo_image WHERE number = ?", (number,))
            found.append(bytes(rows[0][0]) if rows else b"")
        return tuple(found)

    def bring_photos(self) -> None:
        """Prove every picture; what is not what was stored comes from the packs, whole."""
        names = self._copy.execute("SELECT number, sha256 FROM photo_image ORDER BY number").fetchall()
        indexes = None
        for done, (number, sha256) in enumerate(names, start=1):
            self._watch.check()
            self._watch.progress(len(names) + done, 2 * len(names))
            proofs = self._copy.execute(
                f"SELECT {', '.join((*_BYTES, *_PROOFS))} FROM photo_image WHERE number = ?", (number,)
            ).fetchone()
            sound = [
                hashlib.sha256(content).hexdigest() == proof
                for content, proof in zip(proofs[:3], proofs[3:], strict=True)
            ]
            if all(sound):
                continue
            indexes = indexes if indexes is not None else [pack.index() for pack in self._packs]
            photo = next(
                (
                    found
                    for pack, index in zip(self._packs, indexes, strict=True)
                    if sha256 in index and (found := pack.get(index[sha256], sha256)) is not None
                ),
                None,
            )
            if photo is None:
                self.lost_photos += 1
                values: tuple[bytes, ...] = tuple(
                    content if good else b"" for content, good in zip(proofs[:3], sound, strict=True)
                )
            else:
                self.photos_from_packs += 1
                values = (photo.print_copy, photo.preview, photo.original)
            self._copy.execute(
                "UPDATE photo_image SET print_copy = ?, preview = ?, original = ? WHERE number = ?",
                (*values, number),
            )

    def finish(self) -> None:
        """Indexes, search and laws; then the file is complete."""
        finish_schema(self._copy, self._schema, searching=True)
        self._copy.execute(f"PRAGMA user_version = {migrations.FORMAT}")
        self._copy.execute("COMMIT")


def _seal_anew(copy: driver.Connection) -> None:
    """Lines whose seal is lost are sealed again, or the next save could not seal its own."""
    _number, change, _access, _hash = newest_seal(copy)
    copy.execute("DELETE FROM change_hash WHERE sequence > ?", (change,))
    seal_new_lines(copy)


def _prove(path: Path, key: bytes | None) -> None:
    with closing(driver.connect(path, key, "rw")) as copy:
        copy.execute("PRAGMA trusted_schema = OFF")
        sound = migrations.fingerprint(copy) == migrations.FINGERPRINTS[migrations.FORMAT] and is_sound(copy)
    if not sound:
        raise backup_not_done(BackupFault.NOT_PROVEN)
    if os.name != "nt":
        path.chmod(0o600)
