"""ExportDialog: take the records of one patient, or of everybody, out of dermlog in open formats."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from dermlog.domain.file_name import safe_name
from dermlog.domain.leaving import Exported, PhotoChoice
from dermlog.domain.permission import Action
from dermlog.leaving_sentences import contents_text, left_out_sentences, photo_choice_sentence
from dermlog.logbook import Logbook
from dermlog.ui.kit.button import Kind
from dermlog.ui.kit.check_list import CheckList
from dermlog.ui.kit.dialog import Dialog, say
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.leaving.place_field import PlaceField
from dermlog.ui.leaving.work_meter import Cancelled, Progress, WorkMeter
from dermlog.wording import _, ngettext

REPORTS, PLAIN_FILE, RESTRICTED = "reports", "plain_file", "restricted"


class ExportDialog(Dialog):
    """ExportDialog(logbook, patient id or None, parent): exported is what was written, None when nothing."""

    def __init__(self, logbook: Logbook, patient_id: UUID | None, parent: QWidget | None = None) -> None:
        whole = patient_id is None
        title = _("Export everything") if whole else _("Export this patient")
        super().__init__(parent, title, width=600)
        self._logbook = logbook
        self._patient_id = patient_id
        self.exported: Exported | None = None
        self._name = self._proposed_name()
        self.line.setText(self._line())
        self.line.show()
        self.form = SegmentedControl(
            [Option("zip", _("One ZIP file")), Option("folder", _("A folder"))],
            name=_("Written as"),
            allow_unset=False,
            value="zip",
        )
        self.photos = SegmentedControl(
            self._photo_options(), name=_("Photos"), allow_unset=False, value=self._first_photos()
        )
        self.photo_line = Label(role="small", wrap=True)
        self.parts = CheckList(self._part_options(), name=_("Also"))
        self.parts.set_values((REPORTS, PLAIN_FILE) if whole else (REPORTS,))
        self.place = PlaceField()
        self.meter = WorkMeter()
        self._caution = Label(
            _("The files are not locked: whoever has them can read them. Keep them where nobody else looks."),
            role="small",
            tone="caution",
            wrap=True,
        )
        self._lay_out()
        self.help_button = self.add_button(_("What is in it?"), Kind.QUIET)
        self.help_button.clicked.connect(self._on_help)
        self.cancel_button = self.add_cancel()
        self.show_button = self.add_button(_("Show folder"))
        self.show_button.hide()
        self.show_button.clicked.connect(self._on_show)
        self.export_button = self.add_accept(_("Export"))
        self.export_button.clicked.connect(self._on_export)
        self.photos.value_changed.connect(lambda _value: self._show_photo_line())
        self._show_photo_line()
        self._allow()

    def reject(self) -> None:
        """Stop what is under way and stay; leave when nothing is."""
        if self.meter.is_busy:
            self.meter.stop()
            self._set_busy(False)
            self.notice.tell(_("Stopped. Nothing was kept of it."), "info")
            return
        super().reject()

    def _lay_out(self) -> None:
        self.inputs = (self.form, self.photos, self.parts, self.place)
        self._labels = (Label(_("Written as"), role="label"), Label(_("Photos"), role="label"))
        for label, widget in zip(self._labels, (self.form, self.photos), strict=True):
            self.body.addWidget(label)
            self.body.addWidget(widget)
        self.body.addWidget(self.photo_line)
        self.body.addWidget(self.parts)
        self.body.addWidget(self.place)
        self.body.addWidget(self._caution)
        self.body.addWidget(self.meter)

    def _line(self) -> str:
        if self._patient_id is None:
            return _(
                "{clinic}: every record, every photo and the whole history, in formats any program reads."
            ).format(clinic=self._logbook.clinic.get().name or self._logbook.path.name)
        patient = self._logbook.patients.get(self._patient_id)
        return _("{family}, {given} · {number}").format(
            family=patient.family_name, given=patient.given_name or "–", number=patient.chart_number
        )

    def _proposed_name(self) -> str:
        """No name of a person: it would stand in lists of files and subjects of mails."""
        day = self._logbook.today().isoformat()
        if self._patient_id is None:
            return _("dermlog everything {day}").format(day=day)
        number = safe_name(self._logbook.patients.get(self._patient_id).chart_number)
        if not number:
            return _("dermlog patient {day}").format(day=day)
        return _("dermlog {number} {day}").format(number=number, day=day)

    def _photo_options(self) -> list[Option]:
        choices = [Option(PhotoChoice.CLEANED, _("Cleaned copies")), Option(PhotoChoice.NONE, _("None"))]
        if self._patient_id is None:
            choices.insert(0, Option(PhotoChoice.AS_THEY_CAME, _("As they came")))
        return choices

    def _first_photos(self) -> PhotoChoice:
        return PhotoChoice.AS_THEY_CAME if self._patient_id is None else PhotoChoice.CLEANED

    def _part_options(self) -> list[Option]:
        options = [Option(REPORTS, _("The printed progress report as PDF"))]
        if self._patient_id is not None:
            return options
        options = [
            Option(REPORTS, _("The printed progress report of each patient as PDF")),
            Option(PLAIN_FILE, _("All tables as one SQLite file too")),
        ]
        if self._logbook.erasing.restricted():
            options.append(
                Option(
                    RESTRICTED,
                    _("Restricted patients too"),
                    _("Only when the whole logbook moves. Without them the history stays behind too."),
                )
            )
        return options

    def _allow(self) -> None:
        action = Action.EXPORT_EVERYTHING if self._patient_id is None else Action.EXPORT_PATIENT
        if not self._logbook.may(action):
            self.export_button.setEnabled(False)
            words = (
                _("Only owners may export everything.")
                if self._patient_id is None
                else _("Only owners and clinicians may export a patient.")
            )
            self.notice.tell(words, "caution")

    def _show_photo_line(self) -> None:
        choice = self.photos.value()
        self.photo_line.setText(photo_choice_sentence(choice) if isinstance(choice, PhotoChoice) else "")

    def _on_export(self) -> None:
        if self.exported is not None:
            self.accept()
            return
        self.export_to(self.place.free_path(self._name, ".zip" if self.form.value() == "zip" else ""))

    def export_to(self, target: Path) -> None:
        """Write the export to a new file or folder."""
        self.notice.hush()
        self._set_busy(True)
        as_zip = self.form.value() == "zip"
        photos, parts = self.photos.value(), set(self.parts.values())
        choice = photos if isinstance(photos, PhotoChoice) else PhotoChoice.CLEANED
        leaving, patient_id = self._logbook.leaving, self._patient_id

        def work(progress: Progress, cancelled: Cancelled) -> Exported:
            if patient_id is not None:
                return leaving.export_patient(
                    patient_id,
                    target,
                    as_zip=as_zip,
                    photos=choice,
                    reports=REPORTS in parts,
                    progress=progress,
                    cancelled=cancelled,
                )
            return leaving.export_everything(
                target,
                as_zip=as_zip,
                photos=choice,
                reports=REPORTS in parts,
                plain_file=PLAIN_FILE in parts,
                with_restricted=RESTRICTED in parts,
                progress=progress,
                cancelled=cancelled,
            )

        self.meter.run(_("Exporting…"), work, self._on_done, self._on_failed)

    def _on_done(self, exported: Exported) -> None:
        self.exported = exported
        self._set_busy(False)
        for widget in (*self.inputs, *self._labels, self.photo_line):
            widget.hide()
        sentences = [
            _("Written and read back: {patients}, {photos}. It is “{name}” in {folder}.").format(
                patients=ngettext("{n} patient", "{n} patients", exported.patients).format(
                    n=exported.patients
                ),
                photos=ngettext("{n} photo", "{n} photos", exported.photos).format(n=exported.photos),
                name=exported.path.name,
                folder=exported.path.parent,
            ),
            *left_out_sentences(exported),
        ]
        self.notice.tell("\n".join(sentences), "info")
        self.cancel_button.hide()
        self.show_button.show()
        self.export_button.set_label(_("Close"))
        self.fit()
        self.export_button.setFocus()

    def _on_failed(self, sentence: str) -> None:
        self._set_busy(False)
        self.notice.tell(sentence, "danger")

    def _set_busy(self, busy: bool) -> None:
        for widget in self.inputs:
            widget.setEnabled(not busy)
        self.export_button.setEnabled(not busy)
        self.cancel_button.set_label(_("Stop") if busy else _("Cancel"))

    def _on_help(self) -> None:
        whole = self._patient_id is None
        say(self, _("What is in an export"), contents_text(whole=whole))

    def _on_show(self) -> None:
        """Only ever a folder that was just written to."""
        if self.exported is not None:
            path = self.exported.path
            shown = path if path.is_dir() else path.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(shown)))
