"""A program that saves, backs up, copies and restores without end; test_backup_killed kills it.

Arguments: the file, the key in hex or nothing. It writes "ready", then a line for each backup that counts.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from dermlog.logbook import Logbook, restore_backup
from tests.makers import StillClock
from tests.storage.contents import treat


def main(path: str, key_hex: str) -> None:
    """Work until killed."""
    key = bytes.fromhex(key_hex) or None
    clock = StillClock()
    with Logbook.open(Path(path), key=key, clock=clock) as logbook:
        newest = logbook.backups.sets()
        clock.now = max([one.made_at for one in newest] + [clock.now]) + timedelta(minutes=1)
    stick = Path(path).parent / "stick"
    stick.mkdir(exist_ok=True)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for number in count():
        clock.move(timedelta(minutes=31))
        with Logbook.open(Path(path), key=key, clock=clock) as logbook:
            treat(logbook, photos=2)
            (one,) = logbook.backups.back_up().sets
            os.write(1, f"{one.folder.name}\n".encode())
            if number % 3 == 1:
                logbook.backups.copy_everything(stick).unlink()
        if number % 3 == 2:
            restore_backup(one, Path(path), key=key, now=clock.now)


if __name__ == "__main__":
    main(*sys.argv[1:])
