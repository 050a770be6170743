"""The wheel: what clinics install carries the resources and the command, and nothing of the workshop."""

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (made,) = folder.glob("dermlog-*.whl")
    return made


def test_the_wheel_carries_every_resource(wheel: Path) -> None:
    ours = {
        path.relative_to(ROOT / "resources").as_posix()
        for path in (ROOT / "resources").rglob("*")
        if path.is_file()
    }
    packed = {name.removeprefix("dermlog/resources/") for name in ZipFile(wheel).namelist()}
    assert ours
    assert not ours - packed


def test_the_wheel_carries_the_package_and_only_that(wheel: Path) -> None:
    folders = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert folders == {"dermlog", "dermlog-0.1.0.dist-info"}
    assert {"dermlog/__main__.py", "dermlog/py.typed"} <= set(ZipFile(wheel).namelist())


def test_the_wheel_makes_the_dermlog_command(wheel: Path) -> None:
    points = ZipFile(wheel).read("dermlog-0.1.0.dist-info/entry_points.txt").decode()
    assert "dermlog = dermlog.__main__:main" in points


def test_a_resource_is_found_in_an_unpacked_wheel(wheel: Path, tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from dermlog import resources; "
        "print(resources.__file__); print(resources.resource('style.qss').read_bytes() != b'')"
    )
    # Outside the checkout, so that only the wheel can answer.
    command = [sys.executable, "-c", program, str(tmp_path)]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    where, found = answer.stdout.splitlines()
    assert Path(where).is_relative_to(tmp_path)
    assert found == "True"


def test_the_wheel_asks_for_every_library_that_is_imported(wheel: Path) -> None:
    metadata = ZipFile(wheel).read("dermlog-0.1.0.dist-info/METADATA").decode()
    asked = {
        re.split(r"[^\w-]", line.removeprefix("Requires-Dist: "))[0].lower()
        for line in metadata.splitlines()
        if line.startswith("Requires-Dist: ")
    }
    imported = {
        (node.module or "").split(".")[0]
        if isinstance(node, ast.ImportFrom)
        else node.names[0].name.split(".")[0]
        for path in (ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    foreign = imported - set(sys.stdlib_module_names) - {"dermlog"}
    assert {"cryptography", "argon2", "sqlcipher3"} <= foreign
    known = packages_distributions()
    # shiboken6 is a part of PySide6 that it brings along.
    missing = [
        name
        for name in foreign - {"shiboken6"}
        if not {one.lower().replace("_", "-") for one in known[name]} & asked
    ]
    assert not missing
