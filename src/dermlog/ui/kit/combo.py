"""Combo: one of many options in a drop-down list, with a label above; may be left open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from dermlog.ui.kit.field import Field
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.theme import color, theme
from dermlog.wording import _


class _Box(QComboBox):
    """A drop-down whose arrow follows the look, and which the wheel does not change in passing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a form must not change a value under the pointer."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, the words ending in an ellipsis where room is short, and the arrow."""
        box = QStyleOptionComboBox()
        self.initStyleOption(box)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, box)
        shown = self.currentText() or self.placeholderText()
        room = self.rect().adjusted(10, 0, -26, 0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            room = self.rect().adjusted(26, 0, -10, 0)
        ink = theme().ink if self.currentIndex() >= 0 and self.isEnabled() else theme().muted
        painter.setPen(color(ink))
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        elided = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(flags), elided)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color(theme().muted), 1.6))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x, y = (16.0 if mirrored else self.width() - 16.0), self.height() / 2
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])


class Combo(Field):
    """Combo("Product", [Option(value, "Botox 100 U")], placeholder="Choose…").

    value() is None until something is chosen; value_changed(object) after a choice by hand.
    """

    value_changed = Signal(object)

    def __init__(
        self,
        label: str,
        options: Sequence[Option] = (),
        *,
        value: object = None,
        placeholder: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, name=name, parent=parent)
        self._options: tuple[Option, ...] = ()
        self.box = _Box()
        self.box.setPlaceholderText(placeholder or _("Choose…"))
        self.box.setMinimumContentsLength(4)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._place(self.box)
        self.set_options(options)
        self.set_value(value)
        self.box.activated.connect(self._on_activated)

    def set_options(self, options: Sequence[Option]) -> None:
        """Replace what can be chosen, keeping the value where it still exists; emits nothing."""
        value = self.value()
        self._options = tuple(options)
        self.box.clear()
        self.box.addItems([option.spoken for option in self._options])
        self.set_value(value)

    def options(self) -> tuple[Option, ...]:
        """What can be chosen."""
        return self._options

    def value(self) -> object:
        """The chosen value, None when nothing is."""
        index = self.box.currentIndex()
        return self._options[index].value if 0 <= index < len(self._options) else None

    def set_value(self, value: object) -> None:
        """Choose by program; a value that is not offered leaves it open. Emits nothing."""
        found = [index for index, option in enumerate(self._options) if option.value == value]
        self.box.setCurrentIndex(found[0] if found and value is not None else -1)

    def _on_activated(self) -> None:
        if self.error():
            self.set_error(None)
        self.value_changed.emit(self.value())
