"""Check dermlog from a bare checkout: makes the environment, then runs every check and test."""

import sys

if __name__ == "__main__":
    from python_version import require_new_python

    require_new_python()

    from checking import main

    sys.exit(main(sys.argv[1:]))
