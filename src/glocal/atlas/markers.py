"""Markers for the map, over all views."""

from collections.abc import Sequence

import numpy as np

from glocal.atlas.areas import Rectangle
from glocal.atlas.keys import Ints
from glocal.atlas.pyramid import Cells, cells_over, centroids
from glocal.atlas.types import TONES, Filter, Marker
from glocal.atlas.views import View
from glocal.core.geo import Box

_Tones = tuple[int, int, int, int, int]
_ONE_SITE: tuple[_Tones, ...] = (
    (1, 0, 0, 0, 0),
    (0, 1, 0, 0, 0),
    (0, 0, 1, 0, 0),
    (0, 0, 0, 1, 0),
    (0, 0, 0, 0, 1),
)
_Member = tuple[View, int]  # a view and a position in it


def markers_in(views: Sequence[View], box: Box, only: Filter, most: int) -> list[Marker]:
    """Return at most so many markers for a box: single sites when they are few, else cells."""
    cells = cells_over(box, most)
    totals: Ints = views[0].totals(cells, only)
    for view in views[1:]:
        totals = totals + view.totals(cells, only)
    counts = totals[:, :TONES].sum(axis=1)
    if int(cells.inner_of(counts).sum()) <= most:
        area = Rectangle(box)
        if sum(view.points_in(area, only) for view in views) <= most:
            return _single_spots(views, area, only)
    return _cell_markers(views, cells, totals, only)


def _single_spots(views: Sequence[View], area: Rectangle, only: Filter) -> list[Marker]:
    spots: dict[tuple[float, float], list[_Member]] = {}
    for view in views:
        found = view.positions_in(area, only)
        lat, lon = view.segment.lat[found].tolist(), view.segment.lon[found].tolist()
        for spot, position in zip(zip(lat, lon, strict=True), found.tolist(), strict=True):
            spots.setdefault(spot, []).append((view, position))
    return [_spot_marker(lat, lon, spots[lat, lon]) for lat, lon in sorted(spots)]


def _spot_marker(lat: float, lon: float, members: list[_Member]) -> Marker:
    if len(members) == 1:
        return _single_marker(members[0], (lon, lat, lon, lat))
    tones = [0] * TONES
    for view, position in members:
        tones[view.segment.tones[view.segment.point_rows[position]]] += 1
    one, two, three, four, five = tones
    return Marker(lat, lon, len(members), (one, two, three, four, five), lon, lat, lon, lat, None, None)


def _single_marker(member: _Member, bounds: tuple[float, float, float, float]) -> Marker:
    (view, position), (west, south, east, north) = member, bounds
    segment = view.segment
    row = int(segment.point_rows[position])
    return Marker(
        lat=float(segment.lat[position]),
        lon=float(segment.lon[position]),
        count=1,
        tones=_ONE_SITE[segment.tones[row]],
        west=west,
        south=south,
        east=east,
        north=north,
        organisation_id=int(segment.ids[row]),
        card=segment.cards[row],
    )


def _cell_markers(views: Sequence[View], cells: Cells, totals: Ints, only: Filter) -> list[Marker]:
    counts = totals[:, :TONES].sum(axis=1)
    filled = np.flatnonzero(counts)
    spots = centroids(totals[filled, TONES:], counts[filled]).tolist()
    west, east, south, north = cells.borders()
    lines, columns = np.divmod(filled, len(west))
    markers = []
    for number, line, column, count, tones, (lat, lon) in zip(
        filled.tolist(),
        lines.tolist(),
        columns.tolist(),
        counts[filled].tolist(),
        map(tuple, totals[filled, :TONES].tolist()),
        spots,
        strict=True,
    ):
        bounds = (west[column], south[line], east[column], north[line])
        if count == 1:
            markers.append(_single_marker(_only_member(views, cells, number, only), bounds))
        else:
            markers.append(Marker(lat, lon, count, tones, *bounds, None, None))
    return markers


def _only_member(views: Sequence[View], cells: Cells, number: int, only: Filter) -> _Member:
    return next(
        (view, int(found[0])) for view in views if len(found := view.members(cells.span(number), only))
    )
