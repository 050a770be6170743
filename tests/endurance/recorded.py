"""A program that does some steps behind preload.c and tells each save in the file `told`.

Arguments: the folder, a seed, and the names of the steps.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from random import Random

from tests.endurance.scene import Scene
from tests.endurance.steps import STEPS

TOLD = "told"


def main(folder: str, seed: str, *names: str) -> None:
    """Do the steps, then close."""
    descriptor = os.open(Path(folder, TOLD), os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def tell(line: str) -> None:
        os.write(descriptor, f"{line}\n".encode())

    scene = Scene(Path(folder), tell, Random(int(seed)))  # noqa: S311 - repeatable contents
    for name in names:
        STEPS[name](scene)
    scene.close()
    tell("closed")


if __name__ == "__main__":
    main(*sys.argv[1:])
