"""What a password must be: long and not one of those that everybody tries; nothing about kinds of letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from dermlog.domain.key_fault import KeyFault

SHORTEST = 12
LONGEST = 1024
_FEWEST_DIFFERENT = 5

# Words that long passwords of people in a hurry are made of. What is left after taking them away must not
# be next to nothing.
_COMMON_PIECES = (
    *("password", "passwort", "passw0rd", "p@ssword", "p@ssw0rd", "motdepasse", "contrasena", "wachtwoord"),
    *("qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "qwerty", "qwertz"),
    *("azerty", "asdfgh", "1q2w3e4r5t6y", "1q2w3e4r5t", "1q2w3e4r", "1qaz2wsx3edc", "1qaz2wsx", "qazwsx"),
    *("1234567890", "0123456789", "123456789", "12345678", "1234567", "123456", "12345", "1234", "123"),
    *("9876543210", "0987654321", "987654321", "87654321", "654321", "54321", "4321", "321"),
    *("abcdefghijkl", "abcdefgh", "abcdef", "abcd", "abc", "iloveyou", "welcome", "willkommen", "bienvenue"),
    *(
        "administrator",
        "admin",
        "letmein",
        "changeme",
        "secret",
        "geheim",
        "default",
        "correcthorsebatterystaple",
    ),
    *("dermlog", "logbook", "clinic", "klinik", "clinique", "praxis", "doctor", "doktor", "dermatology"),
    *("dermatologist", "dermatologie", "botulinum", "botox", "dysport", "xeomin", "patient", "nurse"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february"),
    *("march", "april", "june", "july", "august", "september", "october", "november", "december"),
    *("spring", "summer", "autumn", "winter", "football", "baseball", "princess", "sunshine", "superman"),
    *("batman", "dragon", "monkey", "master", "shadow", "michael", "jennifer", "jessica", "charlie", "login"),
    *("hello", "whatever", "trustno1", "starwars", "computer", "internet", "samsung", "google", "test"),
)


def password_bytes(password: str) -> bytes:
    """The bytes that are hashed: the same letters give the same bytes on every keyboard and system."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def password_fault(password: str, names: Iterable[str] = ()) -> KeyFault | None:
    """Why a password will not do, or None when it will; names of people and the clinic do not make one."""
    text = unicodedata.normalize("NFKC", password)
    if len(text) < SHORTEST:
        return KeyFault.PASSWORD_TOO_SHORT
    if len(text) > LONGEST or len(set(text.casefold())) < _FEWEST_DIFFERENT:
        return KeyFault.PASSWORD_COMMON
    rest = "".join(text.casefold().split())
    own = {piece for name in names for piece in name.casefold().split() if len(piece) > 1}
    for piece in sorted((*_COMMON_PIECES, *own), key=len, reverse=True):
        rest = rest.replace(piece, "")
    # What people put after a common word: a year, some digits, an exclamation mark.
    left = "".join(character for character in rest if character.isalpha())
    digits = "".join(character for character in rest if character.isdigit())
    if len(left) + len(set(digits)) // 3 < 4 and len(rest) < SHORTEST - 4:
        return KeyFault.PASSWORD_COMMON
    return None
