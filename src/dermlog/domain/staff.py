"""Staff: who may write in the logbook, and their role."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID

from dermlog.domain.identity import new_id
from dermlog.domain.validity import NAME_LIMIT, check_text, refuse


class Role(Enum):
    """What a member of staff may do; clinicians inject, sign and acknowledge warning signs."""

    OWNER = "owner"
    CLINICIAN = "clinician"
    ASSISTANT = "assistant"
    VIEWER = "viewer"


@dataclass(frozen=True)
class Staff:
    """One member of staff; leavers become inactive and keep their entries."""

    name: str
    role: Role
    active: bool = True
    id: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        refuse(check_text("name", self.name, limit=NAME_LIMIT, required=True))

    @property
    def may_sign(self) -> bool:
        """Whether this person may inject, sign a session and acknowledge a warning sign."""
        return self.active and self.role in {Role.OWNER, Role.CLINICIAN}


def same_name(one: str, other: str) -> bool:
    """Whether nobody who signs in could tell two names apart: capitals and spaces aside they are one."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
