"""What somebody may not do is greyed out, and its tip says in one sentence why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dermlog.domain.permission import Action

if TYPE_CHECKING:
    from dermlog.logbook import Logbook


def allow(logbook: Logbook, action: Action, *widgets: QWidget, sensible: bool = True) -> bool:
    """Let these be used when whoever acts may do this and it makes sense now; gives whether they may."""
    why = logbook.why_not(action)
    for widget in widgets:
        widget.setEnabled(sensible and not why)
        widget.setToolTip(why)
    return not why
