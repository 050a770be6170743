"""The look of the application: apply(app, mode) sets it, dress(window) adds the style sheet."""

from __future__ import annotations

import re
from functools import cache
from typing import ClassVar
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QLoggingCategory, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from dermlog.resources import resource
from dermlog.ui.kit.tokens import DARK, LIGHT, Mode, Tokens, Tone

__all__ = ["Mode", "Theme", "Tone", "apply", "color", "dress", "font", "px", "theme", "theme_signals"]

BASE = 13
FAMILIES = ("Inter", "Segoe UI", "Noto Sans", "DejaVu Sans")

Theme = Tokens


class ThemeSignals(QObject):
    """`changed` is emitted after another look was applied."""

    changed = Signal()


class _State:
    """What is applied now."""

    tokens: Tokens = LIGHT
    mode: Mode = Mode.SYSTEM
    scale: float = 1.0
    listening = False
    dressed: ClassVar[WeakSet[QWidget]] = WeakSet()


@cache
def theme_signals() -> ThemeSignals:
    """The one object that tells of a changed look."""
    return ThemeSignals()


def theme() -> Theme:
    """The tokens of the look in use; ask at paint time, never keep them."""
    return _State.tokens


def mode() -> Mode:
    """The mode last applied."""
    return _State.mode


def px(size: float) -> int:
    """A design size in logical pixels at the text size that was chosen."""
    return max(1, round(size * _State.scale))


@cache
def color(code: str) -> QColor:
    """The colour of a token such as theme().accent; do not change the returned object."""
    return QColor(code)


def font(size: float = BASE, *, bold: bool = False) -> QFont:
    """The application's font at a design size in pixels, with figures of equal width."""
    made = QFont(QApplication.font())
    made.setPixelSize(px(size))
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def apply(app: QApplication, mode: Mode = Mode.SYSTEM, *, scale: float = 1.0) -> None:
    """Give the application its look; may be called again at any time.

    scale multiplies every text size (1.0 is 13 px for plain text).
    """
    first = not _State.listening
    _State.mode = mode
    _State.scale = scale
    _State.tokens = _tokens_of(app, mode)
    if first:
        _State.listening = True
        # Qt remarks on each font that it asks in vain before it finds the right one for a script.
        QLoggingCategory.setFilterRules("qt.text.font.db.info=false")
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(_on_system_changed)
    app.setFont(_base_font(app))
    app.setPalette(_palette(_State.tokens))
    for window in list(_State.dressed):
        if shiboken6.isValid(window):
            window.setStyleSheet(style_sheet(_State.tokens))
    theme_signals().changed.emit()


def dress(widget: QWidget) -> None:
    """Give the style sheet to the window that holds a widget; it follows later changes of the look.

    Windows carry the sheet, not the application: with one there, Qt restyles a whole screen again each time a
    part of it is put into another while it is built, which takes seconds instead of tenths.
    """
    holder: QWidget | None = widget
    while holder is not None:
        if holder in _State.dressed:
            return
        holder = holder.parentWidget()
    window = widget.window()
    _State.dressed.add(window)
    window.setStyleSheet(style_sheet(_State.tokens))


def style_sheet(tokens: Tokens) -> str:
    """The style sheet of a look at the text size in use."""
    return _style_sheet(tokens, _State.scale)


@cache
def _style_sheet(tokens: Tokens, _scale: float) -> str:
    text = resource("style.qss").read_text(encoding="utf-8")
    icons = str(resource("icons")).replace("\\", "/")

    def value(match: re.Match[str]) -> str:
        name, less = match.group(1), int(match.group(2) or 0)
        if name == "icons":
            return icons
        return f"{px(int(name)) - less}px" if name.isdecimal() else str(getattr(tokens, name))

    return re.sub(r"\{(\w+)(?:-(\d+))?\}", value, text)


def _tokens_of(app: QApplication, mode: Mode) -> Tokens:
    if mode is Mode.SYSTEM:
        return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if mode is Mode.DARK else LIGHT


def _on_system_changed() -> None:
    app = QApplication.instance()
    if _State.mode is Mode.SYSTEM and isinstance(app, QApplication):
        apply(app, Mode.SYSTEM, scale=_State.scale)


@cache
def _families(system: str, platform: str) -> list[str]:
    # Windows and macOS draw their own font best; elsewhere the default may be anything, even a serif.
    return [system, *FAMILIES] if platform in {"windows", "cocoa"} else list(FAMILIES)


def _base_font(app: QApplication) -> QFont:
    made = QFont(app.font())
    made.setFamilies(_families(made.family(), app.platformName()))
    made.setPixelSize(px(BASE))
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    pairs = {
        role.Window: tokens.ground,
        role.WindowText: tokens.ink,
        role.Base: tokens.field,
        role.AlternateBase: tokens.hover,
        role.Text: tokens.ink,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.card,
        role.ButtonText: tokens.ink,
        role.BrightText: tokens.on_danger,
        role.Highlight: tokens.accent_fill,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent_fill,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.ink,
        role.ToolTipText: tokens.card,
        role.Light: tokens.card,
        role.Midlight: tokens.line,
        role.Mid: tokens.control_line,
        role.Dark: tokens.control_line,
        role.Shadow: tokens.rail,
    }
    made = QPalette()
    for name, code in pairs.items():
        made.setColor(name, QColor(code))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.muted))
    return made
