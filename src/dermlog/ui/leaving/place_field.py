"""Where an export goes: a folder that somebody chooses, and a name in it that nobody has."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from dermlog.ui.kit.button import Button
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _


class PlaceField(QWidget):
    """PlaceField(): folder, first the documents; free_path(name, ending) is a path to a new file in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = TextField(_("Folder"), text=str(usual_folder()))
        self.field.set_read_only(True)
        self.button = Button(_("Choose…"), name=_("Choose the folder"))
        self.button.clicked.connect(self._on_choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.field, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)

    @property
    def folder(self) -> Path:
        """The folder chosen."""
        return Path(self.field.text())

    def set_folder(self, folder: Path) -> None:
        """Choose another folder."""
        self.field.set_text(str(folder))

    def free_path(self, name: str, ending: str) -> Path:
        """A path in the folder that nobody has: name.zip, name 2.zip."""
        number = 1
        while True:
            path = self.folder / (f"{name}{ending}" if number == 1 else f"{name} {number}{ending}")
            if not path.exists():
                return path
            number += 1

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Choose the folder"), str(self.folder))
        if chosen:
            self.set_folder(Path(chosen))


def usual_folder() -> Path:
    """The documents of the person at this PC where there is such a folder, else their home."""
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return documents if documents.is_dir() else Path.home()
