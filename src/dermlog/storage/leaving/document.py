"""dermlog-export.json and the files beside it: the records written for machines and tables, and read back.

Reading is strict: a field too many, one too few, a value of another kind or a code nobody knows, and the
whole is refused.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dermlog.domain.csv_cell import to_cell
from dermlog.domain.leaving import LeavingFault, PhotoChoice
from dermlog.storage.leaving.digest import digest_of_records
from dermlog.storage.leaving.fields import Noun
from dermlog.storage.leaving.kinds import Kind, Shown, Stored, WrongValue, stored
from dermlog.storage.leaving.nouns import BY_NAME, RECORDS
from dermlog.storage.leaving.rows import Records, ShownRow
from dermlog.storage.leaving.unpacking import PackageReader

DOCUMENT = "dermlog-export.json"
FORMAT, VERSION = "dermlog-export", 1
LINES_IN_PART = 50_000
_LARGEST_DOCUMENT = 1 << 30
_LARGEST_PART = 256 << 20
_HEAD = {
    *("format", "version", "made_by", "made_at", "scope", "photos", "history"),
    *("records_digest", "digest", "left_out", "pictures", "records"),
}
_PICTURE = {"sha256", "file", "file_sha256"}
StoredRow = tuple[Stored, ...]


@dataclass(frozen=True)
class Picture:
    """A photo's file in the package: sha256 is its name in the records, file_sha256 that of the file."""

    sha256: str
    file: str
    file_sha256: str


@dataclass(frozen=True)
class Document:
    """What an export says. digest is that of the whole logbook, None unless it is complete."""

    made_by: str
    made_at: str
    scope: str
    photos: PhotoChoice
    history: bool
    records_digest: str
    digest: str | None
    left_out: Mapping[str, int]
    pictures: tuple[Picture, ...]
    records: Records


LEFT_OUT = ("photos_withheld", "photos_unreadable", "patients_restricted")


def document_bytes(document: Document) -> bytes:
    """dermlog-export.json, one row on each line."""
    head: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "made_by": document.made_by,
        "made_at": document.made_at,
        "scope": document.scope,
        "photos": document.photos.value,
        "history": document.history,
        "records_digest": document.records_digest,
        "digest": document.digest,
        "left_out": dict(document.left_out),
    }
    lines = ["{"]
    lines += [f"{_json(name)}: {_json(value)}," for name, value in head.items()]
    lines += ['"pictures": [']
    lines += _listed(_json(vars(picture)) for picture in document.pictures)
    lines += ["],", '"records": {']
    for number, noun in enumerate(RECORDS, start=1):
        lines.append(f"{_json(noun.name)}: [")
        lines += _listed(_json(row) for row in document.records[noun.name])
        lines.append("]" if number == len(RECORDS) else "],")
    lines += ["}", "}", ""]
    return "\n".join(lines).encode()


def line_parts(noun: Noun, rows: Iterable[ShownRow]) -> Iterator[tuple[str, bytes]]:
    """The rows of a noun of the log as files of JSON lines: name and content of each."""
    lines: list[str] = []
    number = 0
    for row in rows:
        lines.append(_json(row) + "\n")
        if len(lines) == LINES_IN_PART:
            number += 1
            yield _part_name(noun, number), "".join(lines).encode()
            lines = []
    yield _part_name(noun, number + 1), "".join(lines).encode()


def csv_bytes(noun: Noun, rows: Iterable[ShownRow], more: Mapping[str, str] | None = None) -> bytes:
    """The rows of a noun as a table that every spreadsheet opens; a missing value is an empty cell.

    more: for photos, the file of each by sha256, in a last column.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*noun.columns, *(["file"] if more is not None else [])])
    for row in rows:
        cells = [_cell(row[name]) for name in noun.columns]
        if more is not None:
            cells.append(more.get(str(row["sha256"]), ""))
        writer.writerow(cells)
    # With the mark that tells spreadsheets that it is UTF-8.
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Shown) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(str(one) for one in value)
    return to_cell(value) if isinstance(value, str) else str(value)


def read_document(package: PackageReader) -> Document:
    """The document of a package; LeavingNotDone unless all of it is as it must be."""
    try:
        content = _parsed(package.read(DOCUMENT, _LARGEST_DOCUMENT))
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise package.refuse()
        if isinstance(content.get("version"), int) and content["version"] > VERSION:
            raise package.refuse(LeavingFault.NEWER)
        if content.keys() != _HEAD or content["version"] != VERSION:
            raise package.refuse()
        found = _document(content)
    except (WrongValue, ValueError, TypeError, KeyError, RecursionError) as error:
        raise package.refuse() from error
    if digest_of_records(found.records) != found.records_digest:
        raise package.refuse(LeavingFault.INCOMPLETE)
    return found


def read_lines(package: PackageReader, noun: Noun) -> Iterator[StoredRow]:
    """The rows of a noun of the log, as they are stored."""
    number = 1
    while _part_name(noun, number) in package.names:
        content = package.read(_part_name(noun, number), _LARGEST_PART)
        try:
            for line in content.splitlines():
                row = _parsed(line)
                found = stored_row(noun, row)
                if noun.name == "change" and row["table"] not in BY_NAME:
                    raise WrongValue("table")
                yield found
        except (WrongValue, ValueError, TypeError, KeyError, RecursionError) as error:
            raise package.refuse() from error
        number += 1
    if number == 1:
        raise package.refuse(LeavingFault.INCOMPLETE)


def stored_row(noun: Noun, row: Any) -> StoredRow:
    """A row as it is stored; WrongValue when it is not exactly a row of this noun."""
    if not isinstance(row, dict) or len(row) != len(noun.columns):
        raise WrongValue(noun.name)
    values: list[Stored] = []
    for name, read, optional, codes in noun.readers:
        value = row[name]
        if value is None and optional:
            values.append(None)
            continue
        found = read(value)
        if codes and found not in codes:
            raise WrongValue(name)
        values.append(found)
    return tuple(values)


def _document(content: Mapping[str, Any]) -> Document:
    records = content["records"]
    pictures = content["pictures"]
    left_out = content["left_out"]
    if not isinstance(records, dict) or records.keys() != {noun.name for noun in RECORDS}:
        raise WrongValue("records")
    if not isinstance(pictures, list) or not isinstance(left_out, dict) or left_out.keys() != set(LEFT_OUT):
        raise WrongValue("pictures")
    for noun in RECORDS:
        if not isinstance(records[noun.name], list):
            raise WrongValue(noun.name)
        for row in records[noun.name]:
            stored_row(noun, row)
    if type(content["history"]) is not bool or content["scope"] not in {"patient", "everything"}:
        raise WrongValue("scope")
    return Document(
        made_by=_text(content["made_by"]),
        made_at=str(stored(Kind.MOMENT, content["made_at"])),
        scope=content["scope"],
        photos=PhotoChoice(content["photos"]),
        history=content["history"],
        records_digest=_text(content["records_digest"]),
        digest=None if content["digest"] is None else _text(content["digest"]),
        left_out={name: _count(left_out[name]) for name in LEFT_OUT},
        pictures=tuple(_picture(one) for one in pictures),
        records=records,
    )


def _picture(value: Any) -> Picture:
    if not isinstance(value, dict) or value.keys() != _PICTURE:
        raise WrongValue("picture")
    return Picture(**{name: _text(value[name]) for name in _PICTURE})


def _text(value: object) -> str:
    found = stored(Kind.TEXT, value)
    if not isinstance(found, str) or len(found) > 400:
        raise WrongValue("text")
    return found


def _count(value: object) -> int:
    found = stored(Kind.WHOLE, value)
    if not isinstance(found, int) or found < 0:
        raise WrongValue("count")
    return found


def _parsed(content: bytes) -> Any:
    return json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise WrongValue("a name twice")
    return found


def _no_constant(name: str) -> Any:
    raise WrongValue(name)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _listed(lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return [f"{line}," for line in found[:-1]] + found[-1:]


def _part_name(noun: Noun, number: int) -> str:
    return f"history/{noun.name}-{number:04d}.jsonl"
