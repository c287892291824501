"""From a filter to what it selects in a segment: rows of organisations, or a layer of points."""

from typing import Literal

import numpy as np
import shapely

from glocal.atlas.areas import Rectangle
from glocal.atlas.columns import index_words
from glocal.atlas.keys import Places
from glocal.atlas.layers import NO_PLACES, Layer, layer_of
from glocal.atlas.postings import MARK, PIVOT, WORD, Postings, intersection, union
from glocal.atlas.pyramid import Pile, pile_of
from glocal.atlas.segment import Segment
from glocal.atlas.types import EVERYTHING, Choice, Filter, Meaning
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
    wanted = any(values for group in _groups(only) for _, values in group)
    if not (only.polygon is not None or index_words(only.text) or wanted):
        return None
    return segment.cache.get_or_make((space, only), lambda: _evaluated(segment, only, space))


def _evaluated(segment: Segment, only: Filter, space: Space) -> Places:
    """Intersect all that is asked for."""
    size = _size(segment, space)
    terms = _said(segment, only, space) + _choices(segment, only, space)
    if only.polygon is not None:
        inside = _inside(segment, only.polygon)
        terms.append(inside if space == "points" else union([segment.point_rows[inside]], size))
    return _all_of(terms, size)


def _all_of(terms: list[Places], size: int) -> Places:
    """Intersect some selections, the shortest first."""
    found, *others = sorted(terms, key=len)
    for term in others:
        found = common(found, term, size)
    return found


def _size(segment: Segment, space: Space) -> int:
    return segment.points if space == "points" else segment.size


def _groups(only: Filter) -> list[tuple[Choice, ...]]:
    return [*((choice,) for choice in only.facets), *only.either]


def _choices(segment: Segment, only: Filter, space: Space) -> list[Places]:
    """Return for each group of facets that restricts the union of its wanted values."""
    terms = []
    for group in _groups(only):
        if not any(wanted for _, wanted in group):
            continue
        runs = [run for name, wanted in group for run in _runs(segment, name, wanted, space)]
        terms.append(runs[0] if len(runs) == 1 else union(runs, _size(segment, space)))
    return terms


def _runs(segment: Segment, name: str, wanted: tuple[str, ...], space: Space) -> list[Places]:
    postings = segment.facets.get(name)
    numbers = [] if postings is None else [postings.find(value) for value in dict.fromkeys(wanted)]
    return [_run(segment, name, number, number + 1, space) for number in numbers if number is not None]


def _said(segment: Segment, only: Filter, space: Space) -> list[Places]:
    """Return the selection of a text: who has its own words, and who says or means each of its meanings."""
    words = index_words(only.text)
    terms = _words(segment, words, space, is_begun=True)
    if not terms or not only.meanings:
        return terms
    size = _size(segment, space)
    own = _all_of(terms, size)
    meant = _all_of([_meant(segment, meaning, words, space) for meaning in only.meanings], size)
    return [np.setdiff1d(meant, own, assume_unique=True) if only.only_meant else union([own, meant], size)]


def _meant(segment: Segment, meaning: Meaning, words: list[str], space: Space) -> Places:
    """Return who says a word of a text, or means it."""
    size = _size(segment, space)
    said = saying(segment, meaning, words, space)
    postings = segment.facets.get(PIVOT)
    if postings is None or not meaning.pivots:
        return said
    groups = [[_pivot(segment, postings, pivot, space) for pivot in group] for group in meaning.pivots]
    return union([said, *(_all_of(group, size) for group in groups)], size)


def _pivot(segment: Segment, postings: Postings, pivot: str, space: Space) -> Places:
    """Return who has a pivot word, whichever of their words means it."""
    first, behind = span_of(postings, pivot)
    run = _run(segment, PIVOT, first, behind, space)
    return union([run], _size(segment, space)) if behind - first > 1 else run


def saying(segment: Segment, meaning: Meaning, words: list[str], space: Space) -> Places:
    """Return who has the word itself; the last word of a text may be only begun."""
    own = index_words(meaning.said)
    terms = _words(segment, own, space, is_begun=own[-1:] == words[-1:])
    return _all_of(terms, _size(segment, space)) if terms else NO_PLACES


def span_of(postings: Postings, pivot: str) -> tuple[int, int]:
    """Return the range of values that stand for a pivot word."""
    return postings.beginning_with(f"{pivot}{MARK}")


def _words(segment: Segment, words: list[str], space: Space, *, is_begun: bool) -> list[Places]:
    """Return the selection of each word; with `is_begun` the last one is a prefix."""
    postings = segment.facets.get(WORD)
    if not words:
        return []
    if postings is None:
        return [NO_PLACES]
    terms = []
    for word in dict.fromkeys(words[:-1] if is_begun else words):
        number = postings.find(word)
        terms.append(NO_PLACES if number is None else _run(segment, WORD, number, number + 1, space))
    if not is_begun:
        return terms
    first, behind = postings.beginning_with(words[-1])
    runs = _run(segment, WORD, first, behind, space)
    return [*terms, union([runs], _size(segment, space)) if behind - first > 1 else runs]


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
