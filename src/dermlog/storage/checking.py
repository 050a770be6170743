"""A check of the whole file."""

from __future__ import annotations

from collections.abc import Callable

from dermlog.domain.listing import CheckResult
from dermlog.storage.database import Database
from dermlog.storage.today import counts


def check_file(database: Database, progress: Callable[[int, int], None] | None) -> CheckResult:
    """Every finding as a sentence."""
    findings = [str(text) for (text,) in database.rows("PRAGMA quick_check") if text != "ok"]
    return CheckResult(not findings, tuple(findings), counts(database))
