"""Endure: every promise of dermlog tried thousands of times, with a report: packaging/endure.py [--push]."""

import sys

if __name__ == "__main__":
    from python_version import require_new_python

    require_new_python()

    from enduring import main

    sys.exit(main(sys.argv[1:]))
