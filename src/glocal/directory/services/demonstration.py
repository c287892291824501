"""The demonstration territory: invented organisations in six cities, marked as such everywhere."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from glocal.directory.gateways import feed
from glocal.directory.models import Identifier
from glocal.directory.services.bulk import absorb
from glocal.directory.types import Description, Facts, Incoming, OrganisationId, Origin, SiteFacts

FOLDER = Path(__file__).resolve().parent.parent / "demo"
SCHEME = "GLOCAL-DEMO"
ORIGIN = Origin("Glocal demonstration (invented)", "CC0-1.0", "2026-11-22")


def load_demonstration() -> int:
    """Bring in the invented organisations, or renew them; returns how many there are. Harmless twice."""
    known = {
        value: OrganisationId(organisation_id)
        for value, organisation_id in Identifier.objects.filter(scheme=SCHEME).values_list(
            "value", "organisation_id"
        )
    }
    count = 0
    for file in sorted(FOLDER.glob("*.jsonl")):
        records = [orjson.loads(line) for line in file.read_bytes().splitlines() if line.strip()]
        absorb([_incoming(said, known.get(said["id"])) for said in records], origin=ORIGIN, is_demo=True)
        count += len(records)
    feed.ring_after_commit()
    return count


def _incoming(said: dict[str, Any], organisation_id: OrganisationId | None) -> Incoming:
    confirmed = said.get("confirmed_on")
    return Incoming(
        record_id=said["id"],
        facts=_facts(said),
        organisation_id=organisation_id,
        confirmed_at=datetime.fromisoformat(confirmed).replace(tzinfo=UTC) if confirmed else None,
    )


def _facts(said: dict[str, Any]) -> Facts:
    sites = tuple(SiteFacts(**site) for site in said.get("sites", ()))
    return Facts(
        name=said["name"],
        kind=said["kind"],
        worlds=tuple(said.get("worlds", ())),
        other_names=tuple((other["lang"], other["name"]) for other in said.get("other_names", ())),
        descriptions=_descriptions(said),
        topics=tuple(said.get("topics", ())),
        identifiers=(
            (SCHEME, said["id"]),
            *((number["scheme"], number["value"]) for number in said.get("identifiers", ())),
        ),
        website=said.get("website", ""),
        founded_on=said.get("founded_on", ""),
        closed_on=said.get("closed_on", ""),
        size_class=said.get("size_class", ""),
        legal_form=said.get("legal_form", ""),
        country=next((site.country for site in sites if site.country), ""),
        sites=sites,
    )


def _descriptions(said: dict[str, Any]) -> tuple[Description, ...]:
    texts = [(said["lang"], said["description"]), ("en", said.get("description_en", ""))]
    return tuple(Description(lang, text, ORIGIN.source) for lang, text in texts if text)
