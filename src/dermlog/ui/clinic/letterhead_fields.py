"""The letterhead of the clinic and the weeks of its follow-up plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from dermlog.domain.clinic import Clinic
from dermlog.domain.validity import InvalidRecord
from dermlog.errors import DermlogError
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Logbook


class LetterheadFields(QWidget):
    """LetterheadFields(logbook): show_clinic() fills it, save() keeps it."""

    def __init__(self, logbook: Logbook) -> None:
        super().__init__()
        self._logbook = logbook
        self._edited = False
        self.name = TextField(_("Name of the clinic"))
        self.address = TextField(_("Address"))
        self.phone = TextField(_("Phone"))
        self.doctor = TextField(_("Doctor"), placeholder=_("e.g. Dr H. Sato, dermatologist"))
        self.weeks = TextField(
            _("Follow-ups, weeks after a session"), placeholder="2, 4, 8, 12, 16", hint=_("weeks")
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.addWidget(self.name, 0, 0, 1, 2)
        grid.addWidget(self.doctor, 1, 0, 1, 2)
        grid.addWidget(self.address, 2, 0, 1, 2)
        grid.addWidget(self.phone, 3, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.weeks, 3, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for field in self._fields().values():
            field.edited.connect(self._on_edited)

    def is_edited(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._edited

    def show_clinic(self) -> None:
        """Show what the file says, and forget what was typed."""
        for field in self._fields().values():
            field.set_error(None)
        clinic = self._logbook.clinic.get()
        self.name.set_text(clinic.name)
        self.address.set_text(clinic.address)
        self.phone.set_text(clinic.phone)
        self.doctor.set_text(clinic.doctor)
        self.weeks.set_text(", ".join(str(week) for week in clinic.follow_up_weeks))
        self._edited = False

    def save(self) -> str | None:
        """Save; None when done, "" when fields were marked, else the sentence of a failure."""
        for field in self._fields().values():
            field.set_error(None)
        try:
            self._logbook.clinic.save(self._read())
        except InvalidRecord as error:
            for problem in error.problems:
                field = self._fields()[problem.field]
                sentence = (
                    _("Type the weeks as numbers from 1 to 104 in rising order, like 2, 4, 8, 12, 16.")
                    if field is self.weeks
                    else problem_sentence(problem, field.label())
                )
                field.set_error(sentence)
            self._fields()[error.problems[0].field].focus()
            return ""
        except DermlogError as error:
            return error.sentence
        self._edited = False
        return None

    def _fields(self) -> dict[str, TextField]:
        return {
            "name": self.name,
            "address": self.address,
            "phone": self.phone,
            "doctor": self.doctor,
            "follow_up_weeks": self.weeks,
        }

    def _read(self) -> Clinic:
        typed = self.weeks.text().replace(";", " ").replace(",", " ").split()
        # Python refuses to read a number of thousands of digits, and no week has more than three.
        weeks = tuple(int(week) if week.isdecimal() and len(week) <= 3 else 0 for week in typed)
        return replace(
            self._logbook.clinic.get(),
            name=self.name.text().strip(),
            address=self.address.text().strip(),
            phone=self.phone.text().strip(),
            doctor=self.doctor.text().strip(),
            follow_up_weeks=weeks,
        )

    def _on_edited(self, _text: str) -> None:
        self._edited = True
