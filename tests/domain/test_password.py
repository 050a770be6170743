"""Passwords: long, not common, and the same bytes whatever keyboard they were typed on."""

from __future__ import annotations

import pytest

from dermlog.domain.key_fault import KeyFault
from dermlog.domain.password import password_bytes, password_fault


@pytest.mark.parametrize(
    "password",
    ["quiet harbour lamp", "Xk29fjq!msla", "дождь над морем", "seven green boats", "1029384756xyzw"],
)
def test_a_long_password_of_any_letters_will_do(password: str) -> None:
    assert password_fault(password, ("Dr Sato",)) is None


@pytest.mark.parametrize("password", ["", "elevenlong!", "ΩΩΩ"])
def test_fewer_than_twelve_characters_are_too_few(password: str) -> None:
    assert password_fault(password) is KeyFault.PASSWORD_TOO_SHORT


@pytest.mark.parametrize(
    "password",
    [
        *("Password1234!", "password12345", "qwertyuiop[]", "summer2026!!", "aaaaaaaaaaaaa", "123123123123"),
        *("correct horse battery staple", "Botox clinic Monday", "dermatology2026", "abababababab"),
        *("Dr Sato Dr Sato", "SatoSato2026!", "1234567890ab", "x" * 1025),
    ],
)
def test_what_everybody_tries_is_refused(password: str) -> None:
    assert password_fault(password, ("Dr Sato",)) is KeyFault.PASSWORD_COMMON


def test_the_same_letters_give_the_same_bytes() -> None:
    assert password_bytes("Zürich") == password_bytes("Zu\u0308rich")
    assert password_bytes("lone \ud800 surrogate")
