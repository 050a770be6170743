"""Erasing a patient from the file: rows, pictures, search index, drafts and what the history says of them.

What stays is a number that means nobody, when and by whom things were done, and the hashes of what was said:
the chain of seals verifies as before.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from dermlog.changes import Changes, Noun
from dermlog.domain.access import AccessKind
from dermlog.domain.erasure import Erased, Erasure, ErasurePlan, keep_until
from dermlog.domain.file_fault import Refusal
from dermlog.errors import not_allowed
from dermlog.storage import driver, migrations
from dermlog.storage.database import Clock, Database
from dermlog.storage.rows import RowMapping

_ERASURES = RowMapping("erasure", Erasure, key=("patient_id",))

_SESSIONS = "session_id IN (SELECT id FROM injection_session WHERE patient_id = :id)"
_VISITS = "visit_id IN (SELECT id FROM visit WHERE patient_id = :id)"
_PATIENT = "patient_id = :id"

_ROWS: tuple[tuple[str, str], ...] = (
    # Children first: the history finds the patient of a row through its parent.
    ("injection_site", _SESSIONS),
    ("screening_override", _SESSIONS),
    ("screening_answer", _SESSIONS),
    ("session_review", _SESSIONS),
    ("session_void", _SESSIONS),
    ("injection_session", _PATIENT),
    ("photo", _PATIENT),
    ("draft", _PATIENT),
    ("side_effect", _VISITS),
    ("score", _VISITS),
    ("acknowledgement", _VISITS),
    ("visit_warning_sign", _VISITS),
    ("visit", _PATIENT),
    ("consent", _PATIENT),
    ("prior_treatment", _PATIENT),
    ("patient_flag", _PATIENT),
    ("patient_opened", _PATIENT),
    ("restriction", _PATIENT),
    ("patient", "id = :id"),
)
"""Every table that holds something of a patient, in the order in which it may go."""

_PICTURES = (
    "SELECT sha256 FROM photo WHERE patient_id = ?1 UNION "
    "SELECT json_extract(coalesce(p.after, p.before), '$.sha256') FROM change c "
    "JOIN change_payload p USING (sequence) WHERE c.patient_id = ?1 AND c.\"table\" = 'photo'"
)
"""Pictures of a patient: those shown, and those taken out of a recorded visit, named by the history alone."""


class ErasureTable:
    """Who was erased, and erasing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Erasure, ...]:
        """Every erasure of this logbook, the oldest first."""
        return tuple(
            map(
                _ERASURES.record,
                self._database.rows(f"SELECT {_ERASURES.select()} FROM erasure ORDER BY at, patient_id"),
            )
        )

    def plan(self, patient_id: UUID, retention_years: int | None, today: date) -> ErasurePlan:
        """What erasing a patient would take away; NotAllowed when there is none."""
        database, one = self._database, (str(patient_id),)
        found = database.row("SELECT chart_number FROM patient WHERE id = ?", one)
        if found is None:
            raise not_allowed(Refusal.NOT_THERE)
        entries, sessions, photos, drafts, consents, lines = (
            int(database.value(f"SELECT count(*) FROM {source} patient_id = ?{more}", one))
            for source, more in (
                ("visit WHERE", " AND state <> 'draft'"),
                ("injection_session WHERE", ""),
                ("photo WHERE", ""),
                ("draft WHERE", ""),
                ("consent WHERE", ""),
                ("change WHERE", ""),
            )
        )
        last = self._last_entry(patient_id)
        pictures = self._pictures(patient_id)
        return ErasurePlan(
            patient_id=patient_id,
            chart_number=found[0],
            entries=entries,
            sessions=sessions,
            photos=photos,
            shared_photos=sum(self._belongs_to_others(sha256, patient_id) for sha256 in pictures),
            drafts=drafts,
            consents=consents,
            history_lines=lines,
            last_entry=last,
            keep_until=None if retention_years is None else keep_until(last, retention_years),
            today=today,
        )

    def erase(self, patient_id: UUID, *, as_of: Erasure | None = None) -> Erased:
        """Erase a patient, whole or not at all; whether it may be done is asked before.

        as_of: an erasure that was done once already and is done again in an older file. A patient who is not
        there is only noted then.
        """
        database = self._database
        done = as_of or Erasure(patient_id, database.clock(), database.acting)
        rows = 0
        with database.erasing(patient_id):
            there = database.value("SELECT 1 FROM patient WHERE id = ?", (str(patient_id),))
            if not there and as_of is None:
                raise not_allowed(Refusal.NOT_THERE)
            pictures = self._pictures(patient_id)
            own = [one for one in pictures if not self._belongs_to_others(one, patient_id)]
            # A treatment of somebody else that was moved to this patient stays void, and points nowhere.
            database.write(
                "UPDATE session_void SET moved_to = NULL WHERE moved_to IN "
                "(SELECT id FROM injection_session WHERE patient_id = ?1) AND session_id NOT IN "
                "(SELECT id FROM injection_session WHERE patient_id = ?1)",
                (str(patient_id),),
            )
            for table, condition in _ROWS:
                sql = f'DELETE FROM "{table}" WHERE {condition.replace(":id", "?1")}'
                rows += database.write(sql, (str(patient_id),))
            for sha256 in own:
                for table in ("kept_image", "photo_thumbnail", "photo_image"):
                    database.write(f"DELETE FROM {table} WHERE sha256 = ?", (sha256,))
            self._empty_history(patient_id)
            if there:
                # Built anew: merging alone can leave a note of each word that was taken out in the index.
                database.write("INSERT INTO patient_search (patient_search) VALUES ('rebuild')")
            database.write(
                f"{_ERASURES.insert_sql} ON CONFLICT (patient_id) DO NOTHING",
                _ERASURES.values(_ERASURES.row(done)),
            )
            database.write(
                "INSERT INTO access (at, staff_id, patient_id, kind, detail) VALUES (?, ?, ?, ?, ?)",
                (
                    database.clock().isoformat(),
                    None if database.acting is None else str(database.acting),
                    str(patient_id),
                    AccessKind.ERASED.value,
                    "" if as_of is None else "again",
                ),
            )
            for noun in (Noun.PATIENT, Noun.CONSENT, Noun.VISIT, Noun.SESSION, Noun.PHOTO, Noun.DRAFT):
                database.changed(noun, patient_id)
        return Erased(done, rows, len(own))

    def give_back(self) -> None:
        """Give the freed room back to the disk, and leave nothing of it in the write-ahead log."""
        before = -1
        while (free := int(self._database.value("PRAGMA freelist_count"))) != before:
            before = free
            self._database.rest()

    def _empty_history(self, patient_id: UUID) -> None:
        database, one = self._database, (str(patient_id),)
        database.write(
            "DELETE FROM change_payload WHERE sequence IN (SELECT sequence FROM change WHERE patient_id = ?)",
            one,
        )
        database.write(
            "UPDATE change SET reason = '', row_id = '' WHERE patient_id = ? "
            "AND (reason <> '' OR row_id <> '')",
            one,
        )
        # Without its salt the hash that stays cannot be tried against guesses.
        database.write(
            "UPDATE change_hash SET salt = x'' WHERE length(salt) > 0 "
            "AND sequence IN (SELECT sequence FROM change WHERE patient_id = ?)",
            one,
        )

    def _last_entry(self, patient_id: UUID) -> date:
        """The newest day of which something is recorded; drafts count by when they were saved."""
        moments = self._database.row(
            "SELECT (SELECT max(\"on\") FROM visit WHERE patient_id = ?1 AND state <> 'draft'), "
            "(SELECT max(saved_at) FROM draft WHERE patient_id = ?1), "
            "(SELECT max(given_on) FROM consent WHERE patient_id = ?1), "
            "(SELECT max(at) FROM change WHERE patient_id = ?1 AND \"table\" = 'patient' "
            "AND kind = 'added')",
            (str(patient_id),),
        )
        days = [date.fromisoformat(moment[:10]) for moment in moments or () if moment is not None]
        return max(days, default=self._database.clock().date())

    def _pictures(self, patient_id: UUID) -> list[str]:
        found = self._database.rows(_PICTURES, (str(patient_id),))
        return [sha256 for (sha256,) in found if sha256 is not None]

    def _belongs_to_others(self, sha256: str, patient_id: UUID) -> bool:
        """Whether somebody else's visit shows the same picture, or did before it was taken out."""
        values = (sha256, str(patient_id))
        if self._database.value("SELECT 1 FROM photo WHERE sha256 = ?1 AND patient_id <> ?2", values):
            return True
        if not self._database.value("SELECT 1 FROM kept_image WHERE sha256 = ?", (sha256,)):
            return False
        return bool(
            self._database.value(
                "SELECT EXISTS (SELECT 1 FROM change c JOIN change_payload p USING (sequence) "
                "WHERE c.\"table\" = 'photo' AND c.kind = 'removed' AND c.patient_id <> ?2 "
                "AND json_extract(p.before, '$.sha256') = ?1)",
                values,
            )
        )


def erase_again(path: Path, key: bytes | None, clock: Clock, erasures: Iterable[Erasure]) -> int:
    """Erase in a file that nobody has open who was erased before; tells how many were in it.

    For every file that is made from an older state: a restore, a salvage. A file of an older format is
    brought up to date when there is somebody to erase. Raises NotSaved or the driver's errors.
    """
    wanted = sorted(set(erasures), key=lambda one: (one.at.isoformat(), str(one.patient_id)))
    if not wanted:
        return 0
    with closing(driver.connect(path, key, "rw")) as connection:
        if migrations.format_of(connection) < migrations.FORMAT:
            migrations.bring_up_to_date(connection)
    found = 0
    with closing(Database(path, key=key, clock=clock, changes=Changes())) as database:
        table = ErasureTable(database)
        known = {one.patient_id for one in table.all()}
        for one in wanted:
            there = bool(database.value("SELECT 1 FROM patient WHERE id = ?", (str(one.patient_id),)))
            if there or one.patient_id not in known:
                found += there
                table.erase(one.patient_id, as_of=one)
        table.give_back()
    return found


def erasures_of(path: Path, key: bytes | None, clock: Clock = datetime.now) -> tuple[Erasure, ...]:
    """Who was erased from a file that is not open; NotRead or the driver's errors when it cannot be read."""
    reading = Database(path, key=key, clock=clock, changes=Changes(), writable=False)
    with closing(reading) as database:
        if not database.value("SELECT 1 FROM sqlite_master WHERE name = 'erasure'"):
            return ()
        return ErasureTable(database).all()
