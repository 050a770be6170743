"""An id that belongs to nothing is refused, and lists beside the file are read within bounds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from dermlog.domain.access import AccessKind
from dermlog.domain.chain import ChainHead
from dermlog.domain.erasure import Erasure
from dermlog.errors import NotAllowed, NotErased
from dermlog.logbook import Logbook, note_while_shut
from dermlog.storage import driver
from dermlog.storage.erasing_list import ERASED, add_to_list, read_list
from dermlog.storage.head_memory import HeadMemory
from dermlog.storage.pending_accesses import PendingAccess, PendingAccesses
from tests.makers import DOCTOR, NOW, StillClock, make_patient

NOBODY = UUID(int=404)
ASKED: dict[str, Callable[[Logbook], object]] = {
    "patient": lambda logbook: logbook.patients.row(NOBODY),
    "vial": lambda logbook: logbook.vials.get(NOBODY),
    "erasing": lambda logbook: logbook.erasing.plan(NOBODY),
}


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_not_there_is_refused(logbook: Logbook, asked: str) -> None:
    with pytest.raises((NotAllowed, NotErased)):
        ASKED[asked](logbook)


def test_who_only_looks_leaves_no_lines(logbook: Logbook, clock: StillClock) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    logbook.rest()
    with Logbook.open(logbook.path, clock=clock, viewing=True) as viewer:
        with viewer.accesses.together():
            viewer.accesses.note_viewed(patient.id)
        assert viewer.accesses.take_pending() == 0
    assert logbook.accesses.of_patient(patient.id) == ()


def test_lines_noted_while_shut_wait_until_the_file_takes_them(logbook: Logbook) -> None:
    """A disk that refuses costs no line: they stay beside the file."""
    note_while_shut(logbook.path, AccessKind.UNLOCK_FAILED, DOCTOR.id, NOW)
    pending = PendingAccesses(logbook.path)
    with driver.connect(logbook.path, None, "rw") as other:
        other.execute("BEGIN IMMEDIATE")
        logbook.accesses.take_pending()
        other.execute("ROLLBACK")
    other.close()
    assert len(pending.all()) == 1
    assert logbook.accesses.take_pending() == 1
    assert pending.all() == ()


def test_a_list_that_grew_beyond_measure_is_not_read(tmp_path: Path) -> None:
    """Somebody may have put anything there; the logbook opens all the same."""
    pending = PendingAccesses(tmp_path / "Clinic.dermlog")
    pending.add(PendingAccess(NOW, AccessKind.UNLOCK_FAILED, None))
    add_to_list(tmp_path, [Erasure(NOBODY, NOW, None)])
    memory = HeadMemory(tmp_path / "heads", "a file")
    memory.note(ChainHead.of(3, bytes(32)), NOW, tmp_path)
    assert len(pending.all()) == len(read_list(tmp_path)) == len(memory.recall().heads) == 1
    (remembered,) = (tmp_path / "heads").iterdir()
    for path in (tmp_path / "Clinic.dermlog-unlocks", tmp_path / ERASED, remembered):
        content = path.read_bytes()
        with path.open("wb") as file:
            file.write(content)
            file.truncate(len(content) + (64 << 20))
    assert pending.all() == ()
    assert read_list(tmp_path) == frozenset()
    assert memory.recall().heads == ()


def test_a_key_that_is_too_short_opens_nothing(logbook: Logbook) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        driver.connect(logbook.path, b"short", "rw")
