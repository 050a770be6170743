"""T22, F24: the clock of the PC: back, forward, both changes of the hour, 13 zones, a leap day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dermlog.domain.access import AccessKind
from dermlog.domain.activity import ActivityFilter
from dermlog.history_words import history_rows
from dermlog.logbook import Logbook
from tests.makers import NOW, StillClock, make_logbook, make_patient, make_visit

ZONES = (
    *("Pacific/Kiritimati", "Pacific/Auckland", "Australia/Lord_Howe", "Asia/Tokyo", "Asia/Kathmandu"),
    *("Asia/Kolkata", "Asia/Tehran", "Europe/Berlin", "Europe/London", "America/Sao_Paulo"),
    *("America/St_Johns", "America/New_York", "Pacific/Pago_Pago"),
)


def order_of(logbook: Logbook) -> list[str]:
    """The family names in the order the activity has them, the oldest first."""
    entries = reversed(logbook.activity.page(limit=1000).entries)
    found = []
    for entry in entries:
        for line in entry.lines:
            if line.table == "patient" and line.after is not None:
                found.append(str(line.after["family_name"]))
    return found


def save(logbook: Logbook, name: str) -> None:
    """One more entry."""
    logbook.patients.save(make_patient(family_name=name))


@pytest.mark.parametrize(
    "jump",
    [timedelta(hours=-1), timedelta(days=-365), timedelta(hours=5), timedelta(days=365 * 20)],
    ids=["back 1 h", "back 1 y", "forward 5 h", "forward 20 y"],
)
def test_a_jump_moves_nothing(logbook: Logbook, clock: StillClock, jump: timedelta) -> None:
    save(logbook, "First")
    clock.move(jump)
    save(logbook, "Second")
    clock.move(-jump + timedelta(minutes=1))
    save(logbook, "Third")
    assert order_of(logbook) == ["First", "Second", "Third"]
    assert logbook.history.verify().ok


def test_a_clock_that_is_behind_is_said_and_put_on_record(tmp_path: Path) -> None:
    with make_logbook(tmp_path) as logbook:
        path = logbook.path
    for back in (timedelta(hours=1), timedelta(days=365)):
        with Logbook.open(path, clock=StillClock(NOW - back)) as logbook:
            (notice,) = logbook.notices
            assert notice.startswith("The clock of this computer is behind the last entry (17 Apr 2026")
            noted = logbook.accesses.newest(AccessKind.CLOCK_BEHIND)
            assert noted is not None and noted.at == NOW - back


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("month", [1, 7])
def test_every_zone_keeps_its_moment_and_its_offset(tmp_path: Path, zone: str, month: int) -> None:
    clock = StillClock(datetime(2026, month, 15, 9, 30, tzinfo=ZoneInfo(zone)))
    patient = make_patient()
    with make_logbook(tmp_path, clock=clock) as logbook:
        logbook.patients.save(patient)
        logbook.accesses.note_viewed(patient.id)
    with Logbook.open(logbook.path, clock=StillClock(clock.now.astimezone(UTC))) as logbook:
        (line,) = logbook.history.of_patient(patient.id)
        (look,) = logbook.accesses.of_patient(patient.id)
        for at in (line.at, look.at):
            assert at == clock.now
            assert at.utcoffset() == clock.now.utcoffset()
            assert (at.hour, at.minute) == (9, 30)
        assert logbook.notices == ()


@pytest.mark.parametrize(
    ("zone", "before", "step"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, 0, 50, tzinfo=UTC), timedelta(minutes=20)),
        ("Europe/Berlin", datetime(2026, 10, 25, 0, 50, tzinfo=UTC), timedelta(minutes=20)),
        ("America/New_York", datetime(2026, 3, 8, 6, 50, tzinfo=UTC), timedelta(minutes=20)),
        ("America/New_York", datetime(2026, 11, 1, 5, 50, tzinfo=UTC), timedelta(minutes=20)),
    ],
)
def test_the_changes_of_the_hour(tmp_path: Path, zone: str, before: datetime, step: timedelta) -> None:
    clock = StillClock()
    clock.now = before.astimezone(ZoneInfo(zone))
    with make_logbook(tmp_path, clock=clock) as logbook:
        save(logbook, "Before")
        clock.now = (before + step).astimezone(ZoneInfo(zone))
        save(logbook, "After")
        entries = [entry for entry in logbook.activity.page().entries if entry.patient_id is not None]
        newer, older = entries
        assert newer.at - older.at == step
        assert newer.at.utcoffset() != older.at.utcoffset()
        assert order_of(logbook) == ["Before", "After"]
        assert logbook.notices == ()


def test_times_of_other_offsets_are_found_by_their_moment(logbook: Logbook, clock: StillClock) -> None:
    save(logbook, "First")
    clock.now = (NOW + timedelta(minutes=10)).astimezone(ZoneInfo("Pacific/Kiritimati"))
    save(logbook, "Second")
    clock.now = (NOW + timedelta(minutes=20)).astimezone(ZoneInfo("Pacific/Pago_Pago"))
    save(logbook, "Third")
    wanted = ActivityFilter(since=NOW + timedelta(minutes=5), until=NOW + timedelta(minutes=15))
    (entry,) = logbook.activity.page(wanted).entries
    assert entry.lines[0].after is not None and entry.lines[0].after["family_name"] == "Second"


def test_a_leap_day_is_a_day(tmp_path: Path) -> None:
    clock = StillClock(datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC))
    patient = make_patient()
    with make_logbook(tmp_path, clock=clock) as logbook:
        logbook.patients.save(patient)
        logbook.visits.save(make_visit(patient, clock.now.date()))
        clock.move(timedelta(seconds=2))
        assert logbook.today().isoformat() == "2028-03-01"
        newest = history_rows(logbook.history.of_patient(patient.id), {}, {})[0]
        assert newest.what == "Visit of 29 Feb 2028 recorded"
