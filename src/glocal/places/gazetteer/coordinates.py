"""Reads coordinates as people type or paste them."""

import re
from typing import Final

from glocal.core.geo import GeoPoint

_NUMBER: Final = r"([-+−]?\d{1,3}(?:[.]\d+)?)\s*°?\s*([NSEWO]?)"
_POINTED: Final = re.compile(rf"^\s*{_NUMBER}\s*[,;\s]\s*{_NUMBER}\s*$", re.IGNORECASE)
_DECIMAL_COMMA: Final = re.compile(r"(\d),(\d)")


def parse_coordinates(text: str) -> GeoPoint | None:
    """Return the point a text spells out, latitude first, or None when it does not spell one.

    Decimal commas are understood when the two numbers are not themselves parted by a comma alone; compass
    letters may say the hemisphere (and then also the order).

    >>> parse_coordinates("45.07,7.69")
    GeoPoint(lat=45.07, lon=7.69)
    >>> parse_coordinates("45,07; 7,69")
    GeoPoint(lat=45.07, lon=7.69)
    >>> parse_coordinates("7.69° E 45.07° N")
    GeoPoint(lat=45.07, lon=7.69)
    >>> parse_coordinates("97.1, 7.69") is None
    True
    """
    found = _POINTED.match(text)
    if found is None and len(_DECIMAL_COMMA.findall(text)) == 2:
        found = _POINTED.match(_DECIMAL_COMMA.sub(r"\1.\2", text))
    if found is None:
        return None
    first, letter, second, other = found.groups()
    one, two = _signed(first, letter), _signed(second, other)
    lat, lon = (two, one) if letter.upper() in {"E", "W", "O"} else (one, two)
    return GeoPoint(lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def _signed(number: str, letter: str) -> float:
    value = float(number.replace("−", "-"))
    return -abs(value) if letter.upper() in {"S", "W", "O"} else value
