"""The recovery sheet at hand: print it or save it, then prove it by typing two of its groups."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.recovery import GROUPS, RecoveryCode
from dermlog.errors import DermlogError
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.code_groups import CodeGroups
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.notice import Notice
from dermlog.ui.sign_in import sheet_printing
from dermlog.ui.sign_in.code_words import group_complaint
from dermlog.wording import _


def two_groups() -> tuple[int, int]:
    """The numbers of two groups, by chance, in order."""
    first, second = sorted(secrets.SystemRandom().sample(range(1, GROUPS + 1), 2))
    return first, second


class SheetFields(QWidget):
    """SheetFields(code, make): make() is the sheet as a PDF. proven() once both groups were typed rightly.

    is_proven() stays False until the sheet was printed or saved: nothing is typed from the screen.
    """

    proven = Signal()

    def __init__(self, code: RecoveryCode, make: Callable[[], bytes], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = code
        self._make = make
        self._handed_out = False
        self.asked = two_groups()
        self.print_button = Button(_("Print…"), Kind.PRIMARY, name=_("Print the recovery sheet"))
        self.save_button = Button(_("Save as PDF…"), name=_("Save the recovery sheet as a PDF"))
        self.print_button.clicked.connect(self._on_print)
        self.save_button.clicked.connect(self._on_save)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.print_button)
        buttons.addWidget(self.save_button)
        buttons.addStretch(1)
        self.notice = Notice()
        self._question = Label(
            _("Then type groups {first} and {second} from the sheet:").format(
                first=self.asked[0], second=self.asked[1]
            ),
            role="strong",
        )
        self.groups = CodeGroups(self.asked, self._complaint)
        self.groups.changed.connect(self._on_typed)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(
            Label(
                _(
                    "When every password is forgotten, this sheet alone opens the logbook and its backups. "
                    "Whoever has it can read everything: keep it in the safe, and keep no copy on this PC."
                ),
                wrap=True,
            )
        )
        outer.addLayout(buttons)
        outer.addWidget(self.notice)
        outer.addWidget(self._question)
        outer.addWidget(self.groups)
        self._set_handed_out(False)

    def is_proven(self) -> bool:
        """Whether the sheet is out of the computer and two of its groups were typed rightly."""
        return self._handed_out and self.groups.is_complete()

    def save_to(self, path: Path) -> None:
        """Write the sheet into a file."""
        try:
            sheet_printing.save_sheet(self._make(), path)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self.notice.tell(
            _("Saved as “{name}”. Print it, put it into the safe, and delete the file.").format(
                name=path.name
            ),
            "info",
        )
        self._set_handed_out(True)

    def _complaint(self, number: int, text: str) -> str:
        return group_complaint(number, text, self._code.groups[number - 1])

    def _on_typed(self) -> None:
        if self.is_proven():
            self.proven.emit()

    def _set_handed_out(self, done: bool) -> None:
        self._handed_out = done
        self.groups.setEnabled(done)
        self._question.setEnabled(done)
        if done:
            self.groups.boxes[0].setFocus()

    def _on_save(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            _("Save the recovery sheet as a PDF"),
            str(Path.home() / _("dermlog recovery sheet.pdf")),
            _("PDF files (*.pdf)"),
        )
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf"))

    def _on_print(self) -> None:
        if not sheet_printing.has_printer():
            self.notice.tell(
                _("This computer knows no printer. Save the sheet on a stick and print it elsewhere."),
                "caution",
            )
            return
        printer = sheet_printing.ask_printer(self)
        if printer is None:
            return
        try:
            done = sheet_printing.print_pages(self._make(), printer)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        if not done:
            self.notice.tell(
                _("The printer did not start. Check that it is on and connected, then print again."), "danger"
            )
            return
        self.notice.tell(_("Sent to the printer. Put the sheet into the safe."), "info")
        self._set_handed_out(True)
