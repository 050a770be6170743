"""T6: one damaged bit anywhere; all records that lie beside it are saved, and with a backup everything."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from dermlog.domain.backup import BackupSet
from dermlog.errors import BackupNotDone
from dermlog.storage import driver
from dermlog.storage.logged import LOGGED
from dermlog.storage.salvage import salvage
from tests.endurance import Outcome
from tests.endurance.clinics import make_clinic
from tests.storage.contents import KEY

MEDIAN, FIFTH = 0.999, 0.99
"""What must be saved of the records without a backup: in half of the cases, and in nineteen of twenty."""
_PATIENTS, _PHOTO_BYTES = 100, 500_000
"""Photos are most of a real file; here they are less than half, so that records are hit often.

Eight pages of every encrypted file describe all others: without a backup, damage to one of them costs
everything, so the file must not be smaller than this for nineteen of twenty to be saved.
"""
_RECORDS = (*(table for table, *_rest in LOGGED), "draft", "photo_image", "erasure")
_HISTORY = ("change", "change_payload")

Held = dict[str, set[str]]


def run(count: int, seed: int) -> Outcome:
    """So many files with one flipped bit, keyed; every tenth is salvaged with its backup too."""
    chance = random.Random(seed)  # noqa: S311 - repeatable damage, nothing secret
    bad: list[str] = []
    records: list[float] = []
    history: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        clinic = make_clinic(Path(folder), KEY, chance, _PATIENTS, _PHOTO_BYTES)
        truth = _held(clinic.path)
        for number in range(count):
            content = bytearray(clinic.content)
            at = chance.randrange(len(content))
            content[at] ^= 1 << chance.randrange(8)
            clinic.path.write_bytes(content)
            found = _salvaged(clinic.path, ())
            records.append(_part(truth, found, _RECORDS))
            history.append(_part(truth, found, _HISTORY))
            if number % 10 == 0:
                found = _salvaged(clinic.path, (clinic.backup,))
                if _part(truth, found, (*_RECORDS, *_HISTORY)) < 1:
                    bad.append(f"case {number} of seed {seed}, byte {at}: not whole in spite of a backup")
    records.sort()
    median, fifth = records[len(records) // 2], records[len(records) // 20]
    if median < MEDIAN:
        bad.append(f"seed {seed}: half of the files gave less than {median:.2%} of the records")
    if fifth < FIFTH:
        bad.append(f"seed {seed}: one of twenty files gave less than {fifth:.2%} of the records")
    mean = sum(history) / len(history)
    return Outcome(
        count,
        tuple(bad),
        f"records: median {median:.2%}, 5th percentile {fifth:.2%}, least {records[0]:.2%}; "
        f"history lines on average {mean:.2%}",
    )


def _salvaged(path: Path, backups: Sequence[BackupSet]) -> Held:
    """What a salvage gives; nothing where it gives no file."""
    try:
        target, _found = salvage(path, KEY, backups, backup_key=KEY)
    except BackupNotDone:
        return {}
    held = _held(target)
    target.unlink()
    return held


def _held(path: Path) -> Held:
    """The rows of every table of records and history."""
    with closing(driver.connect(path, KEY, "rw")) as connection:
        return {
            name: {repr(row) for row in connection.execute(f'SELECT * FROM "{name}"')}  # noqa: S608
            for name in (*_RECORDS, *_HISTORY)
        }


def _part(truth: Held, found: Held, tables: Sequence[str]) -> float:
    total = sum(len(truth[name]) for name in tables)
    return sum(len(truth[name] & found.get(name, set())) for name in tables) / total
