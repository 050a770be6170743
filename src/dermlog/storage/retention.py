"""Which backups go and which stay: everything of two days, then by day, week and month."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta

from dermlog.domain.backup import BackupSet

KEEP_ALL = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 14, 8, 24
_MONTH = timedelta(days=30)
SHRUNK_BELOW = 0.7
"""A backup with fewer than this part of the rows of the one before is asked about, and nothing is removed."""


def to_remove(sets: Sequence[BackupSet], now: datetime) -> tuple[BackupSet, ...]:
    """The sets that are no longer needed, oldest first.

    Kept: all of the last two days; the newest of each of 14 days, 8 weeks and 24 months; the newest proven
    one; the newest proven one older than a month; and everything dated in the future, which is a wrong clock.
    """
    ordered = sorted(sets, key=lambda one: one.made_at, reverse=True)
    kept = {one.folder for one in ordered if now - one.made_at <= KEEP_ALL}
    buckets: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (DAILY, lambda at: at.date()),
        (WEEKLY, lambda at: at.isocalendar()[:2]),
        (MONTHLY, lambda at: (at.year, at.month)),
    )
    for number, bucket in buckets:
        seen: list[Hashable] = []
        for one in ordered:
            name = bucket(one.made_at)
            if name in seen:
                continue
            if len(seen) == number:
                break
            seen.append(name)
            kept.add(one.folder)
    proven = [one for one in ordered if one.proven_at is not None]
    kept.update(one.folder for one in proven[:1])
    kept.update(one.folder for one in [old for old in proven if now - old.made_at > _MONTH][:1])
    old = [one for one in ordered if now - one.made_at > _MONTH]
    if not any(one.folder in kept for one in old):
        kept.update(one.folder for one in old[:1])
    return tuple(one for one in reversed(ordered) if one.folder not in kept)


def has_shrunk(new: BackupSet, before: BackupSet | None) -> bool:
    """Whether a backup holds so much less than the one before that somebody should look."""
    return before is not None and new.row_count < SHRUNK_BELOW * before.row_count
