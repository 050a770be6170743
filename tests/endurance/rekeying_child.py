"""A program that changes passwords and the clinic's key without end; key_kills kills it.

Arguments: the file, the password of the doctor. It writes "ready", then a line before and after each change:
"password WORDS", "set", "key", "changed CODE".
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from dermlog.logbook import Logbook, unlock
from tests.endurance.keys import cheap_passwords
from tests.makers import DOCTOR, NURSE, make_patient


def tell(text: str) -> None:
    """One line, whole or not at all."""
    os.write(1, f"{text}\n".encode())


def main(path: str, password: str) -> None:
    """Work until killed."""
    with cheap_passwords():
        by = unlock(Path(path), DOCTOR.id, password)
        with Logbook.open(Path(path), key=by.key) as logbook:
            tell("ready")
            for number in count():
                words = f"seven green boats {os.getpid()} {number}"
                tell(f"password {words}")
                logbook.keys.set_password(NURSE.id, words, by)
                tell("set")
                logbook.patients.save(make_patient())
                tell("key")
                code = logbook.keys.change_clinic_key(by)
                tell(f"changed {code.text}")
                by = logbook.keys.check(DOCTOR.id, password)


if __name__ == "__main__":
    main(*sys.argv[1:])
