"""F31, F49: a crash leaves no picture of the memory on the disk."""

from __future__ import annotations

import subprocess
import sys

ASK = """
import resource
from dermlog.__main__ import main
hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
main(["--version"])
print(resource.getrlimit(resource.RLIMIT_CORE)[0])
"""


def test_the_memory_is_not_dumped() -> None:
    if sys.platform == "win32":
        return  # there is no such limit
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0"
