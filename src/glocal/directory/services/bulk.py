"""Many organisations at a time: taking in what an import brings, and taking it back."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import transaction

from glocal.core.geo import distance_km
from glocal.directory.gateways import feed, index, store
from glocal.directory.gateways.apart import rebuild_apart
from glocal.directory.models import Organisation, Site
from glocal.directory.rules import name_key, normalised
from glocal.directory.types import (
    Absorbed,
    Before,
    Branch,
    Facts,
    Incoming,
    OrganisationId,
    Origin,
    SiteFacts,
    Status,
    place_key,
)

TWIN_KM = 2.0  # the same name this near is probably the same organisation; judged, not measured


@transaction.atomic
def absorb(incoming: Sequence[Incoming], *, origin: Origin, is_demo: bool = False) -> list[Absorbed]:
    """Store what foreign records say: new ones are published, known ones updated where nobody edited.

    A constant number of SQL statements for the whole sequence (hand in a thousand or so). The index hears
    of it when `ring` is called. The answers come in the order of the records.
    """
    change_no = feed.next_change_no()
    new = [record for record in incoming if record.organisation_id is None]
    known = [record for record in incoming if record.organisation_id is not None]
    answers = {
        **_create(new, origin, change_no, is_demo=is_demo),
        **_update(known, origin, change_no, is_demo=is_demo),
    }
    return [answers[record.record_id] for record in incoming]


def _create(new: Sequence[Incoming], origin: Origin, change_no: int, *, is_demo: bool) -> dict[str, Absorbed]:
    if not new:
        return {}
    twins = _possible_twins(new, origin.source)
    ids = store.insert_new(
        [(record.facts, record.confirmed_at) for record in new],
        origin=origin,
        change_no=change_no,
        is_demo=is_demo,
    )
    return {
        record.record_id: Absorbed(
            record.record_id,
            OrganisationId(pk),
            "created",
            version=1,
            before=Before(OrganisationId(pk), 1, None),
            has_possible_twin=record.record_id in twins,
        )
        for pk, record in zip(ids, new, strict=True)
    }


def _update(
    known: Sequence[Incoming], origin: Origin, change_no: int, *, is_demo: bool
) -> dict[str, Absorbed]:
    if not known:
        return {}
    ids = [record.organisation_id for record in known if record.organisation_id is not None]
    rows = Organisation.objects.select_for_update().filter(pk__in=ids)
    stored = {item.row.pk: item for item in store.with_facts(list(rows))}
    answers: dict[str, Absorbed] = {}
    changed: list[tuple[Organisation, Facts]] = []
    for record in known:
        held = stored[int(record.organisation_id or 0)]
        facts = _merge(held, record, origin)
        if facts == held.facts:
            answers[record.record_id] = _answer(record, held.row, "unchanged", None)
            continue
        before = Before(
            OrganisationId(held.row.pk),
            held.row.version + 1,
            held.facts,
            {name: tuple(stated) for name, stated in held.row.origins.items()},
            held.row.status,
        )
        store.fill(held.row, facts)
        store.confirmed(held.row, record.confirmed_at)
        held.row.is_demo = is_demo
        held.row.version += 1
        held.row.change_no = change_no
        changed.append((held.row, facts))
        answers[record.record_id] = _answer(record, held.row, "updated", before)
    _save(changed)
    return answers


def _answer(record: Incoming, row: Organisation, outcome: str, before: Before | None) -> Absorbed:
    return Absorbed(record.record_id, OrganisationId(row.pk), outcome, row.version, before)


def _merge(held: store.Stored, record: Incoming, origin: Origin) -> Facts:
    """Take the record's word, except for fields that a person or another source has stated since."""
    said = record.facts
    if record.branch is not None:
        sites = _with_branch(held.facts.sites, record.branch, said.sites)
        said = replace(said if record.branch.is_main else held.facts, sites=sites)
    own = {name for name, stated in held.row.origins.items() if name != "*" and stated[0] != origin.source}
    worlds = said.worlds or (held.facts.worlds if said.kind == held.facts.kind else ())
    normal = normalised(replace(said, worlds=worlds), said_by=origin.source)
    kept = {name: getattr(held.facts, name) for name in own}
    return replace(normal, **kept)


def _with_branch(
    held: tuple[SiteFacts, ...], branch: Branch, said: tuple[SiteFacts, ...]
) -> tuple[SiteFacts, ...]:
    """Put the sites of one record among those of the others; the same address twice stays one."""
    at = next((n for n, site in enumerate(held) if place_key(site) == branch.replaces), len(held))
    others = held[:at] + held[at + 1 :]
    there = {place_key(site) for site in others}
    new = tuple(site for site in said if place_key(site) not in there)
    return (*held[:at], *new, *held[at + 1 :])


def _save(changed: Sequence[tuple[Organisation, Facts]]) -> None:
    if not changed:
        return
    Organisation.objects.bulk_update([row for row, _facts in changed], _UPDATED_FIELDS, batch_size=100)
    store.replace_parts(changed, are_new=False)


_UPDATED_FIELDS = [
    *("name", "name_key", "kind", "worlds", "other_names", "descriptions", "topics", "website", "founded_on"),
    *("closed_on", "size_class", "legal_form", "country", "confirmed_at", "version", "change_no", "is_demo"),
    *("origins", "source", "status"),
]


def _possible_twins(new: Sequence[Incoming], source: str) -> set[str]:
    """Name the records whose name is in the directory already, near by or somewhere unknown. Two queries.

    What the same source lists twice under different numbers, it holds to be two.
    """
    by_key: dict[str, list[Incoming]] = {}
    for record in new:
        by_key.setdefault(name_key(record.facts.name), []).append(record)
    by_key.pop("", None)
    known = Organisation.objects.filter(name_key__in=list(by_key)).exclude(status=Status.REFUSED)
    known = known.exclude(source=source)
    keys = dict(known.values_list("pk", "name_key"))
    sites: dict[str, list[SiteFacts]] = {key: [] for key in keys.values()}
    for pk, lat, lon in Site.objects.filter(organisation_id__in=list(keys)).values_list(
        "organisation_id", "lat", "lon"
    ):
        sites[keys[pk]].append(SiteFacts(lat, lon))
    return {
        record.record_id
        for key, others in sites.items()
        for record in by_key[key]
        if are_near(record.facts.sites, others)
    }


def are_near(some: Iterable[SiteFacts], others: Iterable[SiteFacts]) -> bool:
    """Say whether any two are within twin distance, or either side has no place on the map."""
    here = [site.point for site in some if site.point]
    there = [site.point for site in others if site.point]
    return not here or not there or any(distance_km(a, b) <= TWIN_KM for a in here for b in there)


def touched_since(befores: Iterable[Before]) -> list[str]:
    """Name the organisations that somebody changed after the import did. One SQL query."""
    expected = {before.organisation_id: before.version_after for before in befores}
    rows = Organisation.objects.filter(pk__in=list(expected)).values_list("pk", "version", "name")
    return [name for pk, version, name in rows if version != expected[OrganisationId(pk)]]


@transaction.atomic
def restore(befores: Sequence[Before]) -> None:
    """Bring organisations back to how they were before an import; created ones are gone.

    Call `touched_since` first; this does not ask again.
    """
    change_no = feed.next_change_no()
    store.remove([b.organisation_id for b in befores if b.facts is None], change_no=change_no)
    changed = {b.organisation_id: b for b in befores if b.facts is not None}
    back = []
    for row in Organisation.objects.select_for_update().filter(pk__in=list(changed)):
        before = changed[OrganisationId(row.pk)]
        if before.facts is None:
            continue
        store.fill(row, before.facts)
        row.origins = {name: list(stated) for name, stated in before.origins.items()}
        row.source = row.origins.get("*", [row.source])[0]
        row.status = before.status
        row.version += 1
        row.change_no = change_no
        back.append((row, before.facts))
    _save(back)


def ring() -> None:
    """Tell every worker, after commit, that there is something new to find."""
    feed.ring_after_commit()


def take_in_snapshot() -> int:
    """Write the index anew from the database; returns how many organisations it holds."""
    atlas = index.rebuild()
    feed.ring()
    return atlas.organisation_count


def take_in_snapshot_apart() -> None:
    """Write the index anew in a process of its own, whose memory goes back after; for imports.

    Raises:
        Unavailable: that process failed; nothing is lost.
    """
    rebuild_apart()
    feed.ring()
