"""Reads coordinates in many spellings and refuses the ones that cannot be where they say."""

import json
import re
from dataclasses import dataclass
from math import isfinite

from django.utils.translation import gettext as _

from glocal.ingest.cleaning.countries import Box, box_of, is_far_outside, is_inside, is_overseas

# Decimals tell how closely a point was measured: 3 are about 100 m, 2 a kilometre, none a degree.
_PRECISION_BY_DECIMALS = {0: "region", 1: "region", 2: "town"}

_PLAIN = re.compile(r"^[+\-−–]?\d{1,3}(?:[.,]\d*)?$|^[+\-−–]?\d+(?:[.,]\d+)?[eE][+\-]?\d+$")
_SIMPLE = re.compile(r"-?[0-9]{1,3}\.[0-9]+$")
_BROKEN_THOUSANDS = re.compile(r"^[+\-−]?\d{1,3}([.,])\d{3}(?:\1\d{1,3})+$")
_DEGREES = re.compile(
    r"""^\s*(?P<before>[NSEWO])?\s*(?P<sign>[+\-−])?\s*(?P<deg>\d{1,3}(?:[.,]\d+)?)\s*(?:[°ºd]\s*)?
    (?:(?P<min>\d{1,2}(?:[.,]\d+)?)\s*['′’m]\s*)?(?:(?P<sec>\d{1,2}(?:[.,]\d+)?)\s*(?:["″”s]|''|′′)\s*)?(?P<after>[NSEWO])?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_EAST_WEST, _NORTH_SOUTH = re.compile(r"[EWO]", re.IGNORECASE), re.compile(r"[NS]", re.IGNORECASE)
_WKT = re.compile(
    r"^\s*(?:SRID=4326;)?\s*POINT\s*Z?\s*\(\s*([-+\d.eE]+)[\s,]+([-+\d.eE]+)(?:\s+[-+\d.eE]+)?\s*\)\s*$",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"@(-?\d+\.\d+),(-?\d+\.\d+)")
_PAIR_SPLITS = (re.compile(r"\s*[;|]\s*"), re.compile(r"\s*,\s+"), re.compile(r"\s+"), re.compile(r"\s*,\s*"))
Raw = str | float | int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A point that may be believed, with its precision, or none; and what is to be said about it."""

    lat: float | None = None
    lon: float | None = None
    precision: str = ""
    reason: str = ""
    suggestion: str = ""
    value: str = ""


NOWHERE = Place()


def read_degrees(raw: Raw) -> tuple[float, int] | None:
    r"""Return degrees and their number of decimals, None for what is no number.

    >>> read_degrees("45,0703"), read_degrees("45° 4' 13.1\" N"), read_degrees("45.070.312")
    ((45.0703, 4), (45.070306, 6), None)
    """
    if isinstance(raw, bool) or raw is None:
        return None
    if isinstance(raw, int | float):
        return _of_number(float(raw))
    if _SIMPLE.match(raw):
        return float(raw), len(raw) - raw.index(".") - 1
    text = raw.strip()
    if _PLAIN.match(text):
        plain = text.replace(",", ".").replace("−", "-").replace("–", "-")
        number = float(plain)
        return (number, len(plain.partition(".")[2])) if "e" not in plain.lower() else _of_number(number)
    return _sexagesimal(text)


def _of_number(number: float) -> tuple[float, int] | None:
    if not isfinite(number):
        return None
    text = repr(number)
    return number, 0 if text.endswith(".0") else 9 if "e" in text else len(text.partition(".")[2])


def _sexagesimal(text: str) -> tuple[float, int] | None:
    found = _DEGREES.match(text)
    if found is None or (found["before"] and found["after"]):
        return None
    degrees, minutes, seconds = (
        float((found[part] or "0").replace(",", ".")) for part in ("deg", "min", "sec")
    )
    if minutes >= 60 or seconds >= 60:
        return None
    number = round(degrees + minutes / 60 + seconds / 3600, 6)
    letter = (found["before"] or found["after"] or "").upper()
    decimals = (
        6 if found["sec"] else 3 if found["min"] else len(found["deg"].replace(",", ".").partition(".")[2])
    )
    return (-number if found["sign"] or letter in {"S", "W", "O"} else number), decimals


def split_point(raw: Raw | list[object] | dict[str, object]) -> tuple[Raw, Raw] | None:
    """Take one value that holds both coordinates apart, as latitude and longitude; None when it does not.

    >>> split_point("POINT(7.69 45.07)"), split_point("45,07; 7,69"), split_point("45.07,7.69")
    (('45.07', '7.69'), ('45,07', '7,69'), ('45.07', '7.69'))
    """
    if isinstance(raw, dict):
        return _from_mapping(raw)
    if isinstance(raw, list):
        return _numbers(raw[1], raw[0]) if len(raw) in {2, 3} else None  # GeoJSON's order
    return _split_text(raw.strip()) if isinstance(raw, str) else None


def _split_text(text: str) -> tuple[Raw, Raw] | None:
    if found := _WKT.match(text):
        return found.group(2), found.group(1)
    if found := _IN_ADDRESS.search(text):
        return found.group(1), found.group(2)
    if text.startswith("{"):
        return _from_json(text)
    bare = text.strip("()[] ")
    for split in _PAIR_SPLITS:
        parts = split.split(bare)
        if len(parts) == 2 and all(read_degrees(part) is not None for part in parts):
            return _by_letters(parts[0], parts[1])
    return None


def _by_letters(first: str, second: str) -> tuple[str, str]:
    is_turned = _EAST_WEST.search(first) is not None and _NORTH_SOUTH.search(second) is not None
    return (second, first) if is_turned else (first, second)


def _from_json(text: str) -> tuple[Raw, Raw] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None  # no JSON after all; the caller reports the value
    return _from_mapping(value) if isinstance(value, dict) else None


def _from_mapping(value: dict[str, object]) -> tuple[Raw, Raw] | None:
    coordinates = value.get("coordinates")
    if isinstance(coordinates, list) and len(coordinates) in {2, 3}:
        return _numbers(coordinates[1], coordinates[0])
    for lat, lon in (("lat", "lon"), ("lat", "lng"), ("latitude", "longitude")):
        if lat in value and lon in value:
            return _numbers(value[lat], value[lon])
    return None


def _numbers(lat: object, lon: object) -> tuple[Raw, Raw] | None:
    if isinstance(lat, str | int | float) and isinstance(lon, str | int | float):
        return lat, lon
    return None


def read_place(raw_lat: Raw, raw_lon: Raw, country: str = "", others: Box | None = None) -> Place:
    """Decide whether two coordinates can be believed.

    Args:
        raw_lat: latitude as the file has it.
        raw_lon: longitude as the file has it.
        country: alpha-2 the row states, "" for none; coordinates are held against its box.
        others: a box around the other rows of the file, used when no country is stated.
    """
    if (raw_lat is None or raw_lat == "") and (raw_lon is None or raw_lon == ""):
        return NOWHERE
    lat, lon = read_degrees(raw_lat), read_degrees(raw_lon)
    if lat is None or lon is None:
        return _not_a_number(raw_lat, raw_lon)
    box = box_of(country) if country else others
    if (
        box is not None
        and lat[1] > 2
        and lon[1] > 2
        and is_inside(box, lat[0], lon[0])
        and (lat[0] or lon[0])
    ):
        return Place(lat[0], lon[0], "exact")  # what nearly all rows are
    return _doubtful(lat, lon, country, box)


def _doubtful(lat: tuple[float, int], lon: tuple[float, int], country: str, box: Box | None) -> Place:
    value = f"{lat[0]:.{lat[1]}f}, {lon[0]:.{lon[1]}f}"
    reason, suggestion = _impossible(lat[0], lon[0], country, box)
    if reason:
        return Place(reason=reason, suggestion=suggestion, value=value)
    precision = _PRECISION_BY_DECIMALS.get(max(lat[1], lon[1]), "exact")
    if precision != "exact":
        reason = _("The coordinates are cut short; they tell only roughly where it is.")
    reason = reason or _far_from(country, lat[0], lon[0])
    return Place(lat[0], lon[0], precision, reason, "", value if reason else "")


def _not_a_number(raw_lat: Raw, raw_lon: Raw) -> Place:
    value = ", ".join("" if raw is None else str(raw) for raw in (raw_lat, raw_lon))
    texts = [str(raw).strip() for raw in (raw_lat, raw_lon) if raw is not None]
    if len([text for text in texts if text]) < 2:
        return Place(reason=_("One of the two coordinates is missing."), value=value)
    repaired = [_repaired(text) for text in texts]
    suggestion = _("Did you mean %(guess)s?") % {"guess": ", ".join(repaired)} if all(repaired) else ""
    return Place(reason=_("These are not coordinates in degrees."), suggestion=suggestion, value=value)


def _repaired(text: str) -> str:
    """Return what 45.070.312 was before a spreadsheet grouped its digits, "" when unclear."""
    if _BROKEN_THOUSANDS.match(text):
        whole, *rest = re.split(r"[.,]", text)
        return f"{whole}.{''.join(rest)}"
    return text if read_degrees(text) is not None else ""


def _impossible(lat: float, lon: float, country: str, box: Box | None) -> tuple[str, str]:
    if abs(lat) < 1e-6 and abs(lon) < 1e-6:
        return _("0, 0 lies in the sea off Africa; it means the place is not known."), ""
    can_swap = abs(lon) <= 90 and abs(lat) <= 180
    if abs(lat) > 90 or abs(lon) > 180:
        is_likely = can_swap and (box is None or is_inside(box, lon, lat))
        return _("The coordinates are outside the Earth's range."), _swapped(lat, lon) if is_likely else ""
    is_odd = box is not None and not is_inside(box, lat, lon) and not is_overseas(country, lat, lon)
    if box is not None and is_odd and can_swap and is_inside(box, lon, lat):
        return _("Latitude and longitude seem to be swapped."), _swapped(lat, lon)
    return "", ""


def _swapped(lat: float, lon: float) -> str:
    return _("Did you swap? %(lat)s, %(lon)s") % {"lat": f"{lon:.10g}", "lon": f"{lat:.10g}"}


def _far_from(country: str, lat: float, lon: float) -> str:
    box = box_of(country) if country else None
    if box is not None and is_far_outside(box, lat, lon) and not is_overseas(country, lat, lon):
        return _("The point lies far outside %(country)s.") % {"country": country}
    return ""
