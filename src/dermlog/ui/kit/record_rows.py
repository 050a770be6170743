"""What a record table shows: columns, cells and the model that holds the rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from dermlog.ui.kit.theme import Tone

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
HORIZONTAL = Qt.Orientation.Horizontal
NO_PARENT = QModelIndex()


@dataclass(frozen=True)
class Cell:
    """What one cell shows: text, a smaller second line, weight, or a badge or a button instead."""

    text: str
    detail: str = ""
    strong: bool = False
    muted: bool = False
    badge: Tone | None = None
    button: bool = False
    danger: bool = False


@dataclass(frozen=True)
class Column(Generic[R]):
    """Column("Patient", lambda row: Cell(row.name, strong=True), stretch=2).

    width is in design pixels and holds when stretch is 0; end=True aligns figures to the end.
    """

    title: str
    cell: Callable[[R], Cell | str]
    stretch: int = 0
    width: int = 120
    end: bool = False


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows already at hand, or any sequence that fetches its pages when asked."""

    def __init__(self, columns: Sequence[Column[R]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: Sequence[R] = ()

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, row: int, column: int) -> Cell:
        """What a cell shows."""
        made = self.columns[column].cell(self.rows[row])
        return made if isinstance(made, Cell) else Cell(made)

    def data(self, index: Index, role: int = DISPLAY) -> object:
        """Words only; the delegate paints from cell()."""
        if role not in (DISPLAY, SPOKEN) or not index.isValid():
            return None
        shown = self.cell(index.row(), index.column())
        return f"{shown.text}, {shown.detail}" if shown.detail else shown.text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        """Titles of the columns."""
        if orientation != HORIZONTAL:
            return None
        if role == DISPLAY:
            return self.columns[section].title
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            side = (
                Qt.AlignmentFlag.AlignTrailing if self.columns[section].end else Qt.AlignmentFlag.AlignLeading
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None
