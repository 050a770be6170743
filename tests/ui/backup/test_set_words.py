"""The words of the tables about backups fit their cells."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from dermlog.domain.backup import BackupPlace
from dermlog.ui.backup.set_words import place_cell
from dermlog.ui.kit.theme import font
from tests.makers import NOW

NARROWEST = 340
"""Pixels that the folders have in a window of 1280."""


def test_a_drive_that_never_leaves_says_so_in_one_line(qapp: QApplication) -> None:
    place = BackupPlace(
        Path("/media/stick"), present=True, added_at=NOW - timedelta(days=140), absent_at=None
    )
    detail = place_cell(place, NOW).detail
    assert detail == "connected for 140 days: unplug it at night"
    assert QFontMetrics(font(12)).horizontalAdvance(detail) < NARROWEST
