"""A set of points in the order of their keys: counted and listed inside an area by looking up its spans."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glocal.atlas.areas import Area, Points
from glocal.atlas.keys import Ints, Places, Rows, rows_for

NO_PLACES: Places = np.empty(0, dtype=np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Some or all points of a segment.

    Args:
        keys: sorted keys in rows of this layer's own height.
        positions: which point each key stands for; None when they are all points in their own order.
    """

    rows: Rows
    keys: Ints
    positions: Places | None = None

    @property
    def size(self) -> int:
        """How many points."""
        return len(self.keys)

    @property
    def nbytes(self) -> int:
        """Memory held."""
        return self.keys.nbytes + (0 if self.positions is None else self.positions.nbytes)

    def ranges(self, spans: Ints) -> NDArray[np.intp]:
        """Return where each span begins and ends in this layer, (2, n)."""
        return self.keys.searchsorted(spans)

    def members(self, ranges: NDArray[np.intp]) -> NDArray[np.integer]:
        """Return the positions of the points in ranges, range after range."""
        begins, sizes = ranges[0], ranges[1] - ranges[0]
        ends = sizes.cumsum()
        found = np.arange(int(ends[-1]) if len(ends) else 0)
        found += (begins - ends + sizes).repeat(sizes)
        return found if self.positions is None else self.positions.take(found)

    def everything(self) -> NDArray[np.integer]:
        """Return the positions of all points."""
        return np.arange(self.size) if self.positions is None else self.positions

    def sample(self, step: int) -> NDArray[np.integer]:
        """Return the position of every so manieth point."""
        return np.arange(0, self.size, step) if self.positions is None else self.positions[::step]

    def count_in(self, area: Area, points: Points) -> int:
        """Count the points inside; distances are computed only along the border."""
        inner, edge = area.split(self.rows)
        begins, ends = self.ranges(inner)
        candidates = self.members(self.ranges(edge))
        sure = int((ends - begins).sum())
        return sure + int(np.count_nonzero(area.holds(points, candidates))) if len(candidates) else sure

    def positions_in(self, area: Area, points: Points) -> NDArray[np.integer]:
        """Return the positions of the points inside, in no particular order."""
        inner, edge = area.split(self.rows)
        candidates = self.members(self.ranges(edge))
        if len(candidates):
            candidates = candidates[area.holds(points, candidates)]
        return np.concatenate((self.members(self.ranges(inner)), candidates))


def layer_of(points: Points, positions: Places) -> Layer:
    """Sort some of the points into a layer of fitting rows."""
    fitting = rows_for(len(positions))
    keys = fitting.keys(points.lat.take(positions), points.lon.take(positions))
    order = keys.argsort(kind="stable")
    return Layer(fitting, keys[order], positions[order])


def without(positions: NDArray[np.integer], hidden: Places) -> NDArray[np.integer]:
    """Return the positions that are not hidden (`hidden` is sorted)."""
    if not len(hidden) or not len(positions):
        return positions
    place = hidden.searchsorted(positions)
    np.minimum(place, len(hidden) - 1, out=place)
    visible: NDArray[np.integer] = positions[hidden[place] != positions]
    return visible
