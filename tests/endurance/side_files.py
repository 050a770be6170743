"""T5: damage to what lies beside a clinic file: log, slots, witness, manifest, photo packs.

Every time it is said, mended or refused; nothing wrong is taken for true, and nothing crashes.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dermlog.domain.backup import BackupSet
from dermlog.domain.clinic import Clinic
from dermlog.domain.recovery import RecoveryCode
from dermlog.errors import DermlogError, LogbookNotOpened, NotUnlocked
from dermlog.logbook import Logbook, backups_in, unlock
from dermlog.storage.backup import read_back
from dermlog.storage.backup_manifest import MANIFEST
from dermlog.storage.backup_place import packs_folder
from dermlog.storage.key_file import keys_path
from dermlog.storage.witness import witness_path
from tests.endurance import Outcome
from tests.endurance.clinics import Rows
from tests.endurance.damage import Mutation, cut, flip, overwrite, zero
from tests.endurance.keys import cheap_passwords
from tests.makers import DOCTOR, NURSE, StillClock
from tests.storage.contents import rows_of, treat

_PASSWORD = "quiet harbour lamp"  # noqa: S105 - of an invented person
_DAMAGE: tuple[Mutation, ...] = (flip, overwrite, zero, cut)
_WAL = "-wal"


@dataclass(frozen=True)
class _Scene:
    """A locked logbook as a crash left it, with its backup; what is in it is known."""

    folder: Path
    path: Path
    key: bytes
    clock: StillClock
    rows: Rows
    backup: BackupSet
    files: dict[Path, bytes]

    def put_back(self) -> None:
        """Everything as the crash left it."""
        for path in self.path.parent.iterdir():
            if path.is_file() and path not in self.files:
                path.unlink()
        for path, content in self.files.items():
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)


def run(count: int, seed: int) -> Outcome:
    """So many damaged files, five kinds in turn."""
    chance = random.Random(seed)  # noqa: S311 - repeatable damage, nothing secret
    bad: list[str] = []
    told: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, cheap_passwords():
        scene = _make_scene(Path(folder))
        (pack,) = packs_folder(scene.backup).iterdir()
        kinds: tuple[tuple[str, Path, Callable[[_Scene], str]], ...] = (
            ("log", scene.path.with_name(scene.path.name + _WAL), _open),
            ("slots", keys_path(scene.path), _unlock),
            ("witness", witness_path(scene.path), _open),
            ("manifest", scene.backup.folder / MANIFEST, _list),
            ("pack", pack, _read_back),
        )
        for number in range(count):
            kind, path, look = kinds[number % len(kinds)]
            content = bytearray(scene.files[path])
            what = chance.choice(_DAMAGE)(content, b"", chance)
            path.write_bytes(content)
            try:
                said = look(scene)
            except Exception as error:  # a crash is what this looks for
                said = f"crashed with {type(error).__name__}: {error}"
            told[f"{kind} {said.split(':')[0]}"] += 1
            if said.startswith(("crashed", "wrong")):
                bad.append(f"case {number} of seed {seed}, {kind}, {what}: {said}")
            scene.put_back()
    return Outcome(count, tuple(bad), ", ".join(f"{said} {times}" for said, times in sorted(told.items())))


def _open(scene: _Scene) -> str:
    """Open after a crash: everything is there, or it is said what is missing, or the file stays shut."""
    try:
        logbook = Logbook.open(scene.path, key=scene.key, clock=scene.clock)
    except LogbookNotOpened:
        return "refused"
    with logbook:
        if logbook.notices:
            return "said"
        if rows_of(scene.path, scene.key) == scene.rows:
            return "whole"
        return "wrong: entries are missing and nothing was said" if logbook.check().ok else "said"


def _unlock(scene: _Scene) -> str:
    """The right password opens, from the second copy if need be, or damage is named."""
    try:
        unlocked = unlock(scene.path, DOCTOR.id, _PASSWORD, clock=scene.clock)
    except NotUnlocked as error:
        return f"wrong: {error.fault}"
    return "opened" if unlocked.key == scene.key else "wrong: another key"


def _list(scene: _Scene) -> str:
    """A set with a damaged manifest is no backup; one that is listed is what it was."""
    found = backups_in(scene.folder / "stick")
    if not found:
        return "not counted"
    return "whole" if found == (scene.backup,) else "wrong: a manifest with other facts was believed"


def _read_back(scene: _Scene) -> str:
    """A damaged pack is said, unless what is in it can all be read."""
    proof = (scene.backup.folder / "proof.json").read_bytes()
    try:
        read_back(scene.backup, scene.key, scene.clock.now, photos=True)
    except DermlogError:
        (scene.backup.folder / "proof.json").write_bytes(proof)
        return "said"
    (scene.backup.folder / "proof.json").write_bytes(proof)
    return "whole"


def _make_scene(folder: Path) -> _Scene:
    pc, stick, away = folder / "pc", folder / "stick", folder / "crashed"
    for one in (pc, stick, away):
        one.mkdir()
    clock, code = StillClock(), RecoveryCode(bytes(range(16)))
    made = Logbook.create_locked(
        pc / "Clinic.dermlog", Clinic("Skin"), [DOCTOR, NURSE], {DOCTOR.id: _PASSWORD}, code, clock=clock
    )
    key = made.backups.key
    if key is None:
        raise RuntimeError("a locked logbook has a key")
    treat(made, photos=2)
    made.backups.add_place(stick)
    made.backups.drop_place(pc)
    made.backups.back_up()
    made.rest()
    for number in range(6):
        treat(made, photos=0, name=f"Patient {number}")
    # What a crash leaves: the file, the log that is not folded yet, the witness, the slots twice.
    for path in list(pc.iterdir()):
        if path.is_file() and not path.name.endswith(("-lock", "-shm")):
            shutil.copy(path, away / path.name)
    made.close()
    path = away / made.path.name
    rows = rows_of(made.path, key)
    (backup,) = backups_in(stick)
    files = {one: one.read_bytes() for one in away.iterdir()}
    (pack,) = packs_folder(backup).iterdir()
    files |= {one: one.read_bytes() for one in (pack, backup.folder / MANIFEST)}
    return _Scene(folder, path, key, clock, rows, backup, files)
