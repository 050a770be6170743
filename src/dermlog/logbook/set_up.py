"""What setting up a clinic asks before there is a logbook: whether the place will do, and the first sheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dermlog.domain.recovery import RecoveryCode
from dermlog.storage.making import check_place

__all__ = ["check_place", "first_sheet"]


def first_sheet(clinic: str, path: Path, day: date, code: RecoveryCode) -> bytes:
    """The recovery sheet of a logbook that is about to be made, as a PDF; NotPrinted when it cannot be."""
    from dermlog.report.recovery_sheet import SheetFacts, write_recovery_sheet  # noqa: PLC0415 - reportlab

    return write_recovery_sheet(SheetFacts(clinic, path.name, day, code.groups))
