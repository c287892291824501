"""Rows of the tables to typed facts, and to what the index keeps."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from glocal.atlas.types import Entry
from glocal.core.language import fold
from glocal.directory.gateways import meaning
from glocal.directory.models import Identifier, Organisation, Site
from glocal.directory.types import (
    TONES,
    Description,
    Facts,
    OrganisationCard,
    OrganisationId,
    SiteFacts,
    tone_of,
)

CHUNK = 2000  # organisations read from SQL at a time
SUMMARY_CHARACTERS = 180


def facts_of(row: Organisation, sites: Sequence[Site], identifiers: Sequence[Identifier]) -> Facts:
    """Return what is stored of an organisation as typed facts."""
    return Facts(
        name=row.name,
        kind=row.kind,
        worlds=tuple(row.worlds),
        other_names=tuple((lang, name) for lang, name in row.other_names),
        descriptions=tuple(Description(lang, text, by) for lang, text, by in row.descriptions),
        topics=tuple(row.topics),
        identifiers=tuple(sorted((i.scheme, i.value) for i in identifiers)),  # databases sort differently
        website=row.website,
        founded_on=row.founded_on,
        closed_on=row.closed_on,
        size_class=row.size_class,
        legal_form=row.legal_form,
        country=row.country,
        sites=tuple(_site_facts(site) for site in sites),
    )


def _site_facts(site: Site) -> SiteFacts:
    return SiteFacts(
        site.lat,
        site.lon,
        site.precision,
        site.street,
        site.postcode,
        site.town,
        site.region,
        site.country,
        site.said_by,
    )


def sites_by_organisation(ids: Iterable[int]) -> dict[int, list[Site]]:
    """Return the sites of each organisation in their order. One SQL query."""
    grouped: dict[int, list[Site]] = defaultdict(list)
    for site in Site.objects.filter(organisation_id__in=list(ids)).order_by("organisation_id", "position"):
        grouped[site.organisation_id].append(site)
    return grouped


def entries(rows: Iterable[Organisation]) -> Iterator[Entry]:
    """Turn rows into index entries. One SQL query for sites per chunk of rows."""
    chunk: list[Organisation] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield from _entries_of_chunk(chunk)
            chunk = []
    yield from _entries_of_chunk(chunk)


def _entries_of_chunk(chunk: list[Organisation]) -> Iterator[Entry]:
    if not chunk:
        return
    sites, reader = sites_by_organisation(row.pk for row in chunk), meaning.reader()
    for row in chunk:
        yield entry(row, sites.get(row.pk, []), reader)


def entry(row: Organisation, sites: Sequence[Site], reader: meaning.Reader) -> Entry:
    """Return what the index keeps of an organisation."""
    topics = reader.topics(tuple(row.topics), language_of(row))
    tone = tone_of(row.kind, tuple(row.worlds))
    countries = {site.country for site in sites if site.country} | ({row.country} if row.country else set())
    names = [row.name, *(name for _lang, name in row.other_names)]
    texts = [text for _lang, text, _by in row.descriptions]
    towns = [site.town for site in sites if site.town]
    return Entry(
        organisation_id=row.pk,
        points=tuple((s.lat, s.lon) for s in sites if s.lat is not None and s.lon is not None),
        facets={
            "kind": (row.kind,),
            "world": tuple(row.worlds),
            "topic": tuple(row.topics),
            "free": topics.free,
            "concept": topics.concepts,
            "country": tuple(sorted(countries)),
        },
        words=" \n".join([*names, *row.topics, *towns, *texts]),
        card=card_json(row, sites, topics.concepts),
        tone=TONES.index(tone),
        sort_name=fold(row.name),
        meanings=reader.pivots(_read_texts(row), topics),
    )


def language_of(row: Organisation) -> str:
    """Return the tag of the language its topics are taken to be in: that of its first description, or ""."""
    return str(row.descriptions[0][0]) if row.descriptions else ""


def _read_texts(row: Organisation) -> Iterator[tuple[str, str]]:
    """Yield what is said of an organisation with its language, what says most of its language first."""
    yield from ((lang, text) for lang, text, _by in row.descriptions)
    yield from (("", topic) for topic in row.topics)
    yield "", row.name
    yield from row.other_names


def card_json(row: Organisation, sites: Sequence[Site | SiteFacts], concepts: Sequence[str]) -> bytes:
    """Return what a list shows of an organisation, as the index keeps it.

    One with a single place begins with it, so that answers need not write the coordinates anew.
    """
    first = sites[0] if sites else None
    lang, text = _summary(row)
    return orjson.dumps(
        _only_place(sites)
        | {
            "id": str(row.pk),
            "name": row.name,
            "kind": row.kind,
            "world": row.worlds[0],
            "worlds": row.worlds,
            "tone": tone_of(row.kind, tuple(row.worlds)),
            "place": first.town if first else "",
            "country": row.country or (first.country if first else ""),
            "topics": row.topics,
            "concepts": concepts,
            "source": row.source,
            "summary": text,
            "summary_lang": lang,
            "precision": first.precision if first else "",
            "is_demo": row.is_demo,
            "confirmed_on": row.confirmed_at.date().isoformat() if row.confirmed_at else "",
        }
    )


def _only_place(sites: Sequence[Site | SiteFacts]) -> dict[str, Any]:
    """Return the coordinates, to the centimetre, of those with exactly one place on the map."""
    points = [(site.lat, site.lon) for site in sites if site.lat is not None and site.lon is not None]
    if len(points) != 1:
        return {}
    [(lat, lon)] = points
    return {"lat": round(lat, 7), "lon": round(lon, 7)}


def _summary(row: Organisation) -> tuple[str, str]:
    if not row.descriptions:
        return "", ""
    lang, text, _by = row.descriptions[0]
    line = " ".join(text.split())
    if len(line) > SUMMARY_CHARACTERS:
        line = line[:SUMMARY_CHARACTERS].rsplit(" ", 1)[0] + " …"
    return lang, line


def card_from_json(
    card: bytes, *, lat: float | None, lon: float | None, distance_km: float | None = None
) -> OrganisationCard:
    """Return the card the index kept, with the point and the distance of this answer."""
    kept = orjson.loads(card)
    return OrganisationCard(
        id=OrganisationId(int(kept["id"])),
        name=kept["name"],
        kind=kept["kind"],
        worlds=tuple(kept["worlds"]),
        tone=kept["tone"],
        place=kept["place"],
        country=kept["country"],
        topics=tuple(kept["topics"]),
        concepts=tuple(kept.get("concepts", ())),
        source=kept["source"],
        summary=kept["summary"],
        summary_lang=kept["summary_lang"],
        precision=kept["precision"],
        is_demo=kept["is_demo"],
        confirmed_at=kept["confirmed_on"],
        lat=lat,
        lon=lon,
        distance_km=distance_km,
    )
