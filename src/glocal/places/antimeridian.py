"""Polygons on a round world: unrolled where they cross longitude 180, mended, and cut there."""

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from django.utils.translation import gettext as _
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from glocal.core.geo import Box, GeoPoint
from glocal.places.errors import ImpossibleTerritory

_EDGE: Final = 1e-9
_WHOLE_WORLD: Final = 359.0  # an edge as long as this goes round the world on purpose
_WORLDS: Final = (-360.0, 0.0, 360.0)


def as_outline_geometry(geometry: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    """Return the same area as valid polygons between longitude −180 and 180.

    Raises:
        ImpossibleTerritory: it has no area, or goes around a pole.
    """
    parts = [geometry] if isinstance(geometry, Polygon) else list(geometry.geoms)
    mended = shapely.make_valid(shapely.union_all([shapely.make_valid(_unrolled(part)) for part in parts]))
    pieces = [
        translate(mended.intersection(box(world - 180, -90, world + 180, 90)), -world)
        for world in _WORLDS
        if _reaches(mended, world)
    ]
    polygons = [part for piece in pieces for part in _polygons(piece)]
    if not polygons:
        raise ImpossibleTerritory(_("An outline without area cannot be a territory."))
    area = _polygons(shapely.make_valid(shapely.union_all(polygons)))
    return area[0] if len(area) == 1 else MultiPolygon(area)


def box_of(geometry: Polygon | MultiPolygon) -> Box:
    """The smallest box around an outline, across the antimeridian where the outline touches both sides."""
    west, south, east, north = (float(edge) for edge in geometry.bounds)
    gap = _gap(geometry)
    return Box(gap[1], south, gap[0], north) if gap else Box(west, south, east, north)


def centre_of(geometry: Polygon | MultiPolygon) -> GeoPoint:
    """The centroid of an outline, taken across the antimeridian where it crosses it."""
    gap = _gap(geometry)
    if gap:
        parts = _polygons(geometry)
        geometry = MultiPolygon([translate(p, 360) if p.bounds[2] <= gap[0] else p for p in parts])
    centroid = geometry.centroid
    lon = centroid.x - 360 if centroid.x > 180 else centroid.x
    return GeoPoint(min(90.0, max(-90.0, centroid.y)), min(180.0, max(-180.0, lon)))


def _gap(geometry: Polygon | MultiPolygon) -> tuple[float, float] | None:
    """The widest stretch of longitudes free of an outline that touches both sides of the antimeridian."""
    west, _south, east, _north = geometry.bounds
    if west > -180 + _EDGE or east < 180 - _EDGE:
        return None
    spans = sorted((part.bounds[0], part.bounds[2]) for part in _polygons(geometry))
    widest, reached = (0.0, 0.0), spans[0][1]
    for start, end in spans[1:]:
        if start - reached > widest[1] - widest[0]:
            widest = (float(reached), float(start))
        reached = max(reached, end)
    return widest if widest[1] > widest[0] else None


def _unrolled(polygon: Polygon) -> Polygon:
    shell = _unrolled_ring(np.asarray(polygon.exterior.coords))
    middle = (shell[:, 0].min() + shell[:, 0].max()) / 2
    holes = [_unrolled_ring(np.asarray(ring.coords)) for ring in polygon.interiors]
    for hole in holes:
        hole[:, 0] += 360 * np.round((middle - hole[:, 0].mean()) / 360)
    return Polygon(shell, holes)


def _unrolled_ring(ring: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    steps = np.diff(ring[:, 0])
    turns = np.where((np.abs(steps) > 180) & (np.abs(steps) < _WHOLE_WORLD), -360 * np.sign(steps), 0.0)
    unrolled = ring.copy()
    unrolled[1:, 0] += np.cumsum(turns)
    if turns.sum() != 0:
        raise ImpossibleTerritory(_("An outline that goes around a pole cannot be a territory."))
    return unrolled


def _reaches(geometry: BaseGeometry, world: float) -> bool:
    return bool(geometry.bounds[0] < world + 180 and geometry.bounds[2] > world - 180)


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    if isinstance(geometry, Polygon):
        return [geometry] if geometry.area > 0 else []
    return [part for member in getattr(geometry, "geoms", ()) for part in _polygons(member)]
