"""Numbers that put points in an order: rows of latitude with longitude inside, unit vectors, chords."""

from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, pi, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from glocal.core.geo import EARTH_RADIUS_KM

Ints = NDArray[np.int64]
Places = NDArray[np.int32]  # positions of points, or rows of organisations
Floats = NDArray[np.float64]

LON_BITS = 32
LON_CELLS = 1 << LON_BITS
_CELLS_PER_DEGREE = LON_CELLS / 360
_HEIGHTS = (1, 2, 5, 10, 20, 50, 100)  # rows per degree of latitude
_DENSE = 4_300_000  # as many points deserve the finest rows; chosen by measuring European density


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of one height: their borders and the key where each begins."""

    per_degree: int
    last: int  # the northernmost row holds only the pole
    border_sin: Floats  # of the latitude of each border, one more than there are rows
    border_sec: Floats  # one over the cosine
    base: Ints

    def row_of(self, lat: float) -> int:
        """Return the row of a latitude in degrees; outside -90..90 the outermost row."""
        return min(max(int((lat + 90) * self.per_degree), 0), self.last)

    def keys(self, lat: Floats, lon: Floats) -> Ints:
        """Return the key of every point: its row, then its longitude in cells of about a centimetre."""
        row = ((lat + 90) * self.per_degree).astype(np.int64)
        cell = ((lon + 180) * _CELLS_PER_DEGREE).astype(np.int64)
        cell[lon >= 180] = 0  # the antimeridian is one line, not two
        np.minimum(cell, LON_CELLS - 1, out=cell)
        return (row << LON_BITS) | cell


@lru_cache(maxsize=len(_HEIGHTS))
def rows(per_degree: int) -> Rows:
    """Return the rows of a height, made once."""
    count = 180 * per_degree + 1
    border = np.radians(np.minimum(np.arange(count + 1) / per_degree - 90, 90.0))
    return Rows(
        per_degree,
        count - 1,
        np.sin(border),
        1 / np.cos(border),
        np.arange(count, dtype=np.int64) << LON_BITS,
    )


def rows_for(points: int) -> Rows:
    """Return rows about as high as so many points are apart, so that a search touches few of them."""
    wanted = 100 * sqrt(points / _DENSE)
    return rows(next((height for height in _HEIGHTS if height >= wanted), _HEIGHTS[-1]))


def cell_of(lon: float) -> int:
    """Return the cell of a longitude in degrees, agreeing with `Rows.keys`."""
    return 0 if lon >= 180 else min(int((lon + 180) * _CELLS_PER_DEGREE), LON_CELLS - 1)


def unit_vectors(lat: Floats, lon: Floats) -> Floats:
    """Return points on the unit sphere, (n, 3); one place has one vector, also at the poles and at 180."""
    phi, lam = np.radians(lat), np.radians(np.where(lon >= 180, -180.0, lon))
    flat = np.where(np.abs(lat) == 90, 0.0, np.cos(phi))
    return np.stack((flat * np.cos(lam), flat * np.sin(lam), np.sin(phi)), axis=1)


def unit_vector(lat: float, lon: float) -> Floats:
    """Return one point on the unit sphere."""
    phi, lam = radians(lat), radians(lon)
    return np.array((cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)))


def squared_chords(vectors: Floats, origin: Floats) -> Floats:
    """Return squared straight-line distances through the unit sphere; they order like great circles."""
    apart = vectors - origin
    chords: Floats = np.vecdot(apart, apart)
    return chords


def squared_chord_of(angle: float) -> float:
    """Return the squared chord that subtends an angle in radians, 0..pi."""
    return 4 * sin(angle / 2) ** 2


def angle_of(squared_chord: float) -> float:
    """Return the angle in radians of a squared chord."""
    return 2 * asin(min(1.0, sqrt(squared_chord) / 2))


def kilometres(chords: Floats) -> Floats:
    """Return great-circle kilometres of squared chords (to 0.2 m near the antipode, far better elsewhere)."""
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(chords) / 2))


def lon_half_width(angle: float, lat: float) -> float:
    """Return how many radians of longitude a circle reaches to each side; pi when it holds a pole."""
    phi = radians(lat)
    if angle + abs(phi) >= pi / 2:
        return pi
    return asin(min(1.0, sin(angle) / cos(phi)))
