"""What every test starts with: Qt without a screen, one fixed font and scale, and a home of its own."""

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

# Qt reads these once, when it is first imported: they must stand before that.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ["QT_FONT_DPI"] = "96"
os.environ["LANGUAGE"] = "en"

_HOMES = tempfile.TemporaryDirectory(prefix="dermlog-test-home-", ignore_cleanup_errors=True)
_FONTS = ("Noto Sans", "DejaVu Sans", "Segoe UI", "Helvetica Neue")


@pytest.fixture(autouse=True)
def home_of_its_own(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh, empty home folder: no test reads or leaves settings, drafts or logs of the person testing."""
    home = Path(tempfile.mkdtemp(dir=_HOMES.name))
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name, folder in (
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_STATE_HOME", ".local/state"),
        ("XDG_CACHE_HOME", ".cache"),
        ("APPDATA", "AppData/Roaming"),
        ("LOCALAPPDATA", "AppData/Local"),
    ):
        monkeypatch.setenv(name, str(home / folder))
    _move_qt_settings(home)
    return home


def _move_qt_settings(home: Path) -> None:
    from PySide6.QtCore import QSettings, QStandardPaths

    # Linux follows the variables above; elsewhere Qt asks the system and only this mode leads it away.
    QStandardPaths.setTestModeEnabled(sys.platform != "linux")
    for settings_format in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        QSettings.setPath(settings_format, QSettings.Scope.UserScope, str(home / ".config"))


@pytest.fixture(scope="session")
def qapp(qapp: "QApplication") -> "QApplication":
    """The one application, in the one style and font that pictures are compared in."""
    from PySide6.QtGui import QFont, QFontDatabase

    qapp.setStyle("Fusion")
    present = set(QFontDatabase.families())
    family = next((name for name in _FONTS if name in present), qapp.font().family())
    font = QFont(family)
    font.setPixelSize(13)
    qapp.setFont(font)
    return qapp


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp: "QApplication") -> "QApplication":
    """Made before any test: a report drawn first would make an application that no window can live in."""
    return qapp
