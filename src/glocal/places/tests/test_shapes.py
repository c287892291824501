"""Outlines: circles that hold their points, the antimeridian, GeoJSON as people hand it in."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from glocal.core.geo import EARTH_RADIUS_KM, Box, GeoPoint, Km, distance_km
from glocal.places.errors import ImpossibleTerritory
from glocal.places.shapes import MAX_BYTES, as_geojson, circle, polygon_from_geojson, rectangle
from glocal.places.types import Outline

LETTERS: Any = [["a", "b"]] * 5
METRES = [[4e5, 5e6], [5e5, 5e6], [5e5, 6e6], [4e5, 5e6]]
FLAT = [[7.0, 45.0], [8.0, 45.0], [7.5, 45.0], [7.0, 45.0]]
TOO_FAR_NORTH = [[7.0, 145.0], [8.0, 45.0], [8.0, 46.0], [7.0, 145.0]]
SQUARE = [[7.0, 45.0], [8.0, 45.0], [8.0, 46.0], [7.0, 46.0], [7.0, 45.0]]


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(feature_id: str, geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": feature_id, "properties": {"NUTS_ID": feature_id}, "geometry": geometry}


def collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def holds(outline: Outline, lat: float, lon: float) -> bool:
    return bool(shapely.from_wkb(outline.wkb).covers(shapely.Point(lon, lat)))


@settings(deadline=None)
@given(
    lat=st.floats(-70, 70),
    lon=st.floats(-180, 180),
    radius=st.floats(1, 1_500),
    bearing=st.floats(0, 360),
    share=st.floats(0, 0.999),
)
def test_a_circle_holds_whatever_is_within_its_radius(
    lat: float, lon: float, radius: float, bearing: float, share: float
) -> None:
    from math import asin, atan2, cos, degrees, radians, sin

    assume(abs(lat) + radius / 111 < 88)
    outline = circle(GeoPoint(lat, lon), Km(radius))
    arc, turn, phi = share * radius / EARTH_RADIUS_KM, radians(bearing), radians(lat)
    to_lat = asin(sin(phi) * cos(arc) + cos(phi) * sin(arc) * cos(turn))
    to_lon = lon + degrees(atan2(sin(turn) * sin(arc) * cos(phi), cos(arc) - sin(phi) * sin(to_lat)))
    point = GeoPoint(degrees(to_lat), (to_lon + 540) % 360 - 180)

    assert distance_km(GeoPoint(lat, lon), point) == pytest.approx(share * radius, abs=0.01)
    assert shapely.from_wkb(outline.wkb).distance(shapely.Point(point.lon, point.lat)) < 0.06
    assert outline.box.south <= point.lat <= outline.box.north


@pytest.mark.parametrize("radius", [0, -1, 2_001, float("nan"), float("inf")])
def test_an_impossible_radius_is_refused(radius: float) -> None:
    with pytest.raises(ImpossibleTerritory, match="radius"):
        circle(GeoPoint(45, 7), Km(radius))


def test_a_circle_over_a_pole_is_refused() -> None:
    with pytest.raises(ImpossibleTerritory, match="pole"):
        circle(GeoPoint(85, 0), Km(1_000))


def test_a_circle_in_fiji_crosses_the_antimeridian() -> None:
    outline = circle(GeoPoint(-17, 179.5), Km(200))

    assert outline.box.west > outline.box.east
    assert holds(outline, -17, 179.9)
    assert holds(outline, -17, -179.9)
    assert not holds(outline, -17, 0)


@pytest.mark.parametrize(
    ("edges", "inside", "outside"),
    [
        (Box(7, 45, 8, 46), (45.5, 7.5), (45.5, 8.5)),
        (Box(170, -20, -170, -10), (-15, -175), (-15, 0)),
        (Box(-180, -90, 180, 90), (0, 0), None),
        (Box(170, -20, 180, -10), (-15, 175), (-15, -179)),
    ],
)
def test_a_box_holds_what_is_inside(
    edges: Box, inside: tuple[float, float], outside: tuple[float, float] | None
) -> None:
    outline = rectangle(edges)
    assert outline.box == edges
    assert holds(outline, *inside)
    assert holds(outline, outline.centre.lat, outline.centre.lon)
    assert outside is None or not holds(outline, *outside)


def test_a_box_without_area_is_refused() -> None:
    with pytest.raises(ImpossibleTerritory, match="without area"):
        rectangle(Box(7, 45, 7, 46))


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(json.dumps(polygon(SQUARE)), id="bare geometry"),
        pytest.param(json.dumps(polygon(SQUARE[::-1])), id="the other way round"),
        pytest.param(json.dumps(feature("IT", polygon(SQUARE))).encode(), id="feature, as bytes"),
        pytest.param(collection(feature("IT", polygon(SQUARE))), id="collection of one"),
        pytest.param(json.dumps({"type": "MultiPolygon", "coordinates": [[SQUARE]]}), id="multipolygon"),
        pytest.param(json.dumps(polygon([[*c, 200.0] for c in SQUARE])), id="with heights"),
    ],
)
def test_a_square_is_read_from_any_geojson(document: str | bytes) -> None:
    outline = polygon_from_geojson(document)

    assert outline.kind == "polygon"
    assert outline.box == Box(7, 45, 8, 46)
    assert (outline.centre.lat, outline.centre.lon) == pytest.approx((45.5, 7.5))
    assert as_geojson(outline.wkb)["type"] == "Polygon"


def test_one_feature_of_many_is_chosen_by_its_id() -> None:
    east = [[lon + 5, lat] for lon, lat in SQUARE]
    document = collection(feature("ITC1", polygon(SQUARE)), feature("ITC4", polygon(east)))

    assert polygon_from_geojson(document, "ITC4").box.west == 12
    with pytest.raises(ImpossibleTerritory, match=r"2 features.*ITC1, ITC4"):
        polygon_from_geojson(document)
    with pytest.raises(ImpossibleTerritory, match="No single feature is called “ITC9”"):
        polygon_from_geojson(document, "ITC9")


def test_a_ring_that_crosses_itself_is_mended() -> None:
    bow_tie = [[7.0, 45.0], [8.0, 46.0], [8.0, 45.0], [7.0, 46.0], [7.0, 45.0]]
    geometry = shapely.from_wkb(polygon_from_geojson(json.dumps(polygon(bow_tie))).wkb)
    assert geometry.is_valid
    assert geometry.area == pytest.approx(0.5)


def test_a_hole_stays_a_hole() -> None:
    hole = [[7.4, 45.4], [7.6, 45.4], [7.6, 45.6], [7.4, 45.6], [7.4, 45.4]]
    outline = polygon_from_geojson(json.dumps(polygon(SQUARE, hole)))
    assert not holds(outline, 45.5, 7.5)
    assert holds(outline, 45.1, 7.1)


@pytest.mark.parametrize(
    "ring",
    [
        pytest.param(
            [[170.0, -20.0], [-170.0, -20.0], [-170.0, -10.0], [170.0, -10.0], [170.0, -20.0]], id="wrapped"
        ),
        pytest.param(
            [[170.0, -20.0], [190.0, -20.0], [190.0, -10.0], [170.0, -10.0], [170.0, -20.0]], id="beyond 180"
        ),
        pytest.param(
            [[-190.0, -20.0], [-170.0, -20.0], [-170.0, -10.0], [-190.0, -10.0], [-190.0, -20.0]], id="below"
        ),
    ],
)
def test_a_polygon_over_the_antimeridian_is_cut_there(ring: list[list[float]]) -> None:
    outline = polygon_from_geojson(json.dumps(polygon(ring)))

    assert outline.box == Box(170, -20, -170, -10)
    assert abs(outline.centre.lon) == pytest.approx(180)
    assert holds(outline, -15, 175)
    assert holds(outline, -15, -175)
    assert not holds(outline, -15, 0)


def test_the_whole_world_is_a_territory() -> None:
    ring = [[-180.0, -90.0], [180.0, -90.0], [180.0, 90.0], [-180.0, 90.0], [-180.0, -90.0]]
    assert polygon_from_geojson(json.dumps(polygon(ring))).box == Box(-180, -90, 180, 90)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        pytest.param("", "not even JSON", id="empty"),
        pytest.param(b"\xff\xfe\x00", "not even JSON", id="binary"),
        pytest.param("[" * 100_000, "not even JSON", id="deep nesting"),
        pytest.param("[]", "says no type", id="a list"),
        pytest.param(json.dumps({"type": "Point", "coordinates": [7, 45]}), "this is a Point", id="point"),
        pytest.param(json.dumps({"type": "Feature", "geometry": None}), "this is a", id="no geometry"),
        pytest.param(collection(), "0 features", id="empty collection"),
        pytest.param(json.dumps({"type": "Polygon", "coordinates": []}), "empty", id="no rings"),
        pytest.param(json.dumps(polygon([[7.0, 45.0], [8.0, 45.0]])), "at least four", id="two points"),
        pytest.param(json.dumps({"type": "Polygon", "coordinates": "here"}), "cannot be drawn", id="words"),
        pytest.param(json.dumps({"type": "Polygon"}), "cannot be drawn", id="no coordinates"),
        pytest.param(json.dumps(polygon(LETTERS)), "cannot be drawn", id="letters"),
        pytest.param(json.dumps(polygon(TOO_FAR_NORTH)), "must be degrees", id="latitude"),
        pytest.param(json.dumps(polygon(METRES)), "must be degrees", id="metres"),
        pytest.param(json.dumps(polygon(FLAT)), "without area", id="flat"),
        pytest.param(json.dumps(polygon(SQUARE) | {"crs": "EPSG:3035"}), "WGS84", id="crs"),
        pytest.param(
            json.dumps(polygon([[-170.0, 60.0], [-50.0, 60.0], [70.0, 60.0], [170.0, 60.0], [-170.0, 60.0]])),
            "around a pole", id="polar",
        ),
        pytest.param(
            json.dumps(polygon([*([7 + i * 1e-5, 45.0] for i in range(100_001)), [7.5, 46.0], [7.0, 45.0]])),
            "100003 corners", id="too many corners",
        ),
        pytest.param(b" " * (MAX_BYTES + 1), "20 megabytes", id="too large"),
        pytest.param(json.dumps(polygon([[float("nan"), 1.0], *SQUARE[1:]])), "degrees|drawn", id="NaN"),
    ],
)  # fmt: skip
def test_what_is_no_territory_gets_one_clear_sentence(document: str | bytes, reason: str) -> None:
    with pytest.raises(ImpossibleTerritory, match=reason):
        polygon_from_geojson(document)


@pytest.mark.real_data
def test_every_nuts_region_becomes_a_valid_territory(real_data: Path) -> None:
    text = (real_data / "nuts2021" / "NUTS_RG_60M_2021_4326.geojson").read_text()
    document = json.loads(text)
    for one in document["features"]:
        outline = polygon_from_geojson(json.dumps(one))
        assert shapely.from_wkb(outline.wkb).is_valid
        assert outline.box.west < outline.box.east
    piedmont = polygon_from_geojson(text, "ITC1")
    assert holds(piedmont, 45.07, 7.69)
    assert not holds(piedmont, 45.46, 9.19)
