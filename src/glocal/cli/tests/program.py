"""The program as other people's scripts start it: a process of its own, a home of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "glocal.cli.main")
PATIENCE_SECONDS = 240  # for a machine with much else to do


@dataclass(frozen=True)
class Answer:
    """What a command said."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """Return the one JSON document on standard output; anything else there is an error."""
        document = json.loads(self.out)
        assert self.out.count("\n") == 1
        assert isinstance(document, dict)
        return document


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return what a process of the program gets: nothing of the tests' own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GLOCAL_", "DJANGO_"))}
    return {**kept, "GLOCAL_HOME": str(home), "PYTHONWARNINGS": "error::ResourceWarning", **more}


def run(home: Path, *arguments: str | Path, **more: str) -> Answer:
    """Run a command to its end."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return Answer(done.returncode, done.stdout, done.stderr)


Ask = Callable[..., Answer]


@contextmanager
def conversation(home: Path) -> Iterator[Ask]:
    """Run many commands in one process of the program, one after the other."""
    command = [sys.executable, "-m", "glocal.cli.tests.conversation"]
    with subprocess.Popen(
        command, env=environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        questions, answers = child.stdin, child.stdout

        def ask(*arguments: str | Path) -> Answer:
            questions.write(json.dumps([str(argument) for argument in arguments]) + "\n")
            questions.flush()
            said = Answer(*json.loads(answers.readline()))
            assert "Traceback" not in said.err
            return said

        yield ask
        questions.close()


def start(home: Path, *arguments: str | Path, **more: str) -> subprocess.Popen[str]:
    """Start a command and leave it running."""
    return subprocess.Popen(
        [*PROGRAM, *map(str, arguments)],
        env=environment(home, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def new_home(template: Path, folder: Path) -> Path:
    """Return a fresh home made from one that was initialised before; the names of places are shared."""
    home = folder / "fresh home"
    shutil.copytree(template, home, ignore=shutil.ignore_patterns("places"))
    (home / "places").symlink_to((template / "places").resolve())
    return home
