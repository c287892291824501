"""The search page: what is near, as a list and a map in step."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from glocal.core.errors import DomainError
from glocal.core.geo import Box
from glocal.directory import queries
from glocal.directory.forms import DEEPEST_PAGE, PAGE, search_from
from glocal.directory.labels import KIND_PLURALS, WORLD_LABELS
from glocal.directory.queries import FoundHits
from glocal.directory.types import Coverage, Search
from glocal.directory.views import drawn, near_frame, present
from glocal.directory.views.page_data import strings

NOTHING = FoundHits(hits=(), count=0, centre=None, centre_label="", coverage=Coverage(0))
LISTS = ("kind", "world", "concept", "topic", "country", "sdg")
FILTERS = ("q", "place", "lat", "lon", "km", "box", *LISTS, "territory")
MENU_LENGTH = 24


@require_safe
@vary_on_headers("HX-Request")
def near(request: HttpRequest) -> HttpResponse:
    """Show what is near: a full page, or its list alone for those who have the page already."""
    search, found, refusal = _answer(request)
    typed = _typed(request)
    context = {
        "search": typed,
        "sentence": sentence(request, search),
        "results": [drawn.card(hit, because) for hit, because in zip(found.hits, found.because, strict=True)],
        "count": found.count,
        "coverage": {
            "known": found.coverage.known,
            "text": present.coverage_text(found.count, is_area=bool(search.box or search.radius)),
        },
        "centre_label": found.centre_label,
        "page": _page(request, search, found),
        "too_many": found.count > PAGE * DEEPEST_PAGE,
        "export_urls": {form: _export_url(request, form) for form in ("csv", "xlsx", "geojson")},
        "error": refusal.message if refusal else None,
        "suggestions": _meant(request, refusal),
    }
    status = 422 if refusal else 200
    is_fragment = request.headers.get("HX-Request") == "true"
    results = render_to_string("directory/_results.html", context)
    if is_fragment and request.headers.get("HX-History-Restore-Request") != "true":
        return HttpResponse(results, status=status)
    menus = {
        "kinds": present.kinds_menu(queries.menu("kind"), search.kinds),
        "worlds": present.worlds_menu(queries.menu("world"), search.worlds),
        "concepts": present.concepts_menu(queries.menu("concept", limit=MENU_LENGTH), search.concepts),
        "topics": present.menu(queries.menu("free", limit=MENU_LENGTH), None, search.topics),
    }
    page = near_frame.page(request, typed=typed, menus=menus, results=results, data=page_data(search, found))
    return HttpResponse(page, status=status)


def _meant(request: HttpRequest, refusal: DomainError | None) -> list[dict[str, str]]:
    """Return places that may have been meant where one is not known."""
    gone = {"page": "", "lat": "", "lon": "", "box": ""}
    return [
        {"label": place, "url": _url("directory:near", _pairs(request, place=place, **gone))}
        for place in (refusal.suggestions if refusal else ())
    ]


def _answer(request: HttpRequest) -> tuple[Search, FoundHits, DomainError | None]:
    """Answer what is asked; what cannot be answered is said in a sentence beside an empty list."""
    search = Search()
    try:
        search = search_from(dict(request.GET.lists()))
        return search, queries.find_hits(search), None
    except DomainError as refusal:
        return search, NOTHING, refusal


def _typed(request: HttpRequest) -> dict[str, Any]:
    return {
        name: request.GET.getlist(name) if name in LISTS else request.GET.get(name, "") for name in FILTERS
    }


def sentence(request: HttpRequest, search: Search) -> list[dict[str, str | None]]:
    """Return the search as a sentence whose parts can be taken away one by one."""
    parts = [
        *((str(KIND_PLURALS[kind]), ("kind", kind)) for kind in search.kinds),
        *((str(WORLD_LABELS[world]), ("world", world)) for world in search.worlds),
        *(
            (label, ("concept", concept))
            for concept, label in zip(search.concepts, present.spoken_concepts(search.concepts), strict=True)
        ),
        *((topic, ("topic", topic)) for topic in search.topics),
        *((country, ("country", country)) for country in search.countries),
        *(((f"“{search.text}”", ("q", "")),) if search.text else ()),
        *_where(search),
    ]
    return [{"text": text, "remove_url": _without(request, *gone)} for text, gone in parts]


def _where(search: Search) -> list[tuple[str, tuple[str, str]]]:
    if search.box:
        return [(_("on this part of the map"), ("box", ""))]
    name = search.place or (f"{search.centre.lat:.3f}, {search.centre.lon:.3f}" if search.centre else "")
    if name and search.radius:
        return [(_("within %(km)g km of %(place)s") % {"km": search.radius, "place": name}, ("place", ""))]
    return [(_("nearest to %(place)s") % {"place": name}, ("place", ""))] if name else []


def _without(request: HttpRequest, name: str, value: str) -> str:
    gone = {"page", name} | ({"lat", "lon", "km", "place", "box"} if name == "place" else set())
    pairs = [
        (key, each)
        for key, values in request.GET.lists()
        for each in values
        if key != "page" and (key not in gone or (value and key == name and each != value))
    ]
    return _url("directory:near", pairs)


def _url(name: str, pairs: list[tuple[str, str]], *args: str) -> str:
    query = urlencode([(key, value) for key, value in pairs if value != ""])
    return reverse(name, args=args) + (f"?{query}" if query else "")


def _pairs(request: HttpRequest, **changed: str) -> list[tuple[str, str]]:
    kept = [(k, v) for k, values in request.GET.lists() for v in values if k not in changed]
    return [*kept, *changed.items()]


def _page(request: HttpRequest, search: Search, found: FoundHits) -> dict[str, Any]:
    number = search.skip // search.limit + 1
    # the count knows those that are on no map as well; a page that is not full is the last
    is_full = len(found.hits) == search.limit
    has_next = is_full and search.skip + search.limit < found.count and number < DEEPEST_PAGE
    return {
        "number": number,
        "first": search.skip + 1,
        "last": search.skip + len(found.hits),
        "next_url": _url("directory:near", _pairs(request, page=str(number + 1))) if has_next else None,
        "previous_url": _url("directory:near", _pairs(request, page=str(number - 1))) if number > 1 else None,
    }


def _export_url(request: HttpRequest, form: str) -> str:
    return _url("directory:export", _pairs(request, page=""), form)


def page_data(search: Search, found: FoundHits) -> dict[str, Any]:
    """Return what the map needs to begin: where to look, where to ask, and its words."""
    return {
        "bounds": bounds(search, found),
        "centre": [found.centre.lat, found.centre.lon] if found.centre else None,
        "radiusKm": search.radius,
        "urls": {
            "near": reverse("directory:near"),
            "viewport": "/api/v1/viewport",
            "labels": "/api/v1/labels",
            "suggest": "/api/v1/suggest",
        },
        "tiles": {"url": settings.GLOCAL_TILE_URL, "attribution": settings.GLOCAL_TILE_ATTRIBUTION},
        "strings": strings(),
    }


def bounds(search: Search, found: FoundHits) -> list[float] | None:
    """Return the box the map should open on: the one asked for, the circle, or the cards' own; None: all."""
    if search.box:
        return [search.box.west, search.box.south, search.box.east, search.box.north]
    points = [(hit.lat, hit.lon) for hit in found.hits if hit.lat is not None and hit.lon is not None]
    if found.centre and search.radius:
        return _around(found.centre.lat, found.centre.lon, search.radius)
    if not points or not (search.centre or search.place or search.text or search.topics or search.concepts):
        return None
    lats, lons = [p[0] for p in points], [p[1] for p in points]
    box = Box(min(lons), min(lats), max(lons), max(lats))
    return [box.west, box.south, box.east, box.north]


def _around(lat: float, lon: float, km: float) -> list[float]:
    tall = min(km / 111.2, 85.0)
    wide = min(tall / max(0.05, 1 - (abs(lat) / 90) ** 2), 170.0)
    return [max(-180.0, lon - wide), max(-85.0, lat - tall), min(180.0, lon + wide), min(85.0, lat + tall)]
