"""Measure dermlog side by side with what is the least possible: packaging/bench.py [TOPIC ...]."""

import sys

if __name__ == "__main__":
    from python_version import require_new_python

    require_new_python()

    from measuring import main

    sys.exit(main(sys.argv[1:]))
