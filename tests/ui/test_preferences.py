"""Choices of this computer survive a restart, and nonsense in the file does no harm."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from dermlog.ui import preferences
from dermlog.ui.kit.theme import Mode


def test_nothing_is_chosen_at_first() -> None:
    assert preferences.theme_mode() is Mode.SYSTEM
    assert preferences.text_scale() == 1.0
    assert preferences.last_logbook() is None
    assert preferences.window_geometry().isEmpty()
    assert preferences.remembered("sebum_device") == ""


def test_choices_are_kept(tmp_path: Path) -> None:
    preferences.set_theme_mode(Mode.DARK)
    preferences.set_text_scale(1.3)
    preferences.remember_logbook(tmp_path / "Clínica ä.dermlog")
    preferences.remember_window(QByteArray(b"\x01\x00geometry"))
    preferences.remember("sebum_device", "Sebumeter® SM 815, left")
    assert preferences.theme_mode() is Mode.DARK
    assert preferences.text_scale() == 1.3
    assert preferences.last_logbook() == tmp_path / "Clínica ä.dermlog"
    assert preferences.window_geometry() == QByteArray(b"\x01\x00geometry")
    assert preferences.remembered("sebum_device") == "Sebumeter® SM 815, left"


def test_nonsense_counts_as_not_chosen() -> None:
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "dermlog", "dermlog")
    settings.setValue("look/mode", "sepia")
    settings.setValue("look/text_scale", "huge")
    settings.setValue("window/geometry", "here")
    settings.sync()
    assert preferences.theme_mode() is Mode.SYSTEM
    assert preferences.text_scale() == 1.0
    assert preferences.window_geometry().isEmpty()
