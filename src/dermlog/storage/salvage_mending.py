"""Mending a salvaged file: rows that its own history proves, and rows that only a backup still has."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from dermlog.domain.backup import BackupSet
from dermlog.storage import driver
from dermlog.storage.backup import check_records
from dermlog.storage.backup_copy import attached
from dermlog.storage.backup_files import STEP_FAULTS, Watch
from dermlog.storage.backup_manifest import RECORDS
from dermlog.storage.folding import fold, folded_patient
from dermlog.storage.history import json_of, key_of
from dermlog.storage.logged import LOGGED
from dermlog.storage.seals import NO_SEAL, payload_hash, seal_hash

_LOGS = ("change", "change_payload", "change_hash", "access")
"""Numbered from 1 without gaps: a gap is a lost line."""
_INDEX = "salvaged_by_row"
_OTHERS: tuple[tuple[str, str, str], ...] = (
    ("seal", "number", "1"),
    ("erasure", "patient_id", "1"),
    ("photo_image", "sha256", "s.sha256 IN (SELECT sha256 FROM main.photo)"),
    ("photo_thumbnail", "sha256", "s.sha256 IN (SELECT sha256 FROM main.photo_image)"),
    ("kept_image", "sha256", "s.sha256 IN (SELECT sha256 FROM main.photo_image)"),
    ("draft", "id", "s.id IN (SELECT id FROM main.visit WHERE state = 'draft')"),
)
"""Tables without a history: their key, and which rows of a backup still belong."""


class Mending:
    """Mending(copy, watch).mend(backups, key); the counts are of rows."""

    def __init__(self, copy: driver.Connection, watch: Watch) -> None:
        self._copy = copy
        self._watch = watch
        self._tables = [
            row[0]
            for row in copy.execute(
                "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
            if row[0] not in {"writing", "_sqlite_migrations"}
        ]
        self.from_history = 0
        self.from_backup = 0
        self.lost = 0
        self.known = 0
        self.backup_at: datetime | None = None

    @property
    def unreadable(self) -> int:
        """What the damaged file did not give as it had been saved."""
        # A row of the backup that the history then brought up to date is one row.
        return min(self.known, self.from_history + self.from_backup + self.lost)

    def mend(self, backups: Sequence[BackupSet], backup_key: bytes | None) -> None:
        """Fill what is missing; of the backups the first that is sound and of this logbook helps."""
        copy = self._copy
        copy.execute(f'CREATE INDEX main.{_INDEX} ON change ("table", row_id)')
        copy.execute("COMMIT")
        for one in backups:
            with suppress(*STEP_FAULTS):
                check_records(one, backup_key, self._watch)
                with attached(copy, one.folder / RECORDS, backup_key, mode="ro"):
                    if not self._is_of_this(one):
                        continue
                    copy.execute("BEGIN")
                    self._fill_logs()
                    # Rows as the backup has them first: the history then says which have changed since.
                    self._fill_rows()
                    self._from_history()
                    copy.execute("COMMIT")
                    self.backup_at = one.made_at
                    break
        copy.execute("BEGIN")
        if self.backup_at is None:
            # A backup that failed half-way took its rows with it.
            self.from_history = self.from_backup = 0
            self._from_history()
        self.lost = self._count_lost()
        self.known = self.lost + sum(
            int(copy.execute(f'SELECT count(*) FROM main."{table}"').fetchone()[0]) for table in self._tables
        )
        copy.execute(f"DROP INDEX main.{_INDEX}")

    def _is_of_this(self, one: BackupSet) -> bool:
        """Whether a backup tells the same history, as far as both go."""
        if one.file_format < 2 and "seal" in self._tables:
            held = self._copy.execute("SELECT 1 FROM source.sqlite_master WHERE name = 'seal'").fetchone()
            if held is None:
                return False
        differing = self._copy.execute(
            "SELECT count(*) FROM main.change m JOIN source.change s USING (sequence) "
            'WHERE m.at <> s.at OR m."table" <> s."table" OR m.kind <> s.kind'
        ).fetchone()
        common = self._copy.execute(
            "SELECT count(*) FROM main.change m JOIN source.change s USING (sequence)"
        ).fetchone()
        return int(differing[0]) == 0 or int(differing[0]) * 10 < int(common[0])

    def _fill_logs(self) -> None:
        for table in _LOGS:
            self._fill_log(table)

    def _fill_log(self, table: str) -> None:
        missing = f'SELECT * FROM source."{table}" s WHERE NOT EXISTS '
        missing += f'(SELECT 1 FROM main."{table}" m WHERE m.sequence = s.sequence)'
        if table == "change_payload":
            # What was erased since stays erased.
            missing += (
                " AND NOT EXISTS (SELECT 1 FROM main.change_hash h WHERE h.sequence = s.sequence "
                "AND length(h.salt) = 0)"
            )
        self.from_backup += self._copy.execute(f'INSERT INTO main."{table}" {missing}').rowcount

    def _from_history(self) -> None:
        """Make each row what its newest line says, where that line is proved."""
        whole = not self._gaps("change") and not self._gaps("change_payload") and self._is_sealed()
        for table, columns, key, _patient in LOGGED:
            self._watch.check()
            keys = key.split()
            self._copy.execute("DROP TABLE IF EXISTS temp.newest")
            self._copy.execute(
                "CREATE TEMP TABLE newest AS SELECT row_id, kind, max(sequence) AS sequence FROM main.change "
                "WHERE \"table\" = ? AND row_id <> '' GROUP BY row_id",
                (table,),
            )
            content = f"{key_of('t', keys)} AS row_id, {json_of('t', columns.split())} AS content"
            live = f'SELECT {content} FROM main."{table}" t'
            wanted = self._copy.execute(
                "SELECT n.sequence, n.row_id, l.row_id IS NOT NULL FROM temp.newest n "
                "JOIN main.change_payload p USING (sequence) "
                f"LEFT JOIN ({live}) l ON l.row_id = n.row_id "
                "WHERE n.kind <> 'removed' AND l.content IS NOT p.after ORDER BY n.sequence"
            ).fetchall()
            for sequence, row_id, is_there in wanted:
                if is_there and not whole:
                    continue  # the row may be newer than the line that is left of its history
                self._rebuild(table, keys, sequence, row_id)
            if whole:
                self._copy.execute(
                    f'DELETE FROM main."{table}" AS t WHERE {key_of("t", keys)} IN '
                    "(SELECT row_id FROM temp.newest WHERE kind = 'removed')"
                )
        self._copy.execute("DROP TABLE IF EXISTS temp.newest")
        self._make_findable()

    def _make_findable(self) -> None:
        """What patients are found and sorted by has no history: it is worked out anew."""
        names = ("family_name", "given_name", "chart_number", "birth_date")
        kept = ("chart_key", "sort_name", "folded")
        for number, *found in self._copy.execute(
            f"SELECT number, {', '.join((*names, *kept))} FROM main.patient"
        ).fetchall():
            wanted = _searched(dict(zip(names, found[:4], strict=True)))
            if list(wanted.values()) != found[4:]:
                with suppress(driver.IntegrityError):
                    self._copy.execute(
                        "UPDATE main.patient SET chart_key = ?, sort_name = ?, folded = ? WHERE number = ?",
                        (*wanted.values(), number),
                    )

    def _is_sealed(self) -> bool:
        """Whether the seals say that the history is as it was written: only then may it overrule a row."""
        changes = self._copy.execute(
            'SELECT c.sequence, c.at, c.staff_id, c."table", c.patient_id, c.kind, h.hash '
            "FROM main.change c JOIN main.change_hash h USING (sequence) ORDER BY c.sequence"
        )
        accesses = self._copy.execute(
            "SELECT sequence, at, staff_id, patient_id, kind, detail FROM main.access ORDER BY sequence"
        )
        line, look, known = changes.fetchone(), accesses.fetchone(), NO_SEAL
        seals = self._copy.execute(
            "SELECT number, last_change, last_access, hash FROM main.seal ORDER BY number"
        ).fetchall()
        for number, last_change, last_access, sealed in seals:
            lines, looks = [], []
            while line is not None and line[0] <= last_change:
                lines.append(line)
                line = changes.fetchone()
            while look is not None and look[0] <= last_access:
                looks.append(look)
                look = accesses.fetchone()
            if seal_hash(known, number, lines, looks) != bytes(sealed):
                return False
            known = bytes(sealed)
        return line is None

    def _rebuild(self, table: str, keys: list[str], sequence: int, row_id: str) -> None:
        line = self._copy.execute(
            "SELECT c.reason, c.row_id, p.before, p.after, h.salt, h.hash FROM main.change c "
            "JOIN main.change_payload p USING (sequence) LEFT JOIN main.change_hash h USING (sequence) "
            "WHERE c.sequence = ?",
            (sequence,),
        ).fetchone()
        reason, _row_id, before, after, salt, proof = line
        if salt is not None and payload_hash(bytes(salt), reason, row_id, before, after) != bytes(proof):
            return
        facts = json.loads(after)
        if table == "patient":
            facts |= _searched(facts)
        listed = ", ".join(f'"{name}"' for name in facts)
        number = None
        where = f"WHERE {key_of('t', keys)} = ?"
        if table == "patient":
            number = self._copy.execute(f"SELECT number FROM main.patient t {where}", (row_id,)).fetchone()
        self._copy.execute(f'DELETE FROM main."{table}" AS t {where}', (row_id,))
        into = listed + (', "number"' if number else "")
        values = [*facts.values(), *(number or ())]
        marks = ", ".join("?" * len(values))
        with suppress(driver.IntegrityError):
            self._copy.execute(f'INSERT INTO main."{table}" ({into}) VALUES ({marks})', values)
            self.from_history += 1

    def _fill_rows(self) -> None:
        """Rows that the damaged file did not give."""
        for table, _columns, key, _patient in LOGGED:
            keys = key.split()
            own = " AND ".join(f'm."{name}" = s."{name}"' for name in keys)
            self._insert(
                table,
                f'NOT EXISTS (SELECT 1 FROM main."{table}" m WHERE {own}) AND NOT EXISTS '
                f"(SELECT 1 FROM main.change c WHERE c.\"table\" = '{table}' AND c.kind = 'removed' "
                f"AND c.row_id = {key_of('s', keys)})",
            )
        for table, key, condition in _OTHERS:
            own = f'm."{key}" = s."{key}"'
            self._insert(table, f'NOT EXISTS (SELECT 1 FROM main."{table}" m WHERE {own}) AND {condition}')

    def _insert(self, table: str, condition: str) -> None:
        if not self._copy.execute("SELECT 1 FROM source.sqlite_master WHERE name = ?", (table,)).fetchone():
            return
        columns = ", ".join(
            f'"{row[1]}"' for row in self._copy.execute(f'PRAGMA source.table_info("{table}")').fetchall()
        )
        self.from_backup += self._copy.execute(
            f'INSERT OR IGNORE INTO main."{table}" ({columns}) '
            f'SELECT {columns} FROM source."{table}" s WHERE {condition}'
        ).rowcount

    def _gaps(self, table: str) -> int:
        """Lines that must have been there and are not."""
        if table == "change_payload":
            sql = (
                "SELECT count(*) FROM main.change c LEFT JOIN main.change_hash h USING (sequence) "
                "WHERE NOT EXISTS (SELECT 1 FROM main.change_payload p WHERE p.sequence = c.sequence) "
                "AND length(coalesce(h.salt, x'00')) > 0"
            )
        elif table == "change":
            sql = (
                "SELECT max((SELECT coalesce(max(sequence), 0) FROM main.change), "
                "(SELECT coalesce(max(sequence), 0) FROM main.change_payload), "
                "(SELECT coalesce(max(sequence), 0) FROM main.change_hash), "
                "(SELECT coalesce(max(last_change), 0) FROM main.seal)) - (SELECT count(*) FROM main.change)"
            )
        elif table == "access":
            sql = (
                "SELECT max((SELECT coalesce(max(sequence), 0) FROM main.access), "
                "(SELECT coalesce(max(last_access), 0) FROM main.seal)) - (SELECT count(*) FROM main.access)"
            )
        else:
            sql = (
                "SELECT (SELECT coalesce(max(last_change), 0) FROM main.seal) "
                "- (SELECT count(*) FROM main.change_hash)"
            )
        return max(0, int(self._copy.execute(sql).fetchone()[0]))

    def _count_lost(self) -> int:
        lost = sum(self._gaps(table) for table in _LOGS)
        for sql in (
            "SELECT coalesce(max(number), 0) - count(*) FROM main.seal",
            "SELECT count(*) FROM main.visit WHERE state = 'draft' AND id NOT IN (SELECT id FROM main.draft)",
            "SELECT count(DISTINCT sha256) FROM main.photo "
            "WHERE sha256 NOT IN (SELECT sha256 FROM main.photo_image)",
            "SELECT count(*) FROM main.photo_image "
            "WHERE sha256 NOT IN (SELECT sha256 FROM main.photo_thumbnail)",
        ):
            lost += int(self._copy.execute(sql).fetchone()[0])
        for table, _columns, key, _patient in LOGGED:
            (missing,) = self._copy.execute(
                "SELECT count(*) FROM (SELECT row_id, kind, max(sequence) FROM main.change "
                "WHERE \"table\" = ? AND row_id <> '' GROUP BY row_id) WHERE kind <> 'removed' "
                f'AND row_id NOT IN (SELECT {key_of("t", key.split())} FROM main."{table}" t)',
                (table,),
            ).fetchone()
            lost += int(missing)
        return lost


def _searched(facts: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a patient for finding and sorting, beside what was typed."""
    family, given, chart = (str(facts[name]) for name in ("family_name", "given_name", "chart_number"))
    born = None if facts["birth_date"] is None else date.fromisoformat(str(facts["birth_date"]))
    return {
        "chart_key": fold(chart),
        "sort_name": f"{fold(family)} {fold(given)}",
        "folded": folded_patient(
            family, given, chart, None if born is None else date.fromisoformat(str(born))
        ),
    }
