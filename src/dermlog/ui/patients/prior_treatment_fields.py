"""Earlier acne treatments of a patient: a row for each, with the response and why it was stopped."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.patient import AcneTreatment, PriorTreatment, TreatmentResponse
from dermlog.domain.validity import Fault, InvalidRecord, Problem
from dermlog.naming import name_of
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.field import Field
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.patients.field_line import lay_in_line
from dermlog.wording import _


class _TreatmentRow(QWidget):
    """One earlier treatment."""

    edited = Signal()
    removed = Signal()

    def __init__(self, treatment: PriorTreatment | None) -> None:
        super().__init__()
        self.kind = Combo(
            _("Treatment"),
            [Option(kind, name_of(kind)) for kind in AcneTreatment],
            value=treatment.kind if treatment else None,
            placeholder=_("choose"),
        )
        self.drug = TextField(_("Drug and dose"), text=treatment.drug if treatment else "")
        self.period = TextField(
            _("When"), text=treatment.period if treatment else "", placeholder=_("e.g. 2024")
        )
        self.response = Combo(
            _("Response"),
            [Option(response, name_of(response)) for response in TreatmentResponse],
            value=treatment.response if treatment else TreatmentResponse.UNKNOWN,
        )
        self.reason = TextField(_("Why stopped"), text=treatment.stop_reason if treatment else "")
        remove = Button("×", Kind.QUIET, small=True, name=_("Remove this treatment"))
        remove.clicked.connect(self._on_remove)
        shares = (4, 4, 3, 4, 4)
        fields = (self.kind, self.drug, self.period, self.response, self.reason)
        lay_in_line(self, zip(fields, shares, strict=True), remove)
        for combo in (self.kind, self.response):
            combo.value_changed.connect(self._on_edited)
        for text in (self.drug, self.period, self.reason):
            text.edited.connect(self._on_edited)

    def is_empty(self) -> bool:
        """Whether nothing was entered in this row."""
        typed = any(field.text().strip() for field in (self.drug, self.period, self.reason))
        return self.kind.value() is None and not typed

    def treatment(self) -> PriorTreatment:
        """The record; InvalidRecord marks the fields."""
        fields: dict[str, Field] = {
            "kind": self.kind,
            "drug": self.drug,
            "period": self.period,
            "stop_reason": self.reason,
        }
        for field in fields.values():
            field.set_error(None)
        kind, response = self.kind.value(), self.response.value()
        try:
            if not isinstance(kind, AcneTreatment):
                raise InvalidRecord((Problem("kind", Fault.NOT_ANSWERED),))
            return PriorTreatment(
                kind,
                self.drug.text().strip(),
                self.period.text().strip(),
                response if isinstance(response, TreatmentResponse) else TreatmentResponse.UNKNOWN,
                self.reason.text().strip(),
            )
        except InvalidRecord as error:
            for problem in error.problems:
                field = fields[problem.field]
                field.set_error(problem_sentence(problem, field.label()))
            raise

    def _on_edited(self, _value: object = None) -> None:
        self.edited.emit()

    def _on_remove(self) -> None:
        self.removed.emit()


class PriorTreatmentFields(QWidget):
    """PriorTreatmentFields(): set_treatments(), treatments()."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_TreatmentRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        add = Button(_("Add earlier treatment"), small=True)
        add.clicked.connect(self._on_add)
        foot = QHBoxLayout()
        foot.addWidget(add)
        foot.addStretch(1)
        self._column.addLayout(foot)

    def set_treatments(self, treatments: tuple[PriorTreatment, ...]) -> None:
        """Show what is recorded."""
        for row in list(self._rows):
            self._drop(row)
        for treatment in treatments:
            self._add(treatment)

    def treatments(self) -> tuple[PriorTreatment, ...]:
        """Every row that is not empty; InvalidRecord when one cannot stay."""
        found: list[PriorTreatment] = []
        problems: list[Problem] = []
        for row in self._rows:
            if row.is_empty():
                continue
            try:
                found.append(row.treatment())
            except InvalidRecord as error:
                problems.extend(error.problems)
        if problems:
            raise InvalidRecord(tuple(problems))
        return tuple(found)

    def _add(self, treatment: PriorTreatment | None) -> _TreatmentRow:
        row = _TreatmentRow(treatment)
        row.edited.connect(self.edited)
        row.removed.connect(lambda: self._on_removed(row))
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, row)
        return row

    def _drop(self, row: _TreatmentRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()

    def _on_add(self) -> None:
        self._add(None).kind.setFocus()

    def _on_removed(self, row: _TreatmentRow) -> None:
        self._drop(row)
        self.edited.emit()
