"""The k nearest points of a layer: guess a radius from the density, count, and compute few distances."""

from math import cos, pi, radians, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glocal.atlas.areas import Circle, Rectangle
from glocal.atlas.keys import (
    LON_BITS,
    LON_CELLS,
    Floats,
    Ints,
    Places,
    angle_of,
    cell_of,
    squared_chords,
    unit_vector,
)
from glocal.atlas.layers import Layer, without
from glocal.atlas.segment import Segment

_BRUTE = 1500  # so few points are faster looked at than looked up; measured
_ENOUGH = 2.5  # aim at so many times k candidates; measured
_TOO_MANY = 4096  # rather shrink the circle than compute more distances than this
_SAMPLE = 1024
_NEIGHBOURS = (5, 1)  # so many to each side tell the density; measured: more reach beyond a town


class Search(NamedTuple):
    """What is looked for: k organisations around a point, not farther than a squared chord."""

    lat: float
    lon: float
    k: int
    squared_chord: float = 4.0
    inside: Rectangle | None = None


class Found(NamedTuple):
    """Organisations in their order: squared chord and position of the nearest site."""

    chords: Floats
    positions: NDArray[np.integer]

    def only(self, which: NDArray[np.intp]) -> "Found":
        """Return some of them, in the order given."""
        return Found(self.chords.take(which), self.positions.take(which))


class Finder:
    """One search in one layer of a segment, some of whose points are hidden."""

    def __init__(self, segment: Segment, layer: Layer, hidden: Places, search: Search) -> None:
        self._segment, self._layer, self._hidden, self._search = segment, layer, hidden, search
        self._origin = unit_vector(search.lat, search.lon)

    def find(self) -> Found:
        """Return the k nearest visible organisations (fewer when there are fewer), nearest first."""
        search, layer = self._search, self._layer
        if layer.size <= max(_BRUTE, search.k):
            return self._pick(layer.everything())
        cap = angle_of(search.squared_chord) if search.squared_chord < 4 else pi
        radius, ranges = self._fitting(min(self._guess(), cap), cap)
        while True:
            found = self._pick(layer.members(ranges))
            complete = len(found.chords) == search.k
            if radius >= cap or (complete and angle_of(found.chords[-1]) <= radius):
                return found
            # a full answer bounds the true one: once more, that far and no farther
            radius = angle_of(found.chords[-1]) * (1 + 1e-9) + 1e-12 if complete else radius * 3
            radius = min(radius, cap)
            ranges = self._ranges(radius)

    def _fitting(self, radius: float, cap: float) -> tuple[float, NDArray[np.intp]]:
        """Widen or shrink a radius until it holds enough candidates, and not far too many."""
        search, low, high = self._search, 0.0, cap
        for _ in range(64):
            ranges = self._ranges(radius)
            count = int((ranges[1] - ranges[0]).sum())
            if count < search.k and radius < cap:
                low = radius
                wider = radius * min(max(sqrt(_ENOUGH * search.k / max(count, 1)), 1.3), 4)
                radius = min(wider, high) if high == cap else sqrt(low * high)
            elif count > max(_TOO_MANY, 8 * search.k) and high > max(low, 1e-9) * 1.2:
                high = radius
                radius = max(
                    radius * sqrt(_ENOUGH * search.k / count), sqrt(low * high) if low else radius / 16
                )
            else:
                break
        return radius, ranges

    def _ranges(self, radius: float) -> NDArray[np.intp]:
        circle = Circle(self._search.lat, self._search.lon, radius)
        return self._layer.ranges(circle.outer(self._layer.rows, self._search.inside))

    def _guess(self) -> float:
        """Guess a radius (radians) that holds a few times k, from the neighbours in the same row."""
        keys, rows, k = self._layer.keys, self._layer.rows, self._search.k
        row = rows.row_of(self._search.lat)
        here = int(keys.searchsorted((row << LON_BITS) | cell_of(self._search.lon)))
        height = pi / (180 * rows.per_degree)
        for reach in _NEIGHBOURS:
            west, east = max(here - reach, 0), min(here + reach, len(keys) - 1)
            first, last = int(keys[west]), int(keys[east])
            if west < east and first >> LON_BITS == row == last >> LON_BITS:
                width = (last - first + 1) / LON_CELLS * 2 * pi * cos(radians(self._search.lat))
                return sqrt(_ENOUGH * k * max(width, 1e-9) * height / (pi * (east - west)))
        return self._far_guess()

    def _far_guess(self) -> float:
        """Where the row is empty: as far as the nearest of a few thousand points, evenly taken from all."""
        sample = self._layer.sample(-(-self._layer.size // _SAMPLE))
        chords = squared_chords(self._segment.vectors.take(sample, axis=0), self._origin)
        return angle_of(float(chords.min())) + 1e-9

    def _pick(self, positions: NDArray[np.integer]) -> Found:
        """Return the k nearest organisations among candidates; equally near ones by their id."""
        segment, search = self._segment, self._search
        positions = without(positions, self._hidden)
        if search.inside is not None and len(positions):
            positions = positions[search.inside.holds(segment, positions)]
        chords = squared_chords(segment.vectors.take(positions, axis=0), self._origin)
        if search.squared_chord < 4:
            near = np.flatnonzero(chords <= search.squared_chord)
            positions, chords = positions[near], chords[near]
        wanted = search.k
        while True:
            few = Found(chords, positions)
            if wanted < len(chords):
                limit = np.partition(chords, wanted - 1)[wanted - 1]
                few = few.only(np.flatnonzero(chords <= limit))
            few = few.only(self._order(few))
            if len(segment.several):
                few = few.only(_first_of_each(segment.point_rows.take(few.positions)))
            if len(few.chords) >= search.k or wanted >= len(chords):
                return Found(few.chords[: search.k], few.positions[: search.k])
            wanted *= 4

    def _order(self, found: Found) -> NDArray[np.intp]:
        """Return the order by chord, then id; of equally near sites of one organisation, by coordinates."""
        segment, chords, positions = self._segment, found.chords, found.positions
        order = chords.argsort()
        apart = chords.take(order)
        if not (apart[1:] == apart[:-1]).any():
            return order
        ids = segment.point_owners[positions, 0]
        if len(segment.several):
            return np.lexsort((segment.lon[positions], segment.lat[positions], ids, chords))
        return np.lexsort((ids, chords))


def _first_of_each(rows: Places) -> Ints:
    """Return where each number occurs first, in order."""
    _, first = np.unique(rows, return_index=True)
    return np.sort(first)
