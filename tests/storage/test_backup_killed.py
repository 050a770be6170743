"""Killed at any moment, a backup, copy or restore leaves a sound logbook and only backups that restore."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dermlog.logbook import Logbook, restore_backup
from tests.makers import StillClock, make_logbook
from tests.storage.contents import KEY, treat

KILLS = 5
_CHILD = Path(__file__).with_name("backing_up_child.py")


@pytest.mark.parametrize("key", [None, KEY], ids=["open", "locked"])
def test_backups_that_count_are_there_and_restore(tmp_path: Path, key: bytes | None) -> None:
    clinic = tmp_path / "clinic"
    clinic.mkdir()
    with make_logbook(clinic, key=key) as logbook:
        treat(logbook)
    chance = random.Random(11)  # noqa: S311
    told: list[str] = []
    command = [sys.executable, str(_CHILD), str(logbook.path), "" if key is None else key.hex()]
    for _kill in range(KILLS):
        with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            lines = b"".join(child.stdout.readline() for _ in range(chance.randint(0, 2)))
            time.sleep(chance.uniform(0, 0.3))
            child.kill()
            lines += child.stdout.read()
        told += lines.decode().split("\n")[:-1]
        with Logbook.open(logbook.path, key=key, clock=StillClock()) as again:
            assert again.check().findings == ()
            sets = again.backups.sets()
            assert set(told) <= {one.folder.name for one in sets}
            for one in sets[:1]:
                assert again.backups.read_back(one).proven_at is not None
    target = tmp_path / "Again.dermlog"
    done = restore_backup(sets[0], target, key=key, now=StillClock().now)
    assert done.missing_photos == 0
    with Logbook.open(target, key=key) as restored:
        assert restored.check().findings == ()
    assert len(told) >= KILLS // 3
