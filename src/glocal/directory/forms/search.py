"""The search in the address bar, read into a checked question."""

import math
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from glocal.core.errors import Invalid
from glocal.core.geo import Box, GeoPoint, Km
from glocal.directory.types import Kind, Search, World

KINDS: tuple[str, ...] = tuple(kind.value for kind in Kind)
WORLDS: tuple[str, ...] = tuple(world.value for world in World)
PAGE = 20
DEEPEST_PAGE = 500
LONGEST_TEXT = 200
MOST_VALUES = 50
FARTHEST_KM = 20_040.0


def search_from(params: Mapping[str, Sequence[str]], *, limit: int = PAGE) -> Search:
    """Read a search from the address bar.

    Raises:
        Invalid: with one clear sentence, when a number or a box cannot be read.
    """
    page = round(number_from(params, "page", low=1, high=DEEPEST_PAGE) or 1)
    limit = round(number_from(params, "k", low=1, high=1000) or limit)
    return Search(
        text=_first(params, "q")[:LONGEST_TEXT],
        kinds=_known(params, "kind", KINDS),
        worlds=_known(params, "world", WORLDS),
        topics=_several(params, "topic"),
        concepts=_several(params, "concept"),
        countries=tuple(value.upper() for value in _several(params, "country")),
        sdgs=_several(params, "sdg"),
        place=_first(params, "place")[:LONGEST_TEXT],
        centre=_point(params),
        radius=_radius(params),
        box=box_from(_first(params, "box")),
        territory=_first(params, "territory")[:100],
        limit=limit,
        skip=(page - 1) * limit,
    )


def _first(params: Mapping[str, Sequence[str]], name: str) -> str:
    values = params.get(name)
    return _clean(values[0]) if values else ""


def _several(params: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    if name not in params:
        return ()
    values = [_clean(value)[:LONGEST_TEXT] for value in params[name]]
    return tuple(dict.fromkeys(value for value in values if value))[:MOST_VALUES]


def _clean(text: str) -> str:
    if "\0" in text:
        raise Invalid(_("Text cannot hold a NUL character."))
    return text.strip()


def _known(params: Mapping[str, Sequence[str]], name: str, known: Sequence[str]) -> tuple[str, ...]:
    values = _several(params, name)
    for value in values:
        if value not in known:
            raise Invalid(
                _("“%(value)s” is not one of: %(known)s.") % {"value": value, "known": ", ".join(known)}
            )
    return values


def number_from(params: Mapping[str, Sequence[str]], name: str, *, low: float, high: float) -> float | None:
    """Read a number with a decimal point or comma; None where there is none.

    Raises:
        Invalid: it is no number, or not from `low` to `high`.
    """
    text = _first(params, name)
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise Invalid(
            _("“%(text)s” is not a number from %(low)g to %(high)g (%(name)s).")
            % {"text": text[:40], "low": low, "high": high, "name": name}
        )
    return value


def _radius(params: Mapping[str, Sequence[str]]) -> Km | None:
    value = number_from(params, "km", low=0.001, high=FARTHEST_KM)
    return None if value is None else Km(value)


def _point(params: Mapping[str, Sequence[str]]) -> GeoPoint | None:
    lat = number_from(params, "lat", low=-90, high=90)
    lon = number_from(params, "lon", low=-180, high=180)
    if (lat is None) != (lon is None):
        raise Invalid(_("Latitude and longitude come together."))
    return None if lat is None or lon is None else GeoPoint(lat, lon)


def box_from(text: str) -> Box | None:
    """Read "west,south,east,north" in degrees; nothing from nothing.

    Raises:
        Invalid: it is not four numbers, or not a box on Earth.
    """
    if not text:
        return None
    try:
        west, south, east, north = (_finite(part) for part in text.split(","))
        if east - west >= 360:
            west, east = -180.0, 180.0
        return Box(_wrapped(west), max(-90.0, south), _wrapped(east), min(90.0, north))
    except ValueError as flaw:
        raise Invalid(
            _("A box is four numbers: west,south,east,north in degrees; “%(text)s” is not.")
            % {"text": text[:80]}
        ) from flaw


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _wrapped(lon: float) -> float:
    """Bring a longitude a map has scrolled past 180 back onto the Earth."""
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180
