"""What an earlier version says beside that of today, fact by fact in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dermlog.domain.earlier_version import Columns, Rows
from dermlog.domain.face_map import FaceView, Zone
from dermlog.history_values import NOT_TOLD, RowWords, column_name
from dermlog.naming import name_of
from dermlog.wording import _

_BY_COLUMN = ("patient", "consent", "visit", "injection_session", "prior_treatment", "acknowledgement")
_ORDER = (
    *("patient", "patient_flag", "prior_treatment", "consent", "visit", "visit_warning_sign"),
    *("acknowledgement", "score", "side_effect", "injection_session", "injection_site"),
    *("screening_answer", "screening_override", "session_review", "session_void", "photo"),
)
_NOT_COMPARED = NOT_TOLD | {"state", "replaces", "vial_id", "only"}


@dataclass(frozen=True)
class ComparedFact:
    """One fact then and today; None where it was not there."""

    what: str
    then: str | None
    today: str | None

    @property
    def differs(self) -> bool:
        """Whether it is not the same today."""
        return self.then != self.today

    @property
    def mark(self) -> str:
        """The difference in a word."""
        if self.then is None:
            return _("added since")
        if self.today is None:
            return _("no longer there")
        return _("changed") if self.differs else ""


def compared_facts(then: Rows, today: Rows, words: RowWords) -> tuple[ComparedFact, ...]:
    """Every fact of two versions in the order of the record."""
    before, after = dict(_facts(then, words)), dict(_facts(today, words))
    order = list(before) + [what for what in after if what not in before]
    return tuple(ComparedFact(what, before.get(what), after.get(what)) for what in order)


def _facts(rows: Rows, words: RowWords) -> Iterator[tuple[str, str]]:
    counted: dict[str, int] = {}
    ordered = sorted(rows.items(), key=lambda item: (_place(item[0][0]), _position(item[1])))
    for (table, _row_id), columns in ordered:
        brand = next(
            (
                words.value(table, "product_id", one["product_id"])
                for one in rows.values()
                if "product_id" in one
            ),
            "",
        )
        for what, value in _row_facts(table, columns, words, brand):
            counted[what] = counted.get(what, 0) + 1
            again = counted[what] > 1
            yield (_("{what} ({n})").format(what=what, n=counted[what]) if again else what), value


def _row_facts(table: str, columns: Columns, words: RowWords, brand: str) -> Iterator[tuple[str, str]]:
    if table in _BY_COLUMN:
        owner = words.owner(table, columns)
        for name, stored in columns.items():
            if name not in _NOT_COMPARED:
                label = column_name(name)
                if table == "injection_session" and name == "note":
                    label = _("note of the treatment")
                if owner and table != "consent":
                    label = _("{what}, {label}").format(what=owner, label=label)
                yield label[:1].upper() + label[1:], words.value(table, name, stored)
    elif table == "score":
        yield words.owner(table, columns), words.value(table, "value", columns.get("value"))
    elif table == "side_effect":
        yield words.owner(table, columns), words.value(table, "severity", columns.get("severity"))
    elif table == "injection_site":
        number = int(str(columns.get("position", 0))) + 1
        yield _("Point {n}").format(n=number), _point(columns, brand)
    elif table in {"patient_flag", "visit_warning_sign"}:
        yield words.row(table, columns), _("yes")
    elif table == "photo":
        view = words.row(table, columns)
        yield _("Photo, {view}").format(view=view), words.value(table, "file_name", columns.get("file_name"))
    elif words.row(table, columns):
        yield _("Overridden safety rule"), words.row(table, columns)


def _point(columns: Columns, brand: str) -> str:
    try:
        zone = name_of(Zone(columns.get("zone")))
    except ValueError:
        zone = str(columns.get("zone") or _("no zone"))
    dose = _("{units} U {product}").format(units=columns.get("units"), product=brand).strip()
    depth = str(columns.get("depth") or "").replace("_", " ")
    note = str(columns.get("note") or "")
    return ", ".join(part for part in (zone, dose, depth, _spot(columns), note) if part)


def _spot(columns: Columns) -> str:
    """Where on which map: a point that was moved within its zone is another one."""
    try:
        view = name_of(FaceView(columns.get("view")))
        x, y = (round(float(str(columns[axis])) * 100) for axis in ("x", "y"))
    except (ValueError, KeyError):
        return ""
    return _("{view} {x}/{y} %").format(view=view, x=x, y=y)


def _place(table: str) -> int:
    return _ORDER.index(table) if table in _ORDER else len(_ORDER)


def _position(columns: Columns) -> int:
    position = columns.get("position")
    return position if isinstance(position, int) else 0
