"""Which font writes which letters: families by script, chosen from those that this PC has."""

from __future__ import annotations

import re
import sys
import threading
from functools import cache
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QRawFont

from dermlog.figures.pen import FONT_FAMILIES

EM = 1000
"""Text is laid out once, at this pixel size, without hinting; so positions are thousandths of the size."""

LATIN = ""
"""The class of everything that the main family writes."""
ELSEWHERE = "elsewhere"
"""The class of characters that the main family lacks: Qt looks for a font that has them."""


class Script(NamedTuple):
    """Letters that the main family seldom has, and who draws them well."""

    name: str
    letters: str
    families: tuple[str, ...]
    keeps_signs: bool = True
    """Digits and signs after such a letter are shaped with it, so they come from its font."""


_INDIC = ("Nirmala UI", "Nirmala Text")
_HAN = ("Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei UI", "PingFang SC", "WenQuanYi Micro Hei")
_KANA = ("Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic UI", "Hiragino Sans", "WenQuanYi Micro Hei")
_HANGUL = ("Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo", "WenQuanYi Micro Hei")

SCRIPTS = (
    Script("armenian", "\u0530-\u058f\ufb13-\ufb17", ("Noto Sans Armenian", "Segoe UI", "Mshtakan"), False),
    Script("hebrew", "\u0590-\u05ff\ufb1d-\ufb4f", ("Noto Sans Hebrew", "Segoe UI", "Arial Hebrew"), False),
    Script(
        "arabic",
        "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
        ("Noto Sans Arabic", "Segoe UI", "Geeza Pro", "Noto Naskh Arabic"),
        False,
    ),
    Script(
        "devanagari",
        "\u0900-\u097f\ua8e0-\ua8ff\u1cd0-\u1cff",
        ("Noto Sans Devanagari", *_INDIC, "Kohinoor Devanagari"),
    ),
    Script("bengali", "\u0980-\u09ff", ("Noto Sans Bengali", *_INDIC, "Kohinoor Bangla")),
    Script("gurmukhi", "\u0a00-\u0a7f", ("Noto Sans Gurmukhi", *_INDIC, "Gurmukhi MN")),
    Script("gujarati", "\u0a80-\u0aff", ("Noto Sans Gujarati", *_INDIC, "Kohinoor Gujarati")),
    Script("odia", "\u0b00-\u0b7f", ("Noto Sans Oriya", *_INDIC, "Oriya Sangam MN")),
    Script("tamil", "\u0b80-\u0bff", ("Noto Sans Tamil", *_INDIC, "Tamil Sangam MN")),
    Script("telugu", "\u0c00-\u0c7f", ("Noto Sans Telugu", *_INDIC, "Kohinoor Telugu")),
    Script("kannada", "\u0c80-\u0cff", ("Noto Sans Kannada", *_INDIC, "Kannada Sangam MN")),
    Script("malayalam", "\u0d00-\u0d7f", ("Noto Sans Malayalam", *_INDIC, "Malayalam Sangam MN")),
    Script("sinhala", "\u0d80-\u0dff", ("Noto Sans Sinhala", *_INDIC, "Sinhala Sangam MN")),
    Script("thai", "\u0e00-\u0e7f", ("Noto Sans Thai", "Leelawadee UI", "Thonburi")),
    Script("lao", "\u0e80-\u0eff", ("Noto Sans Lao", "Leelawadee UI", "Lao Sangam MN")),
    Script("tibetan", "\u0f00-\u0fff", ("Noto Serif Tibetan", "Microsoft Himalaya", "Kailasa")),
    Script(
        "myanmar",
        "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f",
        ("Noto Sans Myanmar", "Myanmar Text", "Myanmar Sangam MN"),
    ),
    Script("georgian", "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f", ("Noto Sans Georgian", "Segoe UI"), False),
    Script(
        "ethiopic",
        "\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f",
        ("Noto Sans Ethiopic", "Ebrima", "Kefa"),
        False,
    ),
    Script("khmer", "\u1780-\u17ff\u19e0-\u19ff", ("Noto Sans Khmer", "Leelawadee UI", "Khmer Sangam MN")),
    Script("hangul", "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff", _HANGUL, False),
    Script("kana", "\u3040-\u30ff\u31f0-\u31ff\uff65-\uff9f", _KANA, False),
    Script(
        "han",
        "\u2e80-\u2fdf\u3000-\u303f\u3100-\u312f\u3190-\u31ef\u3200-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
        "\ufe30-\ufe4f\uff00-\uff64\uffa0-\uffef\U00020000-\U0003ffff",
        _HAN,
        False,
    ),
)

_BY_NAME = {script.name: script for script in SCRIPTS}
_ANY_SCRIPT = re.compile("|".join(f"(?P<{script.name}>[{script.letters}])" for script in SCRIPTS))
_JOINS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
"""Combining marks, joiners, selectors and signs of direction: they go with what stands before them."""

_kept_application: QGuiApplication | None = None
_threads = threading.local()
_covered: dict[tuple[str, bool], set[str]] = {}
_lacking: dict[tuple[str, bool], set[str]] = {}


def ensure_gui_application() -> None:
    """Make the application object that fonts need, unless the process has one.

    It shows nothing. A program that opens windows makes its own QApplication first; this never makes a
    second one. Raises RuntimeError when the process runs an application without fonts.
    """
    global _kept_application  # noqa: PLW0603 - the one application of the process, kept from the collector
    existing = QGuiApplication.instance()
    if existing is None:
        # On Windows the offscreen platform sees no installed font; there the normal one always works.
        arguments = ["dermlog"] if sys.platform == "win32" else ["dermlog", "-platform", "offscreen"]
        _kept_application = QGuiApplication(arguments)
    elif not isinstance(existing, QGuiApplication):
        raise RuntimeError("text cannot be laid out: the running application was made without fonts")


def font_for(script: str, bold: bool) -> QFont:
    """The font for one class of characters, at EM pixels."""
    fonts: dict[tuple[str, bool], QFont] | None = getattr(_threads, "fonts", None)
    if fonts is None:
        fonts = _threads.fonts = {}
    font = fonts.get((script, bold))
    if font is None:
        font = fonts[script, bold] = _make_font(_families(script), bold)
    return font


def scripts_of(text: str, bold: bool) -> list[tuple[int, int, str]]:
    """Cut `text` into pieces of one class: (start, stop, class), in characters, without gaps.

    One piece is written by one font as far as that can be known beforehand. Qt only tells which glyph stands
    for which characters where that holds.
    """
    if _covered_by_main(text, bold):
        return [(0, len(text), LATIN)]
    japanese = _has_kana(text)
    pieces: list[tuple[int, int, str]] = []
    start, current = 0, None
    for place, character in enumerate(text):
        name = _class_of(character, current, bold)
        if japanese and name == "han":
            name = "kana"
        if name != current:
            if current is not None and place > start:
                pieces.append((start, place, current))
            start, current = place, name
    pieces.append((start, len(text), current or LATIN))
    return pieces


def _class_of(character: str, current: str | None, bold: bool) -> str:
    found = _ANY_SCRIPT.match(character)
    if found and found.lastgroup:
        # A main family with Greek to Arabic of its own (Segoe UI) is named again in the script's list.
        return found.lastgroup
    if current is not None and joins(character):
        return current
    if current in _BY_NAME and _stays(character, _BY_NAME[current]) and _covers(current, bold, character):
        return current
    return LATIN if _covers(LATIN, bold, character) or joins(character) else ELSEWHERE


def _stays(character: str, script: Script) -> bool:
    return character.isspace() or (script.keeps_signs and not character.isalpha())


def main_family() -> str:
    """The family that writes everything it can; "" on a PC with none of the preferred ones."""
    families = _families(LATIN)
    return families[0] if families else ""


def joins(character: str) -> bool:
    """Whether this is a mark or a joiner, which must not be torn from what stands before it."""
    return _JOINS.match(character) is not None


def _has_kana(text: str) -> bool:
    return any(found.lastgroup == "kana" for found in _ANY_SCRIPT.finditer(text))


def _covered_by_main(text: str, bold: bool) -> bool:
    known = _covered.setdefault((LATIN, bold), set())
    if known.issuperset(text):
        return True
    return not _ANY_SCRIPT.search(text) and all(
        _covers(LATIN, bold, character) for character in set(text) - known
    )


def _covers(script: str, bold: bool, character: str) -> bool:
    """Whether the first font of a class has the character."""
    covered = _covered.setdefault((script, bold), set())
    if character in covered:
        return True
    lacking = _lacking.setdefault((script, bold), set())
    if character in lacking:
        return False
    has = first_font(script, bold).supportsCharacter(ord(character))
    (covered if has else lacking).add(character)
    return has


def first_font(script: str, bold: bool) -> QRawFont:
    """The font that a class of characters is looked for first, for this thread only."""
    # A QRawFont belongs to the thread that made it.
    faces: dict[tuple[str, bool], QRawFont] | None = getattr(_threads, "faces", None)
    if faces is None:
        faces = _threads.faces = {}
    face = faces.get((script, bold))
    if face is None:
        face = faces[script, bold] = QRawFont.fromFont(font_for(script, bold))
    return face


@cache
def _families(script: str) -> tuple[str, ...]:
    own = _BY_NAME[script].families if script in _BY_NAME else ()
    present = _installed()
    return tuple(dict.fromkeys(name for name in (*own, *_main_families()) if name in present))


@cache
def _main_families() -> tuple[str, ...]:
    """The preferred families that are here; one that can be embedded as it is comes first."""
    present = [name for name in FONT_FAMILIES if name in _installed()]
    present.sort(key=lambda name: not _is_static_truetype(QRawFont.fromFont(_make_font((name,), False))))
    return tuple(present)


def _is_static_truetype(face: QRawFont) -> bool:
    return not face.fontTable("loca").isEmpty() and face.fontTable("fvar").isEmpty()


@cache
def _installed() -> frozenset[str]:
    return frozenset(QFontDatabase.families())


def _make_font(families: tuple[str, ...], bold: bool) -> QFont:
    font = QFont()
    if families:
        font.setFamilies(list(families))
    font.setPixelSize(EM)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font
