"""Runs every test, on SQLite and on PostgreSQL, browser included; says at the end what became of them.

Usage: python3 -m tools.run_tests [PYTEST ARGUMENTS]
    With arguments, say a file or `-k words`, neither the front end's unit tests are run nor is the number of
    collected tests checked.

Environment:
    CHROMIUM                    the Chromium to drive; by default found or installed
    GLOCAL_TEST_DATABASE_URL    a running PostgreSQL whose user may create databases; by default a private one
    GLOCAL_SKIP_POSTGRES=1      leave PostgreSQL out
"""

import os
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools import chromium, postgres
from tools.node import FRONTEND, Node
from tools.setup import set_up
from tools.shell import PYTHON, ROOT, environment, say, saying_why

MINIMUM = ROOT / "tests" / "collected_minimum.txt"
LIMIT_SECONDS = 30 * 60  # for one database; all of it is meant to stay far below
WORKERS = min(os.cpu_count() or 1, 4)  # browser and server beside each worker: more only gets in its own way


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one run of the suite."""

    database: str
    passed: int
    failed: int
    skipped: int
    status: int

    @property
    def collected(self) -> int:
        """How many tests there were."""
        return self.passed + self.failed + self.skipped


def run_front_end(node: Node) -> int:
    """Run the unit tests of the pages' scripts; return their status."""
    say("\n=== Unit tests of the front end ===")
    command = [*node.npm, "test", "--silent"]
    return subprocess.run(command, cwd=FRONTEND, env=node.environment(), check=False).returncode


def outcome_of(database: str, report: Path, status: int) -> Outcome:
    """Read pytest's JUnit report; a run that wrote none counts as one failure."""
    if not report.exists():
        return Outcome(database, passed=0, failed=1, skipped=0, status=status or 1)
    suites = ET.parse(report).getroot().iter("testsuite")  # noqa: S314 - we had it written a moment ago
    counts = [
        {key: int(suite.get(key, "0")) for key in ("tests", "failures", "errors", "skipped")}
        for suite in suites
    ]
    tests, failures, errors, skipped = (
        sum(count[key] for count in counts) for key in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    return Outcome(database, passed=tests - failed - skipped, failed=failed, skipped=skipped, status=status)


def run_suite(database: str, settings: Mapping[str, str], arguments: list[str]) -> Outcome:
    """Run pytest in parallel, in a home of its own, on the database the settings name."""
    say(f"\n=== All tests on {database} ===")
    with tempfile.TemporaryDirectory(prefix="glocal-test-") as folder:
        report = Path(folder) / "report.xml"
        env = environment({**settings, "GLOCAL_HOME": Path(folder) / "home"})
        options = ["-n", str(WORKERS), "-q", f"--junit-xml={report}"]
        command = [str(PYTHON), "-m", "pytest", *options, *arguments]
        try:
            status = subprocess.run(command, cwd=ROOT, env=env, timeout=LIMIT_SECONDS, check=False).returncode
        except subprocess.TimeoutExpired:
            say(f"Some test hangs: not finished after {LIMIT_SECONDS // 60} minutes, so the run was ended.")
            status = 1
        return outcome_of(database, report, status)


@contextmanager
def postgres_url() -> Iterator[str | None]:
    """Yield the address of a PostgreSQL for the tests, or None when it is to be left out."""
    given = os.environ.get("GLOCAL_TEST_DATABASE_URL")
    if os.environ.get("GLOCAL_SKIP_POSTGRES") == "1":
        yield None
    elif given:
        yield given
    else:
        with postgres.private_cluster() as url:
            yield url


def run_all(arguments: list[str]) -> list[Outcome]:
    """Run the suite on each database."""
    browser = chromium.ensure()
    settings = {"GLOCAL_DATABASE_URL": "", **browser}
    outcomes = [run_suite("SQLite", settings, arguments)]
    with postgres_url() as url:
        if url is not None:
            outcomes.append(run_suite("PostgreSQL", settings | {"GLOCAL_DATABASE_URL": url}, arguments))
    return outcomes


def shortfalls(outcomes: list[Outcome], minimum: int) -> list[str]:
    """Return a sentence for each run that collected fewer tests than there have been before."""
    return [
        f"Only {outcome.collected} tests were collected on {outcome.database}, where there were {minimum}. "
        f"If some were removed for a reason, lower {MINIMUM.relative_to(ROOT)}."
        for outcome in outcomes
        if outcome.collected < minimum
    ]


def room_to_raise(outcomes: list[Outcome], minimum: int) -> str:
    """Return a hint when the suite has grown well beyond the minimum that guards it, else nothing."""
    smallest = min(outcome.collected for outcome in outcomes)
    if not minimum or smallest < minimum * 1.1:
        return ""
    return f"{MINIMUM.relative_to(ROOT)} says {minimum}; it can be raised to {smallest}."


def conclude(outcomes: list[Outcome], *, minimum: int, front_end: int = 0) -> int:
    """Print what became of all tests; return the exit status, 0 when every run is in order.

    Args:
        outcomes: one for each database.
        minimum: how many tests each of them must have collected.
        front_end: the exit status of the front end's own tests.
    """
    say("")
    if front_end:
        say("The front end's unit tests failed; see above.")
    for outcome in outcomes:
        say(
            f"{outcome.database}: {outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped"
        )
    if len(outcomes) == 1:
        say("NOT RUN on PostgreSQL, because GLOCAL_SKIP_POSTGRES=1 is set.")
    short = shortfalls(outcomes, minimum)
    for sentence in short:
        say(sentence)
    if not short and (hint := room_to_raise(outcomes, minimum)):
        say(hint)
    is_good = not short and front_end == 0 and all(outcome.status == 0 for outcome in outcomes)
    say("All tests passed." if is_good else "TESTS FAILED.")
    return 0 if is_good else 1


def main(arguments: list[str]) -> None:
    """Set up, run everything, and end with 0 only when all is well."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a private PostgreSQL is stopped, too
    with saying_why():
        node = set_up(develop=True)
        front_end = 0 if arguments else run_front_end(node)
        outcomes = run_all(arguments)
        minimum = 0 if arguments else int(MINIMUM.read_text())
        sys.exit(conclude(outcomes, minimum=minimum, front_end=front_end))


if __name__ == "__main__":
    main(sys.argv[1:])
