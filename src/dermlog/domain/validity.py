"""How a record says that it cannot be built: each field by name, what is wrong as an enum."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from unicodedata import category

NAME_LIMIT = 200
LINE_LIMIT = 200
NOTE_LIMIT = 20_000
EARLIEST = date(1900, 1, 1)
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs by their category, of which nothing is seen."""


class Fault(Enum):
    """What can be wrong with the value of a field."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    LINE_BREAK = "line_break"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_WHOLE_NUMBER = "not_a_whole_number"
    NOT_A_DATE = "not_a_date"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_POSITIVE = "not_positive"
    TOO_MANY_DECIMALS = "too_many_decimals"
    TOO_EARLY = "too_early"
    IN_FUTURE = "in_future"
    BEFORE_START = "before_start"
    BEFORE_BIRTH = "before_birth"
    EXPIRED = "expired"
    BEYOND_VIAL = "beyond_vial"
    NOT_OFFERED = "not_offered"
    OUTSIDE_MAP = "outside_map"
    DUPLICATE = "duplicate"
    NOT_ANSWERED = "not_answered"


@dataclass(frozen=True)
class Problem:
    """One field that cannot stay as it is; limit and found are what the sentence needs to say why."""

    field: str
    fault: Fault
    limit: object = None
    found: object = None


class InvalidRecord(ValueError):
    """A record could not be built; problems names each field."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{problem.field}: {problem.fault.value}" for problem in problems))
        self.problems = problems


def refuse(*groups: list[Problem]) -> None:
    """Raise InvalidRecord with all problems, or return when there are none."""
    problems = tuple(problem for group in groups for problem in group)
    if problems:
        raise InvalidRecord(problems)


def check_text(
    field: str, text: str, *, limit: int = LINE_LIMIT, required: bool = False, lines: bool = False
) -> list[Problem]:
    """Problems of a typed text: empty, too long, or holding characters that cannot be seen or stored.

    Format characters of scripts (joiners, direction marks) are text and stay; lone surrogates are not. Alone
    they show nothing, and a name of nothing is missing.
    """
    if required and not any(_shows(character) for character in text):
        return [Problem(field, Fault.MISSING)]
    problems = []
    if len(text) > limit:
        problems.append(Problem(field, Fault.TOO_LONG, limit, len(text)))
    for character in text:
        if character in "\n\t":
            if not lines:
                problems.append(Problem(field, Fault.LINE_BREAK))
                break
        elif category(character) in {"Cc", "Cs"} or character in "\u2028\u2029":
            problems.append(Problem(field, Fault.CONTROL_CHARACTER, None, f"U+{ord(character):04X}"))
            break
    return problems


def _shows(character: str) -> bool:
    return not character.isspace() and category(character) != "Cf" and character not in _BLANKS


def check_number(
    field: str,
    value: Decimal | None,
    *,
    low: Decimal | int | None = None,
    high: Decimal | int | None = None,
    positive: bool = False,
    whole: bool = False,
    decimals: int = 3,
) -> list[Problem]:
    """Problems of a number against its range; None (not given) has none."""
    if value is None:
        return []
    fault: tuple[Fault, object] | None = None
    if not value.is_finite() or math.isinf(float(value)):
        fault = Fault.NOT_A_NUMBER, None
    elif positive and value <= 0:
        fault = Fault.NOT_POSITIVE, 0
    elif low is not None and value < low:
        fault = Fault.TOO_SMALL, low
    elif high is not None and value > high:
        fault = Fault.TOO_LARGE, high
    elif whole and value != value.to_integral_value():
        fault = Fault.NOT_A_WHOLE_NUMBER, None
    elif _decimals(value) > decimals:
        fault = Fault.TOO_MANY_DECIMALS, decimals
    return [] if fault is None else [Problem(field, *fault, value)]


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def check_day(
    field: str, day: date | None, *, earliest: date = EARLIEST, latest: date | None = None
) -> list[Problem]:
    """Problems of a date against its range; latest is today where the future is not allowed."""
    if day is None:
        return []
    if day < earliest:
        return [Problem(field, Fault.TOO_EARLY, earliest, day)]
    if latest is not None and day > latest:
        return [Problem(field, Fault.IN_FUTURE, latest, day)]
    return []
