"""Questions about places: names to points and back, labels for the map, territories."""

import os
from collections.abc import Collection
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from glocal.core.actor import STRANGER, Actor
from glocal.core.geo import Box, GeoPoint
from glocal.places import locating
from glocal.places.errors import UnknownPlace, UnknownTerritory
from glocal.places.gazetteer import search
from glocal.places.gazetteer.alike import alike_hits
from glocal.places.gazetteer.coordinates import parse_coordinates
from glocal.places.gazetteer.countries import country_code, country_names
from glocal.places.gazetteer.endonyms import local_names
from glocal.places.gazetteer.nearby import town_around, towns_to_name
from glocal.places.gazetteer.store import Gazetteer, gazetteer_folder, open_gazetteer
from glocal.places.models import Territory
from glocal.places.naming import place_of, typed_point
from glocal.places.postcodes import PostcodeTable, open_table, table_cards
from glocal.places.shapes import as_geojson
from glocal.places.types import Located, MapLabel, Place, PostcodeTableCard, TerritoryCard, TerritoryShape


def places_home() -> Path:
    """The folder whose `places` subfolder holds the gazetteer and the postcode tables."""
    return Path(settings.GLOCAL_HOME)


def gazetteer() -> Gazetteer:
    """Open the towns of the world; free after the first call of a process.

    They lie in the home, or in `GLOCAL_GAZETTEER_HOME` where several homes share them.

    Raises:
        GazetteerUnavailable: they are missing and cannot be built.
    """
    return _gazetteer_in(str(getattr(settings, "GLOCAL_GAZETTEER_HOME", "") or settings.GLOCAL_HOME))


@lru_cache(maxsize=8)
def _gazetteer_in(home: str) -> Gazetteer:
    return open_gazetteer(Path(home))


def is_gazetteer_ready() -> bool:
    """Say whether the list of towns is in place, so that opening it takes no time."""
    home = Path(getattr(settings, "GLOCAL_GAZETTEER_HOME", None) or settings.GLOCAL_HOME)
    return gazetteer_folder(home).is_dir()


def find_places(
    text: str,
    *,
    country: str = "",
    near: GeoPoint | None = None,
    prefer: Collection[str] = (),
    limit: int = 10,
) -> list[Place]:
    """Find towns by any of their names, best first; coordinates find themselves.

    Exact names come first, then names that begin so, and only where there is neither, names one letter away;
    within each by population and nearness. Each is called by the name being typed. “Torino, IT”,
    “Torino, Italia” and “Springfield, Illinois” narrow the answer. Usually under a millisecond; up to 10 for
    one misspelt or a single letter.

    Args:
        text: what somebody typed, in any language GeoNames knows.
        country: a country by code or name; with one that is not known, nothing is found.
        near: prefer towns near this point.
        prefer: countries by code whose towns come first, after large towns of exactly the name typed.
        limit: at most so many.
    """
    if point := parse_coordinates(text):
        return [typed_point(gazetteer(), point)]
    code = country_code(country) if country else ""
    if (country and not code) or limit < 1:
        return []
    many = 5 * limit if prefer else limit
    for wish in (*search.readings(text, code, near, many), _without_hints(text, code, near, many)):
        if hits := search.search(gazetteer(), wish):
            hits = search.preferring(gazetteer(), hits, wish, prefer) if prefer else hits
            return [_place(hit, wish) for hit in hits[:limit]]
    return []


def _place(hit: search.Hit, wish: search.Wish) -> Place:
    return place_of(gazetteer(), hit.town, search.matched_name(gazetteer(), hit, wish))


def _without_hints(text: str, country: str, near: GeoPoint | None, limit: int) -> search.Wish:
    return search.Wish(text.partition(",")[0].strip(), country, "", near, limit)


def country_codes() -> list[str]:
    """The ISO 3166-1 alpha-2 codes of the countries towns can lie in. Free."""
    return list(country_names())


def resolve_place(text: str, country: str = "") -> Place:
    """Return the one place a text means: the largest town that carries exactly this name.

    Raises:
        UnknownPlace: no town does; says which ones may have been meant.
    """
    if point := parse_coordinates(text):
        return typed_point(gazetteer(), point)
    code = country_code(country) if country else ""
    if code or not country:
        for wish in search.readings(text, code, None, 1):
            for hit in search.exact_hits(gazetteer(), wish):
                return _place(hit, wish)
    raise _unknown(text, suggestions_for(text, country))


def _unknown(text: str, suggestions: list[str]) -> UnknownPlace:
    said = {"text": text[:80], "suggestion": suggestions[0] if suggestions else ""}
    if not suggestions:
        return UnknownPlace(_("No town is called “%(text)s”.") % said)
    sentence = _("No town is called “%(text)s”. Did you mean %(suggestion)s?") % said
    return UnknownPlace(sentence, suggestions=suggestions, suggestion=suggestions[0])


def suggestions_for(text: str, country: str = "", *, limit: int = 3) -> list[str]:
    """Return labels of towns whose names look like the text, the likeliest first; at most 50 milliseconds.

    Where the stated country has none, the same name elsewhere.
    """
    code = country_code(country) if country else ""
    wish = next(search.readings(text.strip(), code, None, limit))
    alike = alike_hits(gazetteer(), wish) if code or not country else []
    found = [*find_places(text, country=country, limit=limit), *(_place(hit, wish) for hit in alike)]
    labels: dict[int | None, str] = {}
    for place in found or find_places(text, limit=limit):
        labels.setdefault(place.geoname_id, place.label)
    return list(dict.fromkeys(labels.values()))[:limit]


def place_at(point: GeoPoint) -> Place | None:
    """Return the town a point lies in, else the nearest, with the distance to its centre.

    A point lies in a large city well before it reaches the centre of the next suburb; how far a city reaches
    is judged by its population. None only where the gazetteer is empty.
    """
    towns = gazetteer()
    if not len(towns.lat):
        return None
    town, distance = town_around(towns, point)
    return place_of(towns, town, towns.names.text(town), distance)


def locate(*, postcode: str = "", town: str = "", region: str = "", country: str = "") -> Located | None:
    """Say where a row without coordinates lies, or None where that is not clear.

    In this order: a postcode of an installed table (precision "postcode"); the district of a British one that
    the table does not know (precision "town"); a town by its name (precision "town"), in the stated country
    only. Of several that carry the name, only those in the stated region count (or within 80 km of the town a
    province is named after), as far as the region is known to us. Among them the largest is meant if it has
    5 times the people of the next; where no country or an unknown region is stated, it takes 10 times and
    100,000 people. Some 20 microseconds; may be called for every row of an import.
    """
    answer = _locate(postcode, town, region, country)
    return answer if isinstance(answer, Located) else None


def why_not_located(*, postcode: str = "", town: str = "", region: str = "", country: str = "") -> str:
    """Say in one sentence why `locate` gave None for the same row; empty where it did not."""
    answer = _locate(postcode, town, region, country)
    return "" if isinstance(answer, Located) else locating.sentence_of(answer)


def _locate(postcode: str, town: str, region: str, country: str) -> Located | locating.NotLocated:
    home = str(settings.GLOCAL_HOME)
    try:
        # changes with every table installed or removed; pathlib would double the price of a row
        stamp = os.stat(f"{home}/places").st_mtime_ns  # noqa: PTH116 -- see above
    except FileNotFoundError:
        stamp = 0
    return _located(
        home, stamp, locating.Row(postcode.strip(), town.strip(), region.strip(), country.strip())
    )


@lru_cache(maxsize=131_072)
def _located(home: str, stamp: int, row: locating.Row) -> Located | locating.NotLocated:
    return locating.locate_row(gazetteer(), partial(_table, home, stamp), row)


@lru_cache(maxsize=64)
def _table(home: str, _stamp: int, country: str, name: str) -> PostcodeTable | None:
    return open_table(Path(home), country, name)


def labels_in(box: Box, zoom_level: float, limit: int = 60, *, are_local: bool = True) -> list[MapLabel]:
    """Return the towns worth a name in a view of the map, the most important first.

    Spread over the view and steady while it is dragged. Around a millisecond.

    Args:
        box: what is in view.
        zoom_level: of web maps with tiles of 512 pixels, 0 the world.
        limit: at most so many.
        are_local: name large towns of Europe as they name themselves (“Torino”), else in English.
    """
    towns = gazetteer()
    rows = towns_to_name(towns, box, zoom_level, limit)
    local = local_names(towns) if are_local else {}
    return [
        MapLabel(local.get(row) or towns.names.text(row), float(towns.lat[row]), float(towns.lon[row]), rank)
        for rank, row in enumerate(rows.tolist())
    ]


def postcode_tables() -> list[PostcodeTableCard]:
    """The installed postcode tables, by country."""
    return table_cards(places_home())


def territory(slug: str, *, actor: Actor = STRANGER) -> TerritoryShape:
    """Return a territory's box, outline and centre. One SQL query.

    Raises:
        UnknownTerritory: there is none, or the actor may not see it.
    """
    return _visible_territory(slug, actor).shape()


def territory_card(slug: str, *, actor: Actor = STRANGER) -> TerritoryCard:
    """Return all about a territory but its outline. One SQL query.

    Raises:
        UnknownTerritory: there is none, or the actor may not see it.
    """
    return _visible_territory(slug, actor).card()


def territory_geojson(slug: str, *, actor: Actor = STRANGER) -> dict[str, Any]:
    """Return a territory's outline as a GeoJSON geometry. One SQL query.

    Raises:
        UnknownTerritory: there is none, or the actor may not see it.
    """
    return as_geojson(territory(slug, actor=actor).wkb)


def list_territories(*, actor: Actor = STRANGER, owner_id: int | None = None) -> list[TerritoryCard]:
    """The territories the actor may see, by name, all or one owner's. One SQL query, without outlines."""
    visible = Territory.objects.visible_to(actor).defer("wkb").order_by("name", "slug")
    return [row.card() for row in (visible if owner_id is None else visible.filter(owner_id=owner_id))]


def _visible_territory(slug: str, actor: Actor) -> Territory:
    row = Territory.objects.visible_to(actor).filter(slug=slug).first()
    if row is None:
        raise UnknownTerritory(_("There is no territory “%(slug)s”.") % {"slug": slug[:80]})
    return row
