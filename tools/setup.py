"""Sets everything up, from a bare Python to a runnable Glocal; does nothing when nothing changed.

Usage: python3 -m tools.setup [run|develop]
    run      what the application needs (the default)
    develop  the same and what tests and checks need
"""

import fcntl
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tools import node as nodes
from tools.shell import PYTHON, ROOT, TOOLS, VENV, call, environment, say, saying_why
from tools.stamps import Step, ensure
from tools.uv import UV, uv_step

STAMPS = TOOLS / "stamps"
LOCALE = ROOT / "src" / "glocal" / "locale"


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other set-up works in this folder, and keep others out."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is at work here; waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def packages_step(*, develop: bool) -> Step:
    """Describe installing the Python packages, exactly as locked, into `.venv`.

    Nothing is taken away (`--inexact`), so that switching between running and developing costs nothing.
    """
    groups = ["--group", "dev"] if develop else ["--no-dev"]
    # an existing environment is kept whatever Python made it, or everything would be installed twice
    python = [] if PYTHON.exists() else ["--python", sys.executable]

    def sync() -> None:
        env = environment({"UV_PROJECT_ENVIRONMENT": VENV, "UV_PYTHON_DOWNLOADS": "never"})
        call([UV, "sync", "--frozen", "--inexact", "--no-progress", *groups, *python], env=env)

    return Step(
        name="packages-develop" if develop else "packages",
        sentence="Installing Python packages" + (" for tests and checks" if develop else ""),
        inputs=(ROOT / "pyproject.toml", ROOT / "uv.lock"),
        facts=(str(ROOT),),
        outputs=(VENV / "bin" / "glocal", *((VENV / "bin" / "pytest",) if develop else ())),
        action=sync,
    )


def translations_step() -> Step:
    """Describe compiling the translations (.po to .mo), without GNU gettext."""
    sources = tuple(sorted(LOCALE.glob("*/LC_MESSAGES/*.po")))
    script = ROOT / "tools" / "compile_messages.py"

    def compile_all() -> None:
        call([TOOLS / "uv" / "bin" / "python", script, *sources])

    outputs = tuple(source.with_suffix(".mo") for source in sources)
    return Step("translations", "Compiling translations", (*sources, script), (), outputs, compile_all)


def set_up(*, develop: bool, build: bool = True) -> nodes.Node:
    """Do whatever of the set-up is not done yet; return the Node.js that builds the front end.

    Args:
        develop: install what tests and checks need, too.
        build: build front end and translations; without, packages are installed and that is all.

    Raises:
        Stopped: a step failed; what its program printed has been shown.
    """
    with alone():
        ensure(uv_step(), STAMPS)
        if not PYTHON.exists():
            shutil.rmtree(VENV, ignore_errors=True)  # half a removal, or its Python is gone
        ensure(packages_step(develop=develop), STAMPS)
        node = nodes.machines_node()
        if node is None:
            ensure(nodes.wheel_step(UV), STAMPS)
            node = nodes.wheel_node()
        ensure(nodes.packages_step(node), STAMPS)
        if build:
            ensure(nodes.build_step(node), STAMPS)
            ensure(translations_step(), STAMPS)
        return node


def main(arguments: list[str]) -> None:
    """Set up what the one argument names."""
    if arguments not in ([], ["run"], ["develop"]):
        sys.exit(__doc__)
    with saying_why():
        set_up(develop=arguments == ["develop"])


if __name__ == "__main__":
    main(sys.argv[1:])
