"""Choice: what painted one-of-many controls share - one tab stop, arrow and number keys, an unset state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dermlog.ui.kit.focus_ring import ring_wanted
from dermlog.ui.kit.option import Option, option_for_key
from dermlog.wording import _

CLEARING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class Choice(QWidget):
    """One of several options, or none of them while it is unset.

    Left and right move, numbers and first letters choose, Backspace clears where that is allowed.
    value_changed(object) is emitted for changes by hand only, with None for unset. Up and down are left to
    the parent. chosen_by_key is emitted after a number or letter, so that a form can move on.
    """

    value_changed = Signal(object)
    chosen_by_key = Signal()

    def __init__(
        self,
        options: Sequence[Option],
        *,
        name: str,
        allow_unset: bool = True,
        value: object = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._options = tuple(options)
        self._name = name
        self._allow_unset = allow_unset
        self._index = -1
        self._hover = -1
        self._ring = False
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_value(value)

    def options(self) -> tuple[Option, ...]:
        """What can be chosen."""
        return self._options

    def set_options(self, options: Sequence[Option]) -> None:
        """Replace the options, keeping the value where it still exists."""
        value = self.value()
        self._options = tuple(options)
        self.set_value(value)
        self.updateGeometry()

    def value(self) -> object:
        """The chosen value, None when unset."""
        return self._options[self._index].value if self._index >= 0 else None

    def is_unset(self) -> bool:
        """Whether nothing was chosen yet."""
        return self._index < 0

    def set_value(self, value: object) -> None:
        """Choose by program; a value that is not offered leaves it unset. Emits nothing."""
        self._index = next(
            (
                index
                for index, option in enumerate(self._options)
                if option.value == value and value is not None
            ),
            -1,
        )
        self._tell()

    def set_name(self, name: str) -> None:
        """Change what a screen reader calls it."""
        self._name = name
        self._tell()

    def choose(self, index: int) -> None:
        """Choose by hand: -1 clears."""
        if index == self._index or (index < 0 and not self._allow_unset):
            return
        self._index = index
        self._tell()
        self.value_changed.emit(self.value())

    def option_rect(self, index: int) -> QRectF:
        """Where an option is drawn, in the widget's coordinates."""
        width = self.width() / max(1, len(self._options))
        return QRectF(index * width, 0, width, self.height())

    def index_at(self, x: float, y: float) -> int:
        """The option under a point, -1 for none."""
        return next(
            (index for index in range(len(self._options)) if self.option_rect(index).contains(x, y)), -1
        )

    def _tell(self) -> None:
        chosen = self._options[self._index].spoken if self._index >= 0 else _("not answered")
        self.setAccessibleName(_("{name}: {choice}").format(name=self._name, choice=chosen))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home, End, numbers, letters, Backspace; everything else goes on to the parent."""
        key, last = event.key(), len(self._options) - 1
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        forth = Qt.Key.Key_Left if mirrored else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if mirrored else Qt.Key.Key_Left
        if not plain:
            event.ignore()
        elif key == forth:
            self.choose(min(last, self._index + 1))
        elif key == back:
            self.choose(last if self._index < 0 else max(0, self._index - 1))
        elif key == Qt.Key.Key_Home:
            self.choose(0)
        elif key == Qt.Key.Key_End:
            self.choose(last)
        elif key in CLEARING:
            self.choose(-1)
        elif key == Qt.Key.Key_Space and self._index < 0:
            self.choose(0)
        elif (index := option_for_key(self._options, event.text().strip())) is not None:
            self.choose(index)
            self.chosen_by_key.emit()
        else:
            event.ignore()
            return
        self._ring = True
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked."""
        index = self.index_at(event.position().x(), event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0 and self.isEnabled():
            self.choose(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up what would be chosen."""
        self._hover = self.index_at(event.position().x(), event.position().y())
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        """Nothing is lit any more."""
        self._hover = -1
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here."""
        self._ring = ring_wanted(event, self._ring)
        self.update()

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        """Take the ring away."""
        self.update()
