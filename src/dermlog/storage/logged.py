"""Which tables keep a history in the format of today."""

from __future__ import annotations

from dermlog.storage.format_1_logged import LOGGED as _OF_FORMAT_1
from dermlog.storage.format_2 import LOGGED_2

LOGGED: tuple[tuple[str, str, str, str], ...] = _OF_FORMAT_1 + LOGGED_2
"""Tables that keep a history: their columns, their key, and where to find the patient."""
