"""Folding: the form of a text in which case, accents and scripts' spelling variants no longer count.

Both what is stored for searching and what is typed go through fold(), so the two always meet.
"""

from __future__ import annotations

import unicodedata
from datetime import date

_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        # Arabic script: letters that are typed for one another.
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ە": "ه",
        "ة": "ه",
        "ـ": None,
        # One apostrophe.
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "ʹ": "'",
        "´": "'",
        "`": "'",
        "׳": "'",
        # One stroke: 1997-02-04, 1997/02/04 and 04.02.1997 are dates typed in different clinics.
        "/": "-",
        ".": "-",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "−": "-",
        "־": "-",
        # "Lindqvist, Maya" is two words.
        ",": " ",
        ";": " ",
        "،": " ",
        "、": " ",
    }
)
_MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)


def fold(text: str) -> str:
    """The folded text: words in lower case without marks, one space between them, no control characters."""
    if text.isascii():
        folded = text.lower().translate(_LETTERS)
    else:
        # Casefolding can compose marks anew (İ), so decompose on both sides of it.
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        folded = "".join(filter(None, map(_plain, decomposed))).translate(_LETTERS)
    return " ".join("".join(c if c.isprintable() else " " for c in folded).split())


def _plain(character: str) -> str:
    """The character, its digit, or nothing for marks and for what cannot be seen."""
    if character.isascii():
        return character
    if unicodedata.combining(character):
        return ""
    category = unicodedata.category(character)
    if category in {"Cf", "Cs", "Me"} or "\ufe00" <= character <= "\ufe0f" or character == "\u034f":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    return character


def folded_date(day: date) -> str:
    """A date in the forms people type, folded: year, day or month first, bare digits, month by name."""
    year, month, number = day.year, day.month, day.day
    forms = [
        f"{year:04}-{month:02}-{number:02}",
        f"{number:02}-{month:02}-{year:04}",
        f"{number}-{month}-{year:04}",
        f"{year:04}-{month}-{number}",
        f"{month:02}-{number:02}-{year:04}",
        f"{month}-{number}-{year:04}",
        f"{year:04}{month:02}{number:02}",
        f"{number:02}{month:02}{year:04}",
        _MONTHS[month - 1],
    ]
    return " ".join(dict.fromkeys(forms))


def folded_patient(family_name: str, given_name: str, chart_number: str, birth_date: date | None) -> str:
    """Everything about a patient that can be searched, folded.

    Two spaces end it, so that every character begins one of the triples that the index is made of.
    """
    parts = [fold(family_name), fold(given_name), fold(chart_number)]
    if birth_date is not None:
        parts.append(folded_date(birth_date))
    return " ".join(part for part in parts if part) + "  "


def fragments(text: str) -> tuple[str, ...]:
    """The distinct pieces of a search text, longest first; each must occur.

    A stroke at the end of a piece ("04.", "feb.") is typed on the way to more and is left out.
    """
    pieces = (piece.strip("-") for piece in fold(text).split())
    return tuple(sorted(dict.fromkeys(piece for piece in pieces if piece), key=len, reverse=True))
