"""Restricting and erasing as the logbook offers them: who may, when the clinic's period is over, and how."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from dermlog.domain.erasure import Erased, ErasingFault, Erasure, ErasurePlan, Restriction
from dermlog.domain.file_fault import Refusal
from dermlog.domain.permission import Action, may
from dermlog.errors import not_allowed, not_erased
from dermlog.storage.clinic_rules import ClinicRuleTable
from dermlog.storage.database import Database
from dermlog.storage.restrictions import RestrictionTable

if TYPE_CHECKING:
    from dermlog.logbook.backups import Backups
    from dermlog.logbook.door import Logbook
    from dermlog.logbook.key_ring import KeyRing

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def _silent(_done: int, _of: int) -> None:
    """Nobody looks at the progress."""


def _never() -> bool:
    return False


class Erasing:
    """Restriction and erasure of one open logbook.

    keys gives the keys of the logbook, which tell whether a password is right. erase() may be called from any
    thread, everything else from that of the logbook.
    """

    def __init__(
        self,
        database: Database,
        backups: Backups,
        second_connection: Callable[[], Logbook],
        keys: Callable[[], KeyRing],
    ) -> None:
        self._database = database
        self._backups = backups
        self._second_connection = second_connection
        self._keys = keys
        self._restrictions = RestrictionTable(database)

    @property
    def asks_password(self) -> bool:
        """Whether erase() wants the password of whoever acts."""
        return self._keys().locked

    def restriction(self, patient_id: UUID) -> Restriction | None:
        """The restriction of a patient, or None; NotAllowed for whoever must not see the patient."""
        self._database.refuse_hidden(patient_id)
        return self._restrictions.of_patient(patient_id)

    def restricted(self) -> tuple[Restriction, ...]:
        """Every restriction, the newest first; none for whoever must not see whom."""
        role = self._database.role
        return self._restrictions.all() if role is None or may(role, Action.SEE_RESTRICTED) else ()

    def restrict(self, patient_id: UUID, reason: str, until: date | None = None) -> Restriction:
        """Hide a patient from everybody but owners, at once; InvalidRecord without a reason, NotAllowed."""
        return self._restrictions.save(patient_id, reason, until)

    def lift(self, patient_id: UUID) -> None:
        """Show a patient to everybody again; NotAllowed."""
        self._restrictions.lift(patient_id)

    def erased(self) -> tuple[Erasure, ...]:
        """Every erasure of this logbook, the oldest first."""
        from dermlog.storage.erasing import ErasureTable  # noqa: PLC0415 - rarely asked

        return ErasureTable(self._database).all()

    def plan(self, patient_id: UUID) -> ErasurePlan:
        """What erasing would take away, and how long the records must be kept; NotAllowed."""
        from dermlog.storage.erasing import ErasureTable  # noqa: PLC0415

        self._database.require(Action.ERASE_PATIENT)
        years = ClinicRuleTable(self._database).get().retention_years
        return ErasureTable(self._database).plan(patient_id, years, self._database.clock().date())

    def erase(
        self,
        patient_id: UUID,
        *,
        chart_number: str,
        password: str = "",
        no_duty: bool = False,
        progress: Progress = _silent,
        cancelled: Cancelled = _never,
    ) -> Erased:
        """Back up, then erase a patient for ever: whole or not at all. Owners only.

        chart_number: as somebody typed it, to be sure. password: of whoever acts, in a locked logbook.
        no_duty: somebody confirmed that no duty to keep applies; asked where the clinic has no period.
        NotErased, NotUnlocked, NotAllowed, BackupNotDone, NotSaved; nothing was erased then. progress is
        that of the backup, and only that can be stopped.
        """
        with self._second_connection() as other:
            plan = other.erasing.plan(patient_id)
            self._refuse(plan, chart_number, password, no_duty=no_duty)
            self._backups.back_up(force=True, progress=progress, cancelled=cancelled)
            done = other.erasing.erase_now(patient_id)
        # The file itself knows, and the next backup notes it again.
        with suppress(OSError):
            self._backups.note_erased([done.erasure])
        return done

    def erase_now(self, patient_id: UUID) -> Erased:
        """Erase without asking again and without a backup: the part of erase() that cannot be stopped."""
        from dermlog.storage.erasing import ErasureTable  # noqa: PLC0415

        self._database.require(Action.ERASE_PATIENT)
        table = ErasureTable(self._database)
        done = table.erase(patient_id)
        table.give_back()
        return done

    def _refuse(self, plan: ErasurePlan, chart_number: str, password: str, *, no_duty: bool) -> None:
        if plan.must_be_kept:
            raise not_erased(ErasingFault.MUST_BE_KEPT, plan.keep_until)
        if plan.keep_until is None and not no_duty:
            raise not_erased(ErasingFault.NO_DUTY_UNCONFIRMED)
        if chart_number.strip() != plan.chart_number.strip():
            raise not_erased(ErasingFault.OTHER_CHART_NUMBER)
        if self.asks_password:
            if self._database.acting is None:
                raise not_allowed(Refusal.MAY_NOT_WRITE)
            self._keys().check(self._database.acting, password)
