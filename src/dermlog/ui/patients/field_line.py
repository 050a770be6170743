"""A line of fields that belong to one thing, all of one height at the top, and a button to take it away."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.ui.kit.button import Button
from dermlog.ui.kit.field import Field
from dermlog.ui.kit.label import Label


def lay_in_line(owner: QWidget, fields: Iterable[tuple[Field, int]], remove: Button | None = None) -> None:
    """Fill owner with fields and their shares of the width; a sentence under one moves no other."""
    row = QHBoxLayout(owner)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for field, stretch in fields:
        row.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
    if remove is not None:
        beside = QVBoxLayout()
        beside.setSpacing(6)
        beside.addWidget(Label(" ", role="label"))  # as high as the words above the boxes
        beside.addWidget(remove)
        beside.addStretch(1)
        row.addLayout(beside)
