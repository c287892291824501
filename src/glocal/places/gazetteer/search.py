"""Finds towns while somebody types: exact names first, then beginnings, then one letter wrong."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from glocal.core.geo import GeoPoint
from glocal.places.gazetteer.countries import country_code
from glocal.places.gazetteer.endonyms import local_names
from glocal.places.gazetteer.locating import in_region
from glocal.places.gazetteer.names import ALTERNATE, CODE, PRIMARY, key_of, misspellings, plain_key
from glocal.places.gazetteer.nearby import distances_km
from glocal.places.gazetteer.store import Gazetteer

_PRIMARY_BONUS: Final = 0.5  # in powers of ten of population; chosen, not measured
_NEAR_BONUS: Final = 3.0  # being there is worth a thousandfold population; half of it at the next constant
_HALF_NEAR_KM: Final = 100.0
_SMALLEST: Final = 300
_LARGE: Final = 15_000  # people; smaller ones of exactly that name let larger beginnings go before


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for: a name, and what narrows it. Country is ISO 3166-1 alpha-2 or ""."""

    name: str
    country: str = ""
    region: str = ""
    near: GeoPoint | None = None
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """A town found, and the row of the name it was found by (None: by the beginning of another name)."""

    town: int
    entry: int


def readings(text: str, country: str, near: GeoPoint | None, limit: int) -> Iterator[Wish]:
    """Yield the ways to understand “name, region or country”, the likeliest first."""
    name, *hints = [part.strip() for part in text.split(",")]
    hints = [hint for hint in hints if hint]
    if hints and (named := country_code(hints[-1])) and country in {"", named}:
        yield Wish(name, named, hints[0] if len(hints) > 1 else "", near, limit)
    if hints:
        yield Wish(name, country, hints[0], near, limit)
    yield Wish(text, country, "", near, limit)


def exact_hits(gazetteer: Gazetteer, wish: Wish) -> list[Hit]:
    """Towns that carry the name or have it as an alternate, best first."""
    entries = gazetteer.entries_of(key_of(wish.name))
    return _best(gazetteer, np.arange(entries.start, entries.stop), wish)


def beginning_hits(gazetteer: Gazetteer, wish: Wish) -> list[Hit]:
    """Towns one of whose names begins with the text, best first."""
    keys = {key_of(wish.name), plain_key(wish.name)} - {""}
    spans = [gazetteer.entries_from(key) for key in sorted(keys)]
    rows = [np.arange(span.start, span.stop) for span in spans]
    return _best(gazetteer, np.concatenate(rows), wish) if rows else []


def misspelt_hits(gazetteer: Gazetteer, wish: Wish) -> list[Hit]:
    """Towns one of whose names is one letter away, best first; names under four letters are left alone."""
    key = key_of(wish.name)
    if not 4 <= len(key) <= 40:
        return []
    spans = [gazetteer.entries_of(other) for other in sorted(set(misspellings(key)) - {key})]
    rows = [row for span in spans for row in span if gazetteer.entry_tier[row] != CODE]
    return _best(gazetteer, np.array(rows, dtype=np.int64), wish)


def search(gazetteer: Gazetteer, wish: Wish) -> list[Hit]:
    """Exact names, then beginnings; only where neither exists, names one letter away.

    Of up to three letters, codes and other exact names come last (“tor” is more often a beginning), and small
    towns of exactly that name come after the likeliest beginnings (“rom” is more often Roma).
    """
    exact = exact_hits(gazetteer, wish)
    last = CODE if len(wish.name) > 3 else ALTERNATE
    names = [hit for hit in exact if gazetteer.entry_tier[hit.entry] < last]
    first = [hit for hit in names if len(wish.name) > 3 or is_large(gazetteer, hit.town)]
    begun = beginning_hits(gazetteer, wish)
    likely = wish.limit // 2
    found: dict[int, Hit] = {}
    for hit in (*first, *begun[:likely], *names, *begun[likely:], *exact):
        found.setdefault(hit.town, hit)
    return (list(found.values()) or misspelt_hits(gazetteer, wish))[: wish.limit]


def is_large(gazetteer: Gazetteer, town: int) -> bool:
    """Say whether a town is so large that whoever types its name means it."""
    return int(gazetteer.population[town]) >= _LARGE


def preferring(gazetteer: Gazetteer, hits: list[Hit], wish: Wish, countries: Collection[str]) -> list[Hit]:
    """Order hits anew: large towns of exactly the name typed, then those of these countries, then others."""

    def rank(hit: Hit) -> int:
        if is_large(gazetteer, hit.town) and _is_named_so(gazetteer, hit, wish):
            return 0
        return 1 if gazetteer.country_of(hit.town) in countries else 2

    return sorted(hits, key=rank)


def _is_named_so(gazetteer: Gazetteer, hit: Hit, wish: Wish) -> bool:
    is_name = gazetteer.entry_tier[hit.entry] != CODE
    return bool(is_name) and gazetteer.keys.text(hit.entry) == key_of(wish.name)


def _best(gazetteer: Gazetteer, entries: npt.NDArray[np.int64], wish: Wish) -> list[Hit]:
    if wish.country:
        if wish.country not in gazetteer.countries:
            return []
        wanted = gazetteer.countries.index(wish.country)
        entries = entries[gazetteer.country[gazetteer.entry_town[entries]] == wanted]
    if not len(entries):
        return []
    scores = _scores(gazetteer, entries, wish.near)
    many = min(len(entries), 2_000 if wish.region else 30 * wish.limit)
    top = np.argpartition(-scores, many - 1)[:many]
    hits: dict[int, Hit] = {}
    for at in top[np.lexsort((entries[top], -scores[top]))]:
        town = int(gazetteer.entry_town[entries[at]])
        hits.setdefault(town, Hit(town, int(entries[at])))
    if wish.region:
        kept = set(in_region(gazetteer, list(hits), wish.region))
        return [hit for town, hit in hits.items() if town in kept][: wish.limit]
    return list(hits.values())[: wish.limit]


def _scores(
    gazetteer: Gazetteer, entries: npt.NDArray[np.int64], near: GeoPoint | None
) -> npt.NDArray[np.float64]:
    towns = gazetteer.entry_town[entries].astype(np.int64)
    scores: npt.NDArray[np.float64] = np.log10(np.maximum(gazetteer.population[towns], _SMALLEST))
    scores = scores + _PRIMARY_BONUS * (gazetteer.entry_tier[entries] == PRIMARY)
    if near is not None:
        scores = scores + _NEAR_BONUS / (1 + distances_km(gazetteer, towns, near) / _HALF_NEAR_KM)
    return scores


def matched_name(gazetteer: Gazetteer, hit: Hit, wish: Wish) -> str:
    """The name to show for a hit: the one somebody is typing, as the gazetteer writes it.

    A name typed in full or misspelt is shown itself; half a name as the town's inhabitants call it (“Torin”:
    Torino), else as the gazetteer does (“Turi”: Turin): nobody knows the transliterations it also lists.
    """
    typed, own, found = key_of(wish.name), gazetteer.names.text(hit.town), gazetteer.keys.text(hit.entry)
    local = local_names(gazetteer).get(hit.town, own)
    begun = [name for name in (local, own) if key_of(name).startswith(typed)]
    if begun and key_of(own) != typed:
        return begun[0]
    is_half = found != typed and found.startswith((typed, plain_key(wish.name)))
    is_code = gazetteer.entry_tier[hit.entry] == CODE
    return own if is_half or is_code or key_of(own) == typed else gazetteer.shown.text(hit.entry)
