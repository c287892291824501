"""Circles and boxes as spans of keys: what is surely inside, and the edge that must be looked at."""

from math import asin, cos, pi, radians, sin, tan
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from glocal.atlas.keys import (
    LON_CELLS,
    Floats,
    Ints,
    Rows,
    cell_of,
    lon_half_width,
    squared_chord_of,
    squared_chords,
    unit_vector,
)
from glocal.core.geo import Box

Bools = NDArray[np.bool_]
Part = tuple[Ints, Ints]  # for each row: first cell, cell behind the last

_CELLS_PER_RADIAN = LON_CELLS / (2 * pi)
_SLACK = 2e-15  # in cosines: 0.4 m at the tip of a circle, above rounding
_SLACK_CELLS = 3
_HALF_TURN = LON_CELLS // 2
NO_SPANS: Ints = np.empty((2, 0), dtype=np.int64)


class Points(Protocol):
    """Where points lie, by position."""

    @property
    def lat(self) -> Floats:
        """Latitudes in degrees."""
        ...

    @property
    def lon(self) -> Floats:
        """Longitudes in degrees."""
        ...

    @property
    def vectors(self) -> Floats:
        """Points on the unit sphere, (n, 3)."""
        ...


class Area(Protocol):
    """A part of the Earth that can be looked up in sorted keys."""

    def split(self, rows: Rows) -> tuple[Ints, Ints]:
        """Return the spans surely inside and the spans that may be, each (2, n), half open, disjoint."""
        ...

    def holds(self, points: Points, positions: NDArray[np.integer]) -> Bools:
        """Say of every point whether it is inside, exactly."""
        ...


class Rectangle:
    """A box of degrees with its edges; a point on the antimeridian belongs to both sides of it."""

    def __init__(self, box: Box) -> None:
        self.box = box
        west, east = box.west, box.east
        if west == 180:
            west, east = -180.0, (-180.0 if east == 180 else east)
        elif west > east == -180:
            east = 180.0
        self._west, self._east = west, east
        first, last = cell_of(west), LON_CELLS - 1 if east == 180 else cell_of(east)
        if west <= east:
            self._inside = [(first + 1, last)]
            self._edges = [(first, first + 1), (last, last + 1)] if last > first else [(first, first + 1)]
            if east == 180 and first > 0:
                self._edges.append((0, 1))
        else:
            self._inside = [(first + 1, LON_CELLS), (0, last)]
            self._edges = [(first, first + 1), (last, last + 1)]
            if first == last:  # both borders in one cell: all the way round
                self._inside, self._edges = [(first + 1, LON_CELLS), (0, first)], [(first, first + 1)]

    @property
    def whole(self) -> list[tuple[int, int]]:
        """Spans of cells that cover the box, disjoint."""
        return [span for span in self._inside + self._edges if span[1] > span[0]]

    @property
    def reach(self) -> float:
        """An angle in radians from the centre within which all of the box lies."""
        width = self.box.east - self.box.west + (360 if self.box.west > self.box.east else 0)
        across = radians(width / 2) * cos(radians(self.box.centre.lat))
        return min(pi, across + radians(self.box.north - self.box.south) / 2 + 1e-9)

    def outer_rows(self, rows: Rows) -> tuple[int, int]:
        """Return the first row and the row behind the last."""
        return rows.row_of(self.box.south), rows.row_of(self.box.north) + 1

    def split(self, rows: Rows) -> tuple[Ints, Ints]:
        """Return the spans surely inside and those along the four edges."""
        first, behind = self.outer_rows(rows)
        middle = rows.base[first + 1 : max(behind - 1, first + 1)]
        borders = rows.base[[first, behind - 1]] if behind - 1 > first else rows.base[[first]]
        inner = _spans(middle, self._inside)
        edge = np.concatenate((_spans(middle, self._edges), _spans(borders, self.whole)), axis=1)
        return inner, edge

    def holds(self, points: Points, positions: NDArray[np.integer]) -> Bools:
        """Compare the coordinates themselves."""
        lat, lon = points.lat[positions], points.lon[positions]
        lon = np.where(lon >= 180, -180.0, lon)
        if self._west <= self._east:
            across = (lon >= self._west) & (lon <= self._east)
            if self._east == 180:
                across |= lon == -180
        else:
            across = (lon >= self._west) | (lon <= self._east)
        inside: Bools = across & (lat >= self.box.south) & (lat <= self.box.north)
        return inside


class Circle:
    """All that lies within an angle (radians) of a point."""

    def __init__(self, lat: float, lon: float, angle: float, squared_chord: float | None = None) -> None:
        self.lat, self.lon, self.angle = lat, lon, min(angle, pi)
        self.squared_chord = squared_chord_of(self.angle) if squared_chord is None else squared_chord

    def split(self, rows: Rows) -> tuple[Ints, Ints]:
        """Return the spans surely inside and the strips along the border."""
        first, behind, outer = self._half_widths(rows, _SLACK)
        _, _, borders = self._border_widths(rows, -_SLACK)
        reach = np.minimum(borders[:-1], borders[1:])
        if self.angle > pi / 2:  # what is left out is a circle around the antipode
            self._put_extreme(rows, first, reach, pi - lon_half_width(pi - self.angle, self.lat))
        inner = np.maximum((reach * _CELLS_PER_RADIAN).astype(np.int64) - _SLACK_CELLS, 0)
        here, base = cell_of(self.lon), rows.base[first:behind]
        parts = _unwrapped(here - inner, here + inner)
        strips = _unwrapped(here - outer, here - inner) + _unwrapped(here + inner, here + outer)
        return _keyed(base, parts), _keyed(base, strips)

    def outer(self, rows: Rows, clip: Rectangle | None = None) -> Ints:
        """Return spans that cover the circle, cut to a rectangle when one is given."""
        first, behind, half = self._half_widths(rows, _SLACK)
        here = cell_of(self.lon)
        if clip is None:
            return _keyed(rows.base[first:behind], _unwrapped(here - half, here + half))
        south, north = clip.outer_rows(rows)
        low, high = max(first, south), min(behind, north)
        if low >= high:
            return NO_SPANS
        half = half[low - first : high - first]
        parts = _unwrapped(here - half, here + half)
        return _keyed(rows.base[low:high], [_cut(part, span) for part in parts for span in clip.whole])

    def holds(self, points: Points, positions: NDArray[np.integer]) -> Bools:
        """Compare the chords themselves."""
        inside: Bools = self.chords(points, positions) <= self.squared_chord
        return inside

    def chords(self, points: Points, positions: NDArray[np.integer]) -> Floats:
        """Return the squared chord from the centre to every point."""
        return squared_chords(points.vectors.take(positions, axis=0), unit_vector(self.lat, self.lon))

    def _half_widths(self, rows: Rows, slack: float) -> tuple[int, int, Ints]:
        """Return the rows touched and how many cells the circle reaches to each side in each of them."""
        first, behind, borders = self._border_widths(rows, slack)
        half = np.maximum(borders[:-1], borders[1:])
        if self.angle <= pi / 2:
            self._put_extreme(rows, first, half, lon_half_width(self.angle, self.lat))
        half *= _CELLS_PER_RADIAN
        cells = half.astype(np.int64)
        cells += _SLACK_CELLS
        return first, behind, np.minimum(cells, _HALF_TURN, out=cells)

    def _border_widths(self, rows: Rows, slack: float) -> tuple[int, int, Floats]:
        """Return the rows touched and the half width in radians at each of their borders."""
        reach = self.angle * 180 / pi + 1e-9
        first, behind = rows.row_of(self.lat - reach), rows.row_of(self.lat + reach) + 1
        phi = radians(self.lat)
        share = rows.border_sin[first : behind + 1] * -tan(phi)
        share += (cos(self.angle) - slack) / cos(phi)
        share *= rows.border_sec[first : behind + 1]
        np.maximum(share, -1.0, out=share)
        np.minimum(share, 1.0, out=share)
        return first, behind, np.arccos(share, out=share)

    def _put_extreme(self, rows: Rows, first: int, half: Floats, width: float) -> None:
        """Put in the width at the latitude where it is extreme, which no border of a row sees."""
        tangent = sin(radians(self.lat)) / (cos(self.angle) or 1e-16)
        lat = 90.0 if tangent >= 1 else -90.0 if tangent <= -1 else asin(tangent) * 180 / pi
        number = rows.row_of(lat) - first
        if 0 <= number < len(half):
            half[number] = width


def _cut(part: Part, span: tuple[int, int]) -> Part:
    low = np.maximum(part[0], span[0])
    return low, np.maximum(np.minimum(part[1], span[1]), low)


def _unwrapped(low: Ints, high: Ints) -> list[Part]:
    """Return the parts of spans (at most one turn wide) that may leave the range of cells on one side."""
    if low.min() >= 0 and high.max() <= LON_CELLS:
        return [(low, high)]
    middle = (np.clip(low, 0, LON_CELLS), np.clip(high, 0, LON_CELLS))
    from_west = (np.minimum(low, 0) + LON_CELLS, np.minimum(high, 0) + LON_CELLS)
    over_east = (np.maximum(low - LON_CELLS, 0), np.maximum(high - LON_CELLS, 0))
    return [middle, from_west, over_east]


def _keyed(base: Ints, parts: list[Part]) -> Ints:
    """Return spans of cells as spans of keys, (2, n)."""
    if len(parts) == 1:
        spans = np.empty((2, len(base)), dtype=np.int64)
        np.add(base, parts[0][0], out=spans[0])
        np.add(base, parts[0][1], out=spans[1])
        return spans
    return np.concatenate([np.stack((base + low, base + high)) for low, high in parts], axis=1)


def _spans(base: Ints, cells: list[tuple[int, int]]) -> Ints:
    """Return the same spans of cells in every row."""
    useful = [np.stack((base + low, base + high)) for low, high in cells if high > low]
    return np.concatenate(useful, axis=1) if useful else NO_SPANS
