"""The name of a patient as a list says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dermlog.wording import _, isolated

if TYPE_CHECKING:
    from dermlog.logbook import PatientRow


def full_name(row: PatientRow) -> str:
    """Family name first."""
    if not row.given_name:
        return isolated(row.family_name)
    name = _("{family}, {given}").format(family=row.family_name, given=row.given_name)
    return isolated(name)
