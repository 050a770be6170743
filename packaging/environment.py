"""Makes dermlog's own Python environment in `.venv`, from the pinned files; ready at once when asked again.

Standard library only: this is what runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOG = BUILD / "setup.log"

Purpose = Literal["run", "dev"]

_STAMP = VENV / "dermlog-ready.json"
UNFINISHED = VENV / "dermlog-unfinished"
_FETCHED = re.compile(r"Downloading (?P<file>[^/\s]+\.whl) \((?P<size>[\d.]+ (?:MB|GB))\)")
_REASONS = (
    ("No space left", "The disk is full."),
    ("DO NOT MATCH THE HASHES", "A package is not the one that was pinned, so it was not installed."),
    ("Permission denied", "A file could not be written; does another user own this folder?"),
    ("being used by another process", "A file is in use; close dermlog and try again."),
    ("Max retries exceeded", "The package index could not be reached; is the network up?"),
    ("Could not fetch URL", "The package index could not be reached; is the network up?"),
    ("timed out", "The package index did not answer in time; try again."),
    ("No matching distribution", "There is no ready-made package for this Python or system: dermlog needs"
     " Python 3.11 to 3.14 on Windows 10, macOS 14 (Intel: 15) or a Linux with glibc 2.34 (ARM: 2.39)."),
)  # fmt: skip


class SetUpFailed(Exception):
    """Why there is no environment, in sentences for the person who started the command."""


def say(text: str = "") -> None:
    """Print a line at once, so that it stands before what the next program prints."""
    print(text, flush=True)


def prepare(purpose: Purpose) -> Path:
    """The path of a Python that has dermlog and the pinned packages; makes or mends it when needed.

    Raises SetUpFailed with the sentence to show.
    """
    try:
        return _prepare(purpose)
    except OSError as error:
        raise SetUpFailed(f"Setting up stopped: {error}.") from error


def _prepare(purpose: Purpose) -> Path:
    if UNFINISHED.exists():
        say("The last set-up did not finish; starting it again.")
        _remove()
    version = _version()
    if version is None and VENV.exists():
        say("The environment in .venv does not work any more; making it anew.")
        _remove()
    if version is None:
        version = _make()
    stamp = _read_stamp()
    pinned = {kind: _digest(ROOT / "requirements" / f"{kind}.txt", version) for kind in ("run", "dev")}
    # Everything that running needs is in dev.txt too.
    if stamp.get(purpose) != pinned[purpose] and stamp.get("dev") != pinned["dev"]:
        _install_packages(purpose)
        stamp = {purpose: pinned[purpose]}
    command = _digest(ROOT / "pyproject.toml", version)
    if stamp.get("command") != command or not _is_of_this_checkout():
        say("Installing the dermlog command ...")
        _pip(["--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)])
        stamp["command"] = command
        _STAMP.write_text(json.dumps(stamp), encoding="utf-8")
    return PYTHON


def _make() -> str:
    say(f"Making an environment for Python {sys.version_info.major}.{sys.version_info.minor} in {VENV} ...")
    VENV.mkdir()
    UNFINISHED.touch()
    _logged([sys.executable, "-m", "venv", str(VENV)], "The Python environment could not be made.")
    version = _version()
    if version is None:
        raise SetUpFailed(f"The Python environment was made, but {PYTHON} does not run.")
    UNFINISHED.unlink()
    return version


def _install_packages(purpose: Purpose) -> None:
    say(f"Installing the packages pinned in requirements/{purpose}.txt (the first time, about 130 MB) ...")
    _pip(["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / "requirements" / f"{purpose}.txt")])


def _pip(arguments: Sequence[str]) -> None:
    def tell(line: str) -> None:
        if fetched := _FETCHED.search(line):
            say(f"  fetching {fetched['file'].split('-')[0]}, {fetched['size']}")
        elif line.startswith("Installing collected packages"):
            # Stopped from here on, packages may be half there; before, nothing has changed.
            UNFINISHED.touch()
            if packages := line.count(","):
                say(f"  unpacking {packages + 1} packages")

    _logged(
        [str(PYTHON), "-m", "pip", "install", "--no-input", "--progress-bar", "off", *arguments],
        "The packages could not be installed.",
        tell,
    )
    UNFINISHED.unlink(missing_ok=True)


def clean_environment() -> dict[str, str]:
    """This process's variables without those that would lead Python or pip out of the environment."""
    strays = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_HASHES")
    kept = {name: value for name, value in os.environ.items() if name not in strays}
    return kept | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def _logged(command: Sequence[str], failure: str, tell: Callable[[str], None] | None = None) -> None:
    """Run a command with its output in the log; `tell` sees each line. Raises SetUpFailed with the reason."""
    BUILD.mkdir(exist_ok=True)
    lines: list[str] = []
    with (
        LOG.open("a", encoding="utf-8") as log,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT, env=clean_environment(),
            text=True, encoding="utf-8", errors="replace",
        ) as running,
    ):  # fmt: skip
        assert running.stdout is not None  # noqa: S101 - asked for above
        for line in running.stdout:
            log.write(line)
            lines.append(line.rstrip())
            if tell is not None:
                tell(line.strip())
    if running.returncode:
        text = "\n".join(lines)
        reason = next((sentence for sign, sentence in _REASONS if sign in text), "")
        last = "\n".join(f"    {line}" for line in lines[-8:])
        again = f"All of it is in {LOG}. Run the same command to try again."
        raise SetUpFailed(f"{f'{failure} {reason}'.strip()}\n{last}\n{again}")


def _remove() -> None:
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise SetUpFailed(
            "This command runs on the very Python that it has to replace; start it with python3."
        )
    shutil.rmtree(VENV)


def _read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(_STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _digest(file: Path, version: str) -> str:
    return hashlib.sha256(b"\0".join((file.read_bytes(), version.encode(), str(ROOT).encode()))).hexdigest()


def _ask(program: str) -> list[str]:
    """What a line of Python prints in the environment; nothing when it cannot be run."""
    try:
        answer = subprocess.run(
            [str(PYTHON), "-c", program], capture_output=True, text=True, check=False, cwd=ROOT,
            env=clean_environment(),
        )  # fmt: skip
    except OSError:
        return []
    return answer.stdout.splitlines() if answer.returncode == 0 else []


def _version() -> str | None:
    """The version of the environment's Python; None when there is none that would do."""
    answer = _ask("import sys, pip; print(sys.version.split()[0], sys.version_info >= (3, 11))")
    return answer[0].split()[0] if answer and answer[0].endswith("True") else None


def _is_of_this_checkout() -> bool:
    """Whether `dermlog` is this folder's; an environment that was moved or copied has the other one's."""
    answer = _ask("import dermlog; print(dermlog.__file__)")
    return bool(answer) and Path(answer[0]).resolve().is_relative_to(ROOT / "src")
