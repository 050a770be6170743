"""CheckList: several answers that may each be ticked, with a remark under each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option


class CheckList(QWidget):
    """CheckList([Option(value, "words", "remark")], name="Conditions"); value_changed(tuple of values)."""

    value_changed = Signal(object)

    def __init__(self, options: Sequence[Option], *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._boxes: list[tuple[Option, QCheckBox]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for option in options:
            box = QCheckBox(option.label.replace("&", "&&"))
            box.setAccessibleName(option.label)
            box.setAccessibleDescription(option.detail)
            box.clicked.connect(self._on_clicked)
            column.addWidget(box)
            if option.detail:
                remark = Label(option.detail, role="small", wrap=True)
                remark.setContentsMargins(26, 0, 0, 2)
                column.addWidget(remark)
            self._boxes.append((option, box))

    def boxes(self) -> tuple[QCheckBox, ...]:
        """The check boxes, in order."""
        return tuple(box for _option, box in self._boxes)

    def values(self) -> tuple[object, ...]:
        """What is ticked, in the order of the options."""
        return tuple(option.value for option, box in self._boxes if box.isChecked())

    def set_values(self, values: Iterable[object]) -> None:
        """Tick these and no others; emits nothing."""
        wanted = tuple(values)
        for option, box in self._boxes:
            box.setChecked(option.value in wanted)

    def _on_clicked(self) -> None:
        self.value_changed.emit(self.values())
