"""The hot public reads, straight from the index: near, viewport, suggestions, place labels."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote

import orjson
from django.db import close_old_connections
from django.http import HttpRequest, parse_cookie
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from glocal.atlas.types import Marker
from glocal.core.errors import DomainError, Invalid
from glocal.core.geo import Box
from glocal.directory import queries
from glocal.directory.exports import near_json
from glocal.directory.forms import box_from, number_from, search_from
from glocal.directory.types import TONES
from glocal.places import queries as places
from glocal.places.types import Place

MOST_MARKERS = 400
MOST_TOPICS = 4
Answer = Callable[[dict[str, list[str]]], bytes]


def near(params: dict[str, list[str]]) -> bytes:
    """Answer `GET /api/v1/near`: the same document as `glocal near --json`."""
    search = search_from(params, limit=50)
    return near_json(search)


def viewport(params: dict[str, list[str]]) -> bytes:
    """Answer `GET /api/v1/viewport`: at most `max` markers for a box, groups with counts per tone."""
    search = search_from({k: v for k, v in params.items() if k not in {"place", "km", "lat", "lon"}})
    box = search.box or Box(-180.0, -85.0, 180.0, 85.0)
    at_most = round(number_from(params, "max", low=1, high=1_000_000) or 200)
    found = queries.markers(search, box, at_most=max(20, min(at_most, MOST_MARKERS)))
    return orjson.dumps({"markers": [_marker(m) for m in found], "total": sum(m.count for m in found)})


def _marker(marker: Marker) -> dict[str, Any]:
    card = orjson.loads(marker.card) if marker.card else {}
    return {
        "lat": round(marker.lat, 6),
        "lon": round(marker.lon, 6),
        "count": marker.count,
        "tones": marker.tones,
        "box": [marker.west, marker.south, marker.east, marker.north],
        "id": card.get("id"),
        "name": card.get("name"),
        "kind": card.get("kind"),
        "tone": card.get("tone") or TONES[max(range(5), key=marker.tones.__getitem__)],
        "url": f"/organisations/{card['id']}/" if card else None,
    }


def suggest(params: dict[str, list[str]]) -> bytes:
    """Answer `GET /api/v1/suggest`: places, organisations and topics that begin like what is typed."""
    text = (params.get("q") or [""])[0].strip()[:100]
    if len(text) < 2:
        return orjson.dumps({"places": [], "organisations": [], "topics": []})
    return orjson.dumps(
        {
            "places": [
                {"label": place.label, "lat": place.point.lat, "lon": place.point.lon}
                for place in _places(text)
            ],
            "organisations": [
                {
                    "id": str(card.id),
                    "name": card.name,
                    "kind": card.kind,
                    "tone": card.tone,
                    "place": card.place,
                    "url": f"/organisations/{card.id}/",
                }
                for card in queries.names_like(text, limit=5)
            ],
            "topics": _topics(text, (params.get("lang") or ["en"])[0]),
        }
    )


def _topics(text: str, language: str) -> list[dict[str, Any]]:
    """Return concepts called so in the reader's language, then topics people wrote that are none."""
    concepts = [
        {
            "topic": label,
            "count": count,
            "concept": concept,
            "url": f"/near/?concept={quote(concept)}",
        }
        for concept, label, count in queries.concepts_like(text, language, limit=MOST_TOPICS)
    ]
    free = queries.menu("free", prefix=text, limit=MOST_TOPICS - len(concepts))
    return [*concepts, *({"topic": topic, "count": count} for topic, count in free)]


def _places(text: str) -> list[Place]:
    """Return towns that begin so, those of countries where somebody is known first."""
    known = {country for country, _count in queries.menu("country", limit=300)}
    return places.find_places(text, limit=5, prefer=known)


def labels(params: dict[str, list[str]]) -> bytes:
    """Answer `GET /api/v1/labels`: names of towns for the offline base map, most important first."""
    box = box_from((params.get("box") or [""])[0])
    if box is None:
        raise Invalid(_("Labels need a box: west,south,east,north in degrees."))
    found = places.labels_in(box, number_from(params, "zoom", low=0, high=30) or 0.0)
    return orjson.dumps(
        {
            "labels": [
                {"name": town.name, "lat": town.lat, "lon": town.lon, "rank": town.rank} for town in found
            ]
        }
    )


class Endpoint:
    """Gives an answer over ASGI: at once from a fresh index, in a thread where it must be renewed.

    Args:
        answer: what is asked with the parameters of the address.
        is_spoken: the answer is in the reader's language, which it gets as the parameter `lang`.
    """

    def __init__(self, answer: Answer, *, is_spoken: bool = False) -> None:
        self._answer, self._is_spoken = answer, is_spoken

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        params = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if self._is_spoken:
            params.setdefault("lang", [_language(scope)])
        status, media = 200, b"application/json"
        try:
            body = _at_once(self._answer, params)
            if body is None:
                body = await run_in_threadpool(_with_database, self._answer, params)
        except DomainError as refusal:
            status, media = refusal.status, b"application/problem+json"
            body = orjson.dumps(refusal.as_problem())
        headers = [*HEADERS, (b"content-type", media), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _language(scope: Scope) -> str:
    """Return the language of the reader's pages: the one chosen, else the one the browser asks for."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    request = HttpRequest()
    request.COOKIES = parse_cookie(headers.get(b"cookie", ""))
    request.META["HTTP_ACCEPT_LANGUAGE"] = headers.get(b"accept-language", "")
    return get_language_from_request(request)


HEADERS = ((b"cache-control", b"no-cache"), (b"x-content-type-options", b"nosniff"))


def _at_once(answer: Answer, params: dict[str, list[str]]) -> bytes | None:
    with queries.without_database() as is_fresh:
        return answer(params) if is_fresh and "territory" not in params else None


def _with_database(answer: Answer, params: dict[str, list[str]]) -> bytes:
    close_old_connections()
    try:
        return answer(params)
    finally:
        close_old_connections()


endpoints = {
    "/api/v1/near": Endpoint(near),
    "/api/v1/viewport": Endpoint(viewport),
    "/api/v1/suggest": Endpoint(suggest, is_spoken=True),
    "/api/v1/labels": Endpoint(labels),
}
routes = [Route(path, answer, methods=["GET"]) for path, answer in endpoints.items()]
