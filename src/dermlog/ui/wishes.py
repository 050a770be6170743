"""Wishes: what a screen asks of the window, and who fulfils it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from dermlog.ui.kit.screen import Screen
    from dermlog.ui.main_window import MainWindow


def restrict_or_erase(window: MainWindow, patient_id: UUID) -> None:
    """Restrict a patient, lift that, or erase; whoever is erased has no page to stay on."""
    from dermlog.ui.erasing.privacy_dialog import PrivacyDialog  # noqa: PLC0415 - rarely opened

    dialog = PrivacyDialog(window.logbook(), patient_id, window)
    dialog.exec()
    dialog.deleteLater()
    if dialog.erased is not None:
        window.show_patients()


def export(window: MainWindow, patient_id: UUID | None) -> None:
    """Take one patient, or everything, out in open formats."""
    from dermlog.ui.leaving.export_dialog import ExportDialog  # noqa: PLC0415 - rarely opened

    dialog = ExportDialog(window.logbook(), patient_id, window)
    dialog.exec()
    dialog.deleteLater()


def import_list(window: MainWindow) -> None:
    """Add the patients of another system's list."""
    from dermlog.ui.list_import.list_import_dialog import ListImportDialog  # noqa: PLC0415 - rarely opened

    dialog = ListImportDialog(window.logbook(), window)
    dialog.exec()
    dialog.deleteLater()


def fulfil_wishes(window: MainWindow, screen: Screen) -> None:
    """Let the wishes of a screen lead to other screens of the window."""
    for wish, way in (
        (screen.today_requested, window.show_today),
        (screen.patients_requested, window.show_patients),
        (screen.new_patient_requested, window.show_new_patient),
        (screen.edit_requested, window.edit_patient),
        (screen.patient_requested, window.show_patient),
        (screen.patient_tab_requested, window.show_patient),
        (screen.session_requested, window.show_session),
        (screen.follow_up_requested, window.show_follow_up),
        (screen.report_requested, window.show_report),
        (screen.record_requested, window.show_record),
        (screen.amendment_requested, window.show_amendment),
        (screen.clinic_requested, window.show_clinic),
        (screen.lots_requested, window.show_lots),
        (screen.activity_requested, window.show_activity),
        (screen.restore_requested, window.restore),
        (screen.erasing_requested, partial(restrict_or_erase, window)),
        (screen.export_requested, partial(export, window)),
        (screen.list_import_requested, partial(import_list, window)),
        (screen.close_requested, window.go_back),
        (screen.badge_changed, window.rail().entry("today").set_count),
    ):
        wish.connect(way)
    screen.title_changed.connect(lambda _title: window.show_title(screen))
