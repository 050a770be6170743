"""EarlierDialog: a visit, consent or patient as it was after an entry, beside today's, differences marked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.theme import Tone, px
from dermlog.ui.patient.earlier_words import ComparedFact
from dermlog.wording import _, ngettext

ALL, DIFFERENT = "all", "different"


class EarlierDialog(Dialog):
    """EarlierDialog(facts, title, moment, parent).exec(); the differences stand first."""

    def __init__(
        self, facts: tuple[ComparedFact, ...], title: str, moment: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            parent, title, line=_("As it was after this entry ({moment}).").format(moment=moment), width=900
        )
        self._facts = facts
        count = sum(fact.differs for fact in facts)
        words = ngettext("{n} fact is different today.", "{n} facts are different today.", count).format(
            n=count
        )
        self.summary = Label(words if count else _("Nothing is different today."), role="strong")
        self.body.addWidget(self.summary)
        self.shown = SegmentedControl(
            [Option(DIFFERENT, _("What differs")), Option(ALL, _("Everything"))],
            name=_("What to show"),
            allow_unset=False,
            value=DIFFERENT if count else ALL,
        )
        self.shown.value_changed.connect(lambda _value: self._show())
        self.body.addWidget(self.shown)
        self.table: RecordTable[ComparedFact] = RecordTable(
            [
                Column(_("What"), lambda fact: Cell(fact.what, strong=fact.differs), stretch=2),
                Column(_("Then"), lambda fact: _value(fact, fact.then), stretch=3),
                Column(_("Today"), lambda fact: _value(fact, fact.today), stretch=3),
                Column("", _mark, width=140),
            ],
            name=_("Then and today"),
            empty=_("Nothing is on record here."),
        )
        self.body.addWidget(self.table, 1)
        self.add_accept(_("Close")).clicked.connect(self.accept)
        self._show()
        self.resize(px(940), px(620))

    def _show(self) -> None:
        chosen = self.shown.value()
        self.table.set_rows([fact for fact in self._facts if chosen == ALL or fact.differs])


def _value(fact: ComparedFact, value: str | None) -> Cell:
    return Cell(_("not there"), muted=True) if value is None else Cell(value, strong=fact.differs)


def _mark(fact: ComparedFact) -> Cell:
    return Cell(fact.mark, badge=Tone.CAUTION) if fact.mark else Cell("")
