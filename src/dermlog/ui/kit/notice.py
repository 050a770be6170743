"""Notices: an inline banner with a sentence and buttons, and the small "Saved 14:32" beside the buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dermlog.ui.kit.badge import Badge
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.label import Label, restyle
from dermlog.ui.kit.theme import Tone
from dermlog.wording import _

MANY_WORDS = 140
MARKS = {"info": "i", "caution": "!", "danger": "!"}
PANELS = {"info": "info_soft", "caution": "caution_soft", "danger": "danger_soft"}
TONES = {"info": "good", "caution": "caution", "danger": "danger"}


class Notice(QFrame):
    """Notice(): hidden until tell("sentence", "info"|"caution"|"danger"); hush() hides it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "info_soft")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 12, 10)
        column.setSpacing(8)
        self._row = QHBoxLayout()
        self._row.setSpacing(10)
        column.addLayout(self._row)
        self._below = QHBoxLayout()
        self._below.setSpacing(10)
        self._below.addStretch(1)
        column.addLayout(self._below)
        self._mark = Label(role="strong")
        self._words = Label(wrap=True)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._words, 1)
        self._buttons: list[Button] = []
        self.hide()

    def text(self) -> str:
        """The sentence shown, "" when hidden."""
        return self._words.text()

    def tell(self, text: str, kind: str = "info") -> None:
        """Show a sentence, without buttons; add_button comes after."""
        restyle(self, "panel", PANELS[kind])
        for label in (self._mark, self._words):
            label.set_tone(TONES[kind])
        self._mark.setText(MARKS[kind])
        self._words.setText(text)
        self.setAccessibleName(text)
        self._drop_buttons()
        self.show()

    def add_button(self, text: str, pressed: Callable[[], object], kind: Kind = Kind.PLAIN) -> Button:
        """Offer what can be done; the button does not hide the notice by itself."""
        button = Button(text, kind, small=True)
        button.clicked.connect(lambda _checked: pressed())
        # Beside many words the buttons would leave them a narrow column.
        row = self._below if len(self._words.text()) > MANY_WORDS else self._row
        row.addWidget(button)
        self._buttons.append(button)
        return button

    def hush(self) -> None:
        """Hide it."""
        self._words.setText("")
        self._drop_buttons()
        self.hide()

    def _drop_buttons(self) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []


class SavedStatus(Badge):
    """SavedStatus(): saved(at) shows "Draft saved 14:32"; say(text) something else; fade() after a while."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def saved(self, at: datetime, *, draft: bool = True) -> None:
        """Say when it was saved."""
        words = _("Draft saved {time}") if draft else _("Saved {time}")
        self.say(words.format(time=at.strftime("%H:%M")))

    def say(self, text: str, tone: Tone = Tone.NEUTRAL, *, seconds: float = 0) -> None:
        """Show words; with seconds they go away by themselves."""
        self.set_text(text, tone)
        self.show()
        if seconds:
            self._timer.start(round(seconds * 1000))
        else:
            self._timer.stop()
