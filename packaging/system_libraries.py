"""The parts of a Linux system that dermlog needs beside Python: found by trying them, installed if we may."""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from environment import BUILD, LOG, PYTHON, UNFINISHED, SetUpFailed, say

_APT = ["apt-get", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=3"]
_NO_QUESTIONS = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_MODE": "l"}


@dataclass(frozen=True)
class Part:
    """Something of the system, the Debian packages that hold it (the first that exists wins), and a test."""

    what: str
    packages: tuple[str, ...]
    is_present: Callable[[], bool]
    is_essential: bool = True


def _library(name: str, *packages: str) -> Part:
    def loads() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return Part(f"the library {name}", packages, loads)


def _program(name: str, package: str) -> Part:
    return Part(f"the program {name}", (package,), lambda: shutil.which(name) is not None)


def _fonts(what: str, package: str) -> Part:
    def is_installed() -> bool:
        asked = subprocess.run(
            ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return asked.stdout == "installed"

    return Part(what, (package,), is_installed, is_essential=False)


def _venv_support() -> Part:
    def works() -> bool:
        is_made = PYTHON.exists() and not UNFINISHED.exists()
        return is_made or importlib.util.find_spec("ensurepip") is not None

    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return Part(f"the venv module of Python {version}", (f"python{version}-venv", "python3-venv"), works)


_DRAWING = (
    _library("libglib-2.0.so.0", "libglib2.0-0t64", "libglib2.0-0"),
    _library("libGL.so.1", "libgl1"),
    _library("libEGL.so.1", "libegl1"),
    _library("libxkbcommon.so.0", "libxkbcommon0"),
    _library("libfontconfig.so.1", "libfontconfig1"),
    _library("libdbus-1.so.3", "libdbus-1-3"),
)
_WINDOW = (
    _library("libxcb-cursor.so.0", "libxcb-cursor0"),
    _library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    _library("libxcb-icccm.so.4", "libxcb-icccm4"),
    _library("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    _library("libxcb-shape.so.0", "libxcb-shape0"),
)
# Without these dermlog runs, but names in other scripts become empty boxes.
_FONTS = (
    _fonts("fonts for most scripts", "fonts-noto-core"),
    _fonts("a font for Chinese, Japanese and Korean", "fonts-wqy-microhei"),
)
_TESTING = (
    _program("xvfb-run", "xvfb"),
    _program("xauth", "xauth"),
    _program("pdftoppm", "poppler-utils"),
)


def needed(*, has_display: bool, for_tests: bool) -> tuple[Part, ...]:
    """What this computer has to have; nothing outside Linux, where the packages bring it all."""
    if sys.platform != "linux":
        return ()
    parts: tuple[Part, ...] = (_venv_support(), *_DRAWING)
    if has_display or for_tests:
        parts += _WINDOW
    if has_apt():
        parts += (*(replace(font, is_essential=True) for font in _FONTS), *_TESTING) if for_tests else _FONTS
    return parts


def compiler() -> tuple[Part, ...]:
    """A C compiler, for the library that tests put between a program and the disk; Linux only."""
    if sys.platform != "linux" or not has_apt():
        return ()

    def is_present() -> bool:
        return any(map(shutil.which, ("cc", "gcc", "clang", "tcc")))

    # The smallest first: it needs no more than the headers of the C library, which it brings.
    return (Part("a C compiler", ("gcc",), is_present, is_essential=False),)


def has_apt() -> bool:
    """Whether this is a Debian, an Ubuntu or one of their kin."""
    return shutil.which("apt-get") is not None and shutil.which("dpkg") is not None


def provide(parts: Sequence[Part]) -> None:
    """Install what is missing, or say how.

    Raises SetUpFailed with the line to run when something essential is missing and we may not install it.
    """
    missing = _missing(parts)
    printed = ""
    rights = _rights() if missing and has_apt() else None
    if rights is not None:
        say(f"Installing with apt-get what this system lacks: {', '.join(_packages(missing))} ...")
        printed = _install(missing, rights)
        importlib.invalidate_caches()
        missing = _missing(parts)
    if not missing:
        return
    lacking = f"This system lacks {_listed(missing)}."
    if printed:
        lacking += f" apt-get could not install it:\n{printed}\nAll of it is in {LOG}."
    if not has_apt():
        way = "Install the packages that hold it, then run this command again."
    else:
        way = f"Run this line as an administrator, then this command again:\n\n  {_line_to_run(missing)}\n"
    if any(part.is_essential for part in missing):
        raise SetUpFailed(f"{lacking}\n{way}")
    say(f"{lacking} dermlog runs, but some names may show as empty boxes.\n{way}")


def _missing(parts: Sequence[Part]) -> list[Part]:
    return [part for part in parts if not part.is_present()]


def _listed(parts: Sequence[Part]) -> str:
    names = [part.what for part in parts]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _packages(parts: Sequence[Part]) -> list[str]:
    """One package for each part: the first of its names that this release knows, else the last."""
    return [
        next((name for name in part.packages[:-1] if _is_known(name)), part.packages[-1]) for part in parts
    ]


def _is_known(package: str) -> bool:
    asked = subprocess.run(["apt-cache", "show", package], capture_output=True, check=False)
    return asked.returncode == 0 and bool(asked.stdout)


def _line_to_run(parts: Sequence[Part]) -> str:
    packages = " ".join(_packages(parts))
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}"


def _rights() -> list[str] | None:
    """What to put before a command to run it as root; None when we may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if allowed.returncode == 0 else None


def _install(parts: Sequence[Part], rights: Sequence[str]) -> str:
    """Install, with fresh lists only if needed; answers with the last lines that apt-get printed."""
    steps = (["update"], ["install", "-y", "--no-install-recommends", *_packages(parts)])
    printed = _apt(steps[1], rights)
    if _missing(parts):
        say("  fetching the lists of packages ...")
        printed = _apt(steps[0], rights)
        # With fresh lists a package may have another name.
        printed += _apt(["install", "-y", "--no-install-recommends", *_packages(parts)], rights)
    return "\n".join(f"    {line}" for line in printed[-8:])


def _apt(arguments: Sequence[str], rights: Sequence[str]) -> list[str]:
    # sudo starts programs with variables of its own; env sets ours behind it.
    variables = [f"{name}={value}" for name, value in _NO_QUESTIONS.items()]
    ran = subprocess.run(
        [*rights, "env", *variables, *_APT, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
    )  # fmt: skip
    BUILD.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(ran.stdout)
    return ran.stdout.splitlines()
