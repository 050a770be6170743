"""The history in sentences: what was done at once is one row, with each change from before to after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from dermlog.domain.access import AccessLine
from dermlog.domain.activity import KINDS, TABLES, Topic
from dermlog.domain.change import ChangeKind, HistoryLine
from dermlog.domain.visit import VisitState
from dermlog.history_values import NOT_TOLD, RowWords, column_name
from dermlog.wording import _, date_text, ngettext

DETAILS_SHOWN = 60

_Teller = Callable[[list[HistoryLine], Mapping[str, date]], str]


@dataclass(frozen=True)
class HistoryRow:
    """What one person did at one moment: the sentence, the changes, and the reason that was given.

    lines are what it is made of; access is the line of the access log where nothing was changed.
    """

    at: datetime
    who: str
    what: str
    details: tuple[str, ...]
    reason: str
    staff_id: UUID | None = None
    lines: tuple[HistoryLine, ...] = ()
    access: AccessLine | None = None

    @property
    def topic(self) -> Topic | None:
        """What kind of entry it is: that of what the sentence says."""
        if self.access is not None:
            return next((topic for topic, kinds in KINDS.items() if self.access.kind in kinds), None)
        tables = {line.table for line in self.lines}
        leading = next((table for table in _TELLERS if table in tables), "")
        return next((topic for topic, known in TABLES.items() if leading in known), None)

    def says(self, words: str) -> bool:
        """Whether each of some words stands somewhere in it, in small or capital letters."""
        said = "\n".join((self.what, self.who, self.reason, *self.details)).casefold()
        return all(word in said for word in words.casefold().split())


def history_rows(
    lines: Iterable[HistoryLine], names: Mapping[UUID, str], brands: Mapping[UUID, str]
) -> tuple[HistoryRow, ...]:
    """The rows of a patient's history, newest first."""
    listed = tuple(lines)
    days = visit_days(listed)
    rows = []
    for _moment, together in groupby(listed, key=lambda line: (line.at, line.staff_id, line.reason)):
        row = history_row(tuple(together), names, brands, days)
        rows += [row] if row is not None else []
    return tuple(reversed(rows))


def history_row(
    lines: Iterable[HistoryLine],
    names: Mapping[UUID, str],
    brands: Mapping[UUID, str],
    days: Mapping[str, date],
) -> HistoryRow | None:
    """What was done at once as one row; None when it says nothing that a person would want to know."""
    group = [line for line in lines if _tells(line)]
    if not group:
        return None
    first = group[0]
    reason = next((line.reason for line in group if line.reason), "")
    who = "" if first.staff_id is None else names.get(first.staff_id, "")
    if all(line.before is None and line.after is None for line in group):
        # What the law had erased: that there was an entry is all that is left.
        return HistoryRow(first.at, who, _("Erased entry"), (), reason, first.staff_id, tuple(group))
    known = {**days, **visit_days(group)}
    details = _details(group, RowWords(names, brands, known))
    return HistoryRow(first.at, who, _headline(group, known), details, reason, first.staff_id, tuple(group))


def _tells(line: HistoryLine) -> bool:
    """Whether a line says anything that a person would want to know."""
    return line.kind is not ChangeKind.CHANGED or bool(_changed_columns(line))


def _changed_columns(line: HistoryLine) -> list[str]:
    before, after = line.before or {}, line.after or {}
    return [name for name in after if name not in NOT_TOLD and before.get(name) != after[name]]


def visit_days(lines: Iterable[HistoryLine]) -> dict[str, date]:
    """The newest known day of each visit, and of each session by its id."""
    days: dict[str, date] = {}
    for line in lines:
        known = line.after or line.before or {}
        day = known.get("on") if line.table == "visit" else known.get("performed_on")
        if line.table in {"visit", "injection_session"} and isinstance(day, str):
            days[line.row_id] = date.fromisoformat(day)
    return days


def _headline(group: list[HistoryLine], days: Mapping[str, date]) -> str:
    """The most important thing that was done, as a sentence."""
    for table, tell in _TELLERS.items():
        lines = [line for line in group if line.table == table]
        if lines:
            said = tell(lines, days)
            if said:
                return said
    return _("Changed")


def _day_of(line: HistoryLine, days: Mapping[str, date]) -> str:
    known = line.after or line.before or {}
    key = line.row_id if line.table == "visit" else str(known.get("visit_id", ""))
    day = days.get(key)
    return "" if day is None else date_text(day)


def _acknowledged(lines: list[HistoryLine], days: Mapping[str, date]) -> str:
    return _("Warning sign of {day} acknowledged").format(day=_day_of(lines[0], days))


def _void(lines: list[HistoryLine], days: Mapping[str, date]) -> str:
    known = lines[0].after or {}
    day = _day_of_session(known.get("session_id"), days)
    if known.get("moved_to"):
        return _("Treatment of {day} moved to another patient").format(day=day)
    return _("Treatment of {day} declared void").format(day=day)


def _reviewed(lines: list[HistoryLine], days: Mapping[str, date]) -> str:
    day = _day_of_session((lines[0].after or {}).get("session_id"), days)
    return _("Treatment of {day} reviewed").format(day=day)


def _day_of_session(session_id: object, days: Mapping[str, date]) -> str:
    day = days.get(str(session_id))
    return "" if day is None else date_text(day)


def _signed(lines: list[HistoryLine], days: Mapping[str, date]) -> str:
    if any((line.after or {}).get("replaces") for line in lines):
        return _("Treatment of {day} amended").format(day=_day_of(lines[0], days))
    return _("Treatment of {day} signed").format(day=_day_of(lines[0], days))


def _visit(lines: list[HistoryLine], days: Mapping[str, date]) -> str:
    line = lines[0]
    day = _day_of(line, days)
    was = (line.before or {}).get("state")
    now = (line.after or {}).get("state")
    if line.kind is ChangeKind.REMOVED:
        return _("Unfinished visit of {day} discarded").format(day=day)
    if now == VisitState.DRAFT.value:
        if line.kind is ChangeKind.ADDED:
            return _("Visit of {day} begun").format(day=day)
        return _("Unfinished visit of {day} changed").format(day=day)
    if now == VisitState.VOID.value:
        return _("Visit of {day} declared void").format(day=day)
    if was == VisitState.RECORDED.value:
        return _("Visit of {day} corrected").format(day=day)
    return _("Visit of {day} recorded").format(day=day)


def _child_of_visit(lines: list[HistoryLine], days: Mapping[str, date]) -> str:
    return _("Visit of {day} corrected").format(day=_day_of(lines[0], days))


def _patient(lines: list[HistoryLine], _days: Mapping[str, date]) -> str:
    if any(line.table == "patient" and line.kind is ChangeKind.ADDED for line in lines):
        return _("Patient added")
    return _("Patient’s details changed")


def _consent(lines: list[HistoryLine], _days: Mapping[str, date]) -> str:
    if lines[0].kind is ChangeKind.ADDED:
        return _("Consent recorded")
    return _("Consent changed")


def _of_clinic(lines: list[HistoryLine], _days: Mapping[str, date]) -> str:
    """What was done to something that belongs to no patient, and which it was."""
    line = lines[0]
    added, changed = {
        "staff": (_("Member of staff added"), _("Member of staff changed")),
        "product": (_("Product added"), _("Product changed")),
        "vial": (_("Vial opened"), _("Vial changed")),
        "session_template": (_("Template saved"), _("Template changed")),
        "template_site": (_("Template changed"), _("Template changed")),
        "screening_rule": (_("Safety rules changed"), _("Safety rules changed")),
        "screening_question": (_("Safety question added"), _("Safety question changed")),
        "restriction": (_("Access to the patient restricted"), _("Restriction of access changed")),
        "clinic_rule": (_("Rules of the clinic changed"), _("Rules of the clinic changed")),
        "clinic": (_("Letterhead saved"), _("Letterhead changed")),
    }[line.table]
    known = line.after or line.before or {}
    name = next((str(known[key]) for key in ("brand", "name", "lot", "text") if known.get(key)), "")
    words = added if line.kind is ChangeKind.ADDED else changed
    return _("{what}: {name}").format(what=words, name=name) if name else words


def _photo(lines: list[HistoryLine], _days: Mapping[str, date]) -> str:
    count = len(lines)
    if lines[0].kind is ChangeKind.ADDED:
        return ngettext("{count} photo added", "{count} photos added", count).format(count=count)
    if lines[0].kind is ChangeKind.REMOVED:
        return ngettext("{count} photo removed", "{count} photos removed", count).format(count=count)
    return ngettext("{count} photo changed", "{count} photos changed", count).format(count=count)


_TELLERS: dict[str, _Teller] = {
    "session_void": _void,
    "session_review": _reviewed,
    "acknowledgement": _acknowledged,
    "injection_session": _signed,
    "visit": _visit,
    "patient": _patient,
    "patient_flag": _patient,
    "prior_treatment": _patient,
    "consent": _consent,
    "score": _child_of_visit,
    "side_effect": _child_of_visit,
    "visit_warning_sign": _child_of_visit,
    "photo": _photo,
    **dict.fromkeys(
        (
            *("staff", "product", "vial", "session_template", "template_site", "screening_rule"),
            *("screening_question", "restriction", "clinic_rule", "clinic"),
        ),
        _of_clinic,
    ),
}


def _details(group: list[HistoryLine], words: RowWords) -> tuple[str, ...]:
    """Each thing added, removed, or changed from before to after; points of a map are only counted."""
    details: list[str] = []
    points: Counter[ChangeKind] = Counter()
    for line in group:
        if line.table == "injection_site":
            points[line.kind] += 1
        elif line.kind is ChangeKind.CHANGED:
            details += _changes(line, words)
        else:
            told = words.row(line.table, line.after or line.before or {})
            if told and line.kind is ChangeKind.REMOVED:
                told = _("{what} removed").format(what=told)
            details += [told] if told else []
    count = points[ChangeKind.ADDED]
    if count:
        details.append(ngettext("{count} point", "{count} points", count).format(count=count))
    return tuple(dict.fromkeys(details))[:DETAILS_SHOWN]


def _changes(line: HistoryLine, words: RowWords) -> list[str]:
    before, after = line.before or {}, line.after or {}
    whose = words.owner(line.table, after)
    changes = []
    for name in _changed_columns(line):
        if line.table == "visit" and name == "state":
            continue
        if line.table == "injection_session" and name in {"signed_by", "signed_at", "signed_as"}:
            continue
        label = column_name(name)
        changes.append(
            _("{label}: {before} → {after}").format(
                label=_("{what}, {label}").format(what=whose, label=label) if whose else label,
                before=words.value(line.table, name, before.get(name)),
                after=words.value(line.table, name, after[name]),
            )
        )
    return changes
