"""Every table and column of the file is documented in its kind, and exported or left out on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dermlog.storage import driver
from dermlog.storage.leaving.field_guide import field_guide
from dermlog.storage.leaving.fields import Noun
from dermlog.storage.leaving.kinds import Kind
from dermlog.storage.leaving.nouns import BY_NAME, LOGS, RECORDS
from dermlog.storage.logged import LOGGED

OLD_FILE = Path(__file__).parents[2] / "old_files" / "format_2.dermlog"
LEFT_OUT = {
    # bytes of pictures, which are files of the export
    *("photo_image", "photo_thumbnail"),
    # habits of this PC, and the room a transaction works in
    *("patient_opened", "writing"),
    # made again from the records
    *("patient_search", "search_piece"),
    "_sqlite_migrations",
}
DERIVED = {"patient": {"number", "chart_key", "sort_name", "folded"}}
TYPES = {Kind.WHOLE: "INTEGER", Kind.YES_NO: "INTEGER", Kind.FRACTION: "REAL", Kind.HEX: "BLOB"}


@pytest.fixture(scope="module")
def connection() -> Iterator[driver.Connection]:
    with closing(driver.connect(OLD_FILE, None, "ro", immutable=True)) as opened:
        yield opened


def test_no_table_is_forgotten(connection: driver.Connection) -> None:
    tables = {
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith(("sqlite_", "patient_search_"))
    }
    assert tables == BY_NAME.keys() | LEFT_OUT
    assert {table for table, *_rest in LOGGED} <= {noun.name for noun in RECORDS}


@pytest.mark.parametrize("noun", [*RECORDS, *LOGS], ids=lambda noun: noun.name)
def test_each_column_is_a_field_of_its_kind(connection: driver.Connection, noun: Noun) -> None:
    facts = {row[1]: row for row in connection.execute(f'PRAGMA table_info("{noun.name}")')}
    assert set(noun.columns) == facts.keys() - DERIVED.get(noun.name, set())
    for field in noun.fields:
        _number, _name, kind, not_null, _default, key = facts[field.name]
        assert kind == TYPES.get(field.kind, "TEXT"), field.name
        assert field.optional is not bool(not_null or key), field.name
        assert bool(field.codes) is (field.kind is Kind.CODE), field.name
        assert not field.of or field.of in BY_NAME


@pytest.mark.parametrize("noun", [*RECORDS, *LOGS], ids=lambda noun: noun.name)
def test_each_reference_is_documented(connection: driver.Connection, noun: Noun) -> None:
    parents = {row[3]: row[2] for row in connection.execute(f'PRAGMA foreign_key_list("{noun.name}")')}
    for field in noun.fields:
        if noun in RECORDS and field.name != "sha256":
            assert field.of == parents.get(field.name, ""), field.name


def test_the_guide_names_every_field() -> None:
    guide = field_guide()
    for noun in (*RECORDS, *LOGS):
        section = guide.split(f"\n## {noun.name}\n")[1].split("\n## ")[0]
        for field in noun.fields:
            assert f"| `{field.name}` | " in section
            assert field.words.rstrip(".")
            assert all(f"`{code}`" in section for code in field.codes)
    assert "SHA-256" in guide.split("## The digest")[1]
