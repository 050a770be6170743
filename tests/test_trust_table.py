"""The table of promises, faults and tests is complete, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "tests" / "TRUST.md"
NAMED = re.compile(r"`(?P<path>(?:tests|packaging)/[\w/]+\.py)(?:::(?P<test>\w+))?`")
WITHOUT = ("Not built", "Not applicable", "Release only")
EXPECTED = [
    *(f"P{number}" for number in range(1, 13)),
    *(f"F{number}" for number in range(1, 51)),
    *(f"T{number}" for number in range(1, 26)),
]


def rows() -> dict[str, str]:
    """Each line of the tables by its number."""
    found: dict[str, str] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        number = line.split("|")[1].strip() if line.startswith("|") else ""
        if re.fullmatch(r"[PFT]\d+", number):
            assert number not in found, number
            found[number] = line
    return found


@cache
def names_in(path: Path) -> frozenset[str]:
    """The functions and classes of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, kinds))


def test_every_promise_fault_and_test_has_its_line_in_order() -> None:
    assert list(rows()) == EXPECTED


@pytest.mark.parametrize("number", EXPECTED)
def test_a_line_names_tests_that_exist_or_says_why_not(number: str) -> None:
    line = rows()[number]
    named = [(ROOT / found["path"], found["test"]) for found in NAMED.finditer(line)]
    assert named or any(words in line for words in WITHOUT)
    for path, test in named:
        assert path.is_file(), path
        assert test is None or test in names_in(path), f"{path.name}::{test}"
    # A path that the pattern does not read would never be looked for.
    assert line.count("tests/") + line.count("packaging/") == len(named)


def test_every_fault_stands_under_a_promise() -> None:
    told = {
        fault
        for number, line in rows().items()
        if number.startswith("P")
        for fault in re.findall(r"\bF\d+\b", line)
    }
    # About the place of the file, the clock, updates, libraries and the like: no promise of its own.
    apart = {*(f"F{n}" for n in (10, 11, 15, 16, 17, 18, 19, 21, 22, 23, 24, 27, 36, 48, 49, 50))}
    assert told | apart == {f"F{number}" for number in range(1, 51)}
    assert not told & apart


def test_modules_named_in_the_table_hold_tests_or_cases() -> None:
    for line in rows().values():
        for found in NAMED.finditer(line):
            path = ROOT / found["path"]
            names = names_in(path)
            cases = any(name.startswith("test_") for name in names) or "run" in names
            collected = "TestCase" in path.read_text(encoding="utf-8")
            assert cases or collected or path.parent.name == "packaging", path
