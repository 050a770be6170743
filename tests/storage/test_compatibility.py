"""T24: files of every released format open, and the plain SQLite export reads in the stock library.

The stock library of the interpreter is the second reader: it works out the digest by the recipe of FIELDS.md,
with no code of dermlog but the list of fields, and must come to the same.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dermlog.domain.leaving import Exported
from dermlog.logbook import Logbook
from dermlog.storage.leaving.kinds import Kind
from dermlog.storage.leaving.nouns import LOGS, RECORDS

OLD_FILES = sorted((Path(__file__).parents[1] / "old_files").glob("format_*.dermlog"))


def _own(value: Any, kind: Kind) -> Any:
    """A value of a table as FIELDS.md says that it stands in JSON."""
    if value is None:
        return None
    if kind is Kind.YES_NO:
        return bool(value)
    return json.loads(value) if kind in {Kind.NUMBERS, Kind.WHOLES} else value


def _joined(lines: list[str]) -> str:
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def stock_digest(path: Path) -> str:
    """The digest of an export by the interpreter's own SQLite."""
    lines = []
    with closing(sqlite3.connect(f"file:{path / 'records.sqlite'}?mode=ro", uri=True)) as stock:
        for noun in RECORDS:
            kinds = [field.kind for field in noun.fields]
            hashes = sorted(
                hashlib.sha256(
                    json.dumps(
                        [_own(value, kind) for value, kind in zip(row, kinds, strict=True)],
                        ensure_ascii=False,
                        separators=(",", ":"),
                    ).encode()
                ).digest()
                for row in stock.execute(f'SELECT * FROM "{noun.name}"')  # noqa: S608
            )
            lines.append(f"{noun.name} {len(hashes)} {hashlib.sha256(b''.join(hashes)).hexdigest()}")
        pictures = [
            hashlib.sha256((path / file).read_bytes()).hexdigest()
            for (file,) in stock.execute(
                "SELECT file FROM picture WHERE sha256 IN (SELECT sha256 FROM photo)"
            )
        ]
    return _joined([_joined(sorted(lines)), *sorted(pictures)])


@pytest.fixture(params=OLD_FILES, ids=lambda path: path.stem)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Logbook]:
    """A copy of an old file, opened as a clinic would."""
    path = tmp_path / "Clinic.dermlog"
    shutil.copyfile(request.param, path)
    logbook = Logbook.open(path)
    yield logbook
    logbook.close()


def _exported(logbook: Logbook, tmp_path: Path) -> Exported:
    return logbook.leaving.export_everything(tmp_path / "all", as_zip=False, reports=False)


def test_there_is_a_file_of_every_format() -> None:
    from dermlog.storage.migrations import FORMAT

    assert [path.stem for path in OLD_FILES] == [f"format_{number}" for number in range(1, FORMAT + 1)]


def test_an_old_file_opens_and_is_in_order(opened: Logbook) -> None:
    assert opened.check().ok
    assert opened.patients.count() == 1


def test_the_stock_library_comes_to_the_same_digest(opened: Logbook, tmp_path: Path) -> None:
    exported = _exported(opened, tmp_path)
    assert stock_digest(tmp_path / "all") == exported.digest == opened.leaving.digest()


def test_the_plain_file_is_plain(opened: Logbook, tmp_path: Path) -> None:
    _exported(opened, tmp_path)
    with closing(sqlite3.connect(tmp_path / "all" / "records.sqlite")) as stock:
        assert stock.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kinds = {kind for (kind,) in stock.execute("SELECT DISTINCT type FROM sqlite_master")}
        assert kinds == {"table"}
        names = {name for (name,) in stock.execute("SELECT name FROM sqlite_master")}
        assert names == {noun.name for noun in (*RECORDS, *LOGS)} | {"picture"}
        assert not any("STRICT" in sql for (sql,) in stock.execute("SELECT sql FROM sqlite_master"))
        assert stock.execute("SELECT count(*) FROM change").fetchone()[0] > 20
