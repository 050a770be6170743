"""Giving a dialog the height that its wrapped lines need."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def fit_height(dialog: QWidget) -> None:
    """Make a dialog exactly as high as its layout needs at its present width."""
    layout = dialog.layout()
    if layout is None:
        return
    layout.activate()
    height = max(layout.totalHeightForWidth(dialog.width()), layout.totalMinimumSize().height())
    dialog.resize(dialog.width(), height)
