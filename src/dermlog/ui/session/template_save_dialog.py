"""TemplateSaveDialog: a name for the points, product and dilution on the screen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from dermlog.domain.session_template import NAME_LIMIT, SessionTemplate
from dermlog.domain.validity import InvalidRecord
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.button import Kind
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _


class TemplateSaveDialog(Dialog):
    """TemplateSaveDialog(parent, logbook, template, words): saves under the name that is typed.

    A name that exists asks once whether to overwrite that template.
    """

    def __init__(
        self, parent: QWidget | None, logbook: Logbook, template: SessionTemplate, words: str
    ) -> None:
        super().__init__(parent, _("Save as a template"), line=words)
        self._logbook = logbook
        self._template = template
        self.name = TextField(_("Name"))
        self.name.edit.setMaxLength(2 * NAME_LIMIT)
        self.name.edited.connect(self._on_edited)
        self.body.addWidget(self.name)
        self.add_cancel()
        self.save = self.add_accept(_("Save template"))
        self.save.clicked.connect(self._on_save)
        self.name.focus()

    def holds_unsaved(self) -> bool:
        """Whether a name was typed."""
        return bool(self.name.text().strip())

    def accept(self) -> None:
        """Only once it is saved."""
        self.name.set_text("")
        super().accept()

    def _on_edited(self) -> None:
        self.name.set_error(None)
        self.notice.hush()

    def _on_save(self) -> None:
        name = " ".join(self.name.text().split())
        try:
            template = replace(self._template, name=name)
        except InvalidRecord as invalid:
            self.name.set_error(problem_sentence(invalid.problems[0], _("Name")))
            self.name.focus()
            return
        taken = self._logbook.templates.named(name)
        if taken is None:
            self._write(template)
            return
        self.notice.tell(
            _("There is a template “{name}”. Overwrite it, or type another name.").format(name=taken.name),
            "caution",
        )
        self.notice.add_button(
            _("Overwrite"), lambda: self._write(replace(template, id=taken.id)), Kind.DANGER
        )

    def _write(self, template: SessionTemplate) -> None:
        try:
            self._logbook.templates.save(template)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self.accept()
