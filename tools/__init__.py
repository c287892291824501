"""What `make` runs: set-up, checks, tests and documents; a bare Python can start it."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python starts this file and deserves a sentence
    sys.exit(
        "Glocal needs Python 3.11 or newer and this is "
        + sys.version.split()[0]
        + ". Name a newer one: make run PYTHON=python3.12"
    )
