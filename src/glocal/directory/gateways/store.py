"""Writing facts into the tables, one or many at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from glocal.core.clock import now
from glocal.directory.gateways import inserting
from glocal.directory.gateways.rows import facts_of
from glocal.directory.models import Gone, Identifier, Organisation, Site
from glocal.directory.rules import name_key
from glocal.directory.types import WORLD_OF_KIND, Facts, Kind, Origin, Status

New = tuple[Facts, datetime | None]  # what is said of a new organisation, and when it was last confirmed


@dataclass(frozen=True, slots=True)
class Stored:
    """A row with the facts it holds."""

    row: Organisation
    facts: Facts


def fill(row: Organisation, facts: Facts) -> None:
    """Put facts on a row, without its sites and identifiers; nothing is saved."""
    for column, value in columns_of(facts).items():
        setattr(row, column, value)


def columns_of(facts: Facts) -> dict[str, Any]:
    """Return what the table of organisations holds of the facts, by column."""
    return {
        "name": facts.name,
        "name_key": name_key(facts.name),
        "kind": facts.kind,
        "worlds": list(facts.worlds or (WORLD_OF_KIND[Kind(facts.kind)],)),
        "other_names": [list(pair) for pair in facts.other_names],
        "descriptions": [[d.lang, d.text, d.made_by] for d in facts.descriptions],
        "topics": list(dict.fromkeys(facts.topics)),
        "website": facts.website,
        "founded_on": facts.founded_on,
        "closed_on": facts.closed_on,
        "size_class": facts.size_class,
        "legal_form": facts.legal_form,
        "country": facts.country or next((s.country for s in facts.sites if s.country), ""),
    }


def put_origin(row: Organisation, origin: Origin, *, fields: Sequence[str] = ("*",)) -> None:
    """Note where the named fields ("*": all) come from."""
    stated = [origin.source, origin.licence, origin.date]
    row.origins = {**row.origins, **dict.fromkeys(fields, stated)}
    row.source = row.origins.get("*", stated)[0]


def replace_parts(stored: Sequence[tuple[Organisation, Facts]], *, are_new: bool) -> None:
    """Write sites and identifiers of the organisations anew. At most four SQL statements."""
    if not are_new:
        ids = [row.pk for row, _facts in stored]
        Site.objects.filter(organisation_id__in=ids).delete()
        Identifier.objects.filter(organisation_id__in=ids).delete()
    _insert_parts([(row.pk, facts, row.source) for row, facts in stored])


_SITE_COLUMNS = ("lat", "lon", "precision", "street", "postcode", "town", "region", "country")
_place = attrgetter(*_SITE_COLUMNS)


def _insert_parts(stored: Sequence[tuple[int, Facts, str]]) -> None:
    """Write sites and identifiers of organisations (id, facts, source) that have none yet."""
    inserting.insert(
        Site,
        ("organisation_id", "position", *_SITE_COLUMNS, "said_by"),
        [
            (pk, position, *_place(site), site.said_by or source)
            for pk, facts, source in stored
            for position, site in enumerate(facts.sites)
        ],
    )
    inserting.insert(
        Identifier,
        ("organisation_id", "scheme", "value"),
        [
            (pk, scheme, value)
            for pk, facts, _source in stored
            for scheme, value in dict.fromkeys(facts.identifiers)
        ],
    )


def insert_new(new: Sequence[New], *, origin: Origin, change_no: int, is_demo: bool) -> list[int]:
    """Write new published organisations with all that is said of them; returns their ids in order."""
    ids = inserting.next_ids(Organisation, len(new))
    same = {
        "status": Status.PUBLISHED.value,
        "refused_because": "",
        "is_demo": is_demo,
        "origins": {"*": [origin.source, origin.licence, origin.date]},
        "source": origin.source,
        "added_by_id": None,
        "version": 1,
        "change_no": change_no,
        "created_at": now(),
    }
    rows = [
        {"id": pk, **columns_of(facts), **same, "confirmed_at": confirmed_at}
        for pk, (facts, confirmed_at) in zip(ids, new, strict=True)
    ]
    inserting.insert(Organisation, tuple(rows[0]), [tuple(row.values()) for row in rows])
    _insert_parts([(pk, facts, origin.source) for pk, (facts, _at) in zip(ids, new, strict=True)])
    return ids


def with_facts(rows: Sequence[Organisation]) -> list[Stored]:
    """Return the rows with their facts. Two SQL queries, whatever the length."""
    ids = [row.pk for row in rows]
    sites: dict[int, list[Site]] = {pk: [] for pk in ids}
    identifiers: dict[int, list[Identifier]] = {pk: [] for pk in ids}
    for site in Site.objects.filter(organisation_id__in=ids).order_by("organisation_id", "position"):
        sites[site.organisation_id].append(site)
    for number in Identifier.objects.filter(organisation_id__in=ids):
        identifiers[number.organisation_id].append(number)
    return [Stored(row, facts_of(row, sites[row.pk], identifiers[row.pk])) for row in rows]


def remove(ids: Sequence[int], *, change_no: int) -> None:
    """Delete organisations altogether and leave a mark for every index. Four SQL statements."""
    Site.objects.filter(organisation_id__in=ids).delete()
    Identifier.objects.filter(organisation_id__in=ids).delete()
    Organisation.objects.filter(pk__in=ids).delete()
    Gone.objects.bulk_create([Gone(organisation_id=pk, change_no=change_no) for pk in ids])


def confirmed(row: Organisation, at: datetime | None) -> None:
    """Note when the record was last said to be right."""
    if at is not None:
        row.confirmed_at = at
