"""One part of the atlas: an index that is never changed, mapped from disk or held in memory."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from glocal.atlas.cache import Cache
from glocal.atlas.indexing import Index
from glocal.atlas.keys import Floats, Ints, Places, rows
from glocal.atlas.layers import NO_PLACES, Layer
from glocal.atlas.postings import Postings, Runs
from glocal.atlas.pyramid import Pile
from glocal.atlas.texts import Bytes, Texts

_CACHE_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Organisations by row (in the order of their names), points by position (in the order of their keys)."""

    ids: Ints
    ids_sorted: Ints
    ids_rows: Places
    tones: NDArray[np.uint8]
    names: Texts
    cards: Texts
    layer: Layer
    lat: Floats
    lon: Floats
    vectors: Floats
    point_rows: Places
    point_owners: Ints  # for each point: id, first byte of the card, byte behind its last
    several: Places  # positions of points whose organisation has more than one
    row_points: Runs
    pile: Pile
    facets: dict[str, Postings]
    cache: Cache = field(default_factory=lambda: Cache(_CACHE_BYTES))

    @property
    def size(self) -> int:
        """How many organisations."""
        return len(self.ids)

    @property
    def points(self) -> int:
        """How many points."""
        return len(self.point_rows)

    def rows_of(self, organisation_ids: Ints) -> Places:
        """Return the rows of those organisations that are here, sorted."""
        if not self.size or not len(organisation_ids):
            return NO_PLACES
        place = np.minimum(self.ids_sorted.searchsorted(organisation_ids), self.size - 1)
        here = self.ids_sorted[place] == organisation_ids
        return np.sort(self.ids_rows[place[here]])

    def positions_of(self, which: Places) -> Places:
        """Return the positions of the points of organisations, sorted."""
        starts = self.row_points.starts
        runs = [self.row_points.numbers[starts[row] : starts[row + 1]] for row in which.tolist()]
        return np.sort(np.concatenate(runs)) if runs else NO_PLACES

    def first_position(self, row: int) -> int | None:
        """Return the position of an organisation's first site."""
        first, behind = self.row_points.starts[row], self.row_points.starts[row + 1]
        return int(self.row_points.numbers[first]) if first < behind else None


def segment_of(index: Index, cards: Bytes) -> Segment:
    """Give the arrays of an index their meaning."""
    arrays: dict[str, NDArray[np.generic]] = index.arrays

    def texts(name: str) -> Texts:
        return Texts(*(arrays[f"{name}_{part}"] for part in ("blob", "starts", "ends")))  # type: ignore[arg-type]  # written by indexing

    def runs(name: str) -> Runs:
        return Runs(arrays[f"{name}s"], arrays[f"{name}_starts"])  # type: ignore[arg-type]  # written by indexing

    plain = (
        "ids", "ids_sorted", "ids_rows", "tones", "lat", "lon", "vectors", "point_rows", "point_owners",
        "several",
    )  # fmt: skip
    curve = (arrays[f"curve_{name}"] for name in ("keys", "positions", "tones", "sums"))
    return Segment(
        **{name: arrays[name] for name in plain},  # type: ignore[arg-type]  # written by indexing
        names=texts("name"),
        cards=Texts(cards, arrays["card_starts"], arrays["card_ends"]),  # type: ignore[arg-type]  # written by indexing
        layer=Layer(rows(index.rows_per_degree), arrays["keys"]),  # type: ignore[arg-type]  # written by indexing
        row_points=runs("row_point"),
        pile=Pile(*curve),  # type: ignore[arg-type]  # written by indexing
        facets={
            name: Postings(
                texts(f"facet{number}_value"),
                texts(f"facet{number}_folded"),
                runs(f"facet{number}_row"),
                runs(f"facet{number}_point"),
            )
            for number, name in enumerate(index.facets)
        },
    )
