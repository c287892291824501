"""Every check that runs no test, side by side: style, types, borders, packages, templates, migrations, words.

Usage: python3 -m tools.check
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tools.node import FRONTEND, Node
from tools.setup import set_up
from tools.shell import PYTHON, ROOT, VENV, environment, say, saying_why
from tools.uv import UV

SETTINGS = "--settings=glocal.config.settings"
SHOWN_LINES = 60
NEUTRAL = {"GLOCAL_DATABASE_URL": "", "GLOCAL_SECRET_KEY": "only for checks"}


@dataclass(frozen=True, slots=True)
class Check:
    """A program that ends with 0 when all is well."""

    name: str
    command: tuple[str, ...]
    folder: Path = ROOT
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check said."""

    check: Check
    passed: bool
    output: str
    seconds: float


def python(*arguments: str) -> tuple[str, ...]:
    """Return a command for the project's own Python."""
    return (str(PYTHON), *arguments)


def checks(node: Node) -> list[Check]:
    """List all checks, the slowest first so that they end together."""
    tsc = (*node.npm, "run", "--silent", "check")
    migrations = ("makemigrations", "--check", "--dry-run")
    imports = "from importlinter.cli import lint_imports_command as check; check()"
    return [
        Check("types (mypy --strict)", python("-m", "mypy", "--no-error-summary")),
        Check("front end's types (tsc)", tsc, FRONTEND, node.environment()),
        Check("migrations are complete", python("-m", "django", *migrations, SETTINGS)),
        Check("Django's own checks", python("-m", "django", "check", "--fail-level=WARNING", SETTINGS)),
        Check("borders between rooms (import-linter)", python("-c", imports, "--no-logo")),
        Check("declared packages (deptry)", python("-m", "deptry", "--no-ansi", "src")),
        Check("style (ruff)", (str(VENV / "bin" / "ruff"), "check", "--output-format=concise")),
        Check("format (ruff)", (str(VENV / "bin" / "ruff"), "format", "--check", "--output-format=concise")),
        Check("translations are complete", python("-m", "tools.messages", "--check")),
        Check("templates and words", python("-m", "tools.house_rules")),
        Check("documents: links and command line", python("-m", "tools.docs", "--check")),
        Check("lock file is fresh (uv)", (str(UV), "lock", "--check", "--quiet")),
    ]


def carry_out(check: Check, home: str) -> Verdict:
    """Run one check with a home folder that is not the user's."""
    started = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=check.folder,
        env=(check.env or environment()) | NEUTRAL | {"GLOCAL_HOME": home},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return Verdict(check, done.returncode == 0, done.stdout.strip(), time.monotonic() - started)


def shortened(verdict: Verdict) -> str:
    """Return the first lines of what a failed check said, and how to see the others."""
    lines = verdict.output.splitlines()
    rest = len(lines) - SHOWN_LINES
    if rest > 0:
        again = " ".join(verdict.check.command)
        lines[SHOWN_LINES:] = [f"… and {rest} more lines; all of them: cd {verdict.check.folder} && {again}"]
    return "\n".join([*lines, ""])


def run_all(wanted: list[Check]) -> int:
    """Run the checks side by side, print each verdict as it stands; return how many failed."""
    failed = 0
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(os.cpu_count()) as pool:
        for verdict in pool.map(lambda check: carry_out(check, home), wanted):
            say(f"{'ok    ' if verdict.passed else 'FAILED'} {verdict.check.name} ({verdict.seconds:.1f} s)")
            if not verdict.passed:
                failed += 1
                say(shortened(verdict))
    return failed


def main() -> None:
    """Set up, check, and end with 0 only when every check passed."""
    with saying_why():
        node = set_up(develop=True, build=False)
        failed = run_all(checks(node))
        say("All checks passed." if not failed else f"{failed} CHECKS FAILED.")
        sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
