"""The first page of a new clinic: its name, the first two people who write, the place and its protection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.clinic import Clinic
from dermlog.domain.staff import Role, Staff, same_name
from dermlog.domain.validity import InvalidRecord, check_text, refuse
from dermlog.sentences import problem_sentence, same_name_sentence
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.start.file_place import as_logbook, typed_place, usual_folder
from dermlog.ui.start.protection_fields import ProtectionFields
from dermlog.wording import _

PATH_LIMIT = 1000


@dataclass(frozen=True)
class ReadFacts:
    """What was typed: the first of the staff is an owner and signs."""

    clinic: Clinic
    staff: tuple[Staff, ...]
    path: Path


class ClinicFacts(QWidget):
    """ClinicFacts(): read() is what was typed, None after every field that is wrong was marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clinic_name = TextField(_("Name of the clinic"), placeholder=_("e.g. Harbour Skin Clinic"))
        self.doctor = TextField(_("Doctor who injects and signs"), placeholder=_("e.g. Dr Sato"))
        self.nurse = TextField(
            _("Nurse or assistant (may be left empty)"), placeholder=_("e.g. Nurse Okafor")
        )
        self.place = TextField(_("Where the file is kept"), text=str(usual_folder() / "Clinic.dermlog"))
        self.protection = ProtectionFields()
        self._doctor: Staff | None = None
        self._nurse: Staff | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(self.clinic_name)
        people = QHBoxLayout()
        people.setSpacing(12)
        for field in (self.doctor, self.nurse):
            people.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(people)
        outer.addLayout(self._place_row())
        outer.addWidget(self.protection)
        outer.addStretch(1)
        self.setFocusProxy(self.clinic_name)

    def is_typed(self) -> bool:
        """Whether something was typed."""
        return any(field.text().strip() for field in (self.clinic_name, self.doctor, self.nurse))

    def say_place(self, sentence: str) -> None:
        """Say what is wrong with the place."""
        self.place.set_error(sentence)
        self.place.focus()

    def read(self) -> ReadFacts | None:
        """What was typed; None after the fields that cannot stay were marked."""
        clinic = doctor = nurse = None
        with self._marking(self.clinic_name, _("The name of the clinic")) as text:
            refuse(check_text("name", text, required=True))
            clinic = Clinic(name=text)
        with self._marking(self.doctor, _("The name of the doctor")) as text:
            doctor = self._doctor = _person(text, Role.OWNER, self._doctor)
        with self._marking(self.nurse, _("The name of the nurse")) as text:
            nurse = self._nurse = _person(text, Role.ASSISTANT, self._nurse) if text else None
        with self._marking(self.place, _("The place of the file")) as text:
            refuse(check_text("place", text, limit=PATH_LIMIT, required=True))
        if doctor is not None and nurse is not None and same_name(doctor.name, nurse.name):
            self.nurse.set_error(same_name_sentence(nurse.name))
        marked = [field for field in self._fields() if field.error()]
        if marked or clinic is None or doctor is None:
            marked[0].focus()
            return None
        staff = (doctor,) if nurse is None else (doctor, nurse)
        path = typed_place(self.place.text().strip())
        return ReadFacts(replace(clinic, doctor=doctor.name), staff, path)

    def _place_row(self) -> QHBoxLayout:
        browse = Button(_("Choose…"), name=_("Choose where the file is kept"))
        browse.clicked.connect(self._on_browse)
        beside = QVBoxLayout()
        beside.setSpacing(4)
        beside.addWidget(Label(" ", role="label"))  # as high as the words above the box
        beside.addWidget(browse)
        beside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.place, 1)
        row.addLayout(beside)
        return row

    def _on_browse(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            _("Where the file is kept"),
            self.place.text(),
            _("Logbooks (*.dermlog)"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # nothing is ever overwritten
        )
        if chosen:
            self.place.set_text(str(as_logbook(Path(chosen))))

    @contextmanager
    def _marking(self, field: TextField, label: str) -> Iterator[str]:
        """Give what is typed in a field; what is found wrong with it is said under it."""
        field.set_error(None)
        try:
            yield field.text().strip()
        except InvalidRecord as error:
            field.set_error(problem_sentence(error.problems[0], label))

    def _fields(self) -> tuple[TextField, ...]:
        return (self.clinic_name, self.doctor, self.nurse, self.place)


def _person(name: str, role: Role, before: Staff | None) -> Staff:
    """The same person when only the name was corrected, so that a typed password stays theirs."""
    return Staff(name, role) if before is None else replace(before, name=name)
