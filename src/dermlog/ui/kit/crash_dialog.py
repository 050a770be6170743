"""What is shown after an unexpected error: that drafts are kept, and where the log is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from dermlog.ui.kit.button import Kind
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.wording import _


class CrashDialog(Dialog):
    """Says that something went wrong, that drafts are kept, and where the log is."""

    def __init__(self, parent: QWidget | None, where: str, log_file: Path | None) -> None:
        super().__init__(
            parent,
            _("Something went wrong inside dermlog"),
            line=_("Your saved entries are safe and drafts are kept. You can go on working."),
        )
        self.body.addWidget(Label(_("It happened in {place}.").format(place=where), role="muted", wrap=True))
        if log_file is not None:
            told = _("If it happens again, send this file to your support: {file}").format(file=log_file)
            self.body.addWidget(Label(told, role="muted", wrap=True))
        self.add_accept(_("Go on"), Kind.PRIMARY).clicked.connect(self.accept)
