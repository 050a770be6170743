"""File names made of typed text: nothing a file system refuses, no path, no word that Windows keeps."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60
_UNFIT = re.compile(r"[^\w.-]+")
_KEPT_BY_WINDOWS = re.compile(r"(con|prn|aux|nul|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def safe_name(text: str) -> str:
    """The text as a part of a file name, at most 60 characters; "" when nothing of it is fit."""
    found = _UNFIT.sub("-", unicodedata.normalize("NFC", text)).strip("-._ ")[:LONGEST].strip("-._ ")
    return f"_{found}" if _KEPT_BY_WINDOWS.fullmatch(found) else found
