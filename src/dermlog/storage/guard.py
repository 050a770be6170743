"""What a connection may do once it is open: read and write rows, and nothing else.

Asked by SQLite for every statement before it runs. Migrations run before the guard is set. During a lawful
erasure it lets the contents of the history go; the laws of the file itself still hold it to one patient.
"""

from __future__ import annotations

from dermlog.storage.driver import Connection, constants

_BY_TRIGGER = frozenset({"change", "change_payload"})
_LOGS = _BY_TRIGGER | {"change_hash", "access", "seal", "erasure"}
_NEVER_CHANGED = _LOGS | {"photo_image"}
_ERASED_COLUMNS = frozenset({("change", "reason"), ("change", "row_id"), ("change_hash", "salt")})
_ERASED_ROWS = frozenset({"change_payload"})
_ERASING = ("writing", "erasing")
_HISTORY_TRIGGER = "history_"

_PRAGMAS = frozenset(
    {
        "application_id",
        "data_version",
        "foreign_key_check",
        "freelist_count",
        "integrity_check",
        "page_count",
        "page_size",
        "quick_check",
        "user_version",
    }
)
"""Settings that may be asked for; none may be set."""
_PRAGMA_CALLS = frozenset({"incremental_vacuum", "quick_check", "wal_checkpoint"})
"""Those that take an argument and change no setting."""

_SCHEMA_ACTIONS = frozenset(
    getattr(constants, name)
    for name in dir(constants)
    if name.startswith(("SQLITE_DROP_", "SQLITE_CREATE_"))
    or name in {"SQLITE_ALTER_TABLE", "SQLITE_ATTACH", "SQLITE_DETACH", "SQLITE_REINDEX"}
)


def guard(connection: Connection, *, erasing: bool = False) -> None:
    """From now on refuse changes of the schema, settings, other files, and edits of the logs.

    erasing: what a lawful erasure takes out of them may go, until guard() is called again.
    """
    connection.set_authorizer(_authorize_erasing if erasing else _authorize)


def _authorize(
    action: int, first: str | None, second: str | None, _database: str | None, trigger: str | None
) -> int:
    return constants.SQLITE_OK if _allows(action, first, second, trigger) else constants.SQLITE_DENY


def _authorize_erasing(
    action: int, first: str | None, second: str | None, database: str | None, trigger: str | None
) -> int:
    if action == constants.SQLITE_UPDATE and (
        (first, second) in _ERASED_COLUMNS or (first, second) == _ERASING
    ):
        return constants.SQLITE_OK
    if action == constants.SQLITE_DELETE and first in _ERASED_ROWS:
        return constants.SQLITE_OK
    return _authorize(action, first, second, database, trigger)


def _allows(action: int, first: str | None, second: str | None, trigger: str | None) -> bool:
    if action in _SCHEMA_ACTIONS:
        return False
    if action == constants.SQLITE_PRAGMA:
        return first in _PRAGMA_CALLS or (first in _PRAGMAS and second is None)
    if action == constants.SQLITE_UPDATE:
        return first not in _NEVER_CHANGED and (first, second) != _ERASING
    if action == constants.SQLITE_DELETE:
        return first not in _LOGS
    if action == constants.SQLITE_INSERT and first in _BY_TRIGGER:
        return trigger is not None and trigger.startswith(_HISTORY_TRIGGER)
    return not (action == constants.SQLITE_FUNCTION and second == "load_extension")
