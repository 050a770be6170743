"""The judge: a clinic's file after an accident against every line that was told before it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.storage import driver
from tests.endurance.scene import KEY, NAME
from tests.endurance.steps import IMPORTED, OLD_COPY
from tests.makers import NOW, StillClock

_SITES = 12
_NO_RECORDS = {"may-end", "migrated", "imported", "backup"}


def judge(
    folder: Path,
    told: Iterable[str],
    *,
    key: bytes | None = KEY,
    backups: bool = False,
    whole: bool = True,
) -> list[str]:
    """What is wrong, in words; nothing when every acknowledged save is there and everything is whole.

    backups: whether the newest backup is read back as well. whole: whether the whole file is checked.
    """
    told = tuple(told)
    lines = [line.split(" ", 2) for line in told if not line.startswith("broken ")]
    clock = StillClock(NOW + timedelta(days=4000))
    try:
        with Logbook.open(folder / NAME, key=key, clock=clock) as logbook:
            return [
                *(line for line in told if line.startswith("broken ")),
                *(f"it says: {notice}" for notice in logbook.notices),
                *_lost(logbook, lines),
                *_halves(logbook),
                *(logbook.check().findings if whole else ()),
                *_backups(logbook, lines, folder, read=backups),
                *_old_file(folder, lines, clock),
                *_imported(folder, clock),
            ]
    except DermlogError as error:
        return [f"not opened or not read: {error}"]


def is_clean(path: Path, key: bytes | None) -> bool:
    """Whether every page of a closed file passes the cipher's own check, and SQLite's."""
    with closing(driver.connect(path, key, "rw")) as connection:
        found = connection.execute("PRAGMA cipher_integrity_check").fetchall() if key is not None else []
        return not found and connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _lost(logbook: Logbook, lines: list[list[str]]) -> list[str]:
    ends = {rest[0] for kind, *rest in lines if kind == "may-end"}
    # Told in order: what was told last is the least that must be there.
    newest = {rest[0]: (kind, rest[-1]) for kind, *rest in lines if kind not in _NO_RECORDS}
    patients = [row.id for row in logbook.patients.search("", limit=10_000).rows]
    visits = {visit.id: visit for one in patients for visit in logbook.visits.of_patient(one)}
    sessions = {session.id for one in patients for session in logbook.sessions.of_patient(one)}
    drafts = {draft.id: draft for draft in logbook.drafts.all()}
    photos = {photo.id for one in patients for photo in logbook.photos.of_patient(one)}
    lost = []
    for name, (kind, value) in newest.items():
        record = UUID(name)
        if kind == "erased":
            there = record not in patients
        elif kind == "patient":
            there = record in patients and (
                value == "New" or logbook.patients.get(record).family_name == value
            )
        elif kind == "visit":
            there = record in visits and int(visits[record].note or 0) >= int(value)
        elif kind == "draft":
            there = (record in drafts and int(drafts[record].content) >= int(value)) or (
                name in ends and record in visits
            )
        elif kind == "session":
            there = record in sessions or name in ends
        else:
            there = record in photos and sha256(logbook.photos.original(record)).hexdigest() == value
        if not there:
            lost.append(f"{kind} {name} was acknowledged and is lost")
    return lost


def _halves(logbook: Logbook) -> list[str]:
    found = []
    for row in logbook.patients.search("", limit=10_000).rows:
        visits = {visit.id for visit in logbook.visits.of_patient(row.id)}
        for session in logbook.sessions.of_patient(row.id):
            if session.visit_id not in visits or len(session.sites) != _SITES or session.signature is None:
                found.append(f"session {session.id} is half there")
    return found


def _backups(logbook: Logbook, lines: list[list[str]], folder: Path, *, read: bool) -> list[str]:
    told = {" ".join(line[1:]) for line in lines if line[0] == "backup"}
    if not told and not read:
        return []
    sets = logbook.backups.sets()
    found = [f"backup {name} counted and is gone" for name in told - {one.folder.name for one in sets}]
    if read and sets and logbook.backups.read_back(sets[0]).proven_at is None:
        found.append(f"backup {sets[0].folder.name} cannot be proven")
    return found


def _old_file(folder: Path, lines: list[list[str]], clock: StillClock) -> list[str]:
    old = folder / OLD_COPY
    if not old.exists():
        return []
    with Logbook.open(old, clock=clock) as logbook:
        visits = len(logbook.visits.of_patient(logbook.patients.search("").rows[0].id))
        told = {int(line[1]) for line in lines if line[0] == "migrated"}
        return [*logbook.check().findings, *(f"{visits} visits, not {n}" for n in told - {visits})]


def _imported(folder: Path, clock: StillClock) -> list[str]:
    """An import is there whole or not at all."""
    path = folder / IMPORTED
    if not path.exists():
        return []
    with Logbook.open(path, clock=clock) as logbook:
        return [*logbook.check().findings, *(["an import without patients"] * (not logbook.patients.count()))]
