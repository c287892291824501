"""`glocal bench pages`: the real server under load, asked about other places every time."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from glocal.cli.bench.density import european_points
from glocal.cli.bench.listing import write_listing
from glocal.cli.bench.machine import machine
from glocal.core.errors import Unavailable

Report = dict[str, Any]
PLACES = 2000
SECONDS = 10
CONNECTIONS = (50, 10, 5)
TARGETS = (
    ("near JSON, 50 rows", "/api/v1/near?lat={lat}&lon={lon}&k=50"),
    ("near JSON, 50 rows, one kind", "/api/v1/near?lat={lat}&lon={lon}&k=50&kind=cooperative"),
    ("viewport JSON, 200 markers", "/api/v1/viewport?box={west},{south},{east},{north}"),
    ("near page, 20 rows", "/near/?lat={lat}&lon={lon}&km=25"),
    ("near page's list alone", "/near/?lat={lat}&lon={lon}&km=25#fragment"),
)
LUA = """
local urls = {}
for line in io.lines("%(urls)s") do urls[#urls + 1] = line end
local next = %(offset)d
if "%(fragment)s" == "yes" then wrk.headers["HX-Request"] = "true" end
request = function()
  next = next %% #urls + 1
  return wrk.format("GET", urls[next])
end
done = function(summary, latency, requests)
  local form = '{"p50_ms": %%.2f, "p95_ms": %%.2f, "p99_ms": %%.2f, ' ..
    '"requests": %%d, "seconds": %%.3f, "failed": %%d}'
  local function ms(share) return latency:percentile(share) / 1000 end
  io.write(string.format(form .. "\\n", ms(50), ms(95), ms(99), summary.requests, summary.duration / 1000000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
"""


def bench_pages(*, organisations: int) -> Report:
    """Fill a home, serve it with one and two workers, and load each address with wrk.

    Raises:
        Unavailable: wrk is not installed.
    """
    if shutil.which("wrk") is None:
        raise Unavailable("The load comes from wrk, which is not installed (Debian: apt-get install wrk).")
    rows: list[Report] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        _fill(home, Path(folder) / "list.csv", organisations)
        for workers in (1, 2):
            with _served(home, workers) as address:
                for what, path in TARGETS:
                    rows += [_load(Path(folder), address, what, path, workers, c) for c in CONNECTIONS]
    return {"name": "pages", "n": organisations, "machine": machine(), "rows": rows}


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "GLOCAL_HOME": str(home)}


def _glocal(home: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "glocal.cli.main", *arguments]
    subprocess.run(command, env=_environment(home), check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # ourselves


def _fill(home: Path, file: Path, organisations: int) -> None:
    write_listing(file, rows=organisations)
    _glocal(home, "init")
    _glocal(home, "import", str(file))


@contextmanager
def _served(home: Path, workers: int) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "glocal.cli.main",
        "serve",
        "--port",
        str(port),
        "--workers",
        str(workers),
    ]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, env=_environment(home), stdout=quiet, stderr=quiet)  # noqa: S603  # ourselves
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/near/?lat=45&lon=7&km=25")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(url: str) -> None:
    for _attempt in range(200):
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310  # our own server on this machine
                return
        except OSError:
            time.sleep(0.1)
    raise Unavailable("The server under test did not come up.")


def _load(folder: Path, address: str, what: str, path: str, workers: int, connections: int) -> Report:
    urls = folder / "urls.txt"
    bare, _, fragment = path.partition("#")
    urls.write_text("\n".join(_addresses(bare)) + "\n", encoding="ascii")
    script = folder / "load.lua"
    values = {"urls": urls, "offset": connections, "fragment": "yes" if fragment else "no"}
    script.write_text(LUA % values, encoding="ascii")
    for seconds in (2, SECONDS):  # the first warms up
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), address]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # fixed program
    found = re.search(r"^\{.*\}$", done.stdout, flags=re.MULTILINE)
    if found is None:
        raise Unavailable(f"wrk did not report as expected: {done.stdout[-200:]}")
    told = json.loads(found.group())
    return {
        "what": f"{what}, {connections} connections, {workers} worker{'s' if workers > 1 else ''}",
        "p50_ms": told["p50_ms"],
        "p95_ms": told["p95_ms"],
        "peer": "glocal",
        "ratio": 1.0,
        "requests_per_second": round(told["requests"] / told["seconds"]),
        "p99_ms": told["p99_ms"],
        "failed": told["failed"],
        "workers": workers,
        "connections": connections,
    }


def _addresses(path: str) -> Iterator[str]:
    lats, lons = european_points(PLACES, seed=99)
    for lat, lon in zip(lats.tolist(), lons.tolist(), strict=True):
        yield path.format(
            lat=f"{lat:.5f}",
            lon=f"{lon:.5f}",
            west=f"{lon - 0.7:.4f}",
            east=f"{lon + 0.7:.4f}",
            south=f"{lat - 0.4:.4f}",
            north=f"{lat + 0.4:.4f}",
        )
