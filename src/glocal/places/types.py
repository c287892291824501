"""The words of places: what other rooms get back from its questions."""

from dataclasses import dataclass

from glocal.core.geo import Box, GeoPoint, Km


@dataclass(frozen=True, slots=True)
class Place:
    """A named point: a town of the gazetteer, or coordinates as somebody typed them.

    `name` is the name that matched (“Torino” for whom asks for Torino), `label` says it with region and
    country, `country` is ISO 3166-1 alpha-2 or empty at sea, `population` is 0 where unknown, `precision` is
    "town" or, for typed coordinates, "exact", `geoname_id` is the nearest town's for typed coordinates and
    None where there is none, `distance_km` is set where the question was about a point.
    """

    name: str
    label: str
    country: str
    point: GeoPoint
    population: int = 0
    precision: str = "town"
    geoname_id: int | None = None
    region: str = ""
    distance_km: Km | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """Where a row without coordinates was put: precision "postcode" or "town", and by what it was found."""

    point: GeoPoint
    precision: str
    how: str


@dataclass(frozen=True, slots=True)
class MapLabel:
    """A town's name for the base map; rank 0 is the most important of the answer."""

    name: str
    lat: float
    lon: float
    rank: int


@dataclass(frozen=True, slots=True)
class PostcodeTableCard:
    """One installed postcode table: its country (ISO 3166-1 alpha-2) and how many postcodes it knows."""

    country: str
    postcodes: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a territory to be, made by `shapes`; its kind is "radius", "box" or "polygon"."""

    kind: str
    box: Box
    wkb: bytes
    centre: GeoPoint
    radius_km: Km | None = None


@dataclass(frozen=True, slots=True)
class TerritoryDraft:
    """What somebody says about a territory. Licence is an SPDX identifier or a plain name, or empty."""

    name: str
    outline: Outline
    is_public: bool = True
    source: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class TerritoryShape:
    """The outline of a territory for those who search in it.

    `wkb` is a polygon or multipolygon in WGS84, cut at the antimeridian where it crosses it; `radius_km` is
    set for circles only, where centre and radius are the exact definition and the polygon an approximation.
    """

    slug: str
    name: str
    kind: str
    box: Box
    wkb: bytes
    centre: GeoPoint
    radius_km: Km | None = None


@dataclass(frozen=True, slots=True)
class TerritoryCard:
    """A territory in a list: everything but its outline."""

    slug: str
    name: str
    kind: str
    box: Box
    centre: GeoPoint
    radius_km: Km | None
    owner_id: int | None
    is_public: bool
    source: str
    licence: str
    version: int
