"""Questions to the directory: what is near, what is known of one, what waits, what may be the same."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from glocal.accounts.queries import names_by_id
from glocal.atlas.atlas import Atlas
from glocal.atlas.types import Filter, Hit, Listed, Marker
from glocal.core.actor import Actor
from glocal.core.geo import Box, GeoPoint, Km
from glocal.core.language import fold
from glocal.directory import rules
from glocal.directory.errors import OrganisationNotFound
from glocal.directory.gateways import index, meaning, store
from glocal.directory.gateways.rows import card_from_json, card_json, language_of
from glocal.directory.models import Organisation
from glocal.directory.types import (
    Coverage,
    Facts,
    Found,
    OrganisationCard,
    OrganisationId,
    OrganisationProfile,
    Origin,
    Search,
    Status,
    Twin,
)
from glocal.places import queries as places

TWIN_SEARCH_KM = Km(1.0)
QUEUE_LENGTH = 200
MOST_EXPLAINED = 1000  # answers at a time of which is said why; exports hold more and need no reason
MOST_CONCEPTS = 5000
EXPORT_PAGE = 50_000  # cards taken from the index at a time
TWIN_LIKENESS = 0.6  # share of telling words in common; judged, not measured


def filter_of(search: Search) -> Filter:
    """Return what the index filters by. Reads the territory, if one is named: one SQL query."""
    facets = [
        ("kind", search.kinds),
        ("world", search.worlds),
        ("concept", search.concepts),
        ("country", search.countries),
        ("sdg", search.sdgs),
    ]
    polygon = places.territory(search.territory).wkb if search.territory else None
    topics = (("topic", search.topics), ("concept", concepts_meant(search.topics)))
    return Filter(
        facets=tuple((name, values) for name, values in facets if values),
        text=search.text,
        polygon=polygon,
        either=(topics,) if search.topics else (),
        meanings=meaning.reader().meanings(search.text) if search.text else (),
    )


def concepts_meant(topics: Sequence[str]) -> tuple[str, ...]:
    """Return the concepts that topics are names of, in any language; a topic of several is none of them."""
    if not topics:
        return ()
    reader = meaning.reader()
    meant = [(topic,) if reader.is_concept(topic) else reader.concepts([topic]) for topic in topics]
    return tuple(dict.fromkeys(one for concepts in meant if len(concepts) == 1 for one in concepts))


def concepts_of(topics: Sequence[str], lang: str = "") -> tuple[str, ...]:
    """Return the concepts that topics mean, in the language of a tag or in any. Microseconds when known."""
    return meaning.reader().concepts(topics, lang)


def find_organisations(search: Search) -> Found:
    """Answer a search with a page of cards, nearest first where there is a place.

    No SQL query unless something changed or a territory is named.

    Raises:
        NotFound: the place or the territory is not known.
    """
    found = find_hits(search)
    return Found(
        cards=tuple(
            replace(_card(hit), because=because)
            for hit, because in zip(found.hits, found.because, strict=True)
        ),
        count=found.count,
        centre=found.centre,
        centre_label=found.centre_label,
        coverage=found.coverage,
    )


@dataclass(frozen=True, slots=True)
class FoundHits:
    """The answer to a search as the index gives it, cards unparsed.

    `because` holds for each hit in which words it means what was asked; () where it says it itself.
    """

    hits: Sequence[Hit | Listed]
    count: int
    centre: GeoPoint | None
    centre_label: str
    coverage: Coverage
    because: Sequence[tuple[str, ...]] = ()


def find_hits(search: Search) -> FoundHits:
    """Answer a search with what the index keeps, for those who hand it on as it is.

    Raises:
        NotFound: the place or the territory is not known.
    """
    centre, label = _centre(search)
    atlas, only = index.current(), filter_of(search)
    hits: Sequence[Hit | Listed]
    if search.box is not None:
        hits = atlas.in_box(search.box, k=search.limit, only=only, skip=search.skip)
        count = atlas.count_in_box(search.box, only)
    elif centre is not None:
        hits = atlas.nearest(centre, k=search.limit, within=search.radius, only=only, skip=search.skip)
        count = atlas.count_within(centre, search.radius, only) if search.radius else atlas.count(only)
    else:
        hits = atlas.listing(k=search.limit, only=only, skip=search.skip)
        count = atlas.count(only)
    return FoundHits(hits, count, centre, label, Coverage(known=count), _because(atlas, hits, only))


def _because(atlas: Atlas, hits: Sequence[Hit | Listed], only: Filter) -> Sequence[tuple[str, ...]]:
    if not only.meanings or len(hits) > MOST_EXPLAINED:
        return [()] * len(hits)
    found = atlas.reasons([hit.organisation_id for hit in hits], only)
    return [tuple(f"“{word}” ~ “{said}”" for word, said in reasons) for reasons in found]


def _centre(search: Search) -> tuple[GeoPoint | None, str]:
    if search.centre is not None:
        return search.centre, search.place or f"{search.centre.lat:.4f}, {search.centre.lon:.4f}"
    if search.place:
        place = places.resolve_place(search.place)
        return place.point, place.label
    if search.box is not None:
        return search.box.centre, ""
    return None, ""


def _card(hit: Hit | Listed) -> OrganisationCard:
    distance = hit.distance_km if isinstance(hit, Hit) else None
    return card_from_json(hit.card, lat=hit.lat, lon=hit.lon, distance_km=distance)


def every_card(search: Search) -> Iterator[OrganisationCard]:
    """Yield every card the search finds, in its order, for exports."""
    search = replace(search, limit=EXPORT_PAGE, skip=0)
    while True:
        hits = find_hits(search).hits
        yield from (_card(hit) for hit in hits)
        if len(hits) < EXPORT_PAGE:
            return
        search = replace(search, skip=search.skip + EXPORT_PAGE)


def markers(search: Search, box: Box, *, at_most: int = 200) -> list[Marker]:
    """Return what a map shows of the box: single organisations, or groups of them."""
    return index.current().viewport(box, only=filter_of(search), max_markers=at_most)


def menu(facet: str, *, prefix: str = "", limit: int = 50) -> list[tuple[str, int]]:
    """Return the values of a facet with how many organisations carry them, most frequent first."""
    return index.current().values(facet, prefix=prefix, limit=limit)


def concepts_like(text: str, language: str, *, limit: int = 4) -> list[tuple[str, str, int]]:
    """Return concepts somebody has, of whose label in a language a word begins like the text.

    With label and how many organisations; those come first whose label begins so, then the most frequent.
    """
    counts = menu("concept", limit=MOST_CONCEPTS)
    labels = meaning.reader().labels(tuple(concept for concept, _count in counts), language)
    typed = fold(text)
    found = [
        (not label.folded.startswith(typed), -count, label.written, concept)
        for (concept, count), label in zip(counts, labels, strict=True)
        if f" {typed}" in f" {label.folded}"
    ]
    return [(concept, label, -count) for _later, count, label, concept in sorted(found)[:limit]]


def names_like(text: str, *, limit: int = 8) -> list[OrganisationCard]:
    """Return organisations whose names contain the words being typed."""
    return [_card(listed) for listed in index.current().names_like(text, limit=limit)]


def count_organisations() -> int:
    """Return how many are published."""
    return index.current().organisation_count


def profile(*, actor: Actor, organisation_id: OrganisationId) -> OrganisationProfile:
    """Return all that is known of one organisation. Three SQL queries.

    Raises:
        OrganisationNotFound: no such one, or not theirs to see.
    """
    row = Organisation.objects.visible_to(actor).filter(pk=organisation_id).first()
    if row is None:
        raise OrganisationNotFound(_("There is no such organisation here."))
    [stored] = store.with_facts([row])
    return _profile(stored)


def _profile(stored: store.Stored) -> OrganisationProfile:
    row = stored.row
    return OrganisationProfile(
        id=OrganisationId(row.pk),
        facts=stored.facts,
        status=row.status,
        is_demo=row.is_demo,
        version=row.version,
        origins={name: Origin(*stated) for name, stated in row.origins.items()},
        confirmed_at=row.confirmed_at,
        added_by_id=row.added_by_id,
        refused_because=row.refused_because,
        concepts=_concepts_of_row(row),
    )


def _concepts_of_row(row: Organisation) -> tuple[str, ...]:
    return concepts_of(row.topics, language_of(row))


def profiles_by_id(ids: Iterable[OrganisationId]) -> dict[OrganisationId, OrganisationProfile]:
    """Return published organisations with all that is known of them. Three SQL queries in all."""
    rows = list(Organisation.objects.published().filter(pk__in=list(ids)))
    return {OrganisationId(stored.row.pk): _profile(stored) for stored in store.with_facts(rows)}


def names_of(ids: Iterable[OrganisationId]) -> dict[OrganisationId, str]:
    """Return the names of organisations, whatever their status, for imports. One SQL query."""
    found = Organisation.objects.filter(pk__in=list(ids)).values_list("pk", "name")
    return {OrganisationId(pk): name for pk, name in found}


def may_edit(*, actor: Actor, organisation_id: OrganisationId) -> bool:
    """Say whether they may change it. One SQL query."""
    row = Organisation.objects.visible_to(actor).filter(pk=organisation_id).first()
    return row is not None and rules.may_edit(actor, row)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An organisation that waits for a steward, who added it, and which ones may be the same."""

    card: OrganisationCard
    added_by: str
    may_review: bool
    twins: tuple[Twin, ...]


def waiting(*, actor: Actor) -> list[Waiting]:
    """Return what waits for a steward, oldest first. Four SQL queries, whatever the length.

    Raises:
        NotAllowed: not a steward.
    """
    rules.require_may_see_queue(actor)
    rows = list(Organisation.objects.filter(status=Status.PENDING).order_by("pk")[:QUEUE_LENGTH])
    names = names_by_id(row.added_by_id for row in rows)
    return [
        Waiting(
            _card_of_row(stored),
            names.get(stored.row.added_by_id or 0, ""),
            rules.may_review(actor, stored.row),
            tuple(likely_twins(stored.facts)),
        )
        for stored in store.with_facts(rows)
    ]


def _card_of_row(stored: store.Stored) -> OrganisationCard:
    point = next((site.point for site in stored.facts.sites if site.point), None)
    return card_from_json(
        card_json(stored.row, stored.facts.sites, _concepts_of_row(stored.row)),
        lat=point.lat if point else None,
        lon=point.lon if point else None,
    )


def without_database() -> AbstractContextManager[bool]:
    """Answer a block from the index alone, if it holds every change; the block is told whether it does."""
    return index.pinned()


def likely_twins(facts: Facts, *, except_for: OrganisationId | None = None, limit: int = 5) -> list[Twin]:
    """Return published organisations near by whose names share most telling words.

    Where one of the two is on no map, the name alone decides. No SQL query.
    """
    found: dict[OrganisationId, Twin] = {}
    for card in (*_neighbours(facts), *_namesakes(facts)):
        if card.id not in {except_for, *found} and likeness(facts.name, card.name) >= TWIN_LIKENESS:
            found[card.id] = Twin(card, _reason(card))
    return list(found.values())[:limit]


def _neighbours(facts: Facts) -> Iterator[OrganisationCard]:
    atlas = index.current()
    same_words = Filter(text=rules.name_key(facts.name))
    for point in (site.point for site in facts.sites if site.point):
        # in a dense street the namesake may not be among the nearest, so it is looked for by its words, too
        for hit in atlas.nearest(point, k=20, within=TWIN_SEARCH_KM, only=same_words):
            yield _card(hit)
        for hit in atlas.nearest(point, k=100, within=TWIN_SEARCH_KM):
            yield _card(hit)


def _namesakes(facts: Facts) -> Iterator[OrganisationCard]:
    is_on_map = any(site.point for site in facts.sites)
    for card in names_like(rules.name_key(facts.name), limit=20):
        if not is_on_map or card.lat is None:
            yield card


def _reason(card: OrganisationCard) -> str:
    if card.distance_km is None:
        return _("A very similar name.")
    return _("A very similar name %(metres)d m away.") % {"metres": round(card.distance_km * 1000)}


def likeness(one: str, other: str) -> float:
    """Return the share of telling words two names have in common, 0..1.

    >>> likeness("La Ruota società cooperativa sociale", "Coop. Sociale La Ruota")
    1.0
    """
    a, b = set(rules.name_key(one).split()), set(rules.name_key(other).split())
    return len(a & b) / len(a | b) if a | b else 0.0


def is_snapshot_due() -> bool:
    """Say whether so much has changed that the index should be written anew. Two SQL queries."""
    return index.is_rebuild_due()
