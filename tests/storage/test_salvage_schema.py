"""A file whose own description is damaged gives nothing: its backup stands in, and that is said."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dermlog.backup_sentences import salvage_sentence
from dermlog.domain.backup import BackupFault
from dermlog.errors import BackupNotDone
from dermlog.logbook import Logbook, salvage_logbook
from dermlog.storage import driver
from tests.makers import StillClock, make_logbook
from tests.storage.contents import KEY, damage, treat


@pytest.fixture(params=[None, KEY], ids=["open", "locked"])
def logbook(request: pytest.FixtureRequest, tmp_path: Path, clock: StillClock) -> Logbook:
    """A logbook with and without a key."""
    return make_logbook(tmp_path, clock=clock, key=request.param)


def _damage_the_description(logbook: Logbook) -> None:
    connection = driver.connect(logbook.path, logbook.backups.key, "rw")
    (roots,) = connection.execute("SELECT max(rootpage) FROM sqlite_master").fetchone()
    connection.close()
    # A new file has the pages of its description behind the first pages of its tables.
    damage(logbook.path, (roots + 2) * driver.PAGE_SIZE, driver.PAGE_SIZE)


def test_what_came_after_the_backup_is_not_said_to_be_there(logbook: Logbook, clock: StillClock) -> None:
    treat(logbook, photos=0)
    logbook.backups.back_up()
    clock.move(timedelta(hours=1))
    treat(logbook, photos=0, name="After the backup")
    logbook.close()
    key = logbook.backups.key
    _damage_the_description(logbook)
    saved = salvage_logbook(logbook.path, key=key, now=clock.now)
    assert saved.found.only_backup
    assert not saved.found.is_whole
    said = salvage_sentence(saved.found)
    assert said.startswith("Nothing of the file itself can be read. What was entered after the backup")
    assert "17 Apr 2026" in said
    saved.accept(now=clock.now)
    with Logbook.open(logbook.path, key=key, clock=clock) as again:
        assert again.check().ok
        assert not again.patients.search("after the").rows


def test_without_a_backup_nothing_is_made_of_it(logbook: Logbook, clock: StillClock) -> None:
    treat(logbook, photos=0)
    logbook.close()
    _damage_the_description(logbook)
    damaged = logbook.path.read_bytes()
    with pytest.raises(BackupNotDone) as caught:
        salvage_logbook(logbook.path, key=logbook.backups.key, now=clock.now)
    assert caught.value.fault is BackupFault.RECORDS_DAMAGED
    assert logbook.path.read_bytes() == damaged
