"""Saved means saved: a program killed at any moment loses no acknowledged save and leaves no half of one."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dermlog.logbook import Logbook
from tests.makers import make_logbook, make_patient

KILLS = 20
_CHILD = Path(__file__).with_name("saving_child.py")


@pytest.mark.parametrize("key", [None, bytes(range(32))], ids=["plain", "keyed"])
def test_no_acknowledged_save_is_lost_and_none_is_half(tmp_path: Path, key: bytes | None) -> None:
    logbook = make_logbook(tmp_path, key=key)
    patient = make_patient()
    logbook.patients.save(patient)
    logbook.close()
    chance = random.Random(7)  # noqa: S311
    acknowledged: list[str] = []
    interrupted = 0
    command = [
        sys.executable,
        str(_CHILD),
        str(logbook.path),
        str(patient.id),
        "" if key is None else key.hex(),
    ]
    for _ in range(KILLS // 2):
        with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            told = b"".join(child.stdout.readline() for _ in range(chance.randint(0, 3)))
            time.sleep(chance.uniform(0, 0.04))
            child.kill()
            told += child.stdout.read()
        # The last line may have been cut off by the kill; whole ones were acknowledged.
        acknowledged += told.decode().split("\n")[:-1]
        interrupted += logbook.path.with_name(logbook.path.name + "-wal").exists()
        with Logbook.open(logbook.path, key=key) as reopened:
            assert reopened.notices == ()
            sessions = {str(session.id): session for session in reopened.sessions.of_patient(patient.id)}
            assert set(acknowledged) <= sessions.keys()
            visits = {visit.id for visit in reopened.visits.of_patient(patient.id)}
            assert {session.visit_id for session in sessions.values()} == visits
            assert all(len(session.sites) == 12 and session.signature for session in sessions.values())
            photos = reopened.photos.of_patient(patient.id)
            assert {photo.visit_id for photo in photos} == visits
            assert reopened.drafts.all() == ()
    with Logbook.open(logbook.path, key=key) as reopened:
        assert reopened.check().findings == ()
    assert len(acknowledged) > KILLS // 2
    assert interrupted > KILLS // 4
