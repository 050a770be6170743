"""Open dermlog from a bare checkout: makes its environment, and a sample logbook to look at."""

import sys

if __name__ == "__main__":
    from python_version import require_new_python

    require_new_python()

    from opening import main

    sys.exit(main(sys.argv[1:]))
