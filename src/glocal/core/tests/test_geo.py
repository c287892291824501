"""Points, kilometres and boxes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.core.geo import EARTH_RADIUS_KM, Box, GeoPoint, distance_km

TORINO, MILANO = GeoPoint(45.0703, 7.6869), GeoPoint(45.4642, 9.1900)
points = st.builds(GeoPoint, st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        pytest.param(GeoPoint(0, 0), GeoPoint(0, 1), 111.195, id="a degree of the equator"),
        pytest.param(GeoPoint(0, 0), GeoPoint(0, 180), math.pi * EARTH_RADIUS_KM, id="half round the Earth"),
        pytest.param(GeoPoint(90, 0), GeoPoint(-90, 77), math.pi * EARTH_RADIUS_KM, id="pole to pole"),
        pytest.param(
            GeoPoint(36.12, -86.67), GeoPoint(33.94, -118.40), 2886.45, id="Nashville to Los Angeles"
        ),
        pytest.param(GeoPoint(10, 179.95), GeoPoint(10, -179.95), 10.951, id="over the antimeridian"),
        pytest.param(GeoPoint(90, 12), GeoPoint(90, -100), 0.0, id="one pole, two longitudes"),
    ],
)
def test_distances_agree_with_known_ones(one: GeoPoint, other: GeoPoint, km: float) -> None:
    """The airports of Nashville and Los Angeles: Rosetta Code (2886.44 with a radius of 6371.0 km)."""
    assert distance_km(one, other) == pytest.approx(km, abs=0.01)


def test_two_cities_are_as_far_as_the_ellipsoid_says() -> None:
    """Karney's geodesic on WGS84 gives 125.9 km."""
    assert distance_km(TORINO, MILANO) == pytest.approx(125.9, rel=0.006)


@given(one=points, other=points)
def test_a_distance_is_the_same_both_ways_and_never_too_long(one: GeoPoint, other: GeoPoint) -> None:
    there = distance_km(one, other)
    assert there == pytest.approx(distance_km(other, one), abs=1e-9)
    assert 0 <= there <= math.pi * EARTH_RADIUS_KM + 1e-9
    assert not distance_km(one, one)


@given(a=points, b=points, c=points)
def test_a_detour_is_never_shorter(a: GeoPoint, b: GeoPoint, c: GeoPoint) -> None:
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-3


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(120.5, 45.0), (-90.01, 0), (0, 180.01), (math.nan, 0), (0, math.nan), (math.inf, 0), (0, -math.inf)],
)
def test_swapped_or_impossible_coordinates_are_refused(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="is outside"):
        GeoPoint(lat, lon)


@pytest.mark.parametrize(
    ("box", "lat", "lon"),
    [
        (Box(7, 45, 9, 46), 45.5, 8),
        (Box(170, -10, -170, 10), 0, 180),
        (Box(170, -10, -160, 10), 0, -175),
        (Box(160, -10, -170, 10), 0, 175),
        (Box(-180, -90, 180, 90), 0, 0),
        (Box(7, 45, 7, 45), 45, 7),
    ],
)
def test_the_centre_of_a_box_lies_in_it(box: Box, lat: float, lon: float) -> None:
    assert (box.centre.lat, box.centre.lon) == (lat, lon)


@given(st.floats(-180, 180), st.floats(-180, 180), st.floats(-90, 90), st.floats(-90, 90))
def test_the_centre_of_any_box_is_on_earth_and_inside(
    west: float, east: float, one: float, other: float
) -> None:
    box = Box(west, min(one, other), east, max(one, other))
    middle = box.centre
    assert box.south <= middle.lat <= box.north
    width = east - west if west <= east else east - west + 360
    from_west = (middle.lon - west) % 360
    assert from_west == pytest.approx(width / 2, abs=1e-6) or from_west == pytest.approx(360, abs=1e-6)


@pytest.mark.parametrize("edges", [(7, 46, 9, 45), (7, 45, 9, 91), (7, math.nan, 9, 46), (181, 45, 9, 46)])
def test_an_impossible_box_is_refused(edges: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match=r"outside|north of"):
        Box(*edges)
