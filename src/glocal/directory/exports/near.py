"""What is near as the JSON document scripts rely on, made without parsing what the index kept."""

import orjson

from glocal.atlas.types import Hit, Listed
from glocal.directory import queries
from glocal.directory.types import Search


def near_json(search: Search) -> bytes:
    """Return what is near as the JSON document scripts rely on; cards are handed on without parsing."""
    hits = queries.find_hits(search)
    centre = b"null"
    if hits.centre is not None:
        centre = orjson.dumps({"lat": hits.centre.lat, "lon": hits.centre.lon, "label": hits.centre_label})
    rows = b",".join([_spliced(hit) for hit in hits.hits])
    coverage = orjson.dumps(hits.coverage.as_dict())
    return b'{"centre":%b,"count":%d,"organisations":[%b],"coverage":%b}' % (
        centre,
        hits.count,
        rows,
        coverage,
    )


def _spliced(hit: Hit | Listed) -> bytes:
    """Put point and distance in front of the card's own fields; coordinates to the centimetre."""
    if isinstance(hit, Hit):
        head = b'{"distance_km":%.3f,"lat":%.7f,"lon":%.7f,' % (hit.distance_km, hit.lat, hit.lon)
    elif hit.lat is None or hit.lon is None:
        head = b'{"distance_km":null,"lat":null,"lon":null,'
    else:
        head = b'{"distance_km":null,"lat":%.7f,"lon":%.7f,' % (hit.lat, hit.lon)
    return head + hit.card[1:]
