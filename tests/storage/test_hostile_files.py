"""T15: clinic files that somebody has prepared are refused before they are asked, and not touched."""

from __future__ import annotations

import random
import shutil
import struct
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from dermlog.domain.file_fault import OpeningFault
from dermlog.errors import LogbookNotOpened
from dermlog.logbook import Logbook
from dermlog.storage import driver
from tests.makers import make_logbook, make_patient

SEEDS = 8
Attack = Callable[[Path, random.Random], None]


def _with(path: Path, *statements: str) -> None:
    with closing(driver.connect(path, None, "rw")) as connection:
        for statement in statements:
            connection.execute(statement)


def planted_trigger(path: Path, chance: random.Random) -> None:
    """A trigger that changes what is saved."""
    table, when = chance.choice(("patient", "visit", "change")), chance.choice(("BEFORE", "AFTER"))
    body = "BEGIN UPDATE clinic SET name = 'x'; END"
    _with(path, f"CREATE TRIGGER planted {when} INSERT ON {table} {body}")


def planted_view(path: Path, chance: random.Random) -> None:
    """A view in place of a table."""
    table = chance.choice(("draft", "patient_flag", "session_review"))
    _with(path, f"ALTER TABLE {table} RENAME TO hidden", f"CREATE VIEW {table} AS VALUES (1)")


def lost_law(path: Path, chance: random.Random) -> None:
    """A file without one of its laws."""
    with closing(driver.connect(path, None, "rw")) as connection:
        names = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
            )
        ]
        connection.execute(f"DROP TRIGGER {chance.choice(names)}")


def changed_law(path: Path, chance: random.Random) -> None:
    """A law of the same name that forbids nothing."""
    name = chance.choice(("change_is_never_changed", "session_is_signed_unchanged"))
    table = "change" if name.startswith("change") else "injection_session"
    _with(
        path,
        f"DROP TRIGGER {name}",
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} BEGIN SELECT 1; END",
    )


def more_tables(path: Path, chance: random.Random) -> None:
    """Thousands of tables, or an index over an expression."""
    if chance.random() < 0.5:
        _with(path, *(f"CREATE TABLE t{number} (a)" for number in range(200)))
    else:
        _with(path, "CREATE INDEX planted ON patient (upper(note))")


def newer(path: Path, chance: random.Random) -> None:
    """A format that does not exist."""
    _with(path, f"PRAGMA user_version = {chance.choice((-1, 0, 99, 2**31 - 1))}")


def foreign(path: Path, chance: random.Random) -> None:
    """Another application's mark."""
    _with(path, f"PRAGMA application_id = {chance.randrange(1, 2**31 - 1)}")


def wild_header(path: Path, chance: random.Random) -> None:
    """Page size, page count, schema format or root pages that cannot be."""
    content = bytearray(path.read_bytes())
    at, size = chance.choice(((16, 2), (28, 4), (44, 4), (100, 1), (103, 2)))
    wild = {1: 0x77, 2: 0x7FFF, 4: 0x7FFFFFFF}[size]
    struct.pack_into({1: ">B", 2: ">H", 4: ">I"}[size], content, at, wild)
    path.write_bytes(content)


ATTACKS: tuple[Attack, ...] = (
    *(planted_trigger, planted_view, lost_law, changed_law, more_tables, newer, foreign, wild_header),
)
REFUSALS = {
    *(OpeningFault.NOT_DERMLOG, OpeningFault.NEWER, OpeningFault.DAMAGED, OpeningFault.NOT_COMPLETE),
    OpeningFault.UNREADABLE,
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small logbook, closed."""
    folder = tmp_path_factory.mktemp("sound")
    with make_logbook(folder) as logbook:
        logbook.patients.save(make_patient())
    return logbook.path


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_prepared_file_is_refused_and_not_touched(sound: Path, tmp_path: Path, attack: Attack) -> None:
    for seed in range(SEEDS):
        folder = tmp_path / str(seed)
        folder.mkdir()
        path = folder / "Clinic.dermlog"
        shutil.copyfile(sound, path)
        attack(path, random.Random(seed))  # noqa: S311
        before = sha256(path.read_bytes()).digest()
        with pytest.raises(LogbookNotOpened) as caught:
            Logbook.open(path).close()
        assert caught.value.fault in REFUSALS, (seed, caught.value.fault)
        assert sha256(path.read_bytes()).digest() == before
        assert [one.name for one in folder.iterdir() if not one.name.endswith((".lock", "-lock"))] == [
            path.name
        ]


def test_the_sound_one_opens(sound: Path, tmp_path: Path) -> None:
    """Otherwise all of this would prove nothing."""
    path = tmp_path / "Clinic.dermlog"
    shutil.copyfile(sound, path)
    with Logbook.open(path) as logbook:
        assert logbook.patients.count() == 1
