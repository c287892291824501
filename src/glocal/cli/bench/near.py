"""`glocal bench near`: the atlas against PostGIS and SQLite's R*Tree, the same questions in the same run."""

import resource
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from glocal.atlas.atlas import Atlas
from glocal.atlas.snapshot import build_snapshot_from_columns
from glocal.atlas.types import EVERYTHING, Filter
from glocal.cli.bench.density import Which, World, columns_of, european_points, european_world
from glocal.cli.bench.machine import machine
from glocal.core.errors import Invalid
from glocal.core.geo import Box, GeoPoint, Km

PEERS = ("postgis", "sqlite")
RARE = Filter(facets=(("rare", ("yes",)),))
_QUERIES = 1000
_COMPARED, _COMPARED_BOXES = 200, 20
_SELECTIONS: tuple[Which, ...] = ("all", "rare", "rare alone")
_PEER_SECONDS = 60.0  # a peer that needs longer for all queries answers fewer, and the row says how many
_SEED, _QUERY_SEED = 20, 2020
_RADIUS = Km(10.0)
_MARKERS = 200
_TOLERANCE_KM = 1e-3  # another mean radius in its last digits, another formula

Report = dict[str, Any]


class Peer(Protocol):
    """What a compared engine must be able to answer."""

    name: str

    def nearest(self, point: GeoPoint, k: int, which: Which) -> list[float]:
        """Return the distances in km of the k nearest."""
        ...

    def within(self, point: GeoPoint, radius_km: float, k: int) -> tuple[int, list[float]]:
        """Return how many lie within a radius, and the distances of the k nearest of them."""
        ...

    def viewport(self, box: Box, columns: int, lines: int) -> int:
        """Count the points in each of so many cells of a box; return how many lie in it."""
        ...


class AtlasPeer:
    """The atlas, asked like the others; its answers carry the cards with them."""

    name = "atlas"

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    def nearest(self, point: GeoPoint, k: int, which: Which) -> list[float]:
        """Return the distances in km of the k nearest; all its selections are alike."""
        hits = self._atlas.nearest(point, k=k, only=EVERYTHING if which == "all" else RARE)
        return [hit.distance_km for hit in hits]

    def within(self, point: GeoPoint, radius_km: float, k: int) -> tuple[int, list[float]]:
        """Return how many lie within a radius, and the distances of the k nearest of them."""
        radius = Km(radius_km)
        hits = self._atlas.nearest(point, k=k, within=radius)
        return self._atlas.count_within(point, radius), [hit.distance_km for hit in hits]

    def viewport(self, box: Box, columns: int, lines: int) -> int:
        """Return how many points the markers of a box stand for (cells on its edge count whole)."""
        markers = self._atlas.viewport(box, max_markers=columns * lines)
        return sum(marker.count for marker in markers)

    def drawn(self, box: Box) -> tuple[Box, int]:
        """Return the box that the markers of a box fill, and how many points they stand for."""
        markers = self._atlas.viewport(box, max_markers=_MARKERS)
        cells = [marker for marker in markers if marker.east > marker.west]
        if not cells:
            return box, sum(marker.count for marker in markers)
        west, south = min(cell.west for cell in cells), min(cell.south for cell in cells)
        east, north = max(cell.east for cell in cells), max(cell.north for cell in cells)
        return Box(west, south, east, north), sum(marker.count for marker in markers)


def bench_near(*, organisations: int, against: tuple[str, ...], folder: Path) -> Report:
    """Build an invented Europe and ask everybody the same; minutes at 4.3 million.

    A row's ratio is that engine's p95 divided by the atlas's p95: how many times slower it is.

    Args:
        organisations: how many, at least 1,000.
        against: engines to compare with, of "postgis" and "sqlite".
        folder: where to build; emptied of what the benchmark wrote.

    Raises:
        Invalid: an engine nobody knows, or too few organisations.
        Unavailable: PostGIS is asked for and not installed.
    """
    unknown = set(against) - set(PEERS)
    if unknown:
        raise Invalid(f"“{min(unknown)}” is not an engine to compare with; known are {', '.join(PEERS)}.")
    if organisations < 1000:
        raise Invalid("A benchmark of fewer than 1,000 organisations says nothing.")
    place = folder / "bench-near"
    place.mkdir(parents=True, exist_ok=True)
    try:
        world = european_world(organisations, _SEED)
        with ExitStack() as stack:
            atlas, facts = _built(place / "atlas", world)
            report: Report = {"name": "near", "n": organisations, "machine": machine()}
            rows = _rows(AtlasPeer(atlas), None)
            best = {row["what"]: row["p95_ms"] for row in rows}
            for name in against:
                started = time.perf_counter()
                peer = stack.enter_context(_peer(name, place, world))
                facts[f"{name}_load_seconds"] = round(time.perf_counter() - started, 1)
                facts[f"{name}_differences"] = _differences(AtlasPeer(atlas), peer)
                rows += _rows(peer, best)
            return report | {"rows": rows, **facts}
    finally:
        shutil.rmtree(place)


def _built(place: Path, world: World) -> tuple[Atlas, Report]:
    columns, cards = columns_of(world, _SEED)
    started = time.perf_counter()
    snapshot = build_snapshot_from_columns(place, columns, cards, change_no=0)
    build_seconds = time.perf_counter() - started
    size = sum(file.stat().st_size for file in snapshot.iterdir())
    started = time.perf_counter()
    atlas = Atlas.open(place)
    facts: Report = {
        "build_seconds": round(build_seconds, 1),
        "open_ms": round((time.perf_counter() - started) * 1000, 1),
        "snapshot_bytes": size,
        "peak_rss_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    return atlas, facts


@contextmanager
def _peer(name: str, place: Path, world: World) -> Iterator[Peer]:
    if name == "sqlite":
        from glocal.cli.bench.peers_sqlite import SqliteRtree

        tree = SqliteRtree(place / "rtree.sqlite3", world)
        try:
            yield tree
        finally:
            tree.close()
        return
    from glocal.cli.bench.peers_postgres import PostGis, postgres_cluster

    with postgres_cluster() as connection:
        yield PostGis(connection, world)


def _questions() -> dict[str, tuple[Sequence[Any], Callable[[Peer, Any], object]]]:
    """Return each question's name with what is asked and how."""
    lat, lon = european_points(_QUERIES, _QUERY_SEED)
    points = [GeoPoint(*pair) for pair in zip(lat.tolist(), lon.tolist(), strict=True)]
    return {
        "20 nearest": (points, lambda peer, point: peer.nearest(point, 20, "all")),
        "20 nearest of 1 %": (points, lambda peer, point: peer.nearest(point, 20, "rare")),
        "20 nearest of 1 %, indexed alone": (
            points,
            lambda peer, point: peer.nearest(point, 20, "rare alone"),
        ),
        "count within 10 km and 50 nearest": (points, lambda peer, point: peer.within(point, _RADIUS, 50)),
        "viewport to 200 markers": (_boxes(points), lambda peer, box: peer.viewport(box, 20, 10)),
    }


def _boxes(points: Sequence[GeoPoint]) -> list[Box]:
    """Return a view around every point, from a street to a continent, wider than high."""
    chance = np.random.default_rng(_QUERY_SEED)
    half_widths = np.exp(chance.uniform(np.log(0.01), np.log(25), len(points))).tolist()
    return [
        Box(
            max(point.lon - half, -180.0),
            max(point.lat - half * 0.5, -85.0),
            min(point.lon + half, 180.0),
            min(point.lat + half * 0.5, 85.0),
        )
        for point, half in zip(points, half_widths, strict=True)
    ]


def _rows(peer: Peer, atlas_p95: dict[str, float] | None) -> list[Report]:
    """Ask everything and return a row for each question."""
    rows = []
    for what, (asked, ask) in _questions().items():
        took_ms = _timed(lambda one, ask=ask: ask(peer, one), asked)  # type: ignore[misc]  # bound at once
        p50, p95 = (float(np.percentile(took_ms, share)) for share in (50, 95))
        ratio = 1.0 if atlas_p95 is None else p95 / atlas_p95[what]
        rows.append(
            {
                "what": what,
                "p50_ms": round(p50, 4),
                "p95_ms": round(p95, 4),
                "peer": peer.name,
                "ratio": round(ratio, 2),
                "queries": len(took_ms),
            }
        )
    return rows


def _timed(ask: Callable[[Any], object], asked: Sequence[Any]) -> list[float]:
    """Return milliseconds of each question, after one round to warm up (shorter for who is slow)."""
    deadline = time.perf_counter() + _PEER_SECONDS / 3
    for one in asked:
        ask(one)
        if time.perf_counter() > deadline:
            break
    took_ms = []
    deadline = time.perf_counter() + _PEER_SECONDS
    for one in asked:
        started = time.perf_counter()
        ask(one)
        ended = time.perf_counter()
        took_ms.append((ended - started) * 1000)
        if ended > deadline:
            break
    return took_ms


def _differences(atlas: AtlasPeer, peer: Peer) -> int:
    """Count the questions of a sample that are answered differently."""
    found, points = 0, _questions()["20 nearest"][0]
    for point in points[:_COMPARED]:
        for which in _SELECTIONS:
            found += not _same(atlas.nearest(point, 20, which), peer.nearest(point, 20, which))
        mine, theirs = atlas.within(point, _RADIUS, 50), peer.within(point, _RADIUS, 50)
        found += mine[0] != theirs[0] or not _same(mine[1], theirs[1])
    for box in _boxes(points)[:_COMPARED_BOXES]:
        filled, count = atlas.drawn(box)
        found += peer.viewport(filled, 20, 10) != count
    return found


def _same(mine: list[float], theirs: list[float]) -> bool:
    return len(mine) == len(theirs) and bool(np.allclose(mine, theirs, rtol=0, atol=_TOLERANCE_KM))
