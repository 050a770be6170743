"""ClinicRules: the house rules that lie in the file - when it locks by itself, how long records are kept."""

from __future__ import annotations

from dataclasses import dataclass

from dermlog.domain.validity import Fault, Problem, refuse

IDLE_LOCK_MINUTES = range(1, 31)
RETENTION_YEARS = range(1, 101)


@dataclass(frozen=True)
class ClinicRules:
    """idle_lock_minutes: without a key or a click for so long, a locked logbook covers itself (1-30).

    retention_years: how long records are kept after the last entry (1-100); None while nobody has chosen.
    """

    idle_lock_minutes: int = 10
    retention_years: int | None = None

    def __post_init__(self) -> None:
        problems = []
        if self.idle_lock_minutes not in IDLE_LOCK_MINUTES:
            problems.append(Problem("idle_lock_minutes", Fault.NOT_OFFERED))
        if self.retention_years is not None and self.retention_years not in RETENTION_YEARS:
            problems.append(Problem("retention_years", Fault.NOT_OFFERED))
        refuse(problems)
