"""What goes into the atlas and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

TONES = 5  # colour groups on screen: social, industrial, knowledge, public, commons


@dataclass(frozen=True, slots=True)
class Entry:
    """One organisation as the atlas holds it.

    Args:
        points: latitude and longitude of each site in WGS84 degrees; empty when it is on no map.
        facets: what it can be filtered by, e.g. ``{"kind": ("cooperative",), "country": ("IT",)}``.
        words: the text its words are found in.
        card: a JSON object in UTF-8, kept and handed back as it is.
        tone: colour group on screen, 0..4.
        sort_name: a listing without a place is ordered by this, then by id.
        meanings: pivot words, each once, with the word of its texts that means it, as it is written there.
    """

    organisation_id: int
    points: tuple[tuple[float, float], ...]
    facets: Mapping[str, tuple[str, ...]]
    words: str
    card: bytes
    tone: int
    sort_name: str
    meanings: tuple[tuple[str, str], ...] = ()


class Meaning(NamedTuple):
    """A word somebody looks for, and what it is in the pivot language.

    Args:
        said: the word as it was typed.
        pivots: groups of pivot words; who has all of one group means the word. Without groups the word
            itself has to occur.
    """

    said: str
    pivots: tuple[tuple[str, ...], ...]


Choice = tuple[str, tuple[str, ...]]  # a facet and the values of it that are wanted


@dataclass(frozen=True, slots=True)
class Filter:
    """Which organisations are meant: OR inside a facet, AND between facets, text and polygon.

    Args:
        facets: names with wanted values; a name without values does not restrict, an unknown value
            matches nothing.
        text: every folded word must occur, the last one may be only begun.
        polygon: WKB of a polygon or multipolygon in degrees; only sites inside it.
        either: groups of facets; one value of one facet of each group is enough.
        meanings: words of the text in their order; instead of a text's own words each of these may be said
            or meant.
        only_meant: without those that have the text's own words.
    """

    facets: tuple[Choice, ...] = ()
    text: str = ""
    polygon: bytes | None = None
    either: tuple[tuple[Choice, ...], ...] = ()
    meanings: tuple[Meaning, ...] = ()
    only_meant: bool = False


EVERYTHING = Filter()


class Hit(NamedTuple):
    """An organisation found near a place, at its nearest site."""

    organisation_id: int
    distance_km: float
    lat: float
    lon: float
    card: bytes


class Reason(NamedTuple):
    """Why an organisation answers a text in other words: its word, and the word of the text it means."""

    word: str
    said: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation found without a place, at its first site; None where it has none."""

    organisation_id: int
    lat: float | None
    lon: float | None
    card: bytes


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands at one spot of a map: so many sites, their tones, and the cell to open.

    Args:
        lat: latitude of the centroid of the sites.
        lon: longitude of the centroid of the sites.
        count: sites (not organisations) in the cell.
        tones: sites by colour group; they sum to the count.
        organisation_id: the organisation when there is exactly one site, else None.
    """

    lat: float
    lon: float
    count: int
    tones: tuple[int, int, int, int, int]
    west: float
    south: float
    east: float
    north: float
    organisation_id: int | None
    card: bytes | None
