"""Arriving: what is done once a key opened the logbook - who writes, what is noted, what has to be told."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget

from dermlog.domain.access import AccessKind, AccessLine
from dermlog.errors import DermlogError
from dermlog.ui.sign_in.new_owner_dialog import NewOwnerDialog
from dermlog.wording import _, date_text, time_text

if TYPE_CHECKING:
    from dermlog.logbook import Logbook, Unlocked

PAGE = 500
FARTHEST = 20


def arrive(logbook: Logbook, unlocked: Unlocked, parent: QWidget | None) -> tuple[str, ...] | None:
    """Let the person write, note it, and give what must be told to them as sentences.

    NotUnlocked for somebody who has left.
    Whoever came in by the recovery sheet sets a new password first; None when they left instead, and then
    nobody came in.
    """
    if unlocked.staff_id is None:
        return _recover(logbook, unlocked, parent)
    logbook.keys.admit(unlocked)
    told = recoveries_since(logbook, unlocked.staff_id)
    logbook.accesses.note(AccessKind.UNLOCKED)
    return told


def _recover(logbook: Logbook, unlocked: Unlocked, parent: QWidget | None) -> tuple[str, ...] | None:
    dialog = NewOwnerDialog(logbook, unlocked, parent)
    dialog.exec()
    who = dialog.staff_id
    dialog.deleteLater()
    if who is None:
        return None
    logbook.act_as(who)
    with suppress(DermlogError):  # whoever has just typed all of it is not asked whether it is still there
        logbook.keys.note_sheet_checked()
    logbook.accesses.note(AccessKind.RECOVERED)
    logbook.accesses.note(AccessKind.UNLOCKED)
    return ()


def recoveries_since(logbook: Logbook, staff_id: UUID) -> tuple[str, ...]:
    """When the recovery sheet was used since somebody signed in last, as sentences, newest first."""
    if logbook.accesses.newest(AccessKind.RECOVERED) is None:
        return ()
    found: list[AccessLine] = []
    before: int | None = None
    for _page in range(FARTHEST):
        lines = logbook.accesses.page(before=before, limit=PAGE)
        for line in lines:
            if line.kind is AccessKind.UNLOCKED and line.staff_id == staff_id:
                return tuple(_sentence(logbook, one) for one in found)
            if line.kind is AccessKind.RECOVERED:
                found.append(line)
        if len(lines) < PAGE:
            break
        before = lines[-1].sequence
    return tuple(_sentence(logbook, one) for one in found)


def _sentence(logbook: Logbook, line: AccessLine) -> str:
    at = line.at.astimezone(logbook.now().tzinfo)
    if line.staff_id is None:
        return _(
            "The recovery sheet opened the logbook on {day} at {time}, outside this window and without a "
            "name. If nobody knows why, ask for a new sheet on the page Clinic."
        ).format(day=date_text(at.date()), time=time_text(at))
    name = logbook.staff.get(line.staff_id).name
    return _(
        "The recovery sheet was used on {day} at {time}, and {name} set a new password. "
        "If nobody knows why, ask for a new sheet on the page Clinic."
    ).format(day=date_text(at.date()), time=time_text(at), name=name)
