"""CSV cells: text that a spreadsheet would take for a formula is marked going out and unmarked coming in.

The two functions undo each other for every text, also for one that begins with an apostrophe itself.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_MARKED = re.compile(r"'+[=+\-@\t\r\n]")


def to_cell(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would begin to calculate."""
    return f"'{text}" if _FORMULA.match(text) else text


def from_cell(cell: str) -> str:
    """The text as it was before to_cell(); cells of other programs stay as they are unless so marked."""
    return cell[1:] if _MARKED.match(cell) else cell
