"""Bringing a file of an older format up to date: a proven copy first, then all or nothing."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

from dermlog.domain.file_fault import OpeningFault
from dermlog.errors import not_opened
from dermlog.storage import driver, migrations


def upgrade(path: Path, key: bytes | None, file_format: int) -> Path:
    """Bring the file to the format of today and give the path of the copy made before.

    LogbookNotOpened when copy or upgrade fails; the file is as it was then. Whoever calls holds the lock.
    """
    copy = _free_name(path, file_format)
    try:
        connection = driver.connect(path, key, "rw")
        try:
            driver.settle(connection, writing=True)
            before = _counts(connection)
            _make_copy(connection, copy, key, before)
            migrations.bring_up_to_date(connection)
            _check(connection)
        finally:
            connection.close()
    except (driver.Error, MemoryError, OSError) as error:
        raise not_opened(OpeningFault.UPGRADE_STOPPED, path.name) from error
    return copy


def upgrade_new(path: Path, key: bytes | None) -> None:
    """Bring a file that nobody has yet to the format of today; one of the driver's errors when it fails."""
    with closing(driver.connect(path, key, "rw")) as connection:
        driver.settle(connection, writing=True)
        migrations.bring_up_to_date(connection)
        _check(connection)


def _make_copy(connection: driver.Connection, copy: Path, key: bytes | None, counts: dict[str, int]) -> None:
    """A copy that was opened and read back; removed again when it is not what it should be."""
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
        other = driver.connect(copy, key, "rw")
        try:
            _check(other)
            if _counts(other) != counts:
                raise driver.DatabaseError("the copy lacks rows")
        finally:
            other.close()
    except BaseException:
        with suppress(OSError):
            copy.unlink(missing_ok=True)
        raise


def _check(connection: driver.Connection) -> None:
    found = connection.execute("PRAGMA quick_check").fetchone()
    if found is None or found[0] != "ok":
        raise driver.DatabaseError("database disk image is malformed")


def _counts(connection: driver.Connection) -> dict[str, int]:
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "AND name NOT LIKE 'patient_search%' AND name <> 'search_piece' ORDER BY name"
        )
    ]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


def _free_name(path: Path, file_format: int) -> Path:
    """A name beside the file that nobody has: Clinic (before update, format 1).dermlog."""
    number = 1
    while True:
        ending = "" if number == 1 else f" {number}"
        copy = path.with_name(f"{path.stem} (before update, format {file_format}{ending}){path.suffix}")
        if not copy.exists():
            return copy
        number += 1
