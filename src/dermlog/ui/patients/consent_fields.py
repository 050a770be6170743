"""Consents of a patient: each with its day, the form, who signed, and the day it was withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.consent import Consent, ConsentKind, Signer
from dermlog.domain.identity import new_id
from dermlog.domain.validity import Fault, InvalidRecord, Problem, check_day, check_text
from dermlog.naming import name_of
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.date_field import DateField
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.patients.field_line import lay_in_line
from dermlog.wording import _


class _ConsentRow(QWidget):
    """One consent; a recorded one keeps its place and may only be dated as withdrawn or corrected."""

    edited = Signal()
    removed = Signal()

    def __init__(self, consent: Consent | None, today: date) -> None:
        super().__init__()
        self.recorded = consent
        self._today = today
        self._touched = False
        self.kind = Combo(
            _("Consent to"),
            [Option(kind, name_of(kind)) for kind in ConsentKind],
            value=consent.kind if consent else None,
            placeholder=_("choose"),
        )
        self.given = DateField(_("Given on"), day=consent.given_on if consent else today, today=today)
        self.signer = Combo(
            _("Signed by"),
            [Option(signer, name_of(signer)) for signer in Signer],
            value=consent.signer if consent else Signer.PATIENT,
        )
        self.form = TextField(
            _("Form"), text=consent.form_version if consent else "", placeholder=_("e.g. 2026-1")
        )
        self.withdrawn = DateField(
            _("Withdrawn on"),
            day=consent.withdrawn_on if consent else None,
            placeholder=_("not withdrawn"),
            today=today,
        )
        remove = None
        if consent is None:
            remove = Button("×", Kind.QUIET, small=True, name=_("Remove this consent"))
            remove.clicked.connect(self._on_remove)
        shares = (4, 3, 3, 2, 3)
        fields = (self.kind, self.given, self.signer, self.form, self.withdrawn)
        lay_in_line(self, zip(fields, shares, strict=True), remove)
        for combo in (self.kind, self.signer):
            combo.value_changed.connect(self._on_edited)
        for text in (self.given, self.form, self.withdrawn):
            text.edited.connect(self._on_edited)

    def is_untouched(self) -> bool:
        """Whether it is a new row in which nothing was entered."""
        return self.recorded is None and not self._touched

    def consent(self, patient_id: UUID) -> Consent:
        """The record; InvalidRecord marks the fields."""
        fields = {
            "kind": self.kind,
            "given_on": self.given,
            "form_version": self.form,
            "withdrawn_on": self.withdrawn,
        }
        for field in fields.values():
            field.set_error(None)
        kind, signer, given = self.kind.value(), self.signer.value(), self.given.date()
        problems = [
            *([] if isinstance(kind, ConsentKind) else [Problem("kind", Fault.NOT_ANSWERED)]),
            *self._problems_of_date("given_on", self.given, required=True),
            *self._problems_of_date("withdrawn_on", self.withdrawn),
        ]
        try:
            if problems or given is None or not isinstance(kind, ConsentKind):
                # Listed before, so that one look shows everything that is wrong.
                problems += check_text("form_version", self.form.text().strip())
                raise InvalidRecord(tuple(problems))
            made = Consent(
                patient_id,
                kind,
                given,
                signer if isinstance(signer, Signer) else Signer.PATIENT,
                self.form.text().strip(),
                self.recorded.note if self.recorded else "",
                self.withdrawn.date(),
                self.recorded.id if self.recorded else new_id(),
            )
        except InvalidRecord as error:
            for problem in error.problems:
                field = fields[problem.field]
                field.set_error(problem_sentence(problem, field.label()))
            raise
        return made

    def _problems_of_date(self, name: str, field: DateField, *, required: bool = False) -> list[Problem]:
        day = field.date()
        if field.is_garbled():
            return [Problem(name, Fault.NOT_A_DATE)]
        if day is None:
            return [Problem(name, Fault.MISSING)] if required else []
        return check_day(name, day, latest=self._today)

    def _on_edited(self, _value: object = None) -> None:
        self._touched = True
        self.edited.emit()

    def _on_remove(self) -> None:
        self.removed.emit()


class ConsentFields(QWidget):
    """ConsentFields(today): set_consents(), changed(patient_id) gives those to save."""

    edited = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._rows: list[_ConsentRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        add = Button(_("Add consent"), small=True)
        add.clicked.connect(self._on_add)
        foot = QHBoxLayout()
        foot.addWidget(add)
        foot.addStretch(1)
        self._column.addLayout(foot)

    def set_consents(self, consents: tuple[Consent, ...]) -> None:
        """Show what is recorded."""
        for consent in consents:
            self._add(consent)

    def changed(self, patient_id: UUID) -> tuple[Consent, ...]:
        """New and corrected consents; InvalidRecord when one cannot stay."""
        found: list[Consent] = []
        problems: list[Problem] = []
        for row in self._rows:
            if row.is_untouched():
                continue
            try:
                consent = row.consent(patient_id)
            except InvalidRecord as error:
                problems.extend(error.problems)
                continue
            if consent != row.recorded:
                found.append(consent)
        if problems:
            raise InvalidRecord(tuple(problems))
        return tuple(replace(consent, patient_id=patient_id) for consent in found)

    def _add(self, consent: Consent | None) -> _ConsentRow:
        row = _ConsentRow(consent, self._today)
        row.edited.connect(self.edited)
        row.removed.connect(lambda: self._on_removed(row))
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, row)
        return row

    def _on_add(self) -> None:
        self._add(None).kind.setFocus()

    def _on_removed(self, row: _ConsentRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        self.edited.emit()
