"""`glocal bench import`: a CSV end to end, rows per second and the peak memory of the whole process."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from glocal.cli.bench.listing import write_listing
from glocal.cli.bench.machine import machine

Report = dict[str, Any]
CHILD = """
import json, os, resource, sys, time
from glocal.cli.main import set_up
set_up()
from pathlib import Path
from glocal.core.actor import SYSTEM
from glocal.ingest import services
from glocal.ingest.states import ImportOptions
marks = [time.perf_counter()]
report = services.import_file(
    Path(sys.argv[1]), ImportOptions(source="bench"), actor=SYSTEM,
    on_progress=lambda share, rows: marks.append(time.perf_counter()),
)
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({
    "seconds": time.perf_counter() - marks[0], "chunks": [b - a for a, b in zip(marks, marks[1:])],
    "own_kb": own, "children_kb": children, **report.tally.as_dict(),
}))
"""


def bench_import(*, organisations: int) -> Report:
    """Import a tenth of the rows, then all of them, each into a home of its own; minutes at a million."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for count in (max(1000, organisations // 10), organisations):
            file, home = Path(folder) / f"{count}.csv", Path(folder) / f"home-{count}"
            write_listing(file, rows=count)
            _glocal(home, "init")  # apart, so that building the gazetteer is not counted as importing
            first = _run(file, home)
            rows.append(_row(f"{count} rows into an empty directory", count, first))
            again = _run(file, home)
            rows.append(_row(f"the same {count} rows again", count, again))
    return {"name": "import", "n": organisations, "machine": machine(), "rows": rows}


def _glocal(home: Path, *arguments: str) -> None:
    environment = {**os.environ, "GLOCAL_HOME": str(home)}
    command = [sys.executable, "-m", "glocal.cli.main", *arguments]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # ourselves


def _run(file: Path, home: Path) -> Report:
    """Import in a process of its own, so that its peak memory is its own."""
    environment = {**os.environ, "GLOCAL_HOME": str(home)}
    done = subprocess.run(  # noqa: S603  # our own interpreter and our own text
        [sys.executable, "-c", CHILD, str(file)], env=environment, stdout=subprocess.PIPE, check=True
    )
    told: Report = json.loads(done.stdout)
    return told


def _row(what: str, count: int, told: Report) -> Report:
    chunks = np.array(told["chunks"]) * 1000
    return {
        "what": what,
        "p50_ms": round(float(np.percentile(chunks, 50)), 1),  # of a thousand rows
        "p95_ms": round(float(np.percentile(chunks, 95)), 1),
        "peer": "glocal",
        "ratio": 1.0,
        "rows_per_second": round(count / told["seconds"]),
        "rows_per_second_without_index": round(count / max(sum(told["chunks"]), 1e-9)),
        "seconds": round(told["seconds"], 1),
        "peak_mb": round(told["own_kb"] / 1024),
        "peak_mb_of_index_process": round(told["children_kb"] / 1024),
        "created": told["created"],
        "unchanged": told["unchanged"],
    }
