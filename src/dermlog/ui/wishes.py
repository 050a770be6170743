"""Wishes: what a screen asks of the window, and who fulfils it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dermlog.ui.kit.screen import Screen
    from dermlog.ui.main_window import MainWindow


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
        (screen.restore_requested, window.restore),
        (screen.close_requested, window.go_back),
        (screen.badge_changed, window.rail().entry("today").set_count),
    ):
        wish.connect(way)
    screen.title_changed.connect(lambda _title: window.show_title(screen))
