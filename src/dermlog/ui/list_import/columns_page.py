"""The columns of a list: how the file is read, what each column means, and how the first lines come out."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dermlog.domain.patient_list import DateOrder, ListField, ListLine, ListMapping, ListReading, ListTable
from dermlog.list_sentences import field_word, line_sentence
from dermlog.naming import name_of
from dermlog.ui.kit.check_list import CheckList
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.elided_label import ElidedLabel
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.theme import px
from dermlog.wording import _, date_text, isolated

LEFT_OUT = "left_out"
HEADER, NUMBER_ON = "header", "number_on"
SHOWN_COLUMNS = 60
EXAMPLES = 3
PREVIEWED, PREVIEW_ROW = 4, 26


@dataclass(frozen=True)
class PreviewRow:
    """A line of the list as it would be read."""

    line: int
    cells: tuple[str, ...]


class ColumnsPage(QWidget):
    """ColumnsPage(): show_table(table, mapping), mapping(), show_reading(reading).

    reading_changed: encoding or separator was chosen; mapping_changed: anything else.
    """

    reading_changed = Signal()
    mapping_changed = Signal()

    def __init__(self, encodings: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: ListTable | None = None
        self._rows: list[Combo] = []
        self.encoding = Combo(_("Encoding"), [Option(name, encoding_word(name)) for name in encodings])
        self.separator = Combo(
            _("Separator"),
            [
                Option(",", _("Comma")),
                Option(";", _("Semicolon")),
                Option("\t", _("Tab")),
                Option("|", _("Bar |")),
            ],
        )
        self.date_order = Combo(
            _("Dates like 03.04.1990"),
            [
                Option(DateOrder.DAY_FIRST, _("day first: 3 Apr 1990")),
                Option(DateOrder.MONTH_FIRST, _("month first: 4 Mar 1990")),
            ],
        )
        self.choices = CheckList(
            [
                Option(HEADER, _("The first line holds the names of the columns")),
                Option(NUMBER_ON, _("Give patients without a chart number the next free one")),
            ],
            name=_("How to read the list"),
        )
        self.preview: RecordTable[PreviewRow] = RecordTable(
            _preview_columns(), name=_("How the first lines are read"), row_height=PREVIEW_ROW
        )
        self.preview.setFixedHeight(px(PREVIEW_ROW * PREVIEWED + 42))
        self._wrong = ElidedLabel("", role="small", tone="caution")
        self._lay_out()
        for combo in (self.encoding, self.separator):
            combo.value_changed.connect(lambda _value: self.reading_changed.emit())
        self.date_order.value_changed.connect(lambda _value: self.mapping_changed.emit())
        self.choices.value_changed.connect(self._on_choice)

    def show_table(self, table: ListTable, mapping: ListMapping) -> None:
        """Show the columns of a table with what they probably mean."""
        self._table = table
        if table.encoding not in [option.value for option in self.encoding.options()]:
            known = [*self.encoding.options(), Option(table.encoding, encoding_word(table.encoding))]
            self.encoding.set_options(known)
        self.encoding.set_value(table.encoding)
        self.separator.set_value(table.separator)
        self.date_order.set_value(mapping.date_order)
        ticked = [(HEADER, mapping.has_header), (NUMBER_ON, mapping.number_on)]
        self.choices.set_values(name for name, on in ticked if on)
        self._show_columns(mapping)

    def mapping(self) -> ListMapping:
        """What the columns mean, as chosen."""
        order = self.date_order.value()
        chosen = self.choices.values()
        return ListMapping(
            {
                column: held
                for column, combo in enumerate(self._rows)
                if isinstance(held := combo.value(), ListField)
            },
            order if isinstance(order, DateOrder) else DateOrder.DAY_FIRST,
            HEADER in chosen,
            NUMBER_ON in chosen,
        )

    def show_reading(self, reading: ListReading) -> None:
        """Show how the first lines come out."""
        read = {
            one.line: PreviewRow(
                one.line,
                (
                    _("next free") if one.needs_number else one.patient.chart_number,
                    one.patient.family_name,
                    one.patient.given_name,
                    "–" if one.patient.birth_date is None else date_text(one.patient.birth_date),
                    name_of(one.patient.sex),
                    one.patient.phone,
                ),
            )
            for one in reading.patients[:PREVIEWED]
        }
        self.preview.set_rows(list(read.values())[:PREVIEWED])
        wrong = reading.problems[0] if reading.problems else None
        self._wrong.setVisible(wrong is not None)
        if wrong is not None:
            self._wrong.setText(
                _("Line {line}: {sentence}").format(line=wrong.line, sentence=line_sentence(wrong))
            )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        for combo in (self.encoding, self.separator, self.date_order):
            fields.addWidget(combo, 1)
        column.addLayout(fields)
        column.addWidget(self.choices)
        column.addWidget(Label(_("What each column holds"), role="title"))
        self._grid_box = QWidget()
        self._grid = QGridLayout(self._grid_box)
        self._grid.setContentsMargins(0, 0, 10, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 4)
        self._grid.setColumnStretch(2, 3)
        self._area = ScrollArea(self._grid_box)
        self._area.setMinimumHeight(px(96))
        column.addWidget(self._area, 1)
        column.addWidget(Label(_("How the first lines are read"), role="title"))
        column.addWidget(self.preview)
        column.addWidget(self._wrong)

    def _show_columns(self, mapping: ListMapping) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = []
        table = self._table
        if table is None:
            return
        options = [Option(LEFT_OUT, _("left out")), *(Option(held, field_word(held)) for held in ListField)]
        lines = table.lines
        for column in range(min(table.width, SHOWN_COLUMNS)):
            name = lines[0].cell(column) if mapping.has_header else ""
            title = isolated(name) if name else _("Column {n}").format(n=column + 1)
            combo = Combo("", options, value=mapping.columns.get(column, LEFT_OUT), name=title)
            combo.value_changed.connect(lambda _value, at=column: self._on_field(at))
            self._rows.append(combo)
            name_label = ElidedLabel(title, role="strong")
            examples = ElidedLabel(_examples(lines, column, mapping), role="muted")
            for place, label in enumerate((name_label, examples)):
                label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
                self._grid.addWidget(label, column, place)
            self._grid.addWidget(combo, column, 2)

    def _on_field(self, at: int) -> None:
        """A field is held by one column: the other one that held it is left out."""
        held = self._rows[at].value()
        for column, combo in enumerate(self._rows):
            if column != at and held != LEFT_OUT and combo.value() == held:
                combo.set_value(LEFT_OUT)
        self.mapping_changed.emit()

    def _on_choice(self, _values: object) -> None:
        self._show_columns(self.mapping())
        self.mapping_changed.emit()


def encoding_word(name: str) -> str:
    """What an encoding is called in other programs."""
    return {
        "utf-8-sig": _("Unicode (UTF-8)"),
        "utf-16": _("Unicode (UTF-16)"),
        "utf-16-le": _("Unicode (UTF-16 LE)"),
        "utf-16-be": _("Unicode (UTF-16 BE)"),
        "cp1252": _("Western (Windows-1252)"),
        "cp1250": _("Central European (Windows-1250)"),
        "cp1251": _("Cyrillic (Windows-1251)"),
        "cp1253": _("Greek (Windows-1253)"),
        "cp1254": _("Turkish (Windows-1254)"),
        "cp1255": _("Hebrew (Windows-1255)"),
        "cp1256": _("Arabic (Windows-1256)"),
        "mac-roman": _("Western (Macintosh)"),
        "shift_jis": _("Japanese (Shift JIS)"),
        "gb18030": _("Chinese (GB 18030)"),
        "big5": _("Chinese (Big5)"),
        "euc-kr": _("Korean (EUC-KR)"),
    }.get(name, name.upper())


def _examples(lines: tuple[ListLine, ...], column: int, mapping: ListMapping) -> str:
    cells = (line.cell(column) for line in lines[mapping.has_header : mapping.has_header + 50])
    found = [isolated(cell[:40]) for cell in dict.fromkeys(cells) if cell]
    return " · ".join(found[:EXAMPLES]) or _("empty")


def _preview_columns() -> list[Column[PreviewRow]]:
    names = [
        *(ListField.CHART_NUMBER, ListField.FAMILY_NAME, ListField.GIVEN_NAME),
        *(ListField.BIRTH_DATE, ListField.SEX, ListField.PHONE),
    ]

    def cell(at: int) -> Column[PreviewRow]:
        def show(row: PreviewRow) -> Cell:
            return Cell(row.cells[at], strong=at == 1)

        return Column(field_word(names[at]), show, stretch=3 if at == 1 else 2)

    return [Column(_("Line"), lambda row: str(row.line), width=52), *(cell(at) for at in range(len(names)))]
