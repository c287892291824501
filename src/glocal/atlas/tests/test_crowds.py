"""Thousands of points where geometry is hard, compared with haversines of all of them."""

import numpy as np
import pytest

from glocal.atlas.atlas import Atlas
from glocal.atlas.keys import Floats
from glocal.atlas.tests.making import atlas_of, entry
from glocal.atlas.types import Filter
from glocal.core.geo import EARTH_RADIUS_KM, GeoPoint, Km

pytestmark = pytest.mark.usefixtures("both_ways")

POINTS = 2500
ODD = Filter(facets=(("kind", ("odd",)),))


def crowd(lat: float, lon: float, spread: float) -> tuple[Floats, Floats]:
    """Points around a spot, folded back over the poles and round the antimeridian."""
    chance = np.random.default_rng(11)
    lats = lat + chance.normal(0, spread, POINTS)
    lons = lon + chance.normal(0, spread, POINTS) / max(np.cos(np.radians(lat)), 0.003)
    over = np.abs(lats) > 90
    lats[over] = np.sign(lats[over]) * 180 - lats[over]
    return lats, (lons + 180) % 360 - 180


def haversines(lats: Floats, lons: Floats, here: GeoPoint) -> Floats:
    phi, lam = np.radians(lats), np.radians(lons)
    half = np.sin((phi - np.radians(here.lat)) / 2) ** 2
    half += np.cos(phi) * np.cos(np.radians(here.lat)) * np.sin((lam - np.radians(here.lon)) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1, np.sqrt(half))))


def atlas_at(lats: Floats, lons: Floats) -> Atlas:
    return atlas_of(
        entry(number, point, kind="odd" if number % 7 == 0 else "even")
        for number, point in enumerate(zip(lats.tolist(), lons.tolist(), strict=True))
    )


@pytest.mark.parametrize(
    ("lat", "lon", "spread"),
    [
        pytest.param(45.0, 9.0, 0.05, id="a city"),
        pytest.param(60.0, 20.0, 4.0, id="a thinly settled country"),
        pytest.param(0.0, 180.0, 0.3, id="the antimeridian at the equator"),
        pytest.param(-52.0, 179.95, 0.5, id="the antimeridian in the south"),
        pytest.param(89.95, 100.0, 0.1, id="around the north pole"),
        pytest.param(-89.0, -60.0, 1.0, id="beside the south pole"),
        pytest.param(0.0, 0.0, 60.0, id="the whole Earth"),
    ],
)
def test_every_neighbour_and_every_count_is_right(lat: float, lon: float, spread: float) -> None:
    lats, lons = crowd(lat, lon, spread)
    atlas = atlas_at(lats, lons)
    for number in range(0, POINTS, 50):
        here = GeoPoint(float(lats[number]), float(lons[number]))
        distances = haversines(lats, lons, here)
        for only, mine in ((Filter(), distances), (ODD, distances[::7])):
            nearest = np.sort(mine)
            hits = atlas.nearest(here, k=9, only=only)
            np.testing.assert_allclose([hit.distance_km for hit in hits], nearest[:9], atol=1e-6)
            for rank in (3, 200, len(nearest) - 1):
                radius = (nearest[rank] + nearest[rank - 1]) / 2
                assert atlas.count_within(here, Km(radius), only) == rank


def test_from_very_far_the_nearest_are_still_the_nearest() -> None:
    lats, lons = crowd(50.0, 10.0, 5.0)
    atlas = atlas_at(lats, lons)
    for here in (GeoPoint(0, -35), GeoPoint(90, 0), GeoPoint(-60, 120), GeoPoint(-49.9, -170.1)):
        found = [hit.distance_km for hit in atlas.nearest(here, k=20)]
        np.testing.assert_allclose(found, np.sort(haversines(lats, lons, here))[:20], rtol=1e-7)
