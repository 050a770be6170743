"""The recovery code: the secret from which the clinic's key is made, as letters that survive being typed.

128 random bits are 26 letters of Crockford's base 32; two more letters check them. Together the 28 letters
are a word of a code over GF(32) in which any two words differ in at least three places: every mistake of one
or two letters, and every swap of two letters, is noticed, and of one wrong letter the group is known.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 7
GROUP_LETTERS = 4
SECRET_BYTES = 16
_DATA = 26
_LETTERS = GROUPS * GROUP_LETTERS
_PADDING_BITS = _DATA * 5 - SECRET_BYTES * 8
_LOOKS_LIKE = {"I": "1", "L": "1", "O": "0"}
_BETWEEN = frozenset(" -–—.\t\r\n\u00a0")

# Powers of a primitive element of GF(32), by x^5 + x^2 + 1.
_POWERS = [1]
while len(_POWERS) < 31:
    _POWERS.append((_POWERS[-1] << 1) ^ (0x25 if _POWERS[-1] & 16 else 0))
_LOGS = {value: power for power, value in enumerate(_POWERS)}


class Misreading(Enum):
    """What is wrong with a code that somebody typed."""

    LETTER = "letter"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    CHECK = "check"


class RecoveryMisread(ValueError):
    """A typed code is not one; group (1 to 7) is where the mistake is, or None where that is not known."""

    def __init__(self, misreading: Misreading, group: int | None = None) -> None:
        super().__init__(misreading.value)
        self.misreading = misreading
        self.group = group


@dataclass(frozen=True)
class RecoveryCode:
    """One secret of 16 bytes. Neither repr() nor str() shows it."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET_BYTES:
            raise ValueError("a recovery code has 16 bytes")

    @classmethod
    def new(cls) -> RecoveryCode:
        """A fresh code from the computer's source of randomness."""
        return cls(os.urandom(SECRET_BYTES))

    @property
    def groups(self) -> tuple[str, ...]:
        """The seven groups of four letters, as they are printed."""
        bits = int.from_bytes(self.secret, "big") << _PADDING_BITS
        data = [(bits >> 5 * (_DATA - 1 - place)) & 31 for place in range(_DATA)]
        letters = "".join(ALPHABET[symbol] for symbol in (*data, *_check_symbols(data)))
        return tuple(letters[start : start + GROUP_LETTERS] for start in range(0, _LETTERS, GROUP_LETTERS))

    @property
    def text(self) -> str:
        """The groups with hyphens between them."""
        return "-".join(self.groups)

    @classmethod
    def read(cls, text: str) -> RecoveryCode:
        """The code somebody typed or pasted, in any case, with or without spaces; RecoveryMisread else."""
        symbols = [ALPHABET.index(letter) for letter in read_letters(text)]
        if len(symbols) < _LETTERS:
            raise RecoveryMisread(Misreading.TOO_SHORT, len(symbols) // GROUP_LETTERS + 1)
        if len(symbols) > _LETTERS:
            raise RecoveryMisread(Misreading.TOO_LONG)
        first, second = _evaluate(symbols, 1), _evaluate(symbols, 2)
        if first or second:
            raise RecoveryMisread(Misreading.CHECK, _group_of_mistake(first, second))
        bits = 0
        for symbol in symbols[:_DATA]:
            bits = bits << 5 | symbol
        if bits & ((1 << _PADDING_BITS) - 1):
            raise RecoveryMisread(Misreading.CHECK)
        return cls((bits >> _PADDING_BITS).to_bytes(SECRET_BYTES, "big"))


def read_letters(text: str) -> str:
    """The letters of a typed code or of one of its groups, as they are printed.

    Small letters, spaces and hyphens are forgiven, and I, L and O are read as 1, 1 and 0. RecoveryMisread
    names the group of the first character that cannot be in a code.
    """
    letters: list[str] = []
    for character in text:
        if character in _BETWEEN:
            continue
        # Only of plain letters: elsewhere a capital can be two letters, and a code would seem too long.
        letter = character.upper() if character.isascii() else character
        letter = _LOOKS_LIKE.get(letter, letter)
        if letter not in ALPHABET:
            raise RecoveryMisread(Misreading.LETTER, min(len(letters) // GROUP_LETTERS + 1, GROUPS))
        letters.append(letter)
    return "".join(letters)


def _times(one: int, other: int) -> int:
    return _POWERS[(_LOGS[one] + _LOGS[other]) % 31] if one and other else 0


def _evaluate(symbols: Sequence[int], power: int) -> int:
    """The word as a polynomial, highest power first, at a power of the primitive element."""
    total = 0
    for symbol in symbols:
        total = _times(total, _POWERS[power]) ^ symbol
    return total


def _check_symbols(data: Sequence[int]) -> tuple[int, int]:
    """The rest of the division by (x - a)(x - a²): with it the word is zero at both places."""
    middle, last = _POWERS[1] ^ _POWERS[2], _POWERS[3]
    high = low = 0
    for symbol in data:
        feedback = symbol ^ high
        high, low = low ^ _times(feedback, middle), _times(feedback, last)
    return high, low


def _group_of_mistake(first: int, second: int) -> int | None:
    """Where one wrong letter would explain what was found; None when no single one does."""
    if not first or not second:
        return None
    place = _LETTERS - 1 - (_LOGS[second] - _LOGS[first]) % 31
    return place // GROUP_LETTERS + 1 if place >= 0 else None
