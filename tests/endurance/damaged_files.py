"""T4: whatever happens to the bytes of a clinic file, nothing wrong is taken for true and nothing crashes."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from dermlog.errors import LogbookNotOpened
from dermlog.logbook import Logbook
from tests.endurance import Outcome
from tests.endurance.clinics import Clinic, make_clinic
from tests.endurance.damage import FILE_DAMAGE
from tests.storage.contents import KEY, rows_of

_NOT_CLINICAL = ("search_piece",)


def run(count: int, seed: int) -> Outcome:
    """So many damaged copies of a keyed file, each kind of damage in turn."""
    chance = random.Random(seed)  # noqa: S311 - repeatable damage, nothing secret
    bad: list[str] = []
    told: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        clinic = make_clinic(Path(folder), KEY, chance)
        for number in range(count):
            mutate = FILE_DAMAGE[number % len(FILE_DAMAGE)]
            content = bytearray(clinic.content)
            what = mutate(content, clinic.older, chance)
            clinic.path.write_bytes(content)
            began = time.monotonic()
            try:
                said = _said(clinic)
            except Exception as error:  # a crash is what this looks for
                said = f"crashed with {type(error).__name__}: {error}"
            slowest = max(slowest, time.monotonic() - began)
            told[said.split(":")[0]] += 1
            if said.startswith(("crashed", "wrong")):
                bad.append(f"case {number} of seed {seed}, {what}: {said}")
    counts = ", ".join(f"{said} {times}" for said, times in told.most_common())
    return Outcome(count, tuple(bad), f"{counts}; slowest {slowest:.2f} s")


def _said(clinic: Clinic) -> str:
    """What opening and checking a damaged file came to; "wrong" when it was taken for sound and is not."""
    try:
        logbook = Logbook.open(clinic.path, key=clinic.key, clock=clinic.clock, viewing=True)
    except LogbookNotOpened as error:
        return "refused" if error.sentence.endswith(".") else "crashed without a sentence"
    with logbook:
        result = logbook.check()
    if not result.ok:
        return "found"
    rows = rows_of(clinic.path, clinic.key)
    differing = [name for name in clinic.rows if rows.get(name) != clinic.rows[name]]
    differing = [name for name in differing if name not in _NOT_CLINICAL]
    return f"wrong: {', '.join(differing)} differ" if differing else "nothing that counts was hit"
