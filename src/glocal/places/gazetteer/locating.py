"""Which town a row means by its name, its region and its country; silence where that is not clear."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from glocal.core.geo import distance_km
from glocal.places.gazetteer.names import CODE, key_of
from glocal.places.gazetteer.regions import region_code
from glocal.places.gazetteer.store import Gazetteer

DOMINANCE_IN_COUNTRY: Final = 5.0  # so many times the next one's population; chosen, not measured
DOMINANCE_IN_WORLD: Final = 10.0
SMALLEST_WORLD_TOWN: Final = 100_000
_UNKNOWN_POPULATION: Final = 1_000  # a rival of unknown size is taken for a village
_SAME_TOWN_KM: Final = 10.0  # namesakes as near as this are the town and its quarters
_PROVINCE_KM: Final = 80.0  # how far a province reaches from the town it is named after

_BRACKETS: Final = re.compile(r"\([^)]*\)?")
_LEADING_POSTCODE: Final = re.compile(r"^(?:[A-Z]{1,2}-)?\d[\d\s-]{2,}\s+(?=\D)")
_TRAILING_PROVINCE: Final = re.compile(r"\s+[A-Z]{2}$")
_TAIL: Final = re.compile(r"\s*(?:[,;/]|\s-\s|\bCEDEX\b).*$", re.IGNORECASE)


def towns_named(gazetteer: Gazetteer, key: str, country: str) -> list[int]:
    """Rows of the towns with this name, first or alternate, in a country or, with "", anywhere."""
    entries = gazetteer.entries_of(key)
    towns = [int(gazetteer.entry_town[e]) for e in entries if gazetteer.entry_tier[e] != CODE]
    return [town for town in towns if not country or gazetteer.country_of(town) == country]


def in_region(gazetteer: Gazetteer, towns: Sequence[int], region: str) -> list[int]:
    """Those of the towns that lie in the region: by its name, or near the town a province is named after."""
    countries = {gazetteer.country_of(town) for town in towns}
    codes = {country: code for country in countries if (code := region_code(region, country))}
    capitals = {country: _capital(gazetteer, region, country) for country in countries - codes.keys()}

    def lies_there(town: int) -> bool:
        country = gazetteer.country_of(town)
        if country in codes:
            return gazetteer.region_of(town) == codes[country]
        capital = capitals[country]
        return capital is not None and _distance(gazetteer, town, capital) <= _PROVINCE_KM

    return [town for town in towns if lies_there(town)]


def is_region(gazetteer: Gazetteer, region: str, country: str) -> bool:
    """Say whether we know where a region is: by its name, or by the town a province is named after."""
    return bool(region_code(region, country)) or _capital(gazetteer, region, country) is not None


def clear_winner(gazetteer: Gazetteer, towns: Iterable[int], *, in_one_country: bool) -> int | None:
    """The town meant by a name that several carry, or None when that is not clear.

    Inside one country the largest wins when it has at least 5 times the people of the next; in the whole
    world it needs 10 times and 100,000 people. A name only one town carries needs nothing. Namesakes within
    10 km of the largest do not count as rivals.
    """
    ranked = sorted(towns, key=lambda town: -int(gazetteer.population[town]))
    if not ranked:
        return None
    best = ranked[0]
    rivals = [town for town in ranked[1:] if _distance(gazetteer, best, town) > _SAME_TOWN_KM]
    if not rivals:
        return best
    people = int(gazetteer.population[best])
    next_people = int(gazetteer.population[rivals[0]]) or _UNKNOWN_POPULATION
    needed = DOMINANCE_IN_COUNTRY if in_one_country else DOMINANCE_IN_WORLD
    is_large = in_one_country or people >= SMALLEST_WORLD_TOWN
    return best if is_large and people >= needed * next_people else None


def spellings(town: str) -> Iterator[str]:
    """Yield the keys to try for a town as it stands in a table, the fullest first.

    >>> list(spellings("10121 Torino (TO)"))
    ['10121 torino to', '10121 torino', 'torino']
    """
    seen: set[str] = set()
    text = town.strip()
    for pattern in (None, _BRACKETS, _TAIL, _LEADING_POSTCODE, _TRAILING_PROVINCE):
        text = pattern.sub(" ", text).strip() if pattern else text
        key = key_of(text)
        if key and key not in seen:
            seen.add(key)
            yield key


@lru_cache(maxsize=4_096)
def _capital(gazetteer: Gazetteer, region: str, country: str) -> int | None:
    """The town a province carries the name of (“Torino”, “Edinburgh, City of”), where it is clear which."""
    for key in spellings(region):
        if named := towns_named(gazetteer, key, country):
            return clear_winner(gazetteer, named, in_one_country=True)
    return None


def _distance(gazetteer: Gazetteer, one: int, other: int) -> float:
    return distance_km(gazetteer.point_of(one), gazetteer.point_of(other))
