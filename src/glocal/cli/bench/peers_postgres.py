"""A private PostgreSQL with PostGIS that lives as long as a benchmark, and `near` asked in its SQL."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString

import numpy as np
import psycopg
from psycopg import Connection

from glocal.cli.bench.density import Which, World
from glocal.core.errors import Unavailable
from glocal.core.geo import Box, GeoPoint

Connected = Connection[tuple[object, ...]]

_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "2GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "2GB",
    "effective_cache_size": "8GB",
    "random_page_cost": "1.1",
    "max_wal_size": "8GB",
    "fsync": "off",  # the cluster does not outlive the benchmark
    "jit": "off",  # it costs more than these short queries last
    "max_parallel_workers_per_gather": "0",  # one query, one core, as for the others
}
_INSTALL = "PostGIS is not installed: apt-get install postgresql-15-postgis-3, or leave it out of --against."


@contextmanager
def postgres_cluster() -> Iterator[Connected]:
    """Start a cluster in a temporary folder on a Unix socket; stop and remove it afterwards.

    To be called from the main thread, for it listens to the signal to end.

    Raises:
        Unavailable: PostgreSQL or PostGIS is not installed.
    """
    programs = _programs()
    place = Path(tempfile.mkdtemp(prefix="glocal-postgres-"))
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    shutil.chown(place, user)
    place.chmod(0o700)
    options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in _SETTINGS.items())
    control = [str(programs / "pg_ctl"), "-D", str(place / "cluster"), "-w", "-l", str(place / "log")]
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # told to end, it still tidies up
    try:
        _run([str(programs / "initdb"), "-D", str(place / "cluster"), "-A", "trust", "-U", "bench"], user)
        _run([*control, "-o", f"-k {place} {options}", "start"], user)
        try:
            with psycopg.connect(
                host=str(place), user="bench", dbname="postgres", autocommit=True
            ) as connection:
                yield connection
        finally:
            _run([*control, "-m", "immediate", "stop"], user)
    finally:
        signal.signal(signal.SIGTERM, before)
        shutil.rmtree(place, ignore_errors=True)


class PostGis:
    """Organisations in a table as a careful user keeps them: GiST on geography, one for the rare alone."""

    name = "postgis"

    def __init__(self, connection: Connected, world: World) -> None:
        self._connection = connection
        _require_postgis(connection)
        connection.execute("CREATE EXTENSION postgis")
        connection.execute(
            "CREATE TABLE organisation"
            " (id bigint, lat float8, lon float8, tone smallint, rare boolean, alone boolean)"
        )
        columns = (world.ids, world.lat, world.lon, world.kind % 5, world.rare, world.rare)
        with connection.cursor().copy("COPY organisation FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["int8", "float8", "float8", "int2", "bool", "bool"])
            for start in range(0, len(world.ids), 100_000):
                lists = [np.asarray(column[start : start + 100_000]).tolist() for column in columns]
                for row in zip(*lists, strict=True):
                    copy.write_row(row)
        for statement in _PREPARE:
            connection.execute(statement)

    def nearest(self, point: GeoPoint, k: int, which: Which) -> list[float]:
        """Return the distances in km of the k nearest."""
        rows = self._ask(_NEAREST[which], {"lon": point.lon, "lat": point.lat, "k": k})
        return [float(str(row[1])) / 1000 for row in rows]

    def within(self, point: GeoPoint, radius_km: float, k: int) -> tuple[int, list[float]]:
        """Return how many lie within a radius, and the distances of the k nearest of them."""
        given = {"lon": point.lon, "lat": point.lat, "k": k, "m": radius_km * 1000}
        count = int(str(self._ask(_COUNT, given)[0][0]))
        return count, [float(str(row[1])) / 1000 for row in self._ask(_WITHIN, given)]

    def viewport(self, box: Box, columns: int, lines: int) -> int:
        """Count the points in each of so many cells of a box; return how many lie in it."""
        given = {
            "west": box.west, "south": box.south, "east": box.east, "north": box.north,
            "width": (box.east - box.west) / columns, "height": (box.north - box.south) / lines,
        }  # fmt: skip
        return sum(int(str(row[2])) for row in self._ask(_VIEWPORT, given))

    def _ask(self, query: LiteralString, given: dict[str, float]) -> list[tuple[object, ...]]:
        return self._connection.execute(query, given, prepare=True).fetchall()


_PREPARE: tuple[LiteralString, ...] = (
    "ALTER TABLE organisation ADD place geography(Point), ADD spot geometry(Point, 4326)",
    """UPDATE organisation SET spot = ST_SetSRID(ST_MakePoint(lon, lat), 4326),
        place = ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography""",
    "CREATE INDEX ON organisation USING gist (spot)",
    "CREATE INDEX ON organisation USING gist (place)",
    "CREATE INDEX ON organisation USING gist (place) WHERE alone",
    "VACUUM (FULL, ANALYZE) organisation",
)
_BY_DISTANCE: LiteralString = """
    SELECT id, ST_Distance(place, ST_MakePoint(%(lon)s, %(lat)s)::geography, false) FROM organisation
    WHERE {} ORDER BY place <-> ST_MakePoint(%(lon)s, %(lat)s)::geography LIMIT %(k)s"""
_NEAREST: dict[Which, LiteralString] = {
    "all": _BY_DISTANCE.replace("WHERE {}", ""),
    "rare": _BY_DISTANCE.replace("{}", "rare"),
    "rare alone": _BY_DISTANCE.replace("{}", "alone"),
}
_COUNT: LiteralString = """
    SELECT count(*) FROM organisation
    WHERE ST_DWithin(place, ST_MakePoint(%(lon)s, %(lat)s)::geography, %(m)s, false)"""
_WITHIN: LiteralString = """
    SELECT id, ST_Distance(place, ST_MakePoint(%(lon)s, %(lat)s)::geography, false) AS m FROM organisation
    WHERE ST_DWithin(place, ST_MakePoint(%(lon)s, %(lat)s)::geography, %(m)s, false)
    ORDER BY place <-> ST_MakePoint(%(lon)s, %(lat)s)::geography LIMIT %(k)s"""
_VIEWPORT: LiteralString = """
    SELECT floor((lon - %(west)s) / %(width)s) AS x, floor((lat - %(south)s) / %(height)s) AS y, count(*),
        count(*) FILTER (WHERE tone = 0), count(*) FILTER (WHERE tone = 1), count(*) FILTER (WHERE tone = 2),
        count(*) FILTER (WHERE tone = 3), count(*) FILTER (WHERE tone = 4), avg(lat), avg(lon)
    FROM organisation WHERE spot && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326)
        AND lon BETWEEN %(west)s AND %(east)s AND lat BETWEEN %(south)s AND %(north)s GROUP BY 1, 2"""


def _programs() -> Path:
    """Return the folder of the newest PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise Unavailable(_INSTALL)
    return Path(on_path).parent


def _require_postgis(connection: Connected) -> None:
    here = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'").fetchone()
    if here is None:
        raise Unavailable(_INSTALL)


def _run(command: list[str], user: str) -> None:
    """Run a program as somebody PostgreSQL agrees to serve (it refuses root)."""
    if os.geteuid() == 0:
        command = ["runuser", "-u", user, "--", *command]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, cwd="/")  # noqa: S603  # fixed programs
    if done.returncode:
        raise Unavailable(f"PostgreSQL could not be started: {done.stderr.decode(errors='replace').strip()}")
