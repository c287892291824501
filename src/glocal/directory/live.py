"""The hot public reads, straight from the index: near, viewport, suggestions, place labels."""

from collections.abc import Callable
from typing import Any

import orjson
from django.db import close_old_connections
from django.utils.translation import gettext as _
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

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
            "topics": [
                {"topic": topic, "count": count}
                for topic, count in queries.menu("topic", prefix=text, limit=4)
            ],
        }
    )


def _places(text: str) -> list[Place]:
    """Return towns that begin so, those of countries where somebody is known first."""
    known = {country for country, _count in queries.menu("country", limit=300)}
    found = places.find_places(text, limit=25)
    return sorted(found, key=lambda place: place.country not in known)[:5]


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


def endpoint(answer: Answer) -> Callable[[Request], Any]:
    """Turn an answer into an endpoint: at once from a fresh index, in a thread where it must be renewed."""

    async def respond(request: Request) -> Response:
        params: dict[str, list[str]] = {}
        for key, value in request.query_params.multi_items():
            params.setdefault(key, []).append(value)
        try:
            body = _at_once(answer, params)
            if body is None:
                body = await run_in_threadpool(_with_database, answer, params)
        except DomainError as refusal:
            return Response(
                orjson.dumps(refusal.as_problem()),
                refusal.status,
                media_type="application/problem+json",
                headers=HEADERS,
            )
        return Response(body, media_type="application/json", headers=HEADERS)

    return respond


HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


def _at_once(answer: Answer, params: dict[str, list[str]]) -> bytes | None:
    with queries.without_database() as is_fresh:
        return answer(params) if is_fresh and "territory" not in params else None


def _with_database(answer: Answer, params: dict[str, list[str]]) -> bytes:
    close_old_connections()
    try:
        return answer(params)
    finally:
        close_old_connections()


routes = [
    Route("/api/v1/near", endpoint(near)),
    Route("/api/v1/viewport", endpoint(viewport)),
    Route("/api/v1/suggest", endpoint(suggest)),
    Route("/api/v1/labels", endpoint(labels)),
]
