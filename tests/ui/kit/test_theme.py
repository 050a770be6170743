"""The two looks: readable text, visible borders, a live switch."""

from dataclasses import fields

import pytest
import shiboken6
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dermlog.ui.kit import theme
from dermlog.ui.kit.tokens import DARK, LIGHT, Tokens, Tone

TEXT_PAIRS = (
    *((ink, ground) for ink in ("ink", "muted", "accent_ink") for ground in ("card", "ground", "field")),
    *((ink, ground) for ink in ("ink", "muted") for ground in ("row_selected", "hover", "danger_wash")),
    *((ink, "card") for ink in ("accent", "oiliness_ink", "breakouts_ink", "caution_ink", "danger_ink")),
    ("danger_ink", "danger_wash"),
    ("danger_ink", "ground"),
    ("on_accent", "accent_fill"),
    ("on_accent", "accent_hover"),
    ("on_caution", "caution_fill"),
    ("on_danger", "danger_fill"),
    ("ink", "accent_soft"),
    ("ink", "caution_soft"),
    ("ink", "danger_soft"),
    ("rail_ink", "rail"),
    ("rail_muted", "rail"),
    ("rail_muted", "rail_selected"),
    ("rail_ink", "rail_selected"),
    ("rail_badge_ink", "rail_badge"),
)
# The colour of oiliness is given (2.95 on white); its lines differ by the shape of their marks as well.
BORDER_PAIRS = (
    *(("control_line", ground) for ground in ("card", "ground", "field")),
    *((mark, ground) for mark in ("accent", "danger", "caution") for ground in ("card", "field")),
    ("breakouts", "card"),
    ("accent", "ground"),
    ("accent_fill", "card"),
    ("danger_fill", "card"),
)


def _luminance(code: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    shade = QColor(code)
    return 0.2126 * linear(shade.redF()) + 0.7152 * linear(shade.greenF()) + 0.0722 * linear(shade.blueF())


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_its_ground(tokens: Tokens) -> None:
    weak = {
        f"{ink} on {ground}": round(_contrast(getattr(tokens, ink), getattr(tokens, ground)), 2)
        for ink, ground in TEXT_PAIRS
        if _contrast(getattr(tokens, ink), getattr(tokens, ground)) < 4.5
    }
    assert not weak


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", list(Tone))
def test_every_tone_can_be_read(tokens: Tokens, tone: Tone) -> None:
    assert _contrast(tokens.text(tone), tokens.soft(tone)) >= 4.5
    assert _contrast(tokens.text(tone), tokens.card) >= 4.5
    assert _contrast(tokens.on_fill(tone), tokens.fill(tone)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_borders_of_controls_can_be_seen(tokens: Tokens) -> None:
    weak = {
        f"{line} on {ground}": round(_contrast(getattr(tokens, line), getattr(tokens, ground)), 2)
        for line, ground in BORDER_PAIRS
        if _contrast(getattr(tokens, line), getattr(tokens, ground)) < 3
    }
    assert not weak


def test_every_token_is_a_colour() -> None:
    for tokens in (LIGHT, DARK):
        codes = [getattr(tokens, field.name) for field in fields(tokens) if field.name != "dark"]
        assert all(QColor(code).isValid() and len(code) == 7 for code in codes)


def test_the_look_changes_while_windows_are_open(qtbot: QtBot, qapp: QApplication) -> None:
    label = QLabel("words")
    qtbot.addWidget(label)
    label.show()
    with qtbot.waitSignal(theme.theme_signals().changed):
        theme.apply(qapp, theme.Mode.DARK)
    assert theme.theme() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.ground)
    qtbot.waitUntil(lambda: label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.ink))
    theme.apply(qapp, theme.Mode.LIGHT)
    qtbot.waitUntil(lambda: label.palette().color(QPalette.ColorRole.WindowText) == QColor(LIGHT.ink))


def test_a_dressed_window_follows_the_look_and_so_does_what_is_put_into_it(
    qtbot: QtBot, qapp: QApplication
) -> None:
    window, late = QWidget(), QLabel("late")
    qtbot.addWidget(window)
    theme.dress(window)
    window.show()
    late.setProperty("role", "muted")
    late.setParent(window)
    theme.dress(late)
    assert late.styleSheet() == ""
    for mode, tokens in ((theme.Mode.DARK, DARK), (theme.Mode.LIGHT, LIGHT)):
        theme.apply(qapp, mode)
        late.ensurePolished()
        assert late.palette().color(QPalette.ColorRole.WindowText) == QColor(tokens.muted)


def test_a_window_that_is_gone_is_forgotten(qapp: QApplication) -> None:
    window = QWidget()
    theme.dress(window)
    shiboken6.delete(window)
    theme.apply(qapp, theme.Mode.DARK)
    theme.apply(qapp, theme.Mode.LIGHT)


def test_text_size_scales_the_font_and_the_style_sheet(qapp: QApplication) -> None:
    theme.apply(qapp, theme.Mode.LIGHT, scale=1.5)
    large, sheet = theme.font(13).pixelSize(), theme.style_sheet(LIGHT)
    theme.apply(qapp, theme.Mode.LIGHT)
    assert large == 20
    assert theme.font(13).pixelSize() == 13
    assert sheet != theme.style_sheet(LIGHT)


def test_the_style_sheet_leaves_no_placeholder() -> None:
    sheet = theme.style_sheet(LIGHT)
    assert "{accent}" not in sheet
    assert LIGHT.accent in sheet


def test_names_in_other_scripts_find_their_font_without_a_warning(qtbot: QtBot) -> None:
    label = QLabel("अनीता शर्मा কমল ليلى สมชาย 张伟")
    qtbot.addWidget(label)
    assert not label.grab().isNull()


def test_figures_are_of_equal_width_in_plain_and_styled_text(qtbot: QtBot) -> None:
    for label in (QLabel("1"), QLabel("1")):
        label.setProperty("role", "value")
        qtbot.addWidget(label)
        theme.dress(label)
        label.ensurePolished()
        metrics = label.fontMetrics()
        assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")
        assert label.font().featureValue(QFont.Tag("tnum")) == 1
