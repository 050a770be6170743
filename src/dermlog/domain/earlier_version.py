"""An earlier version of a visit, a consent or a patient, put together again from the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dermlog.domain.change import ChangeKind, HistoryLine

Columns = Mapping[str, object]
Rows = Mapping[tuple[str, str], Columns]
"""Stored columns by table and name of the row."""

_OF_PATIENT = frozenset({"patient", "patient_flag", "prior_treatment"})
_OF_VISIT = frozenset({"visit_warning_sign", "acknowledgement", "score", "side_effect", "photo"})
_OF_SESSION = frozenset(
    {"injection_site", "session_review", "session_void", "screening_answer", "screening_override"}
)


@dataclass(frozen=True)
class Subject:
    """What an entry is about: ("patient", ""), ("visit", id) or ("consent", id)."""

    table: str
    row_id: str = ""


def subject_of(lines: Iterable[HistoryLine], all_lines: Sequence[HistoryLine]) -> Subject | None:
    """What was changed at once is about: a visit before a consent before the patient; None for others."""
    visits = _visits_of_sessions(all_lines)
    found = [subject for line in lines if (subject := _subject(line, visits)) is not None]
    order = ("visit", "consent", "patient")
    return min(found, key=lambda subject: order.index(subject.table), default=None)


def rows_at(all_lines: Sequence[HistoryLine], subject: Subject, until: int | None = None) -> Rows:
    """The rows of a subject just after an entry, or of today; all_lines are a patient's in their order.

    Of an amended treatment only the version that stood then is given.
    """
    visits = _visits_of_sessions(all_lines)
    rows: dict[tuple[str, str], Columns] = {}
    for line in all_lines:
        if until is not None and line.sequence > until:
            break
        if _subject(line, visits) != subject:
            continue
        if line.kind is ChangeKind.REMOVED or line.after is None:
            rows.pop((line.table, line.row_id), None)
        else:
            rows[line.table, line.row_id] = line.after
    replaced = {
        str(columns["replaces"])
        for (table, _row), columns in rows.items()
        if table == "injection_session" and columns.get("replaces")
    }
    return {
        key: columns
        for key, columns in rows.items()
        if not (key[0] == "injection_session" and key[1] in replaced)
        and not (key[0] in _OF_SESSION and str(columns.get("session_id")) in replaced)
    }


def _visits_of_sessions(lines: Iterable[HistoryLine]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        known = line.after or line.before
        if line.table == "injection_session" and known:
            found[line.row_id] = str(known.get("visit_id", ""))
    return found


def _subject(line: HistoryLine, visits: Mapping[str, str]) -> Subject | None:
    known = line.after or line.before or {}
    if line.table in _OF_PATIENT:
        found = Subject("patient")
    elif line.table in {"consent", "visit"}:
        found = Subject(line.table, line.row_id)
    elif line.table == "injection_session" or line.table in _OF_VISIT:
        found = Subject("visit", str(known.get("visit_id", "")))
    elif line.table in _OF_SESSION:
        found = Subject("visit", visits.get(str(known.get("session_id")), ""))
    else:
        return None
    # What the law had erased says nothing any more.
    return found if known else None
