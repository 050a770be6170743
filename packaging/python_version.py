"""Says in a sentence that Python is too old; written so that a Python of any age can read it."""

import sys


def require_new_python():  # type: () -> None
    """Stop with exit code 1 unless this is a 64-bit Python 3.11 or newer."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < (3, 11):  # noqa: UP036 - this is the place that finds out
        sys.exit(
            "dermlog needs Python 3.11 or newer; this is Python " + version + ".\n"
            "Install a newer one (python.org, or your system's packages) and name it when you start:\n\n"
            "  python3.12 " + sys.argv[0] + "\n"
        )
    if sys.maxsize < 2**32:
        sys.exit("dermlog needs a 64-bit Python; this Python " + version + " is a 32-bit one.")
