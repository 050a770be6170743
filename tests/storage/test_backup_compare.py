"""Before a restore one is told which entries the backup lacks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from dermlog.backup_sentences import comparison_sentence
from dermlog.logbook import Logbook, backups_in, restore_backup
from tests.makers import StillClock, make_logbook, make_patient, make_session
from tests.storage.contents import KEY, follow_up, treat


def test_nothing_is_missing_right_after_a_backup(tmp_path: Path) -> None:
    with make_logbook(tmp_path, key=KEY) as logbook:
        treat(logbook)
        (one,) = logbook.backups.back_up().sets
        found = logbook.backups.compare(one)
        assert (found.lacks, found.other_changes, found.ahead) == ((), 0, 0)
        assert comparison_sentence(found) == "This backup has 1 of 1 entry. Nothing is missing."


def test_new_and_changed_visits_are_named(tmp_path: Path, clock: StillClock) -> None:
    with make_logbook(tmp_path, clock=clock) as logbook:
        old = treat(logbook, name="Lindqvist")
        earlier = follow_up(logbook, old, days=7)
        (one,) = logbook.backups.back_up().sets
        clock.move(timedelta(hours=1))
        treat(logbook, name="Okafor")
        logbook.visits.save(type(earlier)(**{**vars(earlier), "note": "later words"}))
        logbook.patients.save(make_patient())
        found = logbook.backups.compare(one)
        assert [(entry.patient, entry.has_session, entry.changed_only) for entry in found.lacks] == [
            ("Okafor Maya", True, False),
            ("Lindqvist Maya", False, True),
        ]
        assert found.entries_now == 3
        sentence = comparison_sentence(found)
        assert sentence == "This backup has 2 of 3 entries. It lacks what is listed here."


def test_smaller_changes_are_counted(tmp_path: Path, clock: StillClock) -> None:
    with make_logbook(tmp_path, clock=clock) as logbook:
        treat(logbook)
        (one,) = logbook.backups.back_up().sets
        clock.move(timedelta(hours=1))
        logbook.patients.save(make_patient())
        found = logbook.backups.compare(one)
        assert (found.lacks, found.other_changes) == ((), 1)
        assert comparison_sentence(found).endswith("It lacks 1 smaller change.")


def test_a_backup_newer_than_the_file_is_told(tmp_path: Path, clock: StillClock) -> None:
    (tmp_path / "clinic").mkdir()
    with make_logbook(tmp_path / "clinic", clock=clock) as logbook:
        treat(logbook)
        (first,) = logbook.backups.back_up().sets
        clock.move(timedelta(hours=1))
        treat(logbook)
        second = logbook.backups.back_up().sets[0]
    restore_backup(first, logbook.path, key=None, now=clock.now)
    with Logbook.open(logbook.path, clock=clock) as old:
        found = old.backups.compare(second)
        assert found.ahead > 0 and not found.lacks
        assert "the present file lacks" in comparison_sentence(found)
        # Both went on after the fork: each has what the other lacks.
        clock.move(timedelta(hours=1))
        visit = treat(old, name="Fork")
        assert make_session(visit, old.products.all()[0])
        found = old.backups.compare(second)
        assert found.ahead > 0 and [entry.patient for entry in found.lacks] == ["Fork Maya"]


def test_another_logbook_is_not_compared(tmp_path: Path, clock: StillClock) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with make_logbook(tmp_path / "a", clock=clock) as first:
        treat(first)
        first.backups.back_up()
    clock.move(timedelta(days=1))
    with make_logbook(tmp_path / "b", clock=clock) as second:
        (one,) = backups_in(tmp_path / "a")
        found = second.backups.compare(one)
        assert not found.related
        assert comparison_sentence(found) == "This backup belongs to another logbook."
