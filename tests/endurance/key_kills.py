"""T21: killed while a password or the clinic's key is changed, the file opens by one of two keys, always."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from uuid import UUID

from dermlog.domain.clinic import Clinic
from dermlog.domain.key_fault import KeyFault
from dermlog.domain.recovery import RecoveryCode
from dermlog.errors import DermlogError, NotUnlocked
from dermlog.logbook import Logbook, unlock, unlock_with_code
from dermlog.storage.key_file import next_path
from tests.endurance import Outcome
from tests.endurance.keys import DOCTORS, NURSES, cheap_passwords
from tests.makers import DOCTOR, NURSE

_CHILD = Path(__file__).with_name("rekeying_child.py")
_LONGEST_SECONDS = 0.4
_KILLS_OF_ONE_FILE = 12
"""Each change of the key leaves a backup behind: another file now and then keeps the folder small."""


def run(count: int, seed: int) -> Outcome:
    """Kill so many children at random moments."""
    chance = Random(seed)  # noqa: S311 - repeatable moments
    bad: list[str] = []
    in_change = done = 0
    while done < count:
        with tempfile.TemporaryDirectory(prefix="dermlog-key-kills-", ignore_cleanup_errors=True) as folder:
            clinic = _Killed(Path(folder) / "Clinic.dermlog", chance)
            for _kill in range(min(_KILLS_OF_ONE_FILE, count - done)):
                done += 1
                try:
                    said = clinic.kill()
                except DermlogError as error:
                    said = repr(error)
                if said:
                    bad.append(f"kill {done} of seed {seed}: {said}")
                    break
            in_change += clinic.in_change
    return Outcome(done, tuple(bad), f"{in_change} of {done} kills in the middle of a change of the key")


class _Killed:
    """A locked logbook whose program is killed again and again; code is what its owner has on paper."""

    def __init__(self, path: Path, chance: Random) -> None:
        self.path, self.code, self.chance = path, RecoveryCode(chance.randbytes(16)), chance
        self.in_change = 0
        passwords: dict[UUID, str] = {DOCTOR.id: DOCTORS, NURSE.id: NURSES}
        with cheap_passwords():
            Logbook.create_locked(path, Clinic(name="Skin"), [DOCTOR, NURSE], passwords, self.code).close()

    def kill(self) -> str:
        """Let the child work for a moment, kill it, judge; what is wrong, or ""."""
        told = self._told()
        codes = [line.split()[1] for line in told if line.startswith("changed ")]
        by = unlock(self.path, DOCTOR.id, DOCTORS)
        with Logbook.open(self.path, key=by.key) as again:
            findings = again.check().findings
        if findings:
            return f"the check says {findings}"
        if next_path(self.path).exists():
            return "slots of the other key are left"
        changing = bool(told) and told[-1] == "key"
        self.in_change += changing
        known = codes[-1] if codes else self.code.text
        # Whoever was told a code has it on paper: unless it is being changed, it must be the one.
        if not changing and by.code.text != known:
            return "the sheet that was told is not the one"
        if unlock_with_code(self.path, by.code.text).key != by.key:
            return "the sheet opens with another key"
        self.code = by.code
        return self._nurse(told)

    def _told(self) -> list[str]:
        command = [sys.executable, str(_CHILD), str(self.path), DOCTORS]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as child:
            if child.stdout is None or child.stdout.readline() != b"ready\n":
                raise RuntimeError("the child did not start")
            time.sleep(self.chance.uniform(0, _LONGEST_SECONDS))
            child.kill()
            return [line for line in child.stdout.read().decode().split("\n")[:-1] if line]

    def _nurse(self, told: list[str]) -> str:
        """A password that was set opens, unless the key was changed since; one that was being set may."""
        words = [line.removeprefix("password ") for line in told if line.startswith("password ")]
        if not words:
            return ""
        after = told[len(told) - told[::-1].index(f"password {words[-1]}") :]
        allowed = {
            (): {KeyFault.WRONG_PASSWORD, KeyFault.KEY_CHANGED},
            ("set",): set[KeyFault](),
        }.get(tuple(after), {KeyFault.KEY_CHANGED})
        try:
            unlock(self.path, NURSE.id, words[-1])
        except NotUnlocked as error:
            return "" if error.fault in allowed else f"a password that was set is answered {error.fault}"
        return ""
