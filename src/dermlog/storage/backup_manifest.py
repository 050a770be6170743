"""The manifest of a backup: what is in it, readable without a key and proved by its own hash; and its proof.

Neither holds anything about a patient: counts, times and hashes only.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from dermlog.domain.backup import BackupSet
from dermlog.storage.backup_files import write_whole

MANIFEST = "manifest.json"
PROOF = "proof.json"
RECORDS = "records.dermlog-records"
_LARGEST = 1 << 20


def write_manifest(one: BackupSet, folder: Path) -> None:
    """Write the manifest of a set into its folder."""
    body = {
        "made_at": one.made_at.isoformat(),
        "logbook": one.logbook,
        "logbook_id": one.logbook_id,
        "file_format": one.file_format,
        "app_version": one.app_version,
        "patients": one.patients,
        "sessions": one.sessions,
        "entries": one.entries,
        "photos": one.photos,
        "sequence": one.sequence,
        "newest_at": None if one.newest_at is None else one.newest_at.isoformat(),
        "chain_head": one.chain_head,
        "state": one.state,
        "records": {"name": RECORDS, "bytes": one.records_bytes, "sha256": one.records_sha256},
        "rows": dict(one.rows),
        "damaged_photos": one.damaged_photos,
        "locked": one.locked,
    }
    text = json.dumps({"backup": body, "sha256": _hash(body)}, indent=1)
    write_whole(folder / MANIFEST, text.encode())


def read_set(folder: Path) -> BackupSet | None:
    """The set in a folder, None where there is none or its manifest is damaged."""
    try:
        facts = _read(folder / MANIFEST)
        body = facts["backup"]
        if facts["sha256"] != _hash(body):
            return None
        found = BackupSet(
            folder=folder,
            made_at=datetime.fromisoformat(body["made_at"]),
            logbook=str(body["logbook"]),
            logbook_id=str(body["logbook_id"]),
            file_format=int(body["file_format"]),
            app_version=str(body["app_version"]),
            patients=int(body["patients"]),
            sessions=int(body["sessions"]),
            entries=int(body["entries"]),
            photos=int(body["photos"]),
            sequence=int(body["sequence"]),
            newest_at=None if body["newest_at"] is None else datetime.fromisoformat(body["newest_at"]),
            chain_head=str(body["chain_head"]),
            state=str(body["state"]),
            records_bytes=int(body["records"]["bytes"]),
            records_sha256=str(body["records"]["sha256"]),
            rows=tuple(sorted((str(name), int(count)) for name, count in body["rows"].items())),
            damaged_photos=int(body["damaged_photos"]),
            locked=bool(body["locked"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return _with_proof(found)


def write_proof(
    one: BackupSet, *, proven_at: datetime, drilled_at: datetime | None = None, seconds: int | None = None
) -> BackupSet:
    """Note that a set was read back, and restored on trial when drilled_at is given; gives the set anew."""
    proved = replace(
        one,
        proven_at=proven_at,
        drilled_at=drilled_at or one.drilled_at,
        drill_seconds=seconds if drilled_at is not None else one.drill_seconds,
    )
    facts = {
        "of": one.records_sha256,
        "proven_at": proven_at.isoformat(),
        "drilled_at": None if proved.drilled_at is None else proved.drilled_at.isoformat(),
        "drill_seconds": proved.drill_seconds,
    }
    write_whole(one.folder / PROOF, json.dumps(facts).encode())
    return proved


def withdraw_proof(one: BackupSet) -> BackupSet:
    """A set that could not be read back counts no longer."""
    with suppress(OSError):
        (one.folder / PROOF).unlink(missing_ok=True)
    return replace(one, proven_at=None, drilled_at=None, drill_seconds=None)


def _with_proof(one: BackupSet) -> BackupSet:
    try:
        facts = _read(one.folder / PROOF)
        if facts["of"] != one.records_sha256:
            return one
        drilled = facts["drilled_at"]
        return replace(
            one,
            proven_at=datetime.fromisoformat(facts["proven_at"]),
            drilled_at=None if drilled is None else datetime.fromisoformat(drilled),
            drill_seconds=None if drilled is None else int(facts["drill_seconds"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return one


def _read(path: Path) -> Any:
    if path.stat().st_size > _LARGEST:
        raise ValueError("too large for a manifest")
    return json.loads(path.read_text(encoding="utf-8"))


def _hash(body: object) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
