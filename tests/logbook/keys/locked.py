"""What the tests of the keys share: the passwords, the code, and how a refusal is asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dermlog.domain.key_fault import KeyFault
from dermlog.domain.recovery import RecoveryCode
from dermlog.errors import NotUnlocked
from dermlog.logbook import (
    Logbook,
    Unlocked,
)
from tests.makers import DOCTOR

DOCTORS, NURSES = "quiet harbour lamp", "seven green boats"
CODE = RecoveryCode(bytes(range(16)))


def fault(call: Callable[[], object]) -> KeyFault | None:
    with pytest.raises(NotUnlocked) as raised:
        call()
    assert raised.value.sentence
    return raised.value.fault


def signed_in(logbook: Logbook) -> Unlocked:
    return logbook.keys.check(DOCTOR.id, DOCTORS)
