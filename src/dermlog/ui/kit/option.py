"""One thing that can be chosen: its value, its words, and the key that chooses it."""

from __future__ import annotations

from dataclasses import dataclass

from dermlog.ui.kit.tokens import Tone


@dataclass(frozen=True)
class Option:
    """value is what the program gets; detail is a second, smaller line; tone colours it when chosen.

    key is the digit or letter that chooses it; when empty it is found from the value, the label or the place.
    """

    value: object
    label: str
    detail: str = ""
    tone: Tone = Tone.NEUTRAL
    key: str = ""

    @property
    def spoken(self) -> str:
        """Label and detail in one line."""
        return f"{self.label} {self.detail}".strip()


def option_for_key(options: tuple[Option, ...], text: str) -> int | None:
    """The index of the option that a typed character chooses, or None.

    A digit means the option of that number: its value or label when those are numbers, else its place from 1.
    A letter means the only option whose label begins with it.
    """
    if not text:
        return None
    typed = text.casefold()
    for index, option in enumerate(options):
        if option.key.casefold() == typed:
            return index
    if typed.isdecimal():
        numbered = [_number(option) for option in options]
        if any(number is not None for number in numbered):
            return next((index for index, number in enumerate(numbered) if number == typed), None)
        place = int(typed) - 1
        return place if 0 <= place < len(options) else None
    found = [index for index, option in enumerate(options) if option.label.casefold().startswith(typed)]
    return found[0] if len(found) == 1 else None


def _number(option: Option) -> str | None:
    if isinstance(option.value, int) and not isinstance(option.value, bool):
        return str(option.value)
    return option.label if option.label.isdecimal() else None
