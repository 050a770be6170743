"""F37: no typed text becomes a path, or a name that a file system refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dermlog.domain.file_name import LONGEST, safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("DL-0142", "DL-0142"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Users\\x", "C-Users-x"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("LPT1", "_LPT1"),
        ("console", "console"),
        ("...", ""),
        ("a" * 99, "a" * LONGEST),
        ("Łódź 7", "Łódź-7"),
        ("a\0b", "a-b"),
    ],
)
def test_what_becomes_of_a_text(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text())
def test_nothing_dangerous_is_left(text: str) -> None:
    name = safe_name(text)
    assert not set(name) & set('/\\:*?"<>|\0\n\r\t ')
    assert not name.startswith((".", "-")) and not name.endswith((".", " "))
    assert len(name) <= LONGEST + 1
