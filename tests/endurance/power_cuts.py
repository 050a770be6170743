"""T2: the power goes at any moment; what the disk had not been asked to keep is lost, torn or out of order.

A program works behind preload.c, which notes what the disk is told; the disk is then rebuilt as it may have
been found at random points, and the logbook on it is judged.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.endurance import Outcome
from tests.endurance.disk import Change, Disk, changes_of
from tests.endurance.judge import is_clean, judge
from tests.endurance.preloading import ROOT, build, environment, why_not
from tests.endurance.recorded import TOLD
from tests.endurance.scene import KEY, NAME, copy_of, prepare, quick_place
from tests.endurance.steps import STEPS

_POINTS_OF_ONE_LOG = 60
_SEQUENCES: tuple[tuple[str, ...], ...] = (
    ("save a patient", "save a visit", "sign", "rest", "save a draft", "amend and void"),
    ("add photos", "sign", "close", "save a visit", "rest", "sign"),
    ("back up", "save a visit", "copy everything"),
    ("restore", "sign"),
    ("migrate",),
)
"""What is recorded together; every step there is comes last once as well."""
_CHECKED_EVERY = 6
_PAGES_EVERY = 3


def run(count: int, seed: int) -> Outcome:
    """Cut the power at so many points."""
    if reason := why_not():
        return Outcome(0, not_run=reason)
    chance = Random(seed)  # noqa: S311 - repeatable moments
    rest = tuple((name,) for name in STEPS if not any(name in sequence for sequence in _SEQUENCES))
    sequences = _SEQUENCES + rest
    bad: list[str] = []
    done = lines = 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory(
        prefix="dermlog-power-", dir=quick_place(), ignore_cleanup_errors=True
    ) as name:
        place = Path(name)
        library = build(place)
        (place / "template").mkdir()
        prepare(place / "template")
        recorded = 0
        while done < count:
            steps = sequences[recorded % len(sequences)]
            recorded += 1
            number = chance.randrange(2**32)
            folder = copy_of(place / "template", place / "clinic")
            before = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
            changes = _record(library, folder, place / "log", number, steps)
            lines += len(changes)
            points = min(_POINTS_OF_ONE_LOG, count - done)
            bad += [
                f"{', '.join(steps)} (seed {number}), {what}"
                for what in _cut(before, changes, folder, points, chance)
            ]
            done += points
    took = time.monotonic() - began
    worst = f"{recorded} recordings of {len(sequences)} kinds, {lines} operations, {done / took:.1f} points/s"
    return Outcome(done, tuple(bad), worst)


def _record(library: Path, folder: Path, log: Path, seed: int, steps: tuple[str, ...]) -> list[Change]:
    log.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.endurance.recorded", str(folder), str(seed), *steps]
    subprocess.run(command, cwd=ROOT, env=environment(library, folder, log), check=True)
    return list(changes_of(log))


def _cut(
    before: dict[str, bytes], changes: list[Change], folder: Path, points: int, chance: Random
) -> list[str]:
    """What is wrong at so many random points of one recording."""
    disk = Disk(str(folder / TOLD))
    for path, content in before.items():
        disk.put(path, content)
    bad = []
    taken = 0
    for number, point in enumerate(sorted(chance.randint(1, len(changes)) for _ in range(points))):
        for change in changes[taken:point]:
            disk.take(change)
        taken = point
        _build(disk, folder, chance)
        told = [line for line in disk.said() if line != "closed"]
        try:
            wrong = judge(folder, told, backups=number % 8 == 0, whole=number % _CHECKED_EVERY == 0)
            if not wrong and number % _PAGES_EVERY == 0 and not is_clean(folder / NAME, KEY):
                wrong = ["a page does not pass the check of the cipher"]
        except Exception as error:  # an error nobody foresaw is a finding, not the end of the run
            wrong = [f"{type(error).__name__}: {error}"]
        bad += [f"operation {point} of {len(changes)}: {what}" for what in wrong]
    return bad


def _build(disk: Disk, folder: Path, chance: Random) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for made in disk.folders:
        Path(made).mkdir(parents=True, exist_ok=True)
    for path, content in disk.after_the_cut(chance).items():
        if not path.endswith("-shm"):
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_bytes(content)
