"""Thinning keeps all of two days, then days, weeks and months, and never the last proven one goes."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dermlog.domain.backup import BackupSet
from dermlog.storage.retention import has_shrunk, to_remove

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def a_set(made_at: datetime, *, proven: bool = True, rows: int = 100) -> BackupSet:
    """A set of that time."""
    return BackupSet(
        folder=Path(f"{made_at:%Y-%m-%d %H%M%S}"),
        made_at=made_at,
        logbook="Clinic.dermlog",
        logbook_id="1",
        file_format=1,
        app_version="1",
        patients=1,
        sessions=1,
        entries=1,
        photos=0,
        sequence=1,
        newest_at=made_at,
        chain_head="",
        state="",
        records_bytes=1,
        records_sha256="",
        rows=(("visit", rows),),
        proven_at=made_at if proven else None,
    )


def kept(sets: list[BackupSet], now: datetime = NOW) -> list[datetime]:
    """The times of what stays, newest first."""
    gone = {one.folder for one in to_remove(sets, now)}
    return sorted((one.made_at for one in sets if one.folder not in gone), reverse=True)


def test_three_years_of_half_hours_become_a_handful() -> None:
    sets = [
        a_set(NOW - timedelta(days=day, minutes=30 * step)) for day in range(3 * 365) for step in range(16)
    ]
    left = kept(sets)
    recent = [at for at in left if NOW - at <= timedelta(days=2)]
    assert len(recent) == 33
    assert (
        len({at.date() for at in left[:60]} & {(NOW - timedelta(days=day)).date() for day in range(14)}) == 14
    )
    assert 33 + 11 + 6 + 20 <= len(left) <= 33 + 14 + 8 + 24
    assert NOW - left[-1] > timedelta(days=680)


def test_going_on_daily_loses_no_month() -> None:
    """Thinning every day gives what thinning once would: nothing needed later has gone."""
    sets: list[BackupSet] = []
    now = NOW
    for _day in range(800):
        now += timedelta(days=1)
        sets.append(a_set(now))
        gone = to_remove(sets, now)
        sets = [one for one in sets if one not in gone]
    months = {(one.made_at.year, one.made_at.month) for one in sets}
    assert len(months) == 24
    assert len(sets) <= 14 + 8 + 24


@pytest.mark.parametrize("seed", range(20))
def test_the_newest_proven_and_an_old_one_never_go(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    sets = [
        a_set(NOW - timedelta(hours=chance.randint(0, 24 * 900)), proven=chance.random() < 0.1)
        for _number in range(chance.randint(1, 80))
    ]
    sets = list({one.folder: one for one in sets}.values())
    left = [one for one in sets if one not in to_remove(sets, NOW)]
    proven = [one for one in sets if one.proven_at is not None]
    if proven:
        assert max(proven, key=lambda one: one.made_at) in left
    old = [one for one in sets if NOW - one.made_at > timedelta(days=30)]
    assert not old or any(one in left for one in old)
    assert max(sets, key=lambda one: one.made_at) in left
    assert all(one in left for one in sets if NOW - one.made_at <= timedelta(days=2))


def test_a_clock_that_ran_ahead_removes_nothing_of_its_future() -> None:
    ahead = [a_set(NOW + timedelta(days=400, hours=hour)) for hour in range(50)]
    assert len([at for at in kept(ahead) if at > NOW]) == 50


def test_nothing_goes_without_a_reason() -> None:
    assert to_remove([], NOW) == ()
    assert to_remove([a_set(NOW - timedelta(days=5000), proven=False)], NOW) == ()


def test_shrinking_is_noticed() -> None:
    before = a_set(NOW, rows=100)
    assert has_shrunk(replace(before, rows=(("visit", 69),)), before)
    assert not has_shrunk(replace(before, rows=(("visit", 70),)), before)
    assert not has_shrunk(before, None)
