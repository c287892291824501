"""What is near as the JSON document scripts rely on, made without parsing what the index kept."""

from collections.abc import Sequence
from typing import cast

import orjson

from glocal.atlas.types import Hit, Listed
from glocal.directory import queries
from glocal.directory.types import Search

_WITH_ITS_PLACE = b'{"lat":'


def near_json(search: Search) -> bytes:
    """Return what is near as the JSON document scripts rely on; cards are handed on without parsing."""
    hits = queries.find_hits(search)
    centre = b"null"
    if hits.centre is not None:
        centre = orjson.dumps({"lat": hits.centre.lat, "lon": hits.centre.lon, "label": hits.centre_label})
    rows = b",".join(_with_reasons(_spliced(hits.hits), hits.because))
    coverage = orjson.dumps(hits.coverage.as_dict())
    return b'{"centre":%b,"count":%d,"organisations":[%b],"coverage":%b}' % (
        centre,
        hits.count,
        rows,
        coverage,
    )


def _with_reasons(rows: list[bytes], because: Sequence[tuple[str, ...]]) -> list[bytes]:
    """Say of those found by meaning alone which of their words mean what was asked."""
    if not any(because):
        return rows
    return [
        b'%b,"because":%b}' % (row[:-1], orjson.dumps(reasons)) if reasons else row
        for row, reasons in zip(rows, because, strict=True)
    ]


def _spliced(hits: Sequence[Hit | Listed]) -> list[bytes]:
    """Put point and distance in front of each card's own fields; coordinates to the centimetre."""
    if hits and isinstance(hits[0], Hit):  # all of them are
        return [
            b'{"distance_km":%.3f,%b' % (km, card[1:])
            if card.startswith(_WITH_ITS_PLACE)
            else b'{"distance_km":%.3f,"lat":%.7f,"lon":%.7f,%b' % (km, lat, lon, card[1:])
            for _id, km, lat, lon, card in cast("Sequence[Hit]", hits)
        ]
    return [_listed(hit) for hit in hits]


def _listed(hit: Hit | Listed) -> bytes:
    if hit.card.startswith(_WITH_ITS_PLACE):
        return b'{"distance_km":null,' + hit.card[1:]
    if hit.lat is None or hit.lon is None:
        return b'{"distance_km":null,"lat":null,"lon":null,' + hit.card[1:]
    return b'{"distance_km":null,"lat":%.7f,"lon":%.7f,' % (hit.lat, hit.lon) + hit.card[1:]
