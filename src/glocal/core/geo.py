"""Points on Earth, kilometres and boxes."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import NewType

Km = NewType("Km", float)

EARTH_RADIUS_KM = 6371.0088  # mean radius (IUGG)


@dataclass(frozen=True, slots=True)
class GeoPoint:
    """A place on Earth in WGS84 degrees. Refuses swapped or impossible coordinates at birth."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not -90 <= self.lat <= 90:
            raise ValueError(f"latitude {self.lat} is outside -90..90")
        if not -180 <= self.lon <= 180:
            raise ValueError(f"longitude {self.lon} is outside -180..180")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of degrees. `west` greater than `east` means it crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        GeoPoint(self.south, self.west)
        GeoPoint(self.north, self.east)
        if self.south > self.north:
            raise ValueError(f"the south edge {self.south} lies north of the north edge {self.north}")

    @property
    def centre(self) -> GeoPoint:
        """Return the middle of the box, across the antimeridian where it crosses it."""
        width = (self.east - self.west) % 360 if self.west > self.east else self.east - self.west
        lon = self.west + width / 2
        return GeoPoint((self.south + self.north) / 2, lon - 360 if lon > 180 else lon)


def distance_km(a: GeoPoint, b: GeoPoint) -> Km:
    """Return the great-circle distance in kilometres (haversine; within 0.6 % of the ellipsoid).

    >>> round(distance_km(GeoPoint(45.0703, 7.6869), GeoPoint(45.4642, 9.1900)), 2)
    125.52
    """
    half_lat = radians(b.lat - a.lat) / 2
    half_lon = radians(b.lon - a.lon) / 2
    chord = sin(half_lat) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(half_lon) ** 2
    return Km(2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord))))
