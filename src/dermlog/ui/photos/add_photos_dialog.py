"""AddPhotosDialog: add photos to a visit that is recorded already."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget

from dermlog.domain.course import CourseEntry
from dermlog.logbook import Logbook
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.option import Option
from dermlog.ui.visit_fields.photo_strip import PhotoStrip
from dermlog.wording import _, date_text


class AddPhotosDialog(Dialog):
    """AddPhotosDialog(logbook, patient, course entries, parent).exec(); what is added is kept at once."""

    def __init__(
        self,
        logbook: Logbook,
        patient_id: UUID,
        entries: Sequence[CourseEntry],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, _("Add photos"), line=_("Photos belong to a visit."), width=640)
        self._patient_id = patient_id
        options = [Option(entry.visit.id, _entry_words(entry)) for entry in reversed(entries)]
        self.visit = Combo(_("Visit"), options, value=options[0].value)
        self.strip = PhotoStrip(logbook)
        self.body.addWidget(self.visit)
        self.body.addWidget(self.strip, 1)
        self.add_accept(_("Close")).clicked.connect(self.accept)
        self.visit.value_changed.connect(lambda _value: self._show_visit())
        self._show_visit()

    def done(self, result: int) -> None:
        """Carry out what could still be undone."""
        self.strip.settle()
        super().done(result)

    def _show_visit(self) -> None:
        visit_id = self.visit.value()
        if isinstance(visit_id, UUID):
            self.strip.show_visit(self._patient_id, visit_id)


def _entry_words(entry: CourseEntry) -> str:
    day = date_text(entry.visit.on)
    if entry.session is not None:
        return _("{date} · treatment {number}").format(date=day, number=entry.number)
    if entry.week is not None:
        return _("{date} · week {week}").format(date=day, week=entry.week)
    return day
