"""The step from format 1 to format 2: seals over the history, who looked, house rules, lawful erasure.

Never edited once released: a new format adds a step.
"""

from __future__ import annotations

from dermlog.storage.history import history_triggers

LOGGED_2: tuple[tuple[str, str, str, str], ...] = (
    ("clinic_rule", "only idle_lock_minutes retention_years", "only", "NULL"),
    ("restriction", "patient_id at staff_id until reason", "patient_id", '{row}."patient_id"'),
)
"""Tables that format 2 adds to those with a history: their columns, their key, and where the patient is."""

_ERASING = "(SELECT erasing FROM writing)"

_TABLES = (
    # The patient whose entries are being erased, for the length of that one transaction.
    "ALTER TABLE writing ADD COLUMN erasing TEXT",
    """CREATE TABLE change_hash (
  sequence INTEGER PRIMARY KEY REFERENCES change (sequence),
  salt BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT""",
    """CREATE TABLE access (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  staff_id TEXT,
  patient_id TEXT,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT""",
    "CREATE INDEX access_by_patient ON access (patient_id, sequence)",
    """CREATE TABLE seal (
  number INTEGER PRIMARY KEY,
  last_change INTEGER NOT NULL,
  last_access INTEGER NOT NULL,
  previous BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT""",
    # Empty until somebody chooses: the usual rules are those of domain/.
    """CREATE TABLE clinic_rule (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  idle_lock_minutes INTEGER NOT NULL,
  retention_years INTEGER
) STRICT""",
    """CREATE TABLE restriction (
  patient_id TEXT PRIMARY KEY NOT NULL REFERENCES patient (id),
  at TEXT NOT NULL,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  until TEXT,
  reason TEXT NOT NULL
) STRICT""",
    # No name and no reason: that an erasure happened is all that may stay.
    """CREATE TABLE erasure (
  patient_id TEXT PRIMARY KEY NOT NULL,
  at TEXT NOT NULL,
  staff_id TEXT
) STRICT""",
)


def _refusal(name: str, table: str, action: str, when: str) -> str:
    body = f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
    return f"CREATE TRIGGER {name} BEFORE {action} ON {table}{f' WHEN {when}' if when else ''} {body}"


_NOT_ERASING = f"{_ERASING} IS NULL"
_SIGNED_SESSION = (
    "EXISTS (SELECT 1 FROM injection_session WHERE id = OLD.session_id AND signed_at IS NOT NULL)"
)

_RELAXED = (
    # What identifies somebody goes; number, time, who, table and kind stay as they were sealed.
    (
        "change_is_never_changed",
        "change",
        "UPDATE",
        f"{_ERASING} IS NOT OLD.patient_id OR OLD.patient_id IS NULL OR NEW.reason <> '' OR NEW.row_id <> '' "
        "OR NEW.sequence IS NOT OLD.sequence OR NEW.at IS NOT OLD.at OR NEW.staff_id IS NOT OLD.staff_id "
        'OR NEW."table" IS NOT OLD."table" OR NEW.patient_id IS NOT OLD.patient_id '
        "OR NEW.kind IS NOT OLD.kind",
    ),
    (
        "change_payload_is_never_removed",
        "change_payload",
        "DELETE",
        f"{_NOT_ERASING} OR {_ERASING} IS NOT (SELECT patient_id FROM change WHERE sequence = OLD.sequence)",
    ),
    ("session_review_is_never_removed", "session_review", "DELETE", _NOT_ERASING),
    ("session_void_is_never_removed", "session_void", "DELETE", _NOT_ERASING),
    # A treatment charted for the wrong person stays void when the one it was moved to is erased.
    (
        "session_void_is_never_changed",
        "session_void",
        "UPDATE",
        f"{_NOT_ERASING} OR NEW.moved_to IS NOT NULL OR NEW.session_id IS NOT OLD.session_id "
        "OR NEW.staff_id IS NOT OLD.staff_id OR NEW.at IS NOT OLD.at OR NEW.reason IS NOT OLD.reason",
    ),
    (
        "session_is_signed_kept",
        "injection_session",
        "DELETE",
        f"OLD.signed_at IS NOT NULL AND {_ERASING} IS NOT OLD.patient_id",
    ),
    *(
        (f"{table}_is_signed_kept", table, "DELETE", f"{_NOT_ERASING} AND {_SIGNED_SESSION}")
        for table in ("injection_site", "screening_override", "screening_answer")
    ),
)
"""Laws of format 1 that let a lawful erasure through, and nothing else."""

_LAWS = (
    *(
        _refusal(f"{table}_is_never_{word}", table, action, "")
        for table in ("access", "seal", "erasure")
        for word, action in (("changed", "UPDATE"), ("removed", "DELETE"))
    ),
    _refusal(
        "change_hash_is_never_changed",
        "change_hash",
        "UPDATE",
        f"{_NOT_ERASING} OR {_ERASING} IS NOT (SELECT patient_id FROM change WHERE sequence = OLD.sequence) "
        "OR NEW.hash IS NOT OLD.hash OR NEW.sequence IS NOT OLD.sequence OR length(NEW.salt) <> 0",
    ),
    _refusal("change_hash_is_never_removed", "change_hash", "DELETE", ""),
)


def statements() -> tuple[str, ...]:
    """Every statement in the order it must run."""
    return (
        *_TABLES,
        *(f"DROP TRIGGER {name}" for name, *_rest in _RELAXED),
        *(_refusal(*law) for law in _RELAXED),
        *_LAWS,
        *(
            statement
            for table, columns, key, patient in LOGGED_2
            for statement in history_triggers(table, columns.split(), key.split(), patient)
        ),
    )
