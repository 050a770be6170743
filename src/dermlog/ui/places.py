"""The places of the window: where each screen lives, what the rail lights for it, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from dermlog.logbook import Logbook
    from dermlog.ui.kit.screen import Screen

# Where each screen lives: loaded when it is first wanted, so that the first paint waits for one only.
SCREENS: Mapping[str, tuple[str, str]] = {
    "today": ("dermlog.ui.today.today_screen", "TodayScreen"),
    "patients": ("dermlog.ui.patients.patients_screen", "PatientsScreen"),
    "patient": ("dermlog.ui.patient.patient_screen", "PatientScreen"),
    "session": ("dermlog.ui.session.session_screen", "SessionScreen"),
    "amend": ("dermlog.ui.session.amend_screen", "AmendScreen"),
    "follow_up": ("dermlog.ui.follow_up.follow_up_screen", "FollowUpScreen"),
    "report": ("dermlog.ui.report.report_screen", "ReportScreen"),
    "backup": ("dermlog.ui.backup.backup_screen", "BackupScreen"),
    "clinic": ("dermlog.ui.clinic.clinic_screen", "ClinicScreen"),
    "lots": ("dermlog.ui.lots.lots_screen", "LotsScreen"),
    "activity": ("dermlog.ui.activity.activity_screen", "ActivityScreen"),
}
RAIL_OF = dict.fromkeys(("patient", "session", "amend", "follow_up", "report"), "patients") | {
    "lots": "clinic",
    "activity": "backup",
}
# Entries under way are not places to come back to: going back would begin another one.
PASSING = {"session", "amend", "follow_up"}

ScreenMaker = Callable[["Logbook"], "Screen"]
Show = Callable[[Any], object]


@dataclass(frozen=True)
class Place:
    """Where one is: a screen and whom it shows; show makes the screen show it again."""

    screen: str
    patient_id: UUID | None = None
    show: Show = field(default=lambda _screen: None, compare=False)


def maker_of(name: str) -> ScreenMaker:
    """The class of a screen, imported now; the patient's page shows the tab of the photos' room."""
    module, cls = SCREENS[name]
    maker: Callable[..., Screen] = getattr(import_module(module), cls)
    return partial(maker, photos_tab=_photos_tab) if name == "patient" else maker


def _photos_tab(logbook: Logbook) -> QWidget:
    """The photos of one patient; screens do not know each other, so the tab is handed over."""
    from dermlog.ui.photos.photos_tab import PhotosTab  # noqa: PLC0415 - when the tab is first wanted

    return PhotosTab(logbook)
