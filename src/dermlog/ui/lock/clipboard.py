"""The clipboard at the moment of locking: what is ours goes, what came from elsewhere stays."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QClipboard


class Clipboard(Protocol):
    """What is asked of the system's clipboard."""

    def ownsClipboard(self) -> bool:
        """Whether what was copied is ours."""

    def ownsSelection(self) -> bool:
        """Whether what was selected last, on systems that keep it, is ours."""

    def clear(self, mode: QClipboard.Mode) -> None:
        """Empty one of the two."""


def clear_own(clipboard: Clipboard) -> None:
    """Empty what is ours."""
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
