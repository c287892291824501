"""From a filter to what it selects in a segment: rows of organisations, or a layer of points."""

from typing import Literal

import numpy as np
import shapely

from glocal.atlas.areas import Rectangle
from glocal.atlas.columns import index_words
from glocal.atlas.keys import Places
from glocal.atlas.layers import NO_PLACES, Layer, layer_of
from glocal.atlas.postings import WORD, intersection, union
from glocal.atlas.pyramid import Pile, pile_of
from glocal.atlas.segment import Segment
from glocal.atlas.types import EVERYTHING, Filter
from glocal.core.errors import Invalid
from glocal.core.geo import Box

Space = Literal["rows", "points"]


def layer_for(segment: Segment, only: Filter) -> Layer:
    """Return the points of a selection as a layer; kept for the next question."""
    if only == EVERYTHING:
        return segment.layer

    def make() -> Layer:
        positions = positions_for(segment, only)
        if positions is None:
            return segment.layer
        layer = layer_of(segment, positions)
        if layer.rows is segment.layer.rows:  # same order: keep the posting itself
            return Layer(layer.rows, layer.keys, positions)
        return layer

    return segment.cache.get_or_make(("layer", only), make)


def several_for(segment: Segment, only: Filter) -> Layer:
    """Return those points of a selection whose organisation has several sites."""

    def make() -> Layer:
        positions = positions_for(segment, only)
        if positions is None:
            return layer_of(segment, segment.several)
        return layer_of(segment, common(positions, segment.several, segment.points))

    return segment.cache.get_or_make(("several", only), make)


def pile_for(segment: Segment, only: Filter) -> Pile:
    """Return the points of a selection along the curve of the pyramid."""
    if only == EVERYTHING:
        return segment.pile

    def make() -> Pile:
        positions = positions_for(segment, only)
        if positions is None:
            return segment.pile
        return pile_of(segment, positions, segment.tones[segment.point_rows[positions]])

    return segment.cache.get_or_make(("pile", only), make)


def rows_for_filter(segment: Segment, only: Filter) -> Places | None:
    """Return the rows of a selection, sorted; None for all."""
    return None if only == EVERYTHING else _kept(segment, only, "rows")


def positions_for(segment: Segment, only: Filter) -> Places | None:
    """Return the positions of a selection, sorted; None for all."""
    return None if only == EVERYTHING else _kept(segment, only, "points")


def common(one: Places, other: Places, size: int) -> Places:
    """Return the numbers in both (each sorted, below `size`)."""
    return intersection(one, other, size) if len(one) <= len(other) else intersection(other, one, size)


def _kept(segment: Segment, only: Filter, space: Space) -> Places | None:
    if not (only.polygon is not None or index_words(only.text) or any(wanted for _, wanted in only.facets)):
        return None
    return segment.cache.get_or_make((space, only), lambda: _evaluated(segment, only, space))


def _evaluated(segment: Segment, only: Filter, space: Space) -> Places:
    """Intersect all that is asked for, the shortest first."""
    size = segment.points if space == "points" else segment.size
    terms = _words(segment, only.text, space) + _choices(segment, only, space)
    if only.polygon is not None:
        inside = _inside(segment, only.polygon)
        terms.append(inside if space == "points" else union([segment.point_rows[inside]], size))
    terms.sort(key=len)
    found = terms[0]
    for term in terms[1:]:
        found = common(found, term, size)
    return found


def _choices(segment: Segment, only: Filter, space: Space) -> list[Places]:
    """Return for each facet that restricts the union of its wanted values."""
    size = segment.points if space == "points" else segment.size
    terms = []
    for name, wanted in only.facets:
        if not wanted:
            continue
        postings = segment.facets.get(name)
        numbers = [] if postings is None else [postings.find(value) for value in dict.fromkeys(wanted)]
        runs = [_run(segment, name, number, number + 1, space) for number in numbers if number is not None]
        terms.append(runs[0] if len(runs) == 1 else union(runs, size))
    return terms


def _words(segment: Segment, text: str, space: Space) -> list[Places]:
    """Return the selection of each word of a text, the last one as a prefix."""
    words = index_words(text)
    postings = segment.facets.get(WORD)
    if not words:
        return []
    if postings is None:
        return [NO_PLACES]
    terms = []
    for word in dict.fromkeys(words[:-1]):
        number = postings.find(word)
        terms.append(NO_PLACES if number is None else _run(segment, WORD, number, number + 1, space))
    first, behind = postings.beginning_with(words[-1])
    runs = _run(segment, WORD, first, behind, space)
    several = behind - first > 1
    size = segment.points if space == "points" else segment.size
    return [*terms, union([runs], size) if several else runs]


def _run(segment: Segment, name: str, first: int, behind: int, space: Space) -> Places:
    postings = segment.facets[name]
    return (postings.points if space == "points" else postings.rows).run(first, behind)


def _inside(segment: Segment, polygon: bytes) -> Places:
    """Return the positions of all points inside a polygon, sorted; kept, for it may take a while."""

    def make() -> Places:
        try:
            shape = shapely.from_wkb(polygon)
        except shapely.errors.ShapelyError as refusal:
            raise Invalid("That is not a polygon that can be read.") from refusal
        if shape is None or shape.is_empty:
            return NO_PLACES
        west, south, east, north = (float(edge) for edge in shape.bounds)
        west, east = max(west, -180.0), min(east, 180.0)
        if not (-90 <= south <= north <= 90 and west <= east):
            raise Invalid("That polygon does not lie on the Earth; coordinates are longitude, latitude.")
        near = segment.layer.positions_in(Rectangle(Box(west, south, east, north)), segment)
        shapely.prepare(shape)
        found = near[shapely.contains_xy(shape, segment.lon[near], segment.lat[near])]
        return np.sort(found).astype(np.int32)

    return segment.cache.get_or_make(("inside", polygon), make)
