"""A segment as it is seen now: without what newer segments replaced or what was removed."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from glocal.atlas.areas import Area
from glocal.atlas.cache import Cache
from glocal.atlas.keys import Ints, Places
from glocal.atlas.layers import NO_PLACES, Layer, layer_of, without
from glocal.atlas.nearest import Finder, Found, Search
from glocal.atlas.pyramid import Cells, Pile, pile_of
from glocal.atlas.segment import Segment
from glocal.atlas.selections import common, layer_for, pile_for, positions_for, rows_for_filter, several_for
from glocal.atlas.types import Filter

_CACHE_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A segment and what of it is hidden: rows, and the positions of their points, both sorted."""

    segment: Segment
    hidden: Places = field(default_factory=lambda: NO_PLACES)
    hidden_points: Places = field(default_factory=lambda: NO_PLACES)
    cache: Cache = field(default_factory=lambda: Cache(_CACHE_BYTES))

    def hiding(self, organisation_ids: Ints) -> "View":
        """Return this view without some more organisations."""
        more = self.segment.rows_of(organisation_ids)
        more = more[~np.isin(more, self.hidden)]
        if not len(more):
            return self
        rows = np.union1d(self.hidden, more)
        points = np.union1d(self.hidden_points, self.segment.positions_of(more))
        return View(self.segment, rows, points)

    @property
    def organisations(self) -> int:
        """How many organisations can be seen."""
        return self.segment.size - len(self.hidden)

    @property
    def points(self) -> int:
        """How many points can be seen."""
        return self.segment.points - len(self.hidden_points)

    def nearest(self, search: Search, only: Filter) -> Found:
        """Return the k nearest organisations of a selection."""
        return Finder(self.segment, layer_for(self.segment, only), self.hidden_points, search).find()

    def points_in(self, area: Area, only: Filter) -> int:
        """Count the points of a selection in an area."""
        count = layer_for(self.segment, only).count_in(area, self.segment)
        if len(self.hidden_points):
            count -= self._hidden_layer(only).count_in(area, self.segment)
        return count

    def organisations_in(self, area: Area, only: Filter) -> int:
        """Count the organisations of a selection that have a point in an area."""
        count = self.points_in(area, only)
        if len(self.segment.several):
            found = several_for(self.segment, only).positions_in(area, self.segment)
            owners = self.segment.point_rows[without(found, self.hidden_points)]
            count -= len(owners) - len(np.unique(owners))
        return count

    def positions_in(self, area: Area, only: Filter) -> NDArray[np.integer]:
        """Return the points of a selection in an area, in no particular order."""
        found = layer_for(self.segment, only).positions_in(area, self.segment)
        return without(found, self.hidden_points)

    def count(self, only: Filter) -> int:
        """Count the organisations of a selection."""
        selected = rows_for_filter(self.segment, only)
        if selected is None:
            return self.organisations
        return len(selected) - len(common(selected, self.hidden, self.segment.size))

    def rows(self, only: Filter, start: int, stop: int) -> Places:
        """Return the rows of a selection from one rank to another, in the order of names."""
        selected = rows_for_filter(self.segment, only)
        reach = stop + len(self.hidden)  # so many are enough, whatever is hidden among them
        if selected is None:
            selected = np.arange(min(reach, self.segment.size), dtype=np.int32)
        return self._visible(selected[:reach])[start:stop]

    def rows_around(self, only: Filter, first: int, behind: int, most: int) -> tuple[Places, Places, Places]:
        """Return rows of a selection before, inside and after a range of rows; at most so many of each."""
        selected = rows_for_filter(self.segment, only)
        if selected is None:
            selected = np.arange(self.segment.size, dtype=np.int32)
        begin, end = selected.searchsorted((first, behind))
        reach = most + len(self.hidden)
        before, within, after = selected[:begin][:reach], selected[begin:end][:reach], selected[end:][:reach]
        return self._visible(before)[:most], self._visible(within)[:most], self._visible(after)[:most]

    def facet_counts(self, facet: str, first: int, behind: int) -> Ints:
        """Count the organisations of each value in a range of a facet that is here."""
        postings = self.segment.facets[facet]
        if not len(self.hidden):
            return postings.counts(first, behind, self.hidden)
        key = ("counts", facet, first, behind)
        return self.cache.get_or_make(key, lambda: postings.counts(first, behind, self.hidden))

    def totals(self, cells: Cells, only: Filter) -> Ints:
        """Return the tones, summed latitude and summed longitude of the points in each cell, (n, 7)."""
        pile = pile_for(self.segment, only)
        totals = pile.totals(pile.stretches(cells))
        if len(self.hidden_points):
            hidden = self._hidden_pile(only)
            totals -= hidden.totals(hidden.stretches(cells))
        return totals

    def members(self, span: tuple[int, int], only: Filter) -> NDArray[np.integer]:
        """Return the points in a span of the curve."""
        pile = pile_for(self.segment, only)
        begin, end = pile.keys.searchsorted(span)
        return without(pile.positions[begin:end], self.hidden_points)

    def _visible(self, rows: Places) -> Places:
        return without(rows, self.hidden).astype(np.int32, copy=False)

    def _hidden_of(self, only: Filter) -> Places:
        selected = positions_for(self.segment, only)
        return (
            self.hidden_points
            if selected is None
            else common(self.hidden_points, selected, self.segment.points)
        )

    def _hidden_layer(self, only: Filter) -> Layer:
        return self.cache.get_or_make(("layer", only), lambda: layer_of(self.segment, self._hidden_of(only)))

    def _hidden_pile(self, only: Filter) -> Pile:
        def make() -> Pile:
            hidden = self._hidden_of(only)
            return pile_of(self.segment, hidden, self.segment.tones[self.segment.point_rows[hidden]])

        return self.cache.get_or_make(("pile", only), make)
