"""RecordFilters: who, what kind of entry, when, and words; above a list of what was written on record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dermlog.activity_words import topic_name
from dermlog.domain.activity import KINDS, TABLES, ActivityFilter, Topic
from dermlog.history_words import HistoryRow
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _

ALL, CHANGES = "all", "changes"
TYPING_MS = 250
"""A word is looked for once the typing pauses this long."""


class RecordFilters(QWidget):
    """RecordFilters(topics, changes_first=True): changed() when something else is wanted.

    wanted(now) is the filter, words() what must stand in the sentence; matches(row, now) tries one row.
    """

    changed = Signal()

    def __init__(
        self, topics: Sequence[Topic], *, changes_first: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        kinds = [Option(CHANGES, _("All changes")), Option(ALL, _("Everything"))]
        if not changes_first:
            kinds.reverse()
        kinds += [Option(topic, topic_name(topic)) for topic in topics]
        self._first = kinds[0].value
        self.who = Combo(_("Who"), [Option(ALL, _("Everybody"))], value=ALL)
        self.kind = Combo(_("What"), kinds, value=self._first)
        self.span = Combo(
            _("When"),
            [
                Option(ALL, _("At any time")),
                Option(1, _("Today")),
                Option(7, _("In the last 7 days")),
                Option(30, _("In the last 30 days")),
                Option(365, _("In the last 365 days")),
            ],
            value=ALL,
        )
        self.text = TextField(_("Words"), placeholder=_("part of a sentence, a value, a reason"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for field, share in ((self.kind, 3), (self.who, 3), (self.span, 3), (self.text, 4)):
            row.addWidget(field, share)
        for combo in (self.who, self.kind, self.span):
            combo.value_changed.connect(lambda _value: self.changed.emit())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_MS)
        self._pause.timeout.connect(self.changed)
        self.text.edited.connect(lambda _text: self._pause.start())

    def set_people(self, people: Iterable[tuple[UUID, str]]) -> None:
        """Who can be chosen; the choice stays where it still exists."""
        chosen = self.who.value()
        self.who.set_options(
            [Option(ALL, _("Everybody")), *(Option(identity, name) for identity, name in people)]
        )
        if self.who.value() is None:
            self.who.set_value(ALL)
        elif chosen is not None:
            self.who.set_value(chosen)

    def is_used(self) -> bool:
        """Whether anything but the first view is wanted."""
        return bool(self.words()) or (self.who.value(), self.kind.value(), self.span.value()) != (
            ALL,
            self._first,
            ALL,
        )

    def clear(self) -> None:
        """The first view again; emits nothing."""
        for combo, value in ((self.who, ALL), (self.kind, self._first), (self.span, ALL)):
            combo.set_value(value)
        self.text.set_text("")
        self._pause.stop()

    def words(self) -> str:
        """What must stand in the sentence."""
        return self.text.text().strip()

    def wanted(self, now: datetime) -> ActivityFilter:
        """What is wanted, without the words."""
        who, kind, days = self.who.value(), self.kind.value(), self.span.value()
        since = None
        if isinstance(days, int):
            since = datetime.combine(now.date() - timedelta(days=days - 1), time(), now.tzinfo)
        return ActivityFilter(
            staff_id=who if isinstance(who, UUID) else None,
            topic=kind if isinstance(kind, Topic) else None,
            since=since,
            changes_only=kind == CHANGES,
        )

    def matches(self, row: HistoryRow, now: datetime) -> bool:
        """Whether a row is among what is wanted."""
        return matches(row, self.wanted(now), self.words())


def matches(row: HistoryRow, wanted: ActivityFilter, words: str) -> bool:
    """Whether a row is what somebody looks for."""
    if wanted.changes_only and row.access is not None:
        return False
    if wanted.topic is not None:
        tables, kinds = TABLES.get(wanted.topic, ()), KINDS.get(wanted.topic, ())
        if not any(line.table in tables for line in row.lines) and (
            row.access is None or row.access.kind not in kinds
        ):
            return False
    if wanted.staff_id is not None and row.staff_id != wanted.staff_id:
        return False
    if wanted.since is not None and row.at < wanted.since:
        return False
    return not words or row.says(words)
