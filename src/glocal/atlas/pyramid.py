"""Counts for the map: points along a curve of ever smaller squares, with running sums.

Any square of any zoom level is one stretch of the curve, so its count, tones and centroid are the difference
of two running sums; no level is stored.
"""

from dataclasses import dataclass
from math import cos, log, log2, pi, radians, tan

import numpy as np
from numpy.typing import NDArray

from glocal.atlas.areas import Points
from glocal.atlas.keys import Floats, Ints, Places
from glocal.atlas.types import TONES
from glocal.core.geo import Box

LEVELS = 24  # cells of the deepest level are about 2 m wide
MAX_LAT = 85.0511287798066
_UNITS = 1e7  # centroids are summed in whole 1e-7 degrees: exact, whatever the order


@dataclass(frozen=True, slots=True, eq=False)
class Pile:
    """Points in the order of the curve."""

    keys: Ints
    positions: Places
    tones: NDArray[np.int32]  # running counts, (n + 1, 5)
    sums: Ints  # running latitude and longitude in 1e-7 degrees, (n + 1, 2)

    @property
    def nbytes(self) -> int:
        """Memory held."""
        return self.keys.nbytes + self.positions.nbytes + self.tones.nbytes + self.sums.nbytes

    def stretches(self, cells: "Cells") -> NDArray[np.intp]:
        """Return where each cell begins and ends in this pile, (2, n)."""
        shift = 2 * (LEVELS - cells.level)
        begins = cells.numbers << shift
        return self.keys.searchsorted(np.concatenate((begins, begins + (1 << shift)))).reshape(2, -1)

    def totals(self, stretches: NDArray[np.intp]) -> Ints:
        """Return for each stretch the count of each tone, the summed latitude and longitude, (n, 7)."""
        begins, ends = stretches
        tones = self.tones.take(ends, axis=0) - self.tones.take(begins, axis=0)
        return np.concatenate((tones, self.sums.take(ends, axis=0) - self.sums.take(begins, axis=0)), axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The squares of one level over a box."""

    level: int
    columns: Ints
    lines: Ints
    numbers: Ints  # line after line

    def span(self, number: int) -> tuple[int, int]:
        """Return the part of the curve that lies in one of the cells."""
        first, shift = int(self.numbers[number]), 2 * (LEVELS - self.level)
        return first << shift, (first + 1) << shift

    def inner_of(self, counts: Ints) -> Ints:
        """Return the counts of those cells that surely lie inside the box."""
        return counts.reshape(len(self.lines), len(self.columns))[1:-1, 1:-1]

    def borders(self) -> tuple[list[float], list[float], list[float], list[float]]:
        """Return west and east of every column, south and north of every line, in degrees."""
        size = 1 << self.level
        west, east = self.columns / size * 360 - 180, (self.columns + 1) / size * 360 - 180
        south, north = _latitudes((self.lines + 1) / size), _latitudes(self.lines / size)
        return west.tolist(), east.tolist(), south.tolist(), north.tolist()


def pile_of(points: Points, positions: Places, tones: NDArray[np.uint8]) -> Pile:
    """Put points on the curve; `tones` are those of the points at these positions."""
    lat, lon = points.lat[positions], points.lon[positions]
    keys = curve_keys(lat, lon)
    order = keys.argsort(kind="stable")
    running = np.zeros((len(keys) + 1, TONES), dtype=np.int32)
    np.cumsum(tones[order, None] == np.arange(TONES, dtype=np.uint8), axis=0, out=running[1:])
    sums = np.zeros((len(keys) + 1, 2), dtype=np.int64)
    np.cumsum(np.rint(lat[order] * _UNITS), axis=0, out=sums[1:, 0], dtype=np.int64)
    lon = np.where(lon >= 180, -180.0, lon)[order]
    np.cumsum(np.rint(lon * _UNITS), axis=0, out=sums[1:, 1], dtype=np.int64)
    return Pile(keys[order], positions[order].astype(np.int32), running, sums)


def curve_keys(lat: Floats, lon: Floats) -> Ints:
    """Return the number of each point's cell at the deepest level."""
    size = 1 << LEVELS
    phi = np.radians(np.clip(lat, -MAX_LAT, MAX_LAT))
    across = ((lon + 180) / 360 * size).astype(np.int64)
    across[lon >= 180] = 0
    down = ((1 - np.log(np.tan(phi) + 1 / np.cos(phi)) / pi) / 2 * size).astype(np.int64)
    return _interleaved(np.clip(across, 0, size - 1), np.clip(down, 0, size - 1))


def cells_over(box: Box, most: int) -> Cells:
    """Return the cells over a box at the deepest level where there are at most so many."""
    west, east = (box.west + 180) / 360, (box.east + 180) / 360
    if west > east:
        east += 1
    top, bottom = _mercator(box.north), _mercator(box.south)
    extent = max((east - west) * (bottom - top), 4.0**-LEVELS)
    for level in range(min(LEVELS, int(log2(most / extent) / 2) + 1), -1, -1):
        size = 1 << level
        left = int(west * size)
        right = min(int(east * size), left + size - 1)
        upper, lower = min(int(top * size), size - 1), min(int(bottom * size), size - 1)
        if (right - left + 1) * (lower - upper + 1) <= most:
            break
    # columns go on behind the antimeridian, where the points on it stand in the first one
    columns, lines = np.arange(left, right + 1) % size, np.arange(upper, lower + 1)
    return Cells(level, columns, lines, ((_spread(lines)[:, None] << 1) | _spread(columns)).ravel())


def centroids(sums: Ints, counts: Ints) -> Floats:
    """Return mean coordinates in degrees of summed ones, (n, 2)."""
    means: Floats = sums / (counts[:, None] * _UNITS)
    return means


def _mercator(lat: float) -> float:
    phi = radians(min(max(lat, -MAX_LAT), MAX_LAT))
    return min(max((1 - log(tan(phi) + 1 / cos(phi)) / pi) / 2, 0.0), 1.0)


def _latitudes(down: Floats) -> Floats:
    return np.degrees(np.arctan(np.sinh(pi * (1 - 2 * down))))


def _interleaved(across: Ints, down: Ints) -> Ints:
    return _spread(across) | (_spread(down) << 1)


def _spread(bits: Ints) -> Ints:
    """Put a zero between the bits of numbers below 2**32."""
    spread = bits.astype(np.int64)
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        spread = (spread | (spread << shift)) & mask
    return spread
