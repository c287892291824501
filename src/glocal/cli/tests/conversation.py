"""Runs command after command in one process, as `main` would each in its own; spares tests the starting."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

from glocal.cli.main import main


def answer(arguments: list[str]) -> tuple[int, str, str]:
    """Run one command; return its status and what it said."""
    out, err = io.StringIO(), io.StringIO()
    status = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main(arguments)
        except SystemExit as leaving:
            status = int(leaving.code or 0)
    return status, out.getvalue(), err.getvalue()


if __name__ == "__main__":
    for question in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(question))) + "\n")
        sys.stdout.flush()
