"""KeyHelp: a sheet of the keys that work here, opened with F1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.key_hint import KeyHint
from dermlog.ui.kit.label import Label
from dermlog.wording import _


@dataclass(frozen=True)
class KeyGroup:
    """KeyGroup("Everywhere", ((("Ctrl K",), "Find a patient"), …)): keys of one row are alternatives."""

    title: str
    rows: tuple[tuple[tuple[str, ...], str], ...]


class KeyHelp(Dialog):
    """KeyHelp(parent, [KeyGroup(…), …]).exec(); the last group stands beside the others, so that the sheet
    fits a small screen."""

    def __init__(self, parent: QWidget | None, groups: Sequence[KeyGroup]) -> None:
        super().__init__(parent, _("Keys"), width=520 if len(groups) < 2 else 1040)
        columns = QHBoxLayout()
        columns.setSpacing(40)
        for part in (groups[:-1], groups[-1:]):
            if part:
                columns.addLayout(_column(part), 1)
        self.body.addLayout(columns)
        self.add_accept(_("Close")).clicked.connect(self.accept)


def _column(groups: Sequence[KeyGroup]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    line = 0
    for group in groups:
        if line:
            grid.setRowMinimumHeight(line, 8)
            line += 1
        grid.addWidget(Label(group.title, role="title"), line, 0, 1, 2)
        line += 1
        for keys, words in group.rows:
            caps = QHBoxLayout()
            caps.setSpacing(6)
            for key in keys:
                caps.addWidget(KeyHint(key))
            caps.addStretch(1)
            grid.addLayout(caps, line, 0)
            grid.addWidget(Label(words, wrap=True), line, 1)
            line += 1
    grid.setRowStretch(line, 1)
    return grid
