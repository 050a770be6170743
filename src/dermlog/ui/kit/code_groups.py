"""CodeGroups: groups of four letters typed from paper; each is looked at as it comes, pasting fills all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dermlog.ui.kit.label import Label, restyle
from dermlog.ui.kit.theme import px
from dermlog.wording import _

SIZE = 4
BETWEEN = " -–—_./\t\r\n"


class CodeGroups(QWidget):
    """CodeGroups([1, 2, …], look): a box for each group; look(number, text) says what is wrong, or "".

    look is asked once a group is complete. changed() at every key; text() is all groups joined by "-".
    """

    changed = Signal()

    def __init__(
        self, numbers: Sequence[int], look: Callable[[int, str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._numbers = tuple(numbers)
        self._look = look
        row = QHBoxLayout()
        row.setSpacing(6)
        self.boxes: list[QLineEdit] = []
        for number in self._numbers:
            box = QLineEdit()
            box.setAccessibleName(_("Group {number}").format(number=number))
            box.setMaximumWidth(px(74))
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.setInputMethodHints(
                Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
            )
            box.textEdited.connect(lambda _text, one=box: self._on_edited(one))
            box.installEventFilter(self)
            column = QVBoxLayout()
            column.setSpacing(3)
            column.addWidget(Label(str(number), role="label"), 0, Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(box)
            row.addLayout(column)
            self.boxes.append(box)
        row.addStretch(1)
        self._wrong = Label(role="error", wrap=True)
        self._wrong.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addLayout(row)
        outer.addWidget(self._wrong)
        self.setFocusProxy(self.boxes[0])

    def text(self) -> str:
        """Every group as typed, joined by "-"."""
        return "-".join(box.text() for box in self.boxes)

    def groups(self) -> tuple[str, ...]:
        """Every group as typed."""
        return tuple(box.text() for box in self.boxes)

    def is_complete(self) -> bool:
        """Whether every group is full and nothing was found wrong with any."""
        return all(len(box.text()) == SIZE and not self._complaint(box) for box in self.boxes)

    def clear(self) -> None:
        """Forget what was typed."""
        for box in self.boxes:
            box.setText("")
            restyle(box, "wrong", False)
        self._tell("")

    def mark(self, number: int | None, sentence: str) -> None:
        """Mark a group, all groups with None, and say why under them."""
        for known, box in zip(self._numbers, self.boxes, strict=True):
            restyle(box, "wrong", number is None or known == number)
            if known == number:
                box.setFocus()
                box.selectAll()
        self._tell(sentence)

    def error(self) -> str:
        """The sentence under the groups, "" when nothing is wrong."""
        return self._wrong.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Paste into all groups at once; Backspace in an empty group goes back to the one before."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and watched in self.boxes:
            if event.matches(QKeySequence.StandardKey.Paste):
                self.fill(QGuiApplication.clipboard().text(), self.boxes.index(watched))
                return True
            at = self.boxes.index(watched)
            if event.key() == Qt.Key.Key_Backspace and at and not self.boxes[at].text():
                self.boxes[at - 1].setFocus()
        return super().eventFilter(watched, event)

    def fill(self, text: str, at: int = 0) -> None:
        """Spread letters over the groups from one on; a whole code begins at the first."""
        letters = "".join(letter for letter in text if letter not in BETWEEN).upper()
        if len(letters) >= SIZE * len(self.boxes):
            at = 0
        for box in self.boxes[at:]:
            taken, letters = letters[:SIZE], letters[SIZE:]
            if taken:
                box.setText(taken)
        self._check()
        unfinished = [box for box in self.boxes if len(box.text()) < SIZE]
        (unfinished[0] if unfinished else self.boxes[-1]).setFocus()
        self.changed.emit()

    def _on_edited(self, box: QLineEdit) -> None:
        at = self.boxes.index(box)
        letters = "".join(letter for letter in box.text() if letter not in BETWEEN).upper()
        if len(letters) > SIZE:
            self.fill(letters, at)
            return
        if letters != box.text():
            place = box.cursorPosition()
            box.setText(letters)
            box.setCursorPosition(min(place, len(letters)))
        self._check()
        full = len(letters) == SIZE and box.cursorPosition() == SIZE and not self._complaint(box)
        if full and at + 1 < len(self.boxes):
            self.boxes[at + 1].setFocus()
            self.boxes[at + 1].selectAll()
        self.changed.emit()

    def _check(self) -> None:
        """Mark the complete groups that cannot be right, and say what is wrong with the first."""
        first = ""
        for box in self.boxes:
            complaint = self._complaint(box)
            restyle(box, "wrong", bool(complaint))
            first = first or complaint
        self._tell(first)

    def _complaint(self, box: QLineEdit) -> str:
        if len(box.text()) < SIZE:
            return ""
        return self._look(self._numbers[self.boxes.index(box)], box.text())

    def _tell(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
