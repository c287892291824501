"""Towns around a point, in a box, and the ones worth a name on the map."""

from functools import lru_cache
from math import cos, pi, radians
from typing import Final

import numpy as np
import numpy.typing as npt

from glocal.core.geo import EARTH_RADIUS_KM, Box, GeoPoint, Km
from glocal.places.gazetteer.compile import CELL_ROWS, CELLS_PER_ROW
from glocal.places.gazetteer.store import Gazetteer

Rows = npt.NDArray[np.int64]

_KM_PER_DEGREE: Final = 111.195
_START_DEGREES: Final = 0.1
_PEOPLE_PER_KM2: Final = 4_000.0
_WIDEST_CITY_KM: Final = 20.0
# The smallest population named at each zoom level; chosen by eye.
_NAMED_FROM: Final = (
    5_000_000,
    3_000_000,
    2_000_000,
    1_000_000,
    400_000,
    150_000,
    50_000,
    20_000,
    6_000,
    2_000,
)
_LABEL_CELL_PIXELS: Final = 72.0
_TILE_PIXELS: Final = 512.0
_WIDE_CELLS: Final = 2_000  # beyond as many cells, scanning towns by population is cheaper


def distances_km(gazetteer: Gazetteer, rows: Rows, point: GeoPoint) -> npt.NDArray[np.float64]:
    """Great-circle kilometres from the point to each of the towns."""
    lat, lon = np.radians(gazetteer.lat[rows]), np.radians(gazetteer.lon[rows])
    half_lat, half_lon = (lat - radians(point.lat)) / 2, (lon - radians(point.lon)) / 2
    chord = np.sin(half_lat) ** 2 + cos(radians(point.lat)) * np.cos(lat) * np.sin(half_lon) ** 2
    kilometres: npt.NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord)))
    return kilometres


def towns_in_box(gazetteer: Gazetteer, box: Box) -> Rows:
    """Rows of the towns in a box, edges included, also across the antimeridian."""
    if box.west > box.east:
        halves = (Box(box.west, box.south, 180, box.north), Box(-180, box.south, box.east, box.north))
        return np.concatenate([towns_in_box(gazetteer, half) for half in halves])
    south, north = _cell_row(box.south), _cell_row(box.north)
    west, east = _cell_column(box.west), _cell_column(box.east)
    firsts = np.arange(south, north + 1) * CELLS_PER_ROW
    starts, ends = gazetteer.cell_starts[firsts + west], gazetteer.cell_starts[firsts + east + 1]
    rows = np.concatenate([np.arange(a, b, dtype=np.int64) for a, b in zip(starts, ends, strict=True)])
    return rows[_is_inside(gazetteer, rows, box)]


def nearest_town(gazetteer: Gazetteer, point: GeoPoint) -> tuple[int, Km]:
    """Row and distance of the town nearest to a point, wherever it is."""
    degrees = _START_DEGREES
    while True:
        rows = towns_in_box(gazetteer, _box_around(point, degrees))
        if len(rows):
            distances = distances_km(gazetteer, rows, point)
            best = int(np.argmin(distances))
            if distances[best] <= degrees * _KM_PER_DEGREE or degrees >= 180:
                return int(rows[best]), Km(float(distances[best]))
        degrees *= 2


def town_around(gazetteer: Gazetteer, point: GeoPoint) -> tuple[int, Km]:
    """Row and distance of the town a point lies in, as far as its population tells; else of the nearest.

    A town is taken for a disc with 4,000 people on a square kilometre (chosen, not measured); among several
    discs the one counts in which the point is nearest to the middle.
    """
    rows = towns_in_box(gazetteer, _box_around(point, _WIDEST_CITY_KM / _KM_PER_DEGREE))
    distances = distances_km(gazetteer, rows, point)
    radii = np.sqrt(np.maximum(gazetteer.population[rows], 1) / (pi * _PEOPLE_PER_KM2))
    shares = distances / np.minimum(radii, _WIDEST_CITY_KM)
    if len(rows) and shares.min() <= 1:
        best = int(np.argmin(shares))
        return int(rows[best]), Km(float(distances[best]))
    return nearest_town(gazetteer, point)


def towns_to_name(gazetteer: Gazetteer, box: Box, zoom: float, limit: int) -> Rows:
    """Rows of the towns worth a name in this view, most populous first, spread over the map.

    At most one per square of 72 screen pixels, on a grid fixed to the world so that names stay when the map
    is dragged.
    """
    level = max(0, int(zoom))
    smallest = _NAMED_FROM[level] if level < len(_NAMED_FROM) else 0
    rows = _candidates(gazetteer, box, smallest)
    rows = rows[np.argsort(-gazetteer.population[rows], kind="stable")]
    degrees = _LABEL_CELL_PIXELS * 360 / (_TILE_PIXELS * 2**level)
    height = np.degrees(
        np.arcsinh(np.tan(np.radians(np.clip(gazetteer.lat[rows], -89, 89))))
    )  # as on the screen
    squares = np.floor(height / degrees).astype(np.int64) * 1_000_003
    squares += np.floor(gazetteer.lon[rows] / degrees).astype(np.int64)
    _, firsts = np.unique(squares, return_index=True)
    return rows[np.sort(firsts)][:limit]


def _candidates(gazetteer: Gazetteer, box: Box, smallest: int) -> Rows:
    width = (box.east - box.west) % 360 or 360
    if smallest and width * (box.north - box.south) > _WIDE_CELLS:
        named = gazetteer.by_population[: _count_from(gazetteer, smallest)].astype(np.int64)
        return named[_is_inside(gazetteer, named, box)]
    rows = towns_in_box(gazetteer, box)
    return rows[gazetteer.population[rows] >= smallest]


@lru_cache(maxsize=64)
def _count_from(gazetteer: Gazetteer, smallest: int) -> int:
    return int(np.count_nonzero(gazetteer.population >= smallest))


def _is_inside(gazetteer: Gazetteer, rows: Rows, box: Box) -> npt.NDArray[np.bool_]:
    lat, lon = gazetteer.lat[rows], gazetteer.lon[rows]
    east_west = (
        (lon >= box.west) & (lon <= box.east)
        if box.west <= box.east
        else (lon >= box.west) | (lon <= box.east)
    )
    inside: npt.NDArray[np.bool_] = (lat >= box.south) & (lat <= box.north) & east_west
    return inside


def _cell_row(lat: float) -> int:
    return min(CELL_ROWS - 1, int(lat + 90))


def _cell_column(lon: float) -> int:
    return min(CELLS_PER_ROW - 1, int(lon + 180))


def _box_around(point: GeoPoint, degrees: float) -> Box:
    """The box that holds every point within so many degrees of arc; all longitudes where a pole is near."""
    south, north = max(-90.0, point.lat - degrees), min(90.0, point.lat + degrees)
    narrowest = cos(radians(max(abs(south), abs(north))))
    half_width = degrees / narrowest if narrowest > 1e-6 else 360.0
    if half_width >= 180 or abs(south) >= 90 or abs(north) >= 90:
        return Box(-180, south, 180, north)
    west, east = point.lon - half_width, point.lon + half_width
    return Box(west + 360 if west < -180 else west, south, east - 360 if east > 180 else east, north)
