"""T16: the chain of seals: 300 tamperings, every one found, and the entry named."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from dermlog.chain_sentences import chain_sentence
from dermlog.changes import Changes
from dermlog.domain.access import AccessKind
from dermlog.domain.chain import Anchor, AnchorSource, ChainBreak, ChainFault, ChainHead, ChainLog
from dermlog.logbook import Logbook
from dermlog.storage import chain
from dermlog.storage.database import Database
from dermlog.storage.witness import witness_path
from tests.makers import (
    NOW,
    NURSE,
    StillClock,
    make_consent,
    make_logbook,
    make_patient,
    make_session,
    make_visit,
)
from tests.storage import tamper

EACH = 17
"""Tamperings of each kind: 16 × 17 in the file itself, and 2 × 14 against heads outside it."""
EACH_ANCHORED = 14


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Anchor, ...]]:
    """A closed file with some patients, treatments and looks, and the heads it had on the way."""
    clock = StillClock()
    anchors = []
    with make_logbook(tmp_path_factory.mktemp("chain"), clock=clock) as logbook:
        for _turn in range(8):
            clock.move(timedelta(minutes=30))
            logbook.act_as(NURSE.id)
            patient = make_patient()
            logbook.patients.save(patient)
            logbook.accesses.note_viewed(patient.id)
            logbook.act_as(logbook.staff.all()[0].id)
            logbook.consents.save(make_consent(patient))
            visit = make_visit(patient)
            logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
            logbook.patients.save(replace(patient, note=f"note {_turn}"))
            logbook.accesses.note(AccessKind.PRINTED, patient.id, "report")
            anchors.append(Anchor(AnchorSource.BACKUP, logbook.history.head(), clock()))
        path = logbook.path
    return path, tuple(anchors)


@pytest.fixture
def copy(written: tuple[Path, tuple[Anchor, ...]], tmp_path: Path) -> Path:
    """A copy to tamper with."""
    return Path(shutil.copy(written[0], tmp_path))


def database_of(path: Path) -> Database:
    return Database(path, key=None, clock=StillClock(), changes=Changes(), writable=False)


def breaks_of(path: Path, anchors: tuple[Anchor, ...] = ()) -> tuple[ChainBreak, ...]:
    database = database_of(path)
    try:
        return chain.verify(database, anchors=anchors).breaks
    finally:
        database.close()


def names(found: tuple[ChainBreak, ...], entry: int, log: ChainLog = ChainLog.CHANGES) -> bool:
    """Whether one of the breaks that are told names an entry."""
    return any(one.first <= entry <= one.last for one in found if one.log is log)


def test_a_sound_chain_is_sound_and_agrees_with_its_heads(written: tuple[Path, tuple[Anchor, ...]]) -> None:
    assert breaks_of(*written) == ()


@pytest.mark.parametrize("way", tamper.BY_ITSELF, ids=lambda way: way.__name__)
def test_the_file_gives_tampering_away(copy: Path, way: tamper.Tamper) -> None:
    sound = copy.read_bytes()
    log = ChainLog.ACCESSES if "access" in way.__name__ else ChainLog.CHANGES
    for turn in range(EACH):
        copy.write_bytes(sound)
        with tamper.bare(copy) as connection:
            entry = way(connection, Random(f"{way.__name__} {turn}"))
        found = breaks_of(copy)
        assert names(found, entry, log), (turn, entry, found)
        assert all(chain_sentence(one) for one in found)


@pytest.mark.parametrize("way", tamper.AGAINST_ANCHORS, ids=lambda way: way.__name__)
def test_heads_outside_give_away_what_the_file_hides(
    written: tuple[Path, tuple[Anchor, ...]], copy: Path, way: tamper.Tamper
) -> None:
    sound = copy.read_bytes()
    for turn in range(EACH_ANCHORED):
        copy.write_bytes(sound)
        with tamper.bare(copy) as connection:
            entry = way(connection, Random(f"{way.__name__} {turn}"))
        assert breaks_of(copy) == (), "this is the kind that a file alone cannot tell"
        found = breaks_of(copy, written[1])
        assert names(found, entry), (turn, entry, found)


def test_an_older_file_is_found_against_a_newer_head(tmp_path: Path) -> None:
    with make_logbook(tmp_path) as logbook:
        old = logbook.history.head()
    kept = shutil.copy(logbook.path, tmp_path / "old")
    with Logbook.open(logbook.path, clock=StillClock()) as logbook:
        logbook.patients.save(make_patient())
        new = logbook.history.head()
    (found,) = breaks_of(Path(kept), (Anchor(AnchorSource.PRINTED, new, NOW),))
    assert (found.fault, found.first, found.last) == (ChainFault.OLDER, old.sequence + 1, new.sequence)
    assert new.text in chain_sentence(found)


def test_the_sentence_names_entry_and_time() -> None:
    found = ChainBreak(ChainFault.CHANGED, 10_412, 10_412, NOW.replace(month=3, day=3, hour=9, minute=10))
    assert chain_sentence(found).startswith("The record chain breaks at entry 10,412 (3 Mar 2026, 09:10): ")
    several = ChainBreak(ChainFault.BROKEN, 12, 30, None, ChainLog.ACCESSES)
    assert chain_sentence(several).startswith("The record of who looked breaks at line 12 to 30: ")


def test_opening_after_a_crash_says_that_a_new_entry_was_changed(copy: Path) -> None:
    with tamper.bare(copy) as connection:
        entry = tamper.change_value(connection, Random(3))
    # What a program that was killed leaves beside the file.
    witness_path(copy).write_text('{"sequence": 1, "at": "2026-01-01T10:00:00+00:00"}', encoding="utf-8")
    with Logbook.open(copy, clock=StillClock(NOW + timedelta(days=1))) as logbook:
        (notice,) = logbook.notices
        assert f"breaks at entry {entry} " in notice
        noted = logbook.accesses.newest(AccessKind.CHAIN_BROKEN)
        assert noted is not None and noted.detail == f"changed {entry} {entry}"
        assert not logbook.check().ok


def test_after_a_closing_in_order_the_newest_entries_are_verified_when_asked(copy: Path) -> None:
    with tamper.bare(copy) as connection:
        entry = tamper.change_value(connection, Random(3))
    with Logbook.open(copy, clock=StillClock(NOW + timedelta(days=1))) as logbook:
        assert logbook.notices == ()
        (found,) = logbook.history.verify_newest().breaks
        assert found.first == entry
        noted = logbook.accesses.newest(AccessKind.CHAIN_BROKEN)
        assert noted is not None and noted.detail == f"changed {entry} {entry}"


def test_only_the_newest_are_read_at_opening(copy: Path) -> None:
    with tamper.bare(copy) as connection:
        connection.execute("UPDATE change SET reason = 'x' WHERE sequence = 1")
    database = database_of(copy)
    assert chain.verify(database, newest=50).ok
    assert not chain.verify(database, newest=10_000).ok
    database.close()


def test_an_update_from_the_first_format_is_sealed_with_the_first_save(tmp_path: Path) -> None:
    path = Path(shutil.copy("tests/old_files/format_1.dermlog", tmp_path / "Old.dermlog"))
    with Logbook.open(path, clock=StillClock()) as logbook:
        assert logbook.notices == ()
        logbook.patients.save(make_patient())
        found = logbook.history.verify()
        assert found.ok and found.entries == logbook.history.head().sequence


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Logbook]:
    """An open logbook with one patient."""
    with make_logbook(tmp_path) as logbook:
        logbook.patients.save(make_patient())
        yield logbook


def test_the_head_moves_with_a_change_and_not_with_a_look(busy: Logbook) -> None:
    head = busy.history.head()
    assert ChainHead.read(head.text) == head
    busy.accesses.note(AccessKind.PRINTED, None, "report")
    assert busy.history.head() == head
    busy.patients.save(make_patient())
    assert busy.history.head().sequence > head.sequence


def test_a_printed_head_is_held_against_the_file(busy: Logbook) -> None:
    head = busy.history.head()
    busy.patients.save(make_patient())
    assert busy.history.verify(printed=head.text.lower().replace(" · ", " ")).ok
    (found,) = busy.history.verify(printed=f"#{head.sequence} · 0000-0000").breaks
    assert found.fault is ChainFault.REWRITTEN
    with pytest.raises(ValueError, match="head"):
        busy.history.verify(printed="no head at all")


def test_a_verification_is_put_on_record(busy: Logbook) -> None:
    assert busy.history.verify().ok
    noted = busy.accesses.newest(AccessKind.CHECKED, "chain")
    assert noted is not None and noted.detail == f"chain {busy.history.head().sequence}"


def test_a_lawful_erasure_leaves_the_chain_whole(busy: Logbook) -> None:
    patient = make_patient(given_name="Erased")
    busy.patients.save(patient)
    database, of = busy._database, str(patient.id)
    with database.erasing(patient.id):
        database.write("DELETE FROM patient_opened WHERE patient_id = ?", (of,))
        database.write("DELETE FROM patient WHERE id = ?", (of,))
        lines = "(SELECT sequence FROM change WHERE patient_id = ?)"
        database.write(f"DELETE FROM change_payload WHERE sequence IN {lines}", (of,))
        database.write(f"UPDATE change_hash SET salt = x'' WHERE sequence IN {lines}", (of,))
        database.write("UPDATE change SET reason = '', row_id = '' WHERE patient_id = ?", (of,))
        database.write("INSERT INTO erasure (patient_id, at) VALUES (?, ?)", (of, NOW.isoformat()))
    assert busy.history.verify().ok
    assert database.value("SELECT erasing FROM writing") is None
