"""Tables on paper: columns, rows with thin lines, the headings again on each page, long cells over pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dermlog.report.paper import INK, LEFT, LINE, MUTED, SMALL, WIDTH, Paper
from dermlog.report.typesetting import TextBlock

PAD_X, PAD_Y = 4.5, 3.6
SIZE, LEADING = 8.6, 11.4


@dataclass(frozen=True)
class Column:
    """A column of so many points; width 0 takes its share of what is left. end: figures, set to the right."""

    title: str
    width: float = 0
    end: bool = False


@dataclass(frozen=True)
class Cell:
    """A text, and a smaller one under it."""

    text: str
    detail: str = ""
    bold: bool = False
    color: str = INK


@dataclass(frozen=True)
class Row:
    """The cells of a row, and a remark that runs below all of them."""

    cells: tuple[Cell, ...]
    remark: str = ""


def draw_table(
    paper: Paper, columns: Sequence[Column], rows: Sequence[Row], *, x: float = LEFT, width: float = WIDTH
) -> None:
    """Write a table from paper.y on, on as many pages as it needs."""
    _Table(paper, columns, x, width).draw(rows)


class _Table:
    def __init__(self, paper: Paper, columns: Sequence[Column], x: float, width: float) -> None:
        self._paper, self._columns, self._x, self._width = paper, columns, x, width
        fixed = sum(column.width for column in columns)
        open_columns = sum(not column.width for column in columns)
        share = (width - fixed) / open_columns if open_columns else 0
        self._widths = [column.width or share for column in columns]
        self._titles = [
            paper.set(
                column.title,
                size=SMALL,
                bold=True,
                color=MUTED,
                width=wide - 2 * PAD_X,
                leading=10,
                align="right" if column.end else "start",
            )
            for column, wide in zip(columns, self._widths, strict=True)
        ]
        self._title_height = max(block.height for block in self._titles) + 2 * PAD_Y - 1

    def draw(self, rows: Sequence[Row]) -> None:
        paper = self._paper
        for place, row in enumerate(rows):
            parts = self._parts(row)
            height = _height(parts)
            fits_a_page = height + self._title_height <= paper.page_room()
            enough = height if fits_a_page else 4 * LEADING
            if place == 0:
                paper.need(self._title_height + enough)
                self._draw_titles()
            elif enough > paper.room():
                paper.turn()
                self._draw_titles()
            self._draw_row(parts)

    def _parts(self, row: Row) -> list[list[tuple[TextBlock, float, float]]]:
        """What stands beside each other, and below that the remark; each block with its x and indent down."""
        paper = self._paper
        beside: list[tuple[TextBlock, float, float]] = []
        x = self._x
        for column, cell, wide in zip(self._columns, row.cells, self._widths, strict=True):
            align = "right" if column.end else "start"
            block = paper.set(
                cell.text,
                size=SIZE,
                bold=cell.bold,
                color=cell.color,
                width=wide - 2 * PAD_X,
                leading=LEADING,
                align="right" if align == "right" else "start",
            )
            beside.append((block, x + PAD_X, 0))
            if cell.detail:
                detail = paper.set(
                    cell.detail, size=SMALL - 1, color=MUTED, width=wide - 2 * PAD_X, leading=8.8
                )
                beside.append((detail, x + PAD_X, block.height))
            x += wide
        if not row.remark:
            return [beside]
        indent = 2 * PAD_X
        remark = paper.set(
            row.remark, size=SMALL, color=MUTED, width=self._width - indent - PAD_X, leading=10.8
        )
        return [beside, [(remark, self._x + indent, 0)]]

    def _draw_titles(self) -> None:
        paper = self._paper
        x = self._x
        for block, wide in zip(self._titles, self._widths, strict=True):
            paper.put(block, x + PAD_X, paper.y + PAD_Y)
            x += wide
        paper.y += self._title_height
        self._line()

    def _draw_row(self, parts: list[list[tuple[TextBlock, float, float]]]) -> None:
        paper = self._paper
        paper.y += PAD_Y
        for beside in parts:
            height = max(block.height + down for block, _x, down in beside)
            if height <= paper.room():
                for block, x, down in beside:
                    paper.put(block, x, paper.y + down)
                paper.y += height
            else:
                self._draw_over_pages(beside)
        paper.y += PAD_Y
        self._line()

    def _draw_over_pages(self, beside: list[tuple[TextBlock, float, float]]) -> None:
        """A row higher than its page: what fits now, the rest under the headings of the next page."""
        paper = self._paper
        rest = beside
        while rest:
            later: list[tuple[TextBlock, float, float]] = []
            used = 0.0
            for block, x, down in rest:
                here, more = block.split(paper.room() - down)
                if here.lines:
                    paper.put(here, x, paper.y + down)
                    used = max(used, down + here.height)
                if more is not None:
                    later.append((more, x, 0))
            if not used and paper.room() >= paper.page_room() - self._title_height - 1:
                break  # a single line higher than a page cannot be helped
            paper.y += used
            rest = later
            if rest:
                paper.turn()
                self._draw_titles()
                paper.y += PAD_Y

    def _line(self) -> None:
        self._paper.pen.rect(self._x, self._paper.y, self._width, 0.6, fill=LINE)


def _height(parts: list[list[tuple[TextBlock, float, float]]]) -> float:
    return 2 * PAD_Y + sum(max(block.height + down for block, _x, down in beside) for beside in parts)
