"""The colours of the light and the dark look, by what they are for; no Qt here, and quick to load."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Mode(Enum):
    """Which look a person asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tone(Enum):
    """What a coloured thing says; the words beside it say the same."""

    NEUTRAL = "neutral"
    GOOD = "good"
    CAUTION = "caution"
    DANGER = "danger"


@dataclass(frozen=True)
class Tokens:
    """One look: colours as "#RRGGBB". `x_soft` lies behind text, `x_ink` is text on it and on cards."""

    dark: bool
    rail: str
    rail_selected: str
    rail_line: str
    rail_ink: str
    rail_muted: str
    rail_badge: str
    rail_badge_ink: str
    accent: str
    accent_fill: str
    accent_hover: str
    accent_soft: str
    accent_ink: str
    on_accent: str
    ink: str
    muted: str
    line: str
    control_line: str
    ground: str
    card: str
    field: str
    hover: str
    row_selected: str
    neutral_soft: str
    neutral_ink: str
    oiliness: str
    oiliness_ink: str
    breakouts: str
    breakouts_ink: str
    caution: str
    caution_soft: str
    caution_line: str
    caution_ink: str
    caution_fill: str
    on_caution: str
    danger: str
    danger_soft: str
    danger_wash: str
    danger_line: str
    danger_ink: str
    danger_fill: str
    on_danger: str

    def soft(self, tone: Tone) -> str:
        """The background of a tone."""
        return {
            Tone.NEUTRAL: self.neutral_soft,
            Tone.GOOD: self.accent_soft,
            Tone.CAUTION: self.caution_soft,
            Tone.DANGER: self.danger_soft,
        }[tone]

    def text(self, tone: Tone) -> str:
        """The text colour of a tone, on its soft background or on a card."""
        return {
            Tone.NEUTRAL: self.neutral_ink,
            Tone.GOOD: self.accent_ink,
            Tone.CAUTION: self.caution_ink,
            Tone.DANGER: self.danger_ink,
        }[tone]

    def fill(self, tone: Tone) -> str:
        """The strong colour of a tone, for marks and chosen options."""
        return {
            Tone.NEUTRAL: self.accent_fill,
            Tone.GOOD: self.accent_fill,
            Tone.CAUTION: self.caution_fill,
            Tone.DANGER: self.danger_fill,
        }[tone]

    def on_fill(self, tone: Tone) -> str:
        """The text colour on `fill`."""
        return {
            Tone.NEUTRAL: self.on_accent,
            Tone.GOOD: self.on_accent,
            Tone.CAUTION: self.on_caution,
            Tone.DANGER: self.on_danger,
        }[tone]


LIGHT = Tokens(
    dark=False,
    rail="#12302E",
    rail_selected="#1F4A47",
    rail_line="#2A4A47",
    rail_ink="#FFFFFF",
    rail_muted="#C3D2CF",
    rail_badge="#E5A50A",
    rail_badge_ink="#33230A",
    accent="#0F766E",
    accent_fill="#0F766E",
    accent_hover="#0C665F",
    accent_soft="#E3EEEC",
    accent_ink="#0B5F58",
    on_accent="#FFFFFF",
    ink="#1B2530",
    muted="#5B6A74",
    line="#E1E6EA",
    control_line="#84919A",
    ground="#F6F8F9",
    card="#FFFFFF",
    field="#FFFFFF",
    hover="#EFF3F4",
    row_selected="#E3EEEC",
    neutral_soft="#EAEFF2",
    neutral_ink="#4B5963",
    oiliness="#C98A00",
    oiliness_ink="#8F6200",
    breakouts="#BE3A5A",
    breakouts_ink="#A32C49",
    caution="#D97706",
    caution_soft="#FDF1D3",
    caution_line="#E3B75B",
    caution_ink="#7A4B00",
    caution_fill="#E0A100",
    on_caution="#33230A",
    danger="#B91C1C",
    danger_soft="#FDE8E8",
    danger_wash="#FFF6F6",
    danger_line="#EBA7A7",
    danger_ink="#991B1B",
    danger_fill="#B91C1C",
    on_danger="#FFFFFF",
)

DARK = Tokens(
    dark=True,
    rail="#0A1D1C",
    rail_selected="#173F3C",
    rail_line="#1C3836",
    rail_ink="#F2F6F6",
    rail_muted="#A9BEBB",
    rail_badge="#E5A50A",
    rail_badge_ink="#33230A",
    accent="#4FC3B6",
    accent_fill="#0F8378",
    accent_hover="#0D766C",
    accent_soft="#143733",
    accent_ink="#83DACF",
    on_accent="#FFFFFF",
    ink="#E8EDF0",
    muted="#9AA8B1",
    line="#2A343A",
    control_line="#6B7A84",
    ground="#0F1517",
    card="#171F23",
    field="#12191C",
    hover="#202A2F",
    row_selected="#16322F",
    neutral_soft="#263138",
    neutral_ink="#C3CED5",
    oiliness="#E3B341",
    oiliness_ink="#E8BE5A",
    breakouts="#F0849C",
    breakouts_ink="#F294A9",
    caution="#F0A040",
    caution_soft="#382A10",
    caution_line="#7A5A1C",
    caution_ink="#F3C874",
    caution_fill="#E0A100",
    on_caution="#2A1D04",
    danger="#F87171",
    danger_soft="#3D1A1C",
    danger_wash="#2A1719",
    danger_line="#8A3438",
    danger_ink="#FCA5A5",
    danger_fill="#C93434",
    on_danger="#FFFFFF",
)
