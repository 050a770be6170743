"""RowDetail: the chosen row of the activity written out whole, so that it can be read and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dermlog.history_words import HistoryRow
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.theme import px
from dermlog.wording import _, date_text, time_text

_READABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class RowDetail(Card):
    """RowDetail().show_row(row), or show_row(None) to hide it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Entry"), parent=parent)
        self._words = Label(wrap=True)
        self._words.setTextInteractionFlags(_READABLE)
        self._words.setAccessibleName(_("What the entry says"))
        holder = ScrollArea()
        holder.add(self._words)
        holder.body.addStretch(1)
        self.add(holder, 1)
        self.setFixedHeight(px(140))
        self.hide()

    def show_row(self, row: HistoryRow | None) -> None:
        """Write out a row; nothing to say beyond the table hides the card."""
        lines = () if row is None else row.details
        if row is not None and row.reason:
            lines = (_("Reason: {reason}").format(reason=row.reason), *lines)
        self.setVisible(bool(lines))
        if row is None or not lines:
            return
        moment = _("{day}, {time}").format(day=date_text(row.at.date()), time=time_text(row.at))
        who = row.who or _("not known")
        self.set_title(row.what, _("{moment} · {who}").format(moment=moment, who=who))
        self._words.setText("\n".join(lines))
