"""Finding patients as somebody types, by any part of name, chart number or birth date.

The index knows every three characters that follow one another. A piece of three or more is asked of it as
a phrase, a shorter one as the beginning of a triple; so nothing is missed. Pieces that stand for few patients
are looked up and sorted. Where all are common, a walk in the order of names meets enough of them early.
"""

from __future__ import annotations

from datetime import date

from dermlog.domain.listing import PatientHits, PatientRow
from dermlog.storage.database import Database, ResultRow
from dermlog.storage.folding import fragments
from dermlog.storage.restrictions import not_hidden_number
from dermlog.storage.rows import RowMapping

_ROWS = RowMapping("patient", PatientRow, omit=("last_visit_on", "restricted"))
LIST_COLUMNS = (
    f"{_ROWS.select('patient')}, "
    "(SELECT max(\"on\") FROM visit WHERE patient_id = patient.id AND state = 'recorded') AS last_visit_on, "
    "EXISTS (SELECT 1 FROM restriction WHERE patient_id = patient.id) AS restricted"
)
"""What patient_row() reads, from a query that names the table patient."""

SORTED_HITS = 1000
"""So many hits of the index are sorted; beyond that a walk by name is quicker."""

_TRIPLE = 3
_MOST_PIECES = 200
_BEYOND = "\U0010ffff"


def patient_row(values: ResultRow) -> PatientRow:
    """The line of a list from one result row of LIST_COLUMNS."""
    last, restricted = values[len(_ROWS.fields)], bool(values[len(_ROWS.fields) + 1])
    last_visit_on = None if last is None else date.fromisoformat(last)
    return _ROWS.record(values, last_visit_on=last_visit_on, restricted=restricted)


def search_patients(database: Database, text: str, limit: int) -> PatientHits:
    """Patients in whose name, chart number or birth date every piece of the text occurs, by name."""
    pieces = fragments(text)
    if len(pieces) > _MOST_PIECES:
        return PatientHits((), False)
    condition = " AND ".join([r"folded LIKE ? ESCAPE '\'"] * len(pieces)) or "1"
    condition += f" AND {not_hidden_number(database)}"
    patterns = tuple(f"%{_escaped(piece)}%" for piece in pieces)
    query = f"SELECT number FROM patient WHERE {condition} ORDER BY sort_name, number LIMIT {limit + 1}"
    for source, values in _sources(pieces):
        found = database.rows(f"{source} LIMIT {SORTED_HITS + 1}", values)
        if not found:
            return PatientHits((), False)
        if len(found) <= SORTED_HITS:
            # The plus keeps the sort from walking the whole index by name.
            query = (
                f"SELECT number FROM patient WHERE number IN ({source}) AND {condition} "
                f"ORDER BY +sort_name, number LIMIT {limit + 1}"
            )
            patterns = (*values, *patterns)
            break
    numbers = database.rows(query, patterns)
    listed = ", ".join(str(int(number)) for (number,) in numbers[:limit])
    rows = database.rows(
        f"SELECT {LIST_COLUMNS} FROM patient WHERE number IN ({listed}) ORDER BY +sort_name, number"
    )
    return PatientHits(tuple(map(patient_row, rows)), len(numbers) > limit)


def _sources(pieces: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Queries for the numbers of patients who may be meant; each alone leaves nobody out."""
    sources: list[tuple[str, tuple[str, ...]]] = []
    phrases = ['"' + piece.replace('"', '""') + '"' for piece in pieces if len(piece) >= _TRIPLE]
    if phrases:
        sources.append(
            ("SELECT rowid FROM patient_search WHERE patient_search MATCH ?", (" AND ".join(phrases),))
        )
    sources += [
        ("SELECT DISTINCT doc FROM search_piece WHERE term >= ? AND term < ?", (piece, piece + _BEYOND))
        for piece in pieces
        if len(piece) < _TRIPLE
    ]
    return sources


def _escaped(piece: str) -> str:
    r"""A piece as LIKE takes it to the letter: % and _ are signs to LIKE, and \ says that they are not."""
    return piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
