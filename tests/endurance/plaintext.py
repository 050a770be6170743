"""T19: nothing planted in a locked clinic can be read in any byte that the program ever wrote.

Searched are the file, its write-ahead log, slots and witness, backups, the copy on a stick, the file set
aside, temporary files, settings and logs, after the program was killed. The same clinic without a key must
give everything away, or the search finds nothing at all.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.endurance import Outcome
from tests.endurance.planting import PASSWORD, code_of, pictures_of, texts_of
from tests.endurance.preloading import ROOT
from tests.endurance.scene import quick_place

_CODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def run(count: int, seed: int) -> Outcome:
    """So many planted things: half texts, half pictures; password and recovery code besides."""
    texts, pictures = (count + 1) // 2, count // 2
    with tempfile.TemporaryDirectory(
        prefix="dermlog-planted-", dir=quick_place(), ignore_cleanup_errors=True
    ) as name:
        bad: list[str] = []
        searched = 0
        for how in ("locked", "open"):
            place = Path(name, how)
            place.mkdir()
            ended = _plant(place, seed, texts, pictures, how)
            files = [path for path in place.rglob("*") if path.is_file()]
            found = set(_found(files, seed, texts, pictures))
            if how == "locked":
                searched = sum(path.stat().st_size for path in files)
                bad += [f"{what} can be read in {where}" for what, where in sorted(found)]
                if ended or not any(path.name.endswith("-wal") for path in files):
                    bad.append(f"the program did not get to its end: {ended}")
            elif len({what for what, _where in found}) < texts + pictures:
                bad.append(f"the search is blind: only {len(found)} found without a key: {ended}")
    return Outcome(count, tuple(bad), f"{len(files)} files, {searched / 1e6:.0f} MB searched")


def _plant(place: Path, seed: int, texts: int, pictures: int, how: str) -> str:
    """What the program printed when it did not end as it should."""
    home, temporary = place / "home", place / "temporary"
    home.mkdir()
    temporary.mkdir()
    folders = {
        "HOME": home,
        "USERPROFILE": home,
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_CACHE_HOME": home / ".cache",
        "APPDATA": home / "AppData" / "Roaming",
        "LOCALAPPDATA": home / "AppData" / "Local",
        "TMPDIR": temporary,
        "TEMP": temporary,
        "TMP": temporary,
    }
    variables = dict(os.environ) | {name: str(folder) for name, folder in folders.items()}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.endurance.planting",
            str(place),
            str(seed),
            str(texts),
            str(pictures),
            how,
        ],
        cwd=ROOT,
        env=variables | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr[-600:] if done.returncode > 0 else ""


def _found(files: list[Path], seed: int, texts: int, pictures: int) -> Iterator[tuple[str, str]]:
    code = code_of(seed)
    wanted = [(word.encode(coding), word) for word in texts_of(seed, texts) for coding in _CODINGS]
    wanted += [
        (picture[100:132], f"picture {n}") for n, picture in enumerate(pictures_of(seed, pictures), start=1)
    ]
    wanted += [(PASSWORD.encode(coding), "the password") for coding in _CODINGS]
    wanted += [
        (text.encode(coding), "the recovery code")
        for text in (code.text, "".join(code.groups))
        for coding in _CODINGS
    ]
    wanted += [(code.secret, "the secret"), (code.secret.hex().encode(), "the secret")]
    for path in files:
        content = path.read_bytes()
        yield from ((what, path.name) for sign, what in wanted if sign in content)
