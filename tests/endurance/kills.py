"""T1: a program killed at any moment, whatever it was doing, loses no acknowledged save and leaves none half.

A child process does one kind of step again and again and tells each save down a pipe; it is killed after a
random time, and the file is judged. Children are forked from a warm process where the system can.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import tempfile
import time
from collections import Counter
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from random import Random
from shutil import rmtree

from tests.endurance import Outcome
from tests.endurance.judge import judge
from tests.endurance.scene import Scene, copy_of, prepare, quick_place
from tests.endurance.steps import STEPS

_KILLS_OF_ONE_FILE = 5
_LONGEST_SECONDS = 0.12
_SLOW = {"back up": 0.5, "restore": 0.8, "copy everything": 0.5, "migrate": 0.3, "export and import": 0.6}
"""Steps that take longer than the others, in seconds."""


def run(count: int, seed: int) -> Outcome:
    """Kill so many children, each kind of step in turn."""
    context = _context()
    chance = Random(seed)  # noqa: S311 - repeatable moments
    bad: list[str] = []
    kills: Counter[str] = Counter()
    saves = unfolded = 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory(
        prefix="dermlog-kills-", dir=quick_place(), ignore_cleanup_errors=True
    ) as name:
        template, folder = Path(name) / "template", Path(name) / "clinic"
        template.mkdir()
        prepare(template)
        while sum(kills.values()) < count:
            step = list(STEPS)[sum(kills.values()) // _KILLS_OF_ONE_FILE % len(STEPS)]
            told: list[str] = []
            copy_of(template, folder)
            for _number in range(min(_KILLS_OF_ONE_FILE, count - sum(kills.values()))):
                told += _kill_one(context, folder, step, chance)
                unfolded += (folder / "Clinic.dermlog-wal").exists()
                kills[step] += 1
                reading = kills[step] % _KILLS_OF_ONE_FILE == 0
                wrong = _judged(folder, told, reading)
                bad += [f"kill {sum(kills.values())} ({step}): {what}" for what in wrong]
                told = [line for line in told if not line.startswith("broken ")]
            saves += len(told)
            rmtree(folder)
    took = time.monotonic() - began
    return Outcome(
        sum(kills.values()),
        tuple(bad),
        f"{saves} acknowledged saves, {unfolded} times with a log not folded in, "
        f"{len(kills)} workflows, {sum(kills.values()) / took:.1f} kills/s",
    )


def _context() -> SpawnContext | ForkServerContext:
    if os.name == "nt":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def _judged(folder: Path, told: list[str], reading: bool) -> list[str]:
    try:
        return judge(folder, told, backups=reading)
    except Exception as error:  # an error nobody foresaw is a finding, not the end of the run
        return [f"{type(error).__name__}: {error}"]


def _kill_one(
    context: SpawnContext | ForkServerContext,
    folder: Path,
    step: str,
    chance: Random,
) -> list[str]:
    """What a child told before it was killed."""
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=work, args=(str(folder), step, chance.randrange(2**32), theirs))
    child.start()
    theirs.close()
    told: list[str] = []
    with contextlib.suppress(EOFError, OSError):
        ours.recv()
        # At once, while it opens, or after some saves: on a busy computer time alone would not do.
        told += [ours.recv() for _ in range(chance.randint(0, 3))]
        time.sleep(chance.uniform(0, _SLOW.get(step, _LONGEST_SECONDS)))
    child.kill()
    with contextlib.suppress(EOFError, OSError):
        while True:
            told.append(ours.recv())
    child.join()
    ours.close()
    return told


def work(folder: str, step: str, seed: int, pipe: Connection) -> None:
    """What the child does until it is killed."""
    scene = Scene(Path(folder), pipe.send, Random(seed))  # noqa: S311 - repeatable contents
    pipe.send("ready")
    try:
        while True:
            STEPS[step](scene)
    except Exception as error:
        pipe.send(f"broken {type(error).__name__}: {error} {error.__cause__ or ''}")
