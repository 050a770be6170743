"""Staff in the file, and who of them acts."""

from __future__ import annotations

from uuid import UUID

from dermlog.changes import Noun
from dermlog.domain.file_fault import Refusal
from dermlog.domain.permission import Action
from dermlog.domain.staff import Role, Staff
from dermlog.errors import not_allowed
from dermlog.storage.database import Database
from dermlog.storage.rows import RowMapping

_STAFF = RowMapping("staff", Staff)
_BY_ROLE = [Role.OWNER, Role.CLINICIAN, Role.ASSISTANT, Role.VIEWER]


class StaffTable:
    """Members of staff; leavers become inactive and keep their entries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, include_inactive: bool = False) -> tuple[Staff, ...]:
        """Members of staff in the order they were added."""
        condition = "1" if include_inactive else "active = 1"
        return tuple(
            map(
                _STAFF.record,
                self._database.rows(f"SELECT {_STAFF.select()} FROM staff WHERE {condition} ORDER BY rowid"),
            )
        )

    def get(self, staff_id: UUID) -> Staff:
        """One member of staff, active or not; NotAllowed when there is none."""
        found = self._database.row(f"SELECT {_STAFF.select()} FROM staff WHERE id = ?", (str(staff_id),))
        if found is None:
            raise not_allowed(Refusal.NOT_THERE)
        return _STAFF.record(found)

    def save(self, member: Staff) -> None:
        """Add or change a member of staff; NotAllowed when nobody who may sign would be left."""
        self._database.require(Action.MANAGE_STAFF)
        with self._database.atomic():
            others = [other for other in self.all() if other.id != member.id]
            if not member.may_sign and not any(other.may_sign for other in others):
                raise not_allowed(Refusal.LAST_OWNER)
            self._database.write(_STAFF.save_sql, _STAFF.values(_STAFF.row(member)))
            self._database.changed(Noun.STAFF)
        if member.id == self._database.acting:
            self.let_act(member)

    def first(self) -> Staff | None:
        """Who writes until somebody says otherwise: the first owner, else clinician, else assistant."""
        return min(self.all(), key=lambda member: _BY_ROLE.index(member.role), default=None)

    def let_act(self, member: Staff) -> None:
        """From now on this person acts; somebody who has left may only look.

        Where a clinic has no owner, a clinician does what an owner may.
        """
        role = member.role if member.active else Role.VIEWER
        if role is Role.CLINICIAN and not any(other.role is Role.OWNER for other in self.all()):
            role = Role.OWNER
        self._database.acting, self._database.role = member.id, role

    def acting(self) -> Staff:
        """Who is writing now; NotAllowed when nobody is."""
        if self._database.acting is None:
            raise not_allowed(Refusal.MAY_NOT_WRITE)
        return self.get(self._database.acting)
