"""One organisation, with the sources of what is said of it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from glocal.accounts.queries import actor_of, names_by_id
from glocal.directory import queries
from glocal.directory.labels import (
    FIELD_LABELS,
    KIND_LABELS,
    PRECISION_LABELS,
    SIZE_LABELS,
    WORLD_LABELS,
)
from glocal.directory.types import (
    Facts,
    OrganisationCard,
    OrganisationId,
    OrganisationProfile,
    Search,
    SiteFacts,
)
from glocal.directory.views import present
from glocal.directory.views.page_data import strings

NEIGHBOURS = 6


@require_safe
def profile(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Show all that is known of one organisation, and what is around it."""
    actor = actor_of(request)
    known = queries.profile(actor=actor, organisation_id=OrganisationId(organisation_id))
    may_edit = actor.is_signed_in and queries.may_edit(actor=actor, organisation_id=known.id)
    points = [site.point for site in known.facts.sites if site.point]
    context = {
        "organisation": shown(known, may_edit=may_edit),
        "nearby": [present.result(card) for card in _neighbours(known)],
        "page_data": {
            "centre": [points[0].lat, points[0].lon] if points else None,
            "points": [{"lat": p.lat, "lon": p.lon, "tone": known.tone} for p in points],
            "urls": {"viewport": "/api/v1/viewport", "labels": "/api/v1/labels"},
            "tiles": {"url": settings.GLOCAL_TILE_URL, "attribution": settings.GLOCAL_TILE_ATTRIBUTION},
            "strings": strings(),
        },
    }
    return render(request, "directory/profile.html", context)


def _neighbours(known: OrganisationProfile) -> list[OrganisationCard]:
    point = next((site.point for site in known.facts.sites if site.point), None)
    if point is None:
        return []
    found = queries.find_organisations(Search(centre=point, limit=NEIGHBOURS + 1))
    return [card for card in found.cards if card.id != known.id][:NEIGHBOURS]


def shown(known: OrganisationProfile, *, may_edit: bool) -> dict[str, Any]:
    """Return the organisation in the words of its page."""
    facts = known.facts
    return {
        "id": known.id,
        "name": facts.name,
        "other_names": [{"lang": lang, "name": name} for lang, name in facts.other_names],
        "kind": facts.kind,
        "kind_label": KIND_LABELS[facts.kind],
        "tone": known.tone,
        "worlds_labels": [WORLD_LABELS[world] for world in facts.worlds],
        "descriptions": _descriptions(facts),
        "topics": [{**chip, "url": chip["url"] or _topic_url(chip["label"])} for chip in _chips(facts)],
        "identifiers": [{"scheme": scheme, "value": value} for scheme, value in facts.identifiers],
        "website": facts.website,
        "founded": facts.founded_on,
        "closed": facts.closed_on,
        "size_label": SIZE_LABELS[facts.size_class] if facts.size_class else "",
        "legal_form": facts.legal_form,
        "sites": [_site(site) for site in facts.sites],
        "sources": _sources(known),
        "confirmed_text": _confirmed(known),
        "status": known.status,
        "refused_because": known.refused_because,
        "added_by": names_by_id([known.added_by_id]).get(known.added_by_id or 0, "") if may_edit else "",
        "is_demo": known.is_demo,
        "may_edit": may_edit,
        "edit_url": reverse("directory:edit", args=[known.id]),
        "version": known.version,
    }


def _descriptions(facts: Facts) -> list[dict[str, str]]:
    return [
        {"lang": d.lang, "lang_label": language_name(d.lang), "text": d.text, "made_by": d.made_by}
        for d in facts.descriptions
    ]


def language_name(tag: str) -> str:
    """Return a language's name for the reader, or its tag where the name is not known."""
    try:
        return str(get_language_info(tag)["name_translated"]) if tag else ""
    except KeyError:
        return tag


def _chips(facts: Facts) -> list[dict[str, str]]:
    return present.topic_chips(facts.topics, facts.descriptions[0].lang if facts.descriptions else "")


def _topic_url(topic: str) -> str:
    return reverse("directory:near", query={"topic": topic})


def _site(site: SiteFacts) -> dict[str, Any]:
    lines = [site.street, f"{site.postcode} {site.town}".strip(), site.region, site.country]
    return {
        "lines": [line for line in lines if line],
        "lat": site.lat,
        "lon": site.lon,
        "precision_label": PRECISION_LABELS.get(site.precision, _("not on the map")),
        "said_by": site.said_by,
    }


def _sources(known: OrganisationProfile) -> list[dict[str, Any]]:
    named = [(name, origin) for name, origin in known.origins.items() if name != "*"]
    rest = [("*", known.origins["*"])] if "*" in known.origins else []
    return [
        {
            "field_label": FIELD_LABELS[name] if named or name != "*" else _("everything"),
            "source": origin.source,
            "licence": origin.licence,
            "date": origin.date,
        }
        for name, origin in [*named, *rest]
    ]


def _confirmed(known: OrganisationProfile) -> str:
    if known.confirmed_at is None:
        return _("Nobody has confirmed this record yet.")
    return _("Last confirmed on %(day)s.") % {"day": date_format(known.confirmed_at.date(), "DATE_FORMAT")}
