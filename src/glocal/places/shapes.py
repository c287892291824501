"""Outlines of territories: circles, boxes and GeoJSON polygons, made valid and cut at the antimeridian."""

import json
from math import cos, pi, radians
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely.errors import GEOSException
from shapely.geometry import MultiPolygon, Polygon, box, mapping, shape
from shapely.geometry.base import BaseGeometry

from glocal.core.geo import EARTH_RADIUS_KM, Box, GeoPoint, Km
from glocal.places.antimeridian import as_outline_geometry, box_of, centre_of
from glocal.places.errors import ImpossibleTerritory
from glocal.places.types import Outline

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_VERTICES: Final = 100_000
MAX_RADIUS_KM: Final = Km(2_000.0)
_CIRCLE_CORNERS: Final = 128
_ID_FIELDS: Final = ("id", "ID", "NUTS_ID", "FID", "code", "name", "NAME_LATN", "NUTS_NAME")
_NAMED_IN_REFUSAL: Final = 8
_WGS84_NAMES: Final = ("CRS84", "4326")


def circle(centre: GeoPoint, radius_km: Km) -> Outline:
    """Outline everything within so many kilometres of a point, by a polygon of 128 corners that encloses it.

    Raises:
        ImpossibleTerritory: a radius that is not between 0 and 2,000 km, or a circle over a pole.
    """
    if not 0 < radius_km <= MAX_RADIUS_KM:
        raise ImpossibleTerritory(_("A radius is more than 0 and at most 2,000 kilometres."))
    arc = radius_km / EARTH_RADIUS_KM / cos(pi / _CIRCLE_CORNERS)
    if abs(radians(centre.lat)) + arc >= pi / 2:
        raise ImpossibleTerritory(_("A circle over a pole cannot be a territory."))
    bearing = np.linspace(0, 2 * pi, _CIRCLE_CORNERS, endpoint=False)
    lat, lon = radians(centre.lat), radians(centre.lon)
    lats = np.arcsin(np.sin(lat) * np.cos(arc) + np.cos(lat) * np.sin(arc) * np.cos(bearing))
    lons = lon + np.arctan2(
        np.sin(bearing) * np.sin(arc) * np.cos(lat), np.cos(arc) - np.sin(lat) * np.sin(lats)
    )
    geometry = as_outline_geometry(Polygon(np.degrees(np.column_stack([lons, lats]))))
    return Outline("radius", box_of(geometry), shapely.to_wkb(geometry), centre, radius_km)


def rectangle(edges: Box) -> Outline:
    """Outline a box; west greater than east crosses the antimeridian.

    Raises:
        ImpossibleTerritory: a box without area.
    """
    east = edges.east + 360 if edges.west > edges.east else edges.east
    if edges.west == east or edges.south == edges.north:
        raise ImpossibleTerritory(_("A box without area cannot be a territory."))
    geometry = as_outline_geometry(box(edges.west, edges.south, east, edges.north))
    return Outline("box", edges, shapely.to_wkb(geometry), edges.centre)


def polygon_from_geojson(content: str | bytes, feature_id: str = "") -> Outline:
    """Outline what a GeoJSON document draws: a polygon, multipolygon, or one feature of a collection.

    Rings that cross themselves are mended. An edge longer than half the world is read as crossing the
    antimeridian.

    Args:
        content: the document, at most 20 MB, in WGS84 degrees.
        feature_id: which feature of a collection, by its id, NUTS_ID, code or name; may be empty when there
            is only one.

    Raises:
        ImpossibleTerritory: not GeoJSON, no polygon, no such feature, more than 100,000 corners, or
            coordinates that are not degrees; the sentence says which.
    """
    geometry = _chosen(_parsed(content), feature_id)
    if geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        raise ImpossibleTerritory(
            _("A territory is a Polygon or MultiPolygon; this is a %(type)s.")
            % {"type": str(geometry.get("type") or "?")[:40]}
        )
    outline = as_outline_geometry(_checked(_drawn(geometry)))
    return Outline("polygon", box_of(outline), shapely.to_wkb(outline), centre_of(outline))


def as_geojson(wkb: bytes) -> dict[str, Any]:
    """The GeoJSON geometry of a stored outline."""
    geometry: dict[str, Any] = mapping(shapely.from_wkb(wkb))
    return geometry


def _parsed(content: str | bytes) -> dict[str, Any]:
    if len(content) > MAX_BYTES:
        raise ImpossibleTerritory(_("The file is larger than 20 megabytes."))
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as reason:
        raise ImpossibleTerritory(_("The file is not GeoJSON: it is not even JSON.")) from reason
    if not isinstance(document, dict) or "type" not in document:
        raise ImpossibleTerritory(_("The file is not GeoJSON: it says no type."))
    crs = json.dumps(document.get("crs") or "4326")
    if not any(name in crs for name in _WGS84_NAMES):
        raise ImpossibleTerritory(_("The coordinates must be WGS84 degrees (EPSG:4326)."))
    return document


def _chosen(document: dict[str, Any], feature_id: str) -> dict[str, Any]:
    if document["type"] == "FeatureCollection":
        features = [f for f in document.get("features") or () if isinstance(f, dict)]
        document = _feature(features, feature_id)
    if document.get("type") == "Feature":
        document = document.get("geometry") or {}
    return document if isinstance(document, dict) else {}


def _feature(features: list[dict[str, Any]], feature_id: str) -> dict[str, Any]:
    if feature_id:
        for field in _ID_FIELDS:
            named = [f for f in features if feature_id in {_value(f.get(field)), _property(f, field)}]
            if len(named) == 1:
                return named[0]
    elif len(features) == 1:
        return features[0]
    known = ", ".join(
        [_value(f.get("id")) or _property(f, "id") or "—" for f in features[:_NAMED_IN_REFUSAL]]
    )
    if feature_id:
        message = _("No single feature is called “%(id)s”; the first ones are: %(known)s.")
        raise ImpossibleTerritory(message % {"id": feature_id[:60], "known": known or "—"})
    message = _("The file holds %(count)d features; say which one by its id. The first ones are: %(known)s.")
    raise ImpossibleTerritory(message % {"count": len(features), "known": known or "—"})


def _property(feature: dict[str, Any], field: str) -> str:
    properties = feature.get("properties")
    return _value(properties.get(field)) if isinstance(properties, dict) else ""


def _value(value: object) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _drawn(geometry: dict[str, Any]) -> BaseGeometry:
    try:
        return shapely.force_2d(shape(geometry))
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
        GEOSException,
    ) as reason:
        raise ImpossibleTerritory(
            _("The outline cannot be drawn: a ring needs at least four points of two numbers each.")
        ) from reason


def _checked(geometry: BaseGeometry) -> Polygon | MultiPolygon:
    if not isinstance(geometry, Polygon | MultiPolygon) or geometry.is_empty:
        raise ImpossibleTerritory(_("The outline is empty."))
    corners = shapely.get_coordinates(geometry)
    if len(corners) > MAX_VERTICES:
        raise ImpossibleTerritory(
            _("The outline has %(count)d corners; at most 100,000 are taken. Simplify it first.")
            % {"count": len(corners)}
        )
    if (
        not np.isfinite(corners).all()
        or np.abs(corners[:, 1]).max() > 90
        or np.abs(corners[:, 0]).max() > 360
    ):
        raise ImpossibleTerritory(
            _("Coordinates must be degrees, longitude first: longitude −180 to 180, latitude −90 to 90.")
        )
    return geometry


def read_bounded(path: Path) -> bytes:
    """Read an outline's file, one byte past the limit at most, so that a huge one is refused cheaply.

    Raises:
        ImpossibleTerritory: it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as reason:
        raise ImpossibleTerritory(
            _("The file cannot be read: %(reason)s.") % {"reason": reason.strerror}
        ) from reason
