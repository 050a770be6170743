"""At locking the clipboard loses what is ours, and nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QClipboard

from dermlog.ui.lock.clipboard import clear_own

Mode = QClipboard.Mode


class Fake:
    """A clipboard; offscreen windows have none that knows whose it is."""

    def __init__(self, copied: bool, selected: bool) -> None:
        self.copied, self.selected = copied, selected
        self.cleared: list[QClipboard.Mode] = []

    def ownsClipboard(self) -> bool:
        return self.copied

    def ownsSelection(self) -> bool:
        return self.selected

    def clear(self, mode: QClipboard.Mode) -> None:
        self.cleared.append(mode)


@pytest.mark.parametrize(
    ("copied", "selected", "cleared"),
    [
        (False, False, []),
        (True, False, [Mode.Clipboard]),
        (False, True, [Mode.Selection]),
        (True, True, [Mode.Clipboard, Mode.Selection]),
    ],
)
def test_only_what_is_ours_is_cleared(copied: bool, selected: bool, cleared: list[QClipboard.Mode]) -> None:
    fake = Fake(copied, selected)
    clear_own(fake)
    assert fake.cleared == cleared
