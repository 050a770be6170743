"""A backup against the present logbook: which entries it lacks, so that a restore holds no surprise."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from dermlog.domain.backup import BackupComparison, BackupSet, MissingEntry
from dermlog.storage import driver
from dermlog.storage.backup import check_records, facts_of
from dermlog.storage.backup_copy import attached
from dermlog.storage.backup_files import STEP_FAULTS, fault_of
from dermlog.storage.backup_manifest import RECORDS

_SAME = 's.sequence = m.sequence AND s.at = m.at AND s."table" = m."table" AND s.row_id = m.row_id'
_OF_VISIT = ("visit_warning_sign", "acknowledgement", "score", "side_effect")
_OF_SESSION = ("injection_site", "screening_override")
_WITH_VISIT = ("visit", *_OF_VISIT, "injection_session", *_OF_SESSION)


def compare(one: BackupSet, path: Path, key: bytes | None, backup_key: bytes | None) -> BackupComparison:
    """What the present logbook has and a set lacks, and the reverse; BackupNotDone when unreadable."""
    try:
        check_records(one, backup_key)
        with closing(driver.connect(path, key, "rw")) as present:
            present.execute("PRAGMA trusted_schema = OFF")
            if facts_of(present).logbook_id != one.logbook_id:
                return BackupComparison(one.entries, 0, (), 0, 0, related=False)
            with attached(present, one.folder / RECORDS, backup_key, mode="ro"):
                return _compare(present, one)
    except STEP_FAULTS as error:
        raise fault_of(error, reading=True) from error


def _compare(present: driver.Connection, one: BackupSet) -> BackupComparison:
    present.execute(
        'CREATE TEMP TABLE news AS SELECT m.sequence, m."table" AS noun, m.row_id FROM main.change m '
        f"LEFT JOIN source.change s ON {_SAME} WHERE s.sequence IS NULL"
    )
    present.execute(
        "CREATE TEMP TABLE touched AS "
        "SELECT row_id AS id FROM news WHERE noun = 'visit' UNION "
        "SELECT substr(row_id, 1, instr(row_id || '/', '/') - 1) FROM news "
        f"WHERE noun IN ({_list(_OF_VISIT)}) UNION "
        "SELECT i.visit_id FROM news JOIN main.injection_session i ON i.id = news.row_id "
        "WHERE noun = 'injection_session' UNION "
        "SELECT i.visit_id FROM news JOIN main.injection_session i "
        "ON i.id = substr(news.row_id, 1, instr(news.row_id || '/', '/') - 1) "
        f"WHERE noun IN ({_list(_OF_SESSION)})"
    )
    lacks = tuple(
        MissingEntry(
            patient_id=UUID(patient_id),
            patient=f"{family} {given}".strip(),
            on=date.fromisoformat(on),
            entered_at=datetime.fromisoformat(entered),
            has_session=bool(session),
            changed_only=bool(known),
        )
        for patient_id, family, given, on, entered, session, known in present.execute(
            'SELECT p.id, p.family_name, p.given_name, v."on", v.entered_at, '
            "EXISTS (SELECT 1 FROM main.injection_session i WHERE i.visit_id = v.id), "
            "EXISTS (SELECT 1 FROM source.visit b WHERE b.id = v.id AND b.state = 'recorded') "
            "FROM temp.touched t JOIN main.visit v ON v.id = t.id JOIN main.patient p ON p.id = v.patient_id "
            "WHERE v.state = 'recorded' ORDER BY v.\"on\" DESC, v.entered_at DESC"
        )
    )
    (others,) = present.execute(
        f"SELECT count(*) FROM news WHERE noun NOT IN ({_list(_WITH_VISIT)})"
    ).fetchone()
    (ahead,) = present.execute(
        f"SELECT count(*) FROM source.change s LEFT JOIN main.change m ON {_SAME} WHERE m.sequence IS NULL"
    ).fetchone()
    (now,) = present.execute("SELECT count(*) FROM main.visit WHERE state = 'recorded'").fetchone()
    return BackupComparison(one.entries, now, lacks, others, ahead)


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)
