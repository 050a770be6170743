"""Exports as somebody means harm with them: names, sizes, links, values, rows, each by a seed."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.logbook.leaving_scene import DOCUMENT, SUMS, changed_folder, document_of, write_document

Attack = Callable[[Path, Path, random.Random], Path]
"""attack(sound export, folder to work in, chance) gives the hostile export."""

_NAMES = (
    *(
        "../evil.txt",
        "..\\evil.txt",
        "/opt/evil.txt",
        "C:/evil.txt",
        "a/../../evil.txt",
        "\\\\host\\share\\evil.txt",
    ),
    *(
        "photos/../../evil.txt",
        "csv//evil.txt",
        "./evil.txt",
        "evil\0.txt",
        "photos/",
        ".evil",
        "a/b/c/d/evil.txt",
    ),
    *("con/../evil.txt", "évil.txt", "evil\n.txt", "e" * 300, "-rf", "~/evil.txt", "photos/evil.jpg:stream"),
)


def _zipped(folder: Path, target: Path) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(target, "w")
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            archive.write(path, path.relative_to(folder).as_posix())
    return archive


def bad_name(sound: Path, work: Path, chance: random.Random) -> Path:
    """A member that wants to lie somewhere else, with or without a checksum."""
    target, name = work / "x.zip", chance.choice(_NAMES)
    if chance.random() < 0.5:
        with changed_folder(sound, work / "copy"):
            pass
        sums = work / "copy" / SUMS
        sums.write_bytes(sums.read_bytes() + f"{sha256(b'evil').hexdigest()}  {name}\n".encode())
        sound = work / "copy"
    with _zipped(sound, target) as archive:
        archive.writestr(zipfile.ZipInfo(name), b"evil")
    return target


def bomb(sound: Path, work: Path, chance: random.Random) -> Path:
    """A member that grows beyond measure, as document, history or picture."""
    name = chance.choice((DOCUMENT, "history/change-0001.jsonl", "csv/visit.csv", "photos/bomb.jpg"))
    with changed_folder(sound, work / "copy") as folder:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(chance.choice((b"\0", b" ", b"[")) * chance.choice((1 << 21, 1 << 24)))
    target = work / "x.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((work / "copy").rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(work / "copy").as_posix())
    return target


def lying_size(sound: Path, work: Path, chance: random.Random) -> Path:
    """A central directory that tells other sizes than there are."""
    target = work / "x.zip"
    _zipped(sound, target).close()
    content = bytearray(target.read_bytes())
    places = [at for at in range(len(content) - 46) if content[at : at + 4] == b"PK\x01\x02"]
    at = chance.choice(places) + chance.choice((20, 24))
    struct.pack_into("<I", content, at, chance.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFE)))
    target.write_bytes(content)
    return target


def overlapping(sound: Path, work: Path, chance: random.Random) -> Path:
    """Every entry of the directory points at the same member."""
    target = work / "x.zip"
    _zipped(sound, target).close()
    content = bytearray(target.read_bytes())
    places = [at for at in range(len(content) - 46) if content[at : at + 4] == b"PK\x01\x02"]
    offset = struct.unpack_from("<I", content, chance.choice(places) + 42)[0]
    for at in places:
        struct.pack_into("<I", content, at + 42, offset)
    target.write_bytes(content)
    return target


def link(sound: Path, work: Path, chance: random.Random) -> Path:
    """A link in place of a file, in a ZIP or a folder."""
    name = chance.choice((DOCUMENT, "csv/patient.csv", "FIELDS.md"))
    if chance.random() < 0.5 and os.name != "nt":
        shutil.copytree(sound, work / "copy")
        outside = work / "outside"
        outside.write_bytes((sound / name).read_bytes())
        (work / "copy" / name).unlink()
        (work / "copy" / name).symlink_to(outside)
        return work / "copy"
    target = work / "x.zip"
    with _zipped(sound, target) as archive:
        info = zipfile.ZipInfo("csv/more.csv")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return target


def twice(sound: Path, work: Path, chance: random.Random) -> Path:
    """The same member twice, with other words the second time."""
    target = work / "x.zip"
    archive = _zipped(sound, target)
    archive.NameToInfo.pop(name := chance.choice((DOCUMENT, SUMS, "csv/patient.csv")))
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(name, b"{}")
    archive.close()
    return target


def cut(sound: Path, work: Path, chance: random.Random) -> Path:
    """A ZIP without its end, or with bytes turned over."""
    target = work / "x.zip"
    _zipped(sound, target).close()
    content = bytearray(target.read_bytes())
    if chance.random() < 0.5:
        target.write_bytes(content[: chance.randrange(len(content))])
        return target
    # Not in the middle of names and times that nothing depends on.
    document = content.find(b'"records_digest"')
    for _turn in range(40):
        content[document + chance.randrange(2000)] ^= 1 << chance.randrange(8)
    target.write_bytes(content)
    return target


def not_ours(_sound: Path, work: Path, chance: random.Random) -> Path:
    """Files of other kinds, named like an export."""
    target = work / "x.zip"
    kind = chance.randrange(5)
    if kind == 0:
        target.write_bytes(chance.randbytes(chance.randrange(1, 5000)))
    elif kind == 1:
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("photo.jpg", b"\xff\xd8")
    elif kind == 2:
        target.write_bytes(b"PK\x05\x06" + bytes(18))
    elif kind == 3:
        target.write_bytes(b"")
    else:
        # The plain SQLite file of an export, with a trigger in it, is no way in.
        with sqlite3.connect(target) as planted:
            planted.execute("CREATE TABLE patient (id TEXT)")
            planted.execute("CREATE TRIGGER t AFTER INSERT ON patient BEGIN DELETE FROM patient; END")
        planted.close()
    return target


def missing_part(sound: Path, work: Path, chance: random.Random) -> Path:
    """A file that the list names and nobody has, or that is not as it was."""
    shutil.copytree(sound, work / "copy")
    files = sorted(
        path
        for path in (work / "copy").rglob("*")
        if path.name in {DOCUMENT, SUMS} or path.parent.name in {"history", "photos"}
    )
    victim = chance.choice(files)
    if chance.random() < 0.5:
        victim.unlink()
    else:
        victim.write_bytes(victim.read_bytes()[:-1] + b"#")
    return work / "copy"


_WRONG: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**70, 1.5, "", "x", "\0", "\ud800", [], {}, "2026-13-01", "../x"),
    *("'; DROP TABLE patient; --", "9" * 500),
)


def wrong_value(sound: Path, work: Path, chance: random.Random) -> Path:
    """A value that its field cannot have; the digest is made to fit where that is possible."""
    with changed_folder(sound, work / "copy") as folder:
        document = document_of(folder)
        names = [name for name, rows in document["records"].items() if rows]
        rows = document["records"][chance.choice(names)]
        row = chance.choice(rows)
        field = chance.choice(sorted(row))
        wrong = [value for value in _WRONG if type(value) is not type(row[field]) and value is not None]
        row[field] = chance.choice(wrong)
        write_document(folder, document)
    return work / "copy"


def wrong_shape(sound: Path, work: Path, chance: random.Random) -> Path:
    """A document that is not built as it must be."""
    with changed_folder(sound, work / "copy") as folder:
        document = document_of(folder)
        text = json.dumps(document)
        name = chance.choice(sorted(document["records"]))
        kind = chance.randrange(9)
        if kind == 0:
            document["more"] = 1
        elif kind == 1:
            del document[chance.choice(sorted(document))]
        elif kind == 2:
            document["records"][name] = {"a": 1}
        elif kind == 3:
            document["records"]["sqlite_master"] = []
        elif kind == 4:
            document["records"]["patient"][0]["folded"] = "x"
        elif kind == 5:
            del document["records"]["patient"][0]["id"]
        elif kind == 6:
            document["version"] = chance.choice((0, 2, "1", None, 1.0))
        elif kind == 7:
            (folder / DOCUMENT).write_text("[" * 100_000, encoding="utf-8")
        else:
            (folder / DOCUMENT).write_text(text[:-1] + ', "records": {}}', encoding="utf-8")
        if kind < 7:
            write_document(folder, document)
    return work / "copy"


def wrong_rows(sound: Path, work: Path, chance: random.Random) -> Path:
    """Rows that cannot be together, with a digest made to fit."""
    from dermlog.storage.leaving.digest import digest_of_records

    with changed_folder(sound, work / "copy") as folder:
        document = document_of(folder)
        records = document["records"]
        kind = chance.randrange(8)
        if kind == 0:
            name = chance.choice(("patient", "visit", "injection_session", "photo", "staff", "score"))
            records[name].append(dict(chance.choice(records[name])))
        elif kind == 1:
            name = chance.choice(("visit", "consent", "patient_flag", "injection_session"))
            chance.choice(records[name])["patient_id"] = str(UUID(int=12345))
        elif kind == 2:
            records["staff"] = []
        elif kind == 3:
            for person in records["staff"]:
                person["role"] = "viewer"
        elif kind == 4:
            chance.choice(records["injection_site"])["units"] = "5000"
        elif kind == 5:
            chance.choice(records["injection_session"])["vial_units"] = "-1"
        elif kind == 6:
            records["patient"][0]["chart_number"] = records["patient"][1]["chart_number"]
        else:
            records["patient"][0]["family_name"] = chance.choice(("", "a\u2028b", "a\x07b", "x" * 201))
        document["records_digest"] = digest_of_records(records)
        write_document(folder, document)
    return work / "copy"


def wrong_history(sound: Path, work: Path, chance: random.Random) -> Path:
    """Lines of the log that cannot be."""
    with changed_folder(sound, work / "copy") as folder:
        name = chance.choice(("change", "change_payload", "change_hash", "access", "seal"))
        path = folder / "history" / f"{name}-0001.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines()
        kind = chance.randrange(4) if lines else 1
        lines = lines or ["{}"]
        if kind == 0:
            lines.append(lines[0])
        elif kind == 1:
            lines[chance.randrange(len(lines))] = chance.choice(
                ("{}", "[]", "null", "{", '{"sequence": "1"}')
            )
        elif kind == 2:
            row = json.loads(lines[0])
            row[chance.choice(sorted(row))] = {"a": 1}
            lines[0] = json.dumps(row)
        else:
            lines[0] = lines[0].replace("{", '{"more": 1, ', 1)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return work / "copy"


def wrong_picture(sound: Path, work: Path, chance: random.Random) -> Path:
    """A picture that is named twice, lies elsewhere or is not the one it says."""
    with changed_folder(sound, work / "copy") as folder:
        document = document_of(folder)
        picture = chance.choice(document["pictures"])
        kind = chance.randrange(5)
        if kind == 0:
            picture["file"] = chance.choice(
                ("../../../etc/passwd", "/etc/passwd", "FIELDS.md", SUMS, "photos")
            )
        elif kind == 1:
            document["pictures"].append(dict(picture))
        elif kind == 2:
            picture["sha256"] = "0" * 64
        elif kind == 3:
            picture["file_sha256"] = "0" * 64
        else:
            picture["more"] = 1
        write_document(folder, document)
    return work / "copy"


ATTACKS: tuple[Attack, ...] = (
    *(bad_name, bomb, lying_size, overlapping, link, twice, cut, not_ours, missing_part),
    *(wrong_value, wrong_shape, wrong_rows, wrong_history, wrong_picture),
)
