"""SQLite with its R*Tree: the questions of `near` as a careful user would ask them."""

import sqlite3
from math import cos, radians
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from glocal.atlas.keys import Floats, kilometres, squared_chords, unit_vector, unit_vectors
from glocal.cli.bench.density import Which, World
from glocal.core.geo import Box, GeoPoint

_KM_PER_DEGREE = 111.19
_FIRST_KM = 1.0
_ROUNDING = 1e-4  # degrees: the tree keeps 32-bit numbers


class SqliteRtree:
    """One tree for all, one for the rare alone; what is asked stands beside the boxes: nothing is joined."""

    name = "sqlite"

    def __init__(self, place: Path, world: World) -> None:
        self._connection = sqlite3.connect(place)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000", "mmap_size=4000000000"):
            self._connection.execute(f"PRAGMA {pragma}")
        order = np.lexsort((world.lon, np.floor(world.lat * 20)))  # neighbours arrive together
        self._fill("everybody", world, order)
        self._fill("rare", world, order[world.rare[order]])

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def nearest(self, point: GeoPoint, k: int, which: Which) -> list[float]:
        """Return the distances in km of the k nearest: a box grows until it surely holds them."""
        reach = _FIRST_KM * (1 if which == "all" else 10)
        while True:
            distances = self._distances(which, point, reach)
            near = distances[distances <= reach]
            if len(near) >= k or reach > 20_000:
                return [float(one) for one in np.sort(near)[:k]]
            reach *= 2

    def within(self, point: GeoPoint, radius_km: float, k: int) -> tuple[int, list[float]]:
        """Return how many lie within a radius, and the distances of the k nearest of them."""
        distances = self._distances("all", point, radius_km)
        near = np.sort(distances[distances <= radius_km])
        return len(near), near[:k].tolist()

    def viewport(self, box: Box, columns: int, lines: int) -> int:
        """Count the points in each of so many cells of a box; return how many lie in it."""
        width, height = (box.east - box.west) / columns, (box.north - box.south) / lines
        rows = self._connection.execute(
            "SELECT CAST((lon - ?1) / ?5 AS INT), CAST((lat - ?3) / ?6 AS INT), count(*), sum(tone = 0),"
            " sum(tone = 1), sum(tone = 2), sum(tone = 3), sum(tone = 4), avg(lat), avg(lon) FROM everybody"
            " WHERE east >= ?1 AND west <= ?2 AND north >= ?3 AND south <= ?4"
            " AND lon BETWEEN ?1 AND ?2 AND lat BETWEEN ?3 AND ?4 GROUP BY 1, 2",
            (box.west, box.east, box.south, box.north, width, height),
        )
        return sum(row[2] for row in rows)

    def _fill(self, table: str, world: World, order: NDArray[np.intp]) -> None:
        self._connection.execute(
            f"CREATE VIRTUAL TABLE {table}"
            " USING rtree(id, west, east, south, north, +lat, +lon, +tone, +rare)"
        )
        lat, lon = world.lat[order].tolist(), world.lon[order].tolist()
        ids, tones = world.ids[order].tolist(), (world.kind[order] % 5).tolist()
        rare = world.rare[order].tolist()
        with self._connection:
            self._connection.executemany(
                f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  # the two names above
                zip(ids, lon, lon, lat, lat, lat, lon, tones, rare, strict=True),
            )

    def _distances(self, which: Which, point: GeoPoint, reach_km: float) -> Floats:
        """Return the distances of all whose coordinates lie in the box around a circle."""
        high = min(reach_km / _KM_PER_DEGREE, 180.0) + _ROUNDING
        widest = cos(radians(min(abs(point.lat) + high, 89.9)))
        wide = min(high / widest, 360.0)
        table = "rare" if which == "rare alone" else "everybody"
        condition = " AND rare" if which == "rare" else ""
        rows = self._connection.execute(
            f"SELECT id, lat, lon FROM {table}"  # noqa: S608  # one of two names above
            f" WHERE east >= ? AND west <= ? AND north >= ? AND south <= ?{condition}",
            (point.lon - wide, point.lon + wide, point.lat - high, point.lat + high),
        ).fetchall()
        if not rows:
            return np.empty(0)
        found = np.array(rows)
        vectors = unit_vectors(found[:, 1], found[:, 2])
        return kilometres(squared_chords(vectors, unit_vector(point.lat, point.lon)))
