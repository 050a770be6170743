"""dermlog demo PATH [--patients N] [--encrypted]: write a sample logbook."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from dermlog.commands import COULD_NOT, DONE
from dermlog.commands.terminal import complain, parser, say
from dermlog.demo import SAMPLE_PASSWORDS, write_sample
from dermlog.demo.people import NAMED_PATIENTS
from dermlog.domain.recovery import RecoveryCode
from dermlog.errors import DermlogError
from dermlog.wording import _

# The courses of the sample reach back some years from that day.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


def run(arguments: Sequence[str]) -> int:
    """Write the sample; an existing file is never touched."""
    options = parser("demo", _("Write a sample logbook with invented patients."))
    options.add_argument("path", type=Path, metavar="PATH")
    options.add_argument("--patients", type=_count, default=NAMED_PATIENTS, metavar="N")
    options.add_argument("--seed", type=int, default=1, metavar="N")
    options.add_argument("--on", type=_day, default=None, metavar="YYYY-MM-DD")
    options.add_argument("--encrypted", action="store_true", help=_("lock it, and say what opens it"))
    chosen = options.parse_args(arguments)
    code = RecoveryCode.new() if chosen.encrypted else None
    try:
        write_sample(
            chosen.path,
            patients=chosen.patients,
            seed=chosen.seed,
            today=chosen.on,
            progress=_progress,
            code=code,
        )
    except DermlogError as error:
        complain(error.sentence)
        return COULD_NOT
    say(_("Sample logbook written to {path}").format(path=chosen.path))
    if code is not None:
        say(_("Recovery code: {code}").format(code=code.text))
        for name, password in SAMPLE_PASSWORDS.items():
            say(_("Password of {name}: {password}").format(name=name, password=password))
    return DONE


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 200_000:
        raise ArgumentTypeError(_("a whole number from 1 to 200000 is needed"))
    return int(text)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not EARLIEST <= day <= LATEST:
        raise ArgumentTypeError(
            _("a day from {first} to {last} is needed").format(first=EARLIEST, last=LATEST)
        )
    return day


def _progress(done: int, total: int) -> None:
    if done == total or done % 1000 == 0 or total <= 50:
        say(_("Patient {done} of {total}").format(done=done, total=total))
