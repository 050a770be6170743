"""ConsentDialog: records the consent to off-label treatment right where it is found missing."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from dermlog.domain.consent import Consent, ConsentKind, Signer
from dermlog.domain.validity import InvalidRecord
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.naming import name_of
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.date_field import DateField
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _


class ConsentDialog(Dialog):
    """ConsentDialog(parent, logbook, patient_id, day): saves a consent given on that day or before."""

    def __init__(self, parent: QWidget | None, logbook: Logbook, patient_id: UUID, day: date) -> None:
        super().__init__(
            parent,
            _("Record consent"),
            line=_("No product is labelled for oily skin or acne: the patient agrees to off-label use."),
        )
        self._logbook = logbook
        self._patient_id = patient_id
        self._day = day
        self.given = DateField(_("Given on"), day=day, today=logbook.today())
        self.signer = Combo(
            _("Signed by"), [Option(one, name_of(one)) for one in Signer], value=Signer.PATIENT
        )
        self.form = TextField(_("Form"), placeholder="2026-1")
        for field in (self.given, self.signer, self.form):
            self.body.addWidget(field)
        self.add_cancel()
        self.save = self.add_accept(_("Record consent"))
        self.save.clicked.connect(self._on_save)

    def holds_unsaved(self) -> bool:
        """Whether something was typed."""
        return bool(self.form.text().strip())

    def _on_save(self) -> None:
        given, signer = self.given.date(), self.signer.value()
        if given is None:
            self.given.set_error(_("Given on is not a date. Type it like 20 Mar 2026."))
            return
        if given > self._day:
            self.given.set_error(_("The consent must be given by the day of the treatment."))
            return
        try:
            consent = Consent(
                self._patient_id,
                ConsentKind.OFF_LABEL_TREATMENT,
                given,
                signer if isinstance(signer, Signer) else Signer.PATIENT,
                self.form.text().strip(),
            )
            self._logbook.consents.save(consent)
        except InvalidRecord as invalid:
            self.form.set_error(problem_sentence(invalid.problems[0], self.form.label()))
            return
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self.form.set_text("")
        self.accept()
