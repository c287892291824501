"""An import that is killed loses nothing it reported, and the second run completes it; memory stays flat."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from glocal.cli.tests.program import PATIENCE_SECONDS, conversation, environment, new_home, start
from glocal.ingest.tests.bringing import line, write_list

ROWS = 60_000
MEMORY_SHARE = 0.25  # four times the rows may cost this much more memory, most of it Python's own slack


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a list that takes a while."""
    return write_list(tmp_path_factory.mktemp("long"), (line(n) for n in range(ROWS)))


@contextmanager
def looking(home: Path) -> Iterator[sqlite3.Connection]:
    """Look into the database from outside."""
    database = sqlite3.connect(home / "glocal.sqlite3", timeout=20)
    try:
        yield database
    finally:
        database.close()


def one(database: sqlite3.Connection, sql: str) -> int:
    """Return the one number a question is answered with."""
    return int(database.execute(sql).fetchone()[0] or 0)


def wait_for_progress(home: Path, child: subprocess.Popen[str]) -> None:
    """Wait until the first rows are reported."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        with looking(home) as database:
            if one(database, "SELECT max(read) FROM ingest_batch") > 0:
                return
        assert child.poll() is None, "it ended before it could be killed"
        time.sleep(0.05)
    pytest.fail("no progress was reported")


def test_a_killed_import_loses_nothing_and_the_second_run_completes_it(own: Path, long_list: Path) -> None:
    child = start(own, "import", long_list, "--json")
    wait_for_progress(own, child)
    child.send_signal(signal.SIGKILL)
    child.communicate()

    with looking(own) as database:
        reported = one(database, "SELECT created FROM ingest_batch WHERE id = 1")
        assert 0 < reported < ROWS
        assert one(database, "SELECT count(*) FROM directory_organisation") == reported
        assert one(database, "SELECT count(*) FROM directory_site") == reported
        assert one(database, "SELECT count(*) FROM ingest_record") == reported

    with conversation(own) as ask:
        assert ask("near", "45.05,7.65", "--json").document["count"] == reported
        second = ask("import", long_list, "--json").document
        assert (second["created"], second["unchanged"]) == (ROWS - reported, reported)
        assert ask("near", "45.05,7.65", "--json").document["count"] == ROWS

        # it fell silent: the first run shows as interrupted and can be taken back on its own
        with looking(own) as database:
            database.execute("UPDATE ingest_batch SET touched_at = '2026-01-01 00:00:00' WHERE id = 1")
            database.commit()
        undone = ask("undo", "1", "--json")
        assert (undone.status, undone.document["created"]) == (0, reported)
        assert ask("near", "45.05,7.65", "--json").document["count"] == ROWS - reported


MEASURE = """
import resource, sys
from glocal.cli.main import main
try:
    main(["import", sys.argv[1], "--json"])
except SystemExit as leaving:
    assert not leaving.code
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sys.stderr.write(f"{peak if sys.platform != 'darwin' else peak // 1024}\\n")
"""


def peak_kilobytes(home: Path, path: Path) -> int:
    """Import a file in a process of its own; return the most memory it held."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
        timeout=PATIENCE_SECONDS,
    )
    return int(done.stderr.split()[-1])


@pytest.mark.skipif(os.name != "posix", reason="asks the operating system for the peak of memory")
def test_memory_does_not_grow_with_the_file(initialised: Path, tmp_path: Path) -> None:
    peaks = []
    for how_many in (30_000, 120_000):
        folder = tmp_path / str(how_many)
        folder.mkdir()
        path = write_list(folder, (line(n) for n in range(how_many)))
        peaks.append(peak_kilobytes(new_home(initialised, folder), path))

    assert peaks[1] <= peaks[0] * (1 + MEMORY_SHARE), peaks
