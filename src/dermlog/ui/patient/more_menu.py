"""The menu of what is rarely done with a patient."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from dermlog.wording import _


def more_menu(parent: QWidget, entries: Iterable[tuple[str, bool, Callable[[], object]]]) -> QMenu:
    """A menu of (words, allowed, what to do); what is not allowed stays visible and cannot be chosen."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(_("More about this patient"))
    for words, allowed, call in entries:
        action = menu.addAction(words.replace("&", "&&"))
        action.setEnabled(allowed)
        action.triggered.connect(lambda _on=False, call=call: call())
    return menu
