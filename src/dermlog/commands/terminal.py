"""What commands say to a terminal: sentences on standard output, failures on standard error."""

from __future__ import annotations

import sys
from argparse import ArgumentParser


def say(sentence: str) -> None:
    """One line for the person who called."""
    _write(sys.stdout, sentence)


def complain(sentence: str) -> None:
    """Why it could not be done."""
    _write(sys.stderr, sentence)


def _write(stream: object, sentence: str) -> None:
    text = sentence + "\n"
    write = getattr(stream, "write", None)
    if write is None:  # a windowed build on Windows has no standard streams
        return
    try:
        write(text)
    except UnicodeEncodeError:
        write(text.encode("ascii", "replace").decode("ascii"))
    stream.flush()  # type: ignore[attr-defined]


def ask(question: str) -> str:
    """A line typed by the person who called; the question goes to standard error, the answer nowhere."""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().rstrip("\r\n")


def parser(name: str, description: str, epilog: str = "") -> ArgumentParser:
    """A parser that names the whole command in its usage; a wrong call ends with exit code 2."""
    return ArgumentParser(prog=f"dermlog {name}", description=description, epilog=epilog or None)
