"""TemplateListDialog: the templates of the clinic - rename, overwrite with what is charted, delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QWidget

from dermlog.domain.session_template import SessionTemplate
from dermlog.domain.validity import InvalidRecord
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.kit.theme import px
from dermlog.wording import _

Words = Callable[[SessionTemplate], str]


class TemplateListDialog(Dialog):
    """TemplateListDialog(parent, logbook, words, charted): words tells what a template holds.

    charted is what stands on the screen, None while it is no template.
    """

    def __init__(
        self, parent: QWidget | None, logbook: Logbook, words: Words, charted: SessionTemplate | None
    ) -> None:
        super().__init__(parent, _("Templates"), width=560)
        self._logbook = logbook
        self._charted = charted
        self.table: RecordTable[SessionTemplate] = RecordTable(
            [Column(_("Template"), lambda row: Cell(row.name, detail=words(row)), stretch=1)],
            name=_("Templates"),
            row_height=48,
            header=False,
            empty=_("No template yet"),
        )
        self.table.setMinimumHeight(px(220))
        self.name = TextField(_("Name"))
        self.rename = Button(_("Rename"))
        self.overwrite = Button(_("Overwrite with these points"))
        self.delete = Button(_("Delete…"), Kind.DANGER)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.rename, self.overwrite, self.delete):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.name)
        self.body.addLayout(buttons)
        self.close_button = self.add_cancel(_("Close"))
        self.table.current_changed.connect(lambda _row: self._show_current())
        self.name.edited.connect(self._on_edited)
        self.rename.clicked.connect(self._on_rename)
        self.name.edit.returnPressed.connect(self._on_rename)
        self.overwrite.clicked.connect(self._on_overwrite)
        self.delete.clicked.connect(self._on_delete)
        self._show(None)

    def holds_unsaved(self) -> bool:
        """Whether a name was changed and not saved."""
        chosen = self.table.current()
        return chosen is not None and self.name.text().strip() != chosen.name

    def _show(self, chosen: UUID | None) -> None:
        """The list as it is now, with one of it chosen."""
        templates = self._logbook.templates.all()
        self.table.set_rows(templates)
        place = next((index for index, one in enumerate(templates) if one.id == chosen), 0)
        self.table.select_row(place if templates else -1)
        self._show_current()

    def _show_current(self) -> None:
        chosen = self.table.current()
        self.name.set_text(chosen.name if chosen else "")
        self.name.set_error(None)
        for part in (self.name, self.rename, self.delete):
            part.setEnabled(chosen is not None)
        self.overwrite.setEnabled(chosen is not None and self._charted is not None)
        self.overwrite.setToolTip("" if self._charted else _("Chart points and choose a product first."))

    def _on_edited(self) -> None:
        self.name.set_error(None)

    def _on_rename(self) -> None:
        chosen = self.table.current()
        if chosen is not None and self.holds_unsaved():
            self._save(chosen, name=" ".join(self.name.text().split()))

    def _on_overwrite(self) -> None:
        chosen, charted = self.table.current(), self._charted
        if chosen is None or charted is None:
            return
        self.notice.tell(
            _("Put the points on the map in place of those of “{name}”?").format(name=chosen.name), "caution"
        )
        self.notice.add_button(
            _("Overwrite"), lambda: self._save(replace(charted, id=chosen.id), name=chosen.name), Kind.DANGER
        )
        self.notice.add_button(_("Keep it"), self.notice.hush)

    def _on_delete(self) -> None:
        chosen = self.table.current()
        if chosen is None:
            return
        self.notice.tell(
            _("Delete “{name}”? Treatments that began from it are not touched.").format(name=chosen.name),
            "caution",
        )
        self.notice.add_button(_("Delete"), lambda: self._remove(chosen), Kind.DANGER)
        self.notice.add_button(_("Keep it"), self.notice.hush)

    def _save(self, template: SessionTemplate, *, name: str) -> None:
        try:
            self._logbook.templates.save(replace(template, name=name))
        except InvalidRecord as invalid:
            self.name.set_error(problem_sentence(invalid.problems[0], _("Name")))
            return
        except DermlogError as error:
            self.name.set_error(error.sentence)
            return
        self.notice.hush()
        self._show(template.id)

    def _remove(self, template: SessionTemplate) -> None:
        try:
            self._logbook.templates.remove(template.id)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self.notice.hush()
        self._show(None)
