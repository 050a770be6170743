"""A program behind preload.c that lets the disk refuse one thing in each case and says how it went.

Arguments: a folder to work in, a number of cases, a seed. Each case runs in a fork of its own; one line of
JSON for each: {"case": …, "bad": […], "told": number of sentences shown}.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from random import Random

from dermlog.errors import DermlogError
from tests.endurance.disk import Kind
from tests.endurance.judge import judge
from tests.endurance.scene import Scene, copy_of, prepare
from tests.endurance.steps import STEPS, save_visit

_NAMING = (Kind.CREATED, Kind.UNLINKED, Kind.RENAMED, Kind.LINKED)
_GROUPS: tuple[tuple[Kind, ...], ...] = (
    (Kind.WRITTEN,),
    (Kind.SYNCED,),
    (Kind.CUT,),
    (Kind.READ,),
    _NAMING,
    (*_NAMING, Kind.WRITTEN, Kind.SYNCED, Kind.CUT),
)
_HOST = ctypes.CDLL(None)


@dataclass(frozen=True)
class Refusal:
    """What the disk refuses: the n-th operation of some kinds, once or from then on."""

    step: str
    kinds: tuple[Kind, ...]
    number: int
    error: int
    sticky: bool
    partial: bool

    def __str__(self) -> str:
        names = "/".join(kind.name.lower() for kind in self.kinds)
        how = " for good" if self.sticky else " once"
        return f"{self.step}: {errno.errorcode[self.error]} at {names} {self.number}{how}"

    def arm(self) -> None:
        """From now on it refuses."""
        kinds = sum(1 << kind for kind in self.kinds)
        _HOST.disk_fail(kinds, ctypes.c_long(self.number), self.error, int(self.sticky), int(self.partial))


def main(folder: str, count: str, seed: str) -> None:
    """Do the cases, in turn over the steps."""
    chance = Random(int(seed))  # noqa: S311 - repeatable faults
    place = Path(folder)
    (place / "template").mkdir()
    prepare(place / "template")
    scene = place / "clinic"
    _HOST.disk_folder(str(scene).encode())
    numbers: dict[tuple[str, tuple[Kind, ...]], int] = {}
    for case in range(int(count)):
        step = list(STEPS)[case % len(STEPS)]
        kinds = chance.choice(_GROUPS)
        if (step, kinds) not in numbers:
            numbers[step, kinds] = int(
                _forked(scene, place, Refusal(step, kinds, 0, errno.EIO, False, False))
            )
        of = numbers[step, kinds]
        if of:
            full = kinds != (Kind.READ,) and chance.random() < 0.5
            refusal = Refusal(
                step,
                kinds,
                chance.randint(1, of),
                errno.ENOSPC if full else errno.EIO,
                full or chance.random() < 0.3,
                chance.random() < 0.5,
            )
        else:
            refusal = Refusal(step, _GROUPS[0], 1, errno.EIO, False, False)
        print(_forked(scene, place, refusal), flush=True)  # noqa: T201 - this is what it is for


def _forked(scene: Path, place: Path, refusal: Refusal) -> str:
    """What a fork found: JSON, or for number 0 how many operations there are to refuse."""
    copy_of(place / "template", scene)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            answer = _count(scene, refusal) if not refusal.number else _case(scene, refusal)
        except BaseException:
            answer = json.dumps({"case": str(refusal), "bad": [_trace()], "told": 0})
        os.write(writing, answer.encode()[:60_000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read().decode()
    os.waitpid(child, 0)
    return answer or json.dumps({"case": str(refusal), "bad": ["it died without a word"], "told": 0})


def _trace() -> str:
    """The end of an error's way, which is short enough to be read in a report."""
    return " | ".join(traceback.format_exc().strip().splitlines()[-24:])


def _count(folder: Path, refusal: Refusal) -> str:
    scene = Scene(folder, lambda _line: None, Random(1))  # noqa: S311
    refusal.arm()
    STEPS[refusal.step](scene)
    scene.close()
    return str(_HOST.disk_count())


def _case(folder: Path, refusal: Refusal) -> str:
    told: list[str] = []
    bad: list[str] = []
    sentences = 0
    scene = Scene(folder, told.append, Random(1))  # noqa: S311
    refusal.arm()
    try:
        STEPS[refusal.step](scene)
        scene.close()
    except DermlogError as error:
        sentences += 1
        if not str(error).endswith((".", "?")):
            bad.append(f"no sentence: {error}")
    except Exception:
        bad.append("no sentence but " + _trace())
    # The disk works again: whatever happened, the next save must do.
    _HOST.disk_fail(0, ctypes.c_long(0), 0, 0, 0)
    try:
        try:
            save_visit(scene)
        except DermlogError:
            sentences += 1
            scene.close()
            save_visit(scene)
        scene.close()
    except Exception:
        bad.append("it does not go on: " + _trace())
    bad += judge(folder, told)
    return json.dumps({"case": str(refusal), "bad": bad, "told": sentences})


if __name__ == "__main__":
    main(*sys.argv[1:])
