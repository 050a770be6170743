"""UnitsTyping: digits typed one after another make one number of units: 2, then 2.5 or 2,5."""

from __future__ import annotations

from decimal import Decimal

DIGITS = frozenset("0123456789")
MARKS = frozenset(".,")
LONGEST = 7


class UnitsTyping:
    """The number being typed. Times are seconds of any steady clock; a pause begins a new number."""

    PAUSE = 1.2

    def __init__(self) -> None:
        self._text = ""
        self._last = float("-inf")
        self._bursts = 0

    @property
    def text(self) -> str:
        """What was typed so far."""
        return self._text

    @property
    def burst(self) -> int:
        """A number that is the same for all keys of one number."""
        return self._bursts

    def stop(self) -> None:
        """The next key begins a new number."""
        self._text = ""

    def key(self, character: str, now: float) -> Decimal | None:
        """Take a typed character; the number so far, or None while it is none ("", "0", "0.")."""
        if now - self._last > self.PAUSE or len(self._text) >= LONGEST:
            self._text = ""
        self._last = now
        mark = "." if character in MARKS else ""
        if mark and "." in self._text:
            self._text = ""
        if not self._text:
            self._bursts += 1
        self._text += mark or character
        value = Decimal(f"0{self._text}" if self._text.startswith(".") else self._text)
        return value if value > 0 else None


def is_units_key(text: str) -> bool:
    """Whether a typed text belongs to a number of units."""
    return len(text) == 1 and text in DIGITS | MARKS
