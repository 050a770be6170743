"""The form of one patient: who they are, what screening must know, earlier treatments, consents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from dermlog.domain.consent import Consent
from dermlog.domain.identity import new_id
from dermlog.domain.patient import (
    Allergy,
    Condition,
    Drug,
    FitzpatrickType,
    Flag,
    Patient,
    PriorTreatment,
    Sex,
)
from dermlog.domain.validity import Fault, InvalidRecord, Problem
from dermlog.errors import DermlogError
from dermlog.naming import name_of
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.button import Kind
from dermlog.ui.kit.card import separator
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.date_field import DateField
from dermlog.ui.kit.date_text import read_date
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.field import Field
from dermlog.ui.kit.heading import section
from dermlog.ui.kit.note_field import NoteField
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.kit.theme import px
from dermlog.ui.patients.consent_fields import ConsentFields
from dermlog.ui.patients.flag_fields import FlagFields
from dermlog.ui.patients.names import full_name
from dermlog.ui.patients.prior_treatment_fields import PriorTreatmentFields
from dermlog.ui.patients.saving import save_patient
from dermlog.wording import _, date_text, ngettext

if TYPE_CHECKING:
    from dermlog.logbook import Logbook, PatientRow

T = TypeVar("T")


class PatientForm(Dialog):
    """PatientForm(logbook, parent, patient=None, typed=""): chosen_id is who to show after it, or None."""

    def __init__(
        self, logbook: Logbook, parent: QWidget | None, *, patient: Patient | None = None, typed: str = ""
    ) -> None:
        title = _("New patient") if patient is None else _("Edit patient")
        super().__init__(parent, title, width=620)
        self.chosen_id: UUID | None = None
        self._logbook = logbook
        self._patient = patient
        self._new_id = new_id() if patient is None else patient.id
        self._edited = False
        self._accepted_likeness: frozenset[UUID] = frozenset()
        self._make_fields()
        self._lay_out()
        self._fill(typed)
        self.add_cancel()
        self._save_button = self.add_accept(_("Save patient"))
        self._save_button.clicked.connect(self._on_save)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self._on_save)
        self._watch()
        self._place()

    def holds_unsaved(self) -> bool:
        """Whether something was typed since it was opened."""
        return self._edited

    # -- making -------------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        today = self._logbook.today()
        self.chart_number = TextField(_("Chart number"))
        self.family_name = TextField(_("Family name"))
        self.given_name = TextField(_("Given name"))
        self.birth_date = DateField(_("Birth date"), placeholder=_("e.g. 4 Feb 1997"), today=today)
        self.sex = Combo(_("Sex"), [Option(sex, name_of(sex)) for sex in Sex], value=Sex.UNKNOWN)
        self.fitzpatrick = Combo(
            _("Skin type (Fitzpatrick)"),
            [Option("", _("not recorded")), *(Option(kind, kind.value) for kind in FitzpatrickType)],
            value="",
        )
        self.phone = TextField(_("Phone"))
        self.allergies = FlagFields(_("Allergies"), tuple(Allergy))
        self.conditions = FlagFields(_("Conditions"), tuple(Condition))
        self.drugs = FlagFields(_("Drugs"), tuple(Drug))
        self.prior = PriorTreatmentFields()
        self.consents = ConsentFields(today)
        self.note = NoteField(_("Note"), lines=4)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        names = (self.chart_number, self.family_name, self.given_name)
        facts = (self.birth_date, self.sex, self.fitzpatrick, self.phone)
        for line, fields in enumerate((names, facts)):
            span = 12 // len(fields)
            for place, field in enumerate(fields):
                grid.addWidget(field, line, place * span, 1, span, Qt.AlignmentFlag.AlignTop)
        for column in range(12):
            grid.setColumnStretch(column, 1)
        inside = self._inside = ScrollArea()
        inside.body.setContentsMargins(0, 0, 10, 0)
        inside.body.addLayout(grid)
        for widget in (
            separator(),
            self.allergies,
            separator(),
            self.conditions,
            separator(),
            self.drugs,
            separator(),
            section(_("Earlier acne treatments")),
            self.prior,
            separator(),
            section(_("Consents")),
            self.consents,
            separator(),
            self.note,
        ):
            inside.add(widget)
        inside.body.addStretch(1)
        self.body.addWidget(inside, 1)

    def _place(self) -> None:
        screen = self.screen().availableGeometry()
        self.resize(min(px(980), screen.width() - 80), min(px(780), screen.height() - 80))

    def _fill(self, typed: str) -> None:
        patient = self._patient
        if patient is None:
            born = read_date(typed, self._logbook.today())
            if born is not None:
                self.birth_date.set_date(born)
            elif any(character.isdigit() for character in typed):
                self.chart_number.set_text(typed.strip())
            else:
                family, _comma, given = typed.partition(",")
                self.family_name.set_text(family.strip())
                self.given_name.set_text(given.strip())
            self._propose_chart_number()
            return
        self.chart_number.set_text(patient.chart_number)
        self.family_name.set_text(patient.family_name)
        self.given_name.set_text(patient.given_name)
        self.birth_date.set_date(patient.birth_date)
        self.sex.set_value(patient.sex)
        self.fitzpatrick.set_value(patient.fitzpatrick or "")
        self.phone.set_text(patient.phone)
        self.allergies.set_flags(patient.allergies)
        self.conditions.set_flags(patient.conditions)
        self.drugs.set_flags(patient.drugs)
        self.prior.set_treatments(patient.prior_treatments)
        self.consents.set_consents(self._logbook.consents.of_patient(patient.id))
        self.note.set_text(patient.note)

    def _propose_chart_number(self) -> None:
        """Fill in the next free number, which may be changed; the caret then waits in the first empty box."""
        if not self.chart_number.text():
            proposed = self._logbook.patients.next_chart_number()
            self.chart_number.set_text(proposed)
            self.chart_number.set_hint(_("next free") if proposed else "")
        for field in (self.chart_number, self.family_name, self.given_name, self.birth_date):
            if not field.text():
                field.focus()
                return

    def _watch(self) -> None:
        self.chart_number.edited.connect(lambda _text: self.chart_number.set_hint(""))
        texts = (self.chart_number, self.family_name, self.given_name, self.birth_date, self.phone)
        for field in texts:
            field.edited.connect(self._on_edited)
        for combo in (self.sex, self.fitzpatrick):
            combo.value_changed.connect(self._on_edited)
        for group in (self.allergies, self.conditions, self.drugs, self.prior, self.consents, self.note):
            group.edited.connect(self._on_edited)

    def _on_edited(self, _value: object = None) -> None:
        self._edited = True

    # -- saving -------------------------------------------------------------------------------------------

    def _on_save(self) -> None:
        self.notice.hush()
        read = self._read()
        if read is None:
            return
        patient, consents = read
        try:
            unseen = [row for row in self._alike(patient) if row.id not in self._accepted_likeness]
            if unseen:
                self._warn_of(unseen)
                return
            if not save_patient(self._logbook, patient, self._patient, consents, self):
                return
        except InvalidRecord as error:
            self._mark(error.problems)
            return
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self.chosen_id = patient.id
        self._edited = False
        self.accept()

    def _alike(self, patient: Patient) -> tuple[PatientRow, ...]:
        """Others who may be the same person; nobody is asked again about a name that stays as it was."""
        before = self._patient
        if before is not None and _identity(before) == _identity(patient):
            return ()
        return self._logbook.patients.duplicates_of(patient)

    def _read(self) -> tuple[Patient, tuple[Consent, ...]] | None:
        """The records as typed; None after the fields that cannot stay were marked."""
        for field in self._fields().values():
            field.set_error(None)
        problems: list[Problem] = []
        if self.birth_date.is_garbled():
            problems.append(Problem("birth_date", Fault.NOT_A_DATE))
        birth_date = self.birth_date.date()
        if birth_date is not None and birth_date > self._logbook.today():
            problems.append(Problem("birth_date", Fault.IN_FUTURE, self._logbook.today()))
        none: tuple[Flag, ...] | None = None
        allergies = _collect(self.allergies.flags, none, problems)
        conditions = _collect(self.conditions.flags, none, problems)
        drugs = _collect(self.drugs.flags, none, problems)
        prior: tuple[PriorTreatment, ...] = _collect(self.prior.treatments, (), problems)
        no_consents: tuple[Consent, ...] = ()
        consents = _collect(lambda: self.consents.changed(self._new_id), no_consents, problems)
        sex, fitzpatrick = self.sex.value(), self.fitzpatrick.value()
        patient: Patient | None = None
        try:
            patient = Patient(
                chart_number=self.chart_number.text().strip(),
                family_name=self.family_name.text().strip(),
                given_name=self.given_name.text().strip(),
                birth_date=birth_date,
                sex=sex if isinstance(sex, Sex) else Sex.UNKNOWN,
                fitzpatrick=fitzpatrick if isinstance(fitzpatrick, FitzpatrickType) else None,
                phone=self.phone.text().strip(),
                allergies=allergies,
                conditions=conditions,
                drugs=drugs,
                prior_treatments=prior,
                note=self.note.text(),
                id=self._new_id,
            )
        except InvalidRecord as error:
            problems.extend(error.problems)
        if problems or patient is None:
            self._mark(tuple(problems))
            return None
        return patient, consents

    def _fields(self) -> dict[str, Field]:
        return {
            "chart_number": self.chart_number,
            "family_name": self.family_name,
            "given_name": self.given_name,
            "birth_date": self.birth_date,
            "phone": self.phone,
            "note": self.note,
        }

    def _mark(self, problems: tuple[Problem, ...]) -> None:
        """Say under each field what is wrong, and bring the first of them into view."""
        fields = self._fields()
        for problem in problems:
            field = fields.get(problem.field)
            if field is not None and field.error() is None:
                field.set_error(problem_sentence(problem, field.label()))
        self.notice.tell(_("Not saved yet: please look at the marked fields. Nothing is lost."), "caution")
        if any(problem.fault is Fault.DUPLICATE for problem in problems):
            self._tell_owner()
        # Once the sentences have their places: only then is it known which comes first.
        QTimer.singleShot(0, self, self._show_first_mark)

    def _show_first_mark(self) -> None:
        marked: list[Field | FlagFields] = [
            field for field in self.findChildren(Field) if field.error() and field.isVisible()
        ]
        marked += [group for group in (self.allergies, self.conditions, self.drugs) if group.is_marked()]
        if marked:
            first = min(marked, key=lambda field: field.mapTo(self, QPoint(0, 0)).y())
            first.focus()
            self._inside.ensureWidgetVisible(first, 8, 24)

    def _tell_owner(self) -> None:
        """Whose chart number it is."""
        owner = self._logbook.patients.by_chart_number(self.chart_number.text())
        if owner is None:
            return
        name = full_name(self._logbook.patients.row(owner.id))
        self.notice.tell(
            _("Chart number {number} belongs to {name}. Type another one. Nothing is lost.").format(
                number=owner.chart_number, name=name
            ),
            "caution",
        )
        self.notice.add_button(_("Open that patient"), lambda: self._open_instead(owner.id))

    def _warn_of(self, alike: list[PatientRow]) -> None:
        row = alike[0]
        born = _("birth date not recorded") if row.birth_date is None else date_text(row.birth_date)
        self.notice.tell(
            ngettext(
                "A patient like this exists: {name}, {born}, chart no. {number}.",
                "{n} patients like this exist, among them {name}, {born}, chart no. {number}.",
                len(alike),
            ).format(n=len(alike), name=full_name(row), born=born, number=row.chart_number),
            "caution",
        )
        self.notice.add_button(_("Open that patient"), lambda: self._open_instead(row.id))
        self.notice.add_button(_("Save anyway"), lambda: self._save_anyway(alike), Kind.PRIMARY).setFocus()

    def _open_instead(self, patient_id: UUID) -> None:
        self.chosen_id = patient_id
        self._edited = False
        self.accept()

    def _save_anyway(self, alike: list[PatientRow]) -> None:
        self._accepted_likeness |= {row.id for row in alike}
        self._on_save()


def _identity(patient: Patient) -> tuple[object, ...]:
    return patient.family_name, patient.given_name, patient.birth_date


def edit_patient(logbook: Logbook, patient_id: UUID, parent: QWidget | None) -> UUID | None:
    """Show the form of a known patient; the id of whom to show after it, None when nothing was saved."""
    return _run(PatientForm(logbook, parent, patient=logbook.patients.get(patient_id)))


def add_patient(logbook: Logbook, parent: QWidget | None, typed: str = "") -> UUID | None:
    """Show an empty form, taking over what was typed into a search; the id of whom to show after it."""
    return _run(PatientForm(logbook, parent, typed=typed))


def _run(form: PatientForm) -> UUID | None:
    form.exec()
    chosen = form.chosen_id
    form.deleteLater()
    return chosen


def _collect(read: Callable[[], T], otherwise: T, problems: list[Problem]) -> T:
    """What a group of fields holds; when it cannot be read its problems are added and otherwise is given."""
    try:
        return read()
    except InvalidRecord as error:
        problems.extend(error.problems)
        return otherwise
