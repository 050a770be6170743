"""Starting a new clinic: its name, the first two people who write, and where the file is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.clinic import Clinic
from dermlog.domain.staff import Role, Staff
from dermlog.domain.validity import InvalidRecord
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _


class NewClinicDialog(Dialog):
    """NewClinicDialog(parent): logbook is the new one, None when the person left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Start a new clinic"), width=520)
        self.logbook: Logbook | None = None
        self.clinic_name = TextField(_("Name of the clinic"), placeholder=_("Harbour Skin Clinic"))
        self.doctor = TextField(_("Doctor who injects and signs"), placeholder=_("Dr Sato"))
        self.nurse = TextField(_("Nurse or assistant (may be left empty)"), placeholder=_("Nurse Okafor"))
        self.place = TextField(
            _("Where the file is kept"), text=str(Path.home() / "Documents" / "Clinic.dermlog")
        )
        for field in (self.clinic_name, self.doctor, self.nurse):
            self.body.addWidget(field)
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
        self.body.addLayout(row)
        self.add_cancel()
        self.add_accept(_("Start")).clicked.connect(self._on_start)

    def holds_unsaved(self) -> bool:
        """Whether something was typed."""
        return any(field.text().strip() for field in (self.clinic_name, self.doctor, self.nurse))

    def _on_browse(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Where the file is kept"), self.place.text(), _("Logbooks (*.dermlog)")
        )
        if chosen:
            self.place.set_text(str(Path(chosen).with_suffix(".dermlog")))

    def _on_start(self) -> None:
        staff, clinic = self._read()
        if staff is None or clinic is None:
            return
        text = self.place.text().strip()
        if not text:
            self.place.set_error(_("Choose where the file is kept."))
            return
        path = Path(text).expanduser()
        if path.suffix != ".dermlog":
            path = path.with_name(path.name + ".dermlog")
        try:
            self.logbook = Logbook.create(path, clinic, staff)
        except DermlogError as error:
            self.place.set_error(error.sentence)
            self.place.focus()
            return
        self.accept()

    def _read(self) -> tuple[tuple[Staff, ...] | None, Clinic | None]:
        people: list[Staff] = []
        clinic: Clinic | None = None
        wrong: TextField | None = None
        for field, label in (
            (self.clinic_name, _("The name of the clinic")),
            (self.doctor, _("The name of the doctor")),
            (self.nurse, _("The name of the nurse")),
        ):
            field.set_error(None)
            text = field.text().strip()
            try:
                if field is self.clinic_name:
                    clinic = Clinic(name=text, doctor=self.doctor.text().strip())
                elif text or field is self.doctor:
                    people.append(Staff(text, Role.OWNER if field is self.doctor else Role.ASSISTANT))
            except InvalidRecord as error:
                field.set_error(problem_sentence(error.problems[0], label))
                wrong = wrong or field
        if wrong is not None:
            wrong.focus()
            return None, None
        return tuple(people), clinic
