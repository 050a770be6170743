"""Builds preload.c on this computer and starts programs of ours behind it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_SOURCE = Path(__file__).with_name("preload.c")
_COMPILERS = ("cc", "gcc", "clang", "tcc")
ROOT = Path(__file__).parents[2]


def why_not() -> str:
    """Why nothing can stand between a program and the disk here; empty where it can."""
    if sys.platform != "linux":
        return "only Linux lets a library stand between a program and the disk"
    if not any(map(shutil.which, _COMPILERS)):
        return f"this computer has no C compiler ({', '.join(_COMPILERS)})"
    return ""


def build(folder: Path) -> Path:
    """The library, made in a folder."""
    library = folder / "preload.so"
    compiler = next(path for path in map(shutil.which, _COMPILERS) if path)
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(_SOURCE), "-ldl", "-lpthread"]
    subprocess.run(command, check=True, capture_output=True)
    return library


def environment(library: Path, folder: Path, log: Path | None = None) -> dict[str, str]:
    """The variables for a program whose doings below a folder are watched."""
    more = {"LD_PRELOAD": str(library), "DISK_FOLDER": str(folder), "PYTHONPATH": str(ROOT)}
    return dict(os.environ) | more | ({} if log is None else {"DISK_LOG": str(log)})
