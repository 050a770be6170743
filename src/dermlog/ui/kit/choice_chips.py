"""ChoiceChips: words in pills that are switched on and off, one at a time or several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from dermlog.ui.kit.flow_layout import FlowLayout
from dermlog.ui.kit.focus_ring import paint_ring, ring_wanted
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.theme import Tone, color, font, px, theme


class ChoiceChip(QAbstractButton):
    """One pill that is on or off; a tick repeats what the colour says. Space switches it."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.option = option
        self._ring = False
        self.setCheckable(True)
        self.setText(option.label.replace("&", "&&"))
        self.setAccessibleName(option.spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Words with round ends and room for the tick."""
        metrics = QFontMetrics(font(12, bold=True))
        return QSize(metrics.horizontalAdvance(self.option.label) + 2 * px(13), px(26))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here."""
        self._ring = ring_wanted(event, self._ring)
        super().focusInEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill: outlined when off, filled and ticked when on."""
        tokens, tone = theme(), self.option.tone
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        on = self.isChecked()
        shown = Tone.GOOD if on and tone is Tone.NEUTRAL else tone
        ink = tokens.text(shown) if on else tokens.neutral_ink
        painter.setPen(QPen(color(ink), 1.4) if on else Qt.PenStyle.NoPen)
        painter.setBrush(color(tokens.soft(shown) if on else tokens.neutral_soft))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setPen(color(ink if self.isEnabled() else tokens.muted))
        painter.setFont(font(12, bold=True))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self.option.label)
        if self.hasFocus() and self._ring:
            paint_ring(painter, QRectF(self.rect()), self.height() / 2 - 1)


class ChoiceChips(QWidget):
    """ChoiceChips([Option(…)], name="Where", several=False): pills that wrap.

    value_changed(object) after a change by hand: one value or None; with several, a tuple of values.
    """

    value_changed = Signal(object)

    def __init__(
        self,
        options: Sequence[Option],
        *,
        name: str,
        several: bool = False,
        allow_unset: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._several = several
        self._allow_unset = allow_unset
        self._name = name
        self.setAccessibleName(name)
        self._row = FlowLayout(self, gap=7)
        self._chips: list[ChoiceChip] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Replace the pills, keeping what was chosen where it still exists."""
        kept = self.values()
        self._row.clear()
        self._chips = []
        for option in options:
            chip = ChoiceChip(option, self)
            chip.setAccessibleName(f"{self._name}: {option.spoken}")
            chip.clicked.connect(self._on_clicked)
            self._row.addWidget(chip)
            self._chips.append(chip)
        if self._chips:
            self.setFocusProxy(self._chips[0])
        self.set_values(kept)

    def chips(self) -> tuple[ChoiceChip, ...]:
        """The pills, in order."""
        return tuple(self._chips)

    def values(self) -> tuple[object, ...]:
        """All values that are on, in the order of the options."""
        return tuple(chip.option.value for chip in self._chips if chip.isChecked())

    def value(self) -> object:
        """The value that is on (the first of several), None when unset."""
        return next(iter(self.values()), None)

    def set_value(self, value: object) -> None:
        """Switch one value on and all others off; emits nothing."""
        self.set_values(() if value is None else (value,))

    def set_values(self, values: Iterable[object]) -> None:
        """Switch these values on and all others off; emits nothing."""
        wanted = tuple(values)
        for chip in self._chips:
            chip.setChecked(chip.option.value in wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk along the pills."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()), 0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        at = next((index for index, chip in enumerate(self._chips) if chip.hasFocus()), -1)
        if step and at >= 0 and 0 <= at + step < len(self._chips):
            self._chips[at + step].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            event.ignore()

    def _on_clicked(self) -> None:
        chip = self.sender()
        if not self._several and isinstance(chip, ChoiceChip):
            if chip.isChecked():
                for other in self._chips:
                    other.setChecked(other is chip)
            elif not self._allow_unset:
                chip.setChecked(True)
                return
        self.value_changed.emit(self.values() if self._several else self.value())
