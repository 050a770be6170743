"""Choices of this computer, not of the logbook: the look, the window's size, the logbook opened last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from dermlog.ui.kit.tokens import Mode

TEXT_SCALES = (1.0, 1.15, 1.3, 1.5)


def _settings() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "dermlog", "dermlog")


def _text(name: str) -> str:
    value = _settings().value(name, "")
    return value if isinstance(value, str) else ""


def theme_mode() -> Mode:
    """The look that was chosen; the system's when none was."""
    try:
        return Mode(_text("look/mode"))
    except ValueError:
        return Mode.SYSTEM


def set_theme_mode(mode: Mode) -> None:
    """Keep the look; theme.apply shows it."""
    _settings().setValue("look/mode", mode.value)


def text_scale() -> float:
    """How much larger than usual text is shown, one of TEXT_SCALES."""
    try:
        scale = float(_text("look/text_scale"))
    except ValueError:
        return 1.0
    return scale if scale in TEXT_SCALES else 1.0


def set_text_scale(scale: float) -> None:
    """Keep the size of text; theme.apply shows it."""
    _settings().setValue("look/text_scale", str(scale))


def last_logbook() -> Path | None:
    """The logbook that was open last, whether or not it is still there."""
    path = _text("logbook/last")
    return Path(path) if path else None


def remember_logbook(path: Path) -> None:
    """Open this one next time."""
    _settings().setValue("logbook/last", str(path.absolute()))


def window_geometry() -> QByteArray:
    """Place and size of the window as Qt saved them; empty at first."""
    value = _settings().value("window/geometry", QByteArray())
    return value if isinstance(value, QByteArray) else QByteArray()


def remember_window(geometry: QByteArray) -> None:
    """Keep place and size of the window."""
    _settings().setValue("window/geometry", geometry)


def remembered(name: str) -> str:
    """A small habit such as the device used last; never anything about a patient. "" at first."""
    return _text(f"habits/{name}")


def remember(name: str, text: str) -> None:
    """Keep a small habit under a name of our own."""
    _settings().setValue(f"habits/{name}", text)
