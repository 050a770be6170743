"""A Python that is too old gets a sentence, so what it meets first must be readable to it."""

import ast
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from python_version import require_new_python

PACKAGING = Path(__file__).parents[2] / "packaging"
_Version = namedtuple("_Version", "major minor micro releaselevel serial")


@pytest.mark.parametrize("name", ["run.py", "test.py", "bench.py", "python_version.py"])
def test_old_pythons_can_read_what_they_meet_first(name: str) -> None:
    source = (PACKAGING / name).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 5))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.AnnAssign)]
    # Before the version is known to be new enough, only modules of the oldest standard library are loaded.
    assert [node.names[0].name for node in tree.body if isinstance(node, ast.Import)] == ["sys"]


def test_an_old_python_is_told_what_is_needed_and_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", _Version(3, 9, 2, "final", 0))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is Python 3\.9\.2") as stopped:
        require_new_python()
    assert "python3.12 " in str(stopped.value)


def test_a_32_bit_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "maxsize", 2**31 - 1)
    with pytest.raises(SystemExit, match="64-bit"):
        require_new_python()


def test_this_python_passes() -> None:
    require_new_python()
