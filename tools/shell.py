"""Running programs and saying what happens, in one sentence each."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.trust import machines_authorities

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

Command = Sequence[str | Path]


class Stopped(Exception):
    """The work cannot go on; the message says why and what helps."""


def say(sentence: str) -> None:
    """Print a sentence at once, in order with what programs print."""
    print(sentence, flush=True)


@contextmanager
def saying_why() -> Iterator[None]:
    """End the program with status 1 and one sentence when the work inside was stopped."""
    try:
        yield
    except Stopped as reason:
        sys.stdout.flush()
        print(f"Stopped: {reason}", file=sys.stderr, flush=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def environment(changes: Mapping[str, str | Path] | None = None) -> dict[str, str]:
    """Return this process's environment without a foreign virtual environment, with `changes` on top."""
    kept = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONHOME"}}
    return kept | machines_authorities() | {name: str(value) for name, value in (changes or {}).items()}


def call(command: Command, *, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> None:
    """Run a program that speaks only when something is wrong.

    Raises:
        Stopped: the program is missing or failed; what it printed has been shown.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=environment() if env is None else env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise Stopped(f"{command[0]} cannot be started ({error.strerror}).") from error
    if done.returncode:
        say(done.stdout.rstrip())
        shown = " ".join(str(part) for part in command)
        raise Stopped(f"“{shown}” failed; the lines above say why.")


@contextmanager
def doing(sentence: str) -> Iterator[None]:
    """Announce a piece of work once, and how long it took when it is done."""
    say(f"· {sentence} …")
    started = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - started:.1f} s")
