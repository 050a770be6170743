"""A small clinic in a folder, for steps that are killed, cut off or refused by the disk.

A scene tells every save that was acknowledged in one line; the judge holds the file against these lines.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from dermlog.domain.patient import Patient
from dermlog.logbook import Logbook
from tests.makers import NOW, StillClock, make_logbook, make_patient

KEY = bytes(range(32))
NAME = "Clinic.dermlog"

Tell = Callable[[str], None]


@dataclass
class Scene:
    """One run of steps in a folder.

    logbook is opened when first asked for. tell takes a line only after what it says is saved.
    """

    folder: Path
    tell: Tell
    chance: Random
    key: bytes | None = KEY
    clock: StillClock = field(default_factory=lambda: StillClock(NOW + timedelta(days=1)))
    _logbook: Logbook | None = None

    @property
    def path(self) -> Path:
        """The logbook's file."""
        return self.folder / NAME

    @property
    def logbook(self) -> Logbook:
        """The open logbook."""
        if self._logbook is None:
            self._logbook = Logbook.open(self.path, key=self.key, clock=self.clock)
        return self._logbook

    @property
    def patient(self) -> Patient:
        """The first patient."""
        row = self.logbook.patients.search("").rows[0]
        return self.logbook.patients.get(row.id)

    def close(self) -> None:
        """Close the logbook if it is open."""
        if self._logbook is not None:
            logbook, self._logbook = self._logbook, None
            logbook.close()


def prepare(folder: Path) -> None:
    """A new clinic with one patient, closed."""
    with make_logbook(folder, key=KEY) as logbook:
        logbook.patients.save(make_patient())


def copy_of(template: Path, folder: Path) -> Path:
    """The folder made anew as a copy of a prepared one."""
    shutil.rmtree(folder, ignore_errors=True)
    return Path(shutil.copytree(template, folder))


def quick_place() -> str | None:
    """A folder in memory for thousands of small files, where the system has a roomy one; else None.

    Kills, cuts and refusals are made by the tests themselves: none of them needs a real disk to be slow.
    """
    memory = Path("/dev/shm")  # noqa: S108 - folders in it are made by tempfile
    roomy = sys.platform == "linux" and memory.is_dir() and shutil.disk_usage(memory).free > 2 << 30
    return str(memory) if roomy else None
