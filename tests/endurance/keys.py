"""T21: wrong passwords, flipped bits in the slots, mistyped sheets: never a wrong key, never "damaged"."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dermlog.domain.clinic import Clinic
from dermlog.domain.key_fault import KeyFault
from dermlog.domain.recovery import ALPHABET, RecoveryCode, RecoveryMisread
from dermlog.errors import NotUnlocked
from dermlog.logbook import Logbook, unlock, unlock_with_code
from dermlog.storage import key_slot
from dermlog.storage.key_file import kept_path, keys_path
from dermlog.storage.key_slot import Cost, clinic_key
from tests.endurance import Outcome
from tests.makers import DOCTOR, NURSE, StillClock

DOCTORS, NURSES = "quiet harbour lamp", "seven green boats"
CHEAP = Cost(time=1, memory_kib=64, lanes=1)
"""Slots say themselves what they cost, so that thousands of passwords can be tried in a minute."""

_DAMAGE = {KeyFault.SLOTS_DAMAGED, KeyFault.SLOTS_MISSING, KeyFault.NO_PASSWORD}


@contextmanager
def cheap_passwords() -> Iterator[None]:
    """Passwords set inside cost next to nothing to try."""
    usual = key_slot.USUAL_COST
    key_slot.USUAL_COST = CHEAP
    try:
        yield
    finally:
        key_slot.USUAL_COST = usual


@dataclass
class _Scene:
    """A locked logbook, its code, and its slots as they should be."""

    path: Path
    code: RecoveryCode
    chance: random.Random
    slots: bytes

    def put_back(self) -> None:
        """Slots as they were, twice."""
        for path in (keys_path(self.path), kept_path(self.path)):
            path.write_bytes(self.slots)


def run(count: int, seed: int) -> Outcome:
    """So many mistakes and faults, four kinds in turn."""
    chance = random.Random(seed)  # noqa: S311 - repeatable mistakes, nothing secret
    bad: list[str] = []
    kinds: tuple[tuple[str, Callable[[_Scene], str]], ...] = (
        ("wrong password", _wrong_password),
        ("flipped bit", _flipped_bit),
        ("mistyped sheet", _mistyped_sheet),
        ("mistyped sheet", _mistyped_sheet),
        ("flipped bit in both copies", _flipped_bits),
    )
    folder = Path(tempfile.mkdtemp())
    try:
        with cheap_passwords():
            path, code = folder / "Clinic.dermlog", RecoveryCode(chance.randbytes(16))
            passwords = {DOCTOR.id: DOCTORS, NURSE.id: NURSES}
            clinic = Clinic(name="Skin Clinic")
            Logbook.create_locked(path, clinic, [DOCTOR, NURSE], passwords, code, clock=StillClock()).close()
        scene = _Scene(path, code, chance, keys_path(path).read_bytes())
        for number in range(count):
            name, attempt = kinds[number % len(kinds)]
            scene.put_back()
            said = attempt(scene)
            if said:
                bad.append(f"{name}, case {number} of seed {seed}: {said}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Outcome(count, tuple(bad))


def _answer(scene: _Scene, password: str) -> KeyFault | bytes | None:
    """The key that a password gives, or why it gives none."""
    try:
        return unlock(scene.path, DOCTOR.id, password, clock=StillClock()).key
    except NotUnlocked as error:
        return error.fault


def _wrong_password(scene: _Scene) -> str:
    letters = list(DOCTORS)
    place = scene.chance.randrange(len(letters))
    kind = scene.chance.randrange(4)
    if kind == 0:
        letters[place] = chr(ord(letters[place]) + 1)
    elif kind == 1:
        del letters[place]
    elif kind == 2:
        letters.insert(place, chr(scene.chance.randrange(0x20, 0x2FF)))
    else:
        letters = list(scene.chance.choice(["", NURSES, DOCTORS.upper(), DOCTORS + " ", "x" * 5000]))
    found = _answer(scene, "".join(letters))
    return "" if found is KeyFault.WRONG_PASSWORD else f"answered {found!r}"


def _flip(scene: _Scene) -> bytes:
    content = bytearray(scene.slots)
    content[scene.chance.randrange(len(content))] ^= 1 << scene.chance.randrange(8)
    return bytes(content)


def _flipped_bit(scene: _Scene) -> str:
    """One copy damaged, either of them: the right password opens, a wrong one is called wrong."""
    path = scene.chance.choice([keys_path, kept_path])(scene.path)
    path.write_bytes(_flip(scene))
    if _answer(scene, DOCTORS) != clinic_key(scene.code):
        return "the right password does not open"
    found = _answer(scene, DOCTORS + "!")
    return "" if found is KeyFault.WRONG_PASSWORD else f"a wrong password is answered {found!r}"


def _flipped_bits(scene: _Scene) -> str:
    """Both copies damaged: the right key or the truth, and the sheet opens whatever is left."""
    for path in (keys_path(scene.path), kept_path(scene.path)):
        path.write_bytes(_flip(scene))
    found = _answer(scene, DOCTORS)
    if found != clinic_key(scene.code) and found not in _DAMAGE:
        return f"the right password is answered {found!r}"
    wrong = _answer(scene, DOCTORS + "!")
    if wrong is not KeyFault.SLOTS_DAMAGED and wrong not in _DAMAGE:
        return f"a wrong password is answered {wrong!r}"
    opened = unlock_with_code(scene.path, scene.code.text).key
    return "" if opened == clinic_key(scene.code) else "the sheet gives another key"


def _mistyped_sheet(scene: _Scene) -> str:
    """One or two letters wrong, or two swapped: always noticed."""
    right = "".join(scene.code.groups)
    letters = list(right)
    first, second = scene.chance.sample(range(len(letters)), 2)
    kind = scene.chance.randrange(3)
    if kind == 0:
        letters[first] = scene.chance.choice(ALPHABET)
    elif kind == 1:
        letters[first], letters[second] = (scene.chance.choice(ALPHABET) for _letter in range(2))
    else:
        letters[first], letters[second] = letters[second], letters[first]
    typed = "".join(letters)
    if typed == right:
        return ""
    try:
        RecoveryCode.read(typed)
    except RecoveryMisread:
        return ""
    return f"{typed} was taken for a code"
