"""Cards and numbers in the words and shapes a template shows."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from glocal.directory import queries
from glocal.directory.labels import KIND_LABELS, KIND_PLURALS, PRECISION_LABELS, WORLD_LABELS
from glocal.directory.types import OrganisationCard
from glocal.lexicon.queries import concept_labels, concept_language
from glocal.lexicon.types import ConceptId

KEPT_TOPICS = 20_000
CAPITAL_MONTHS = ("en", "de")  # elsewhere months are written small, which Django's formats do not know


def result(card: OrganisationCard) -> dict[str, Any]:
    """Return what a list shows of an organisation."""
    return {
        "id": card.id,
        "name": card.name,
        "kind": card.kind,
        "kind_label": KIND_LABELS[card.kind],
        "world": card.world,
        "tone": card.tone,
        "distance_km": card.distance_km,
        "distance_text": distance_text(card.distance_km),
        "place": card.place,
        "country": card.country,
        "lat": card.lat,
        "lon": card.lon,
        "summary": card.summary,
        "summary_lang": card.summary_lang,
        "topics": topic_chips(card.topics, card.summary_lang)[:4],
        "because": "; ".join(card.because),
        "source": card.source,
        "url": profile_url(card.id),
        "is_demo": card.is_demo,
        "confirmed_text": confirmed_text(card.confirmed_at),
        "precision": card.precision,
        "precision_label": PRECISION_LABELS.get(card.precision, ""),
    }


def topic_chips(topics: Sequence[str], lang: str) -> list[dict[str, str]]:
    """Return topics as they are shown: concepts in the reader's words with their address, others as written.

    Args:
        topics: as the organisation says them.
        lang: the tag of the language they may be in.
    """
    language = get_language() or "en"
    chips = {label: url for topic in topics for label, url in _chips(topic, lang, language)}
    spoken = concept_language(language)
    return [{"label": label, "url": url, "lang": spoken if url else ""} for label, url in chips.items()]


@lru_cache(maxsize=KEPT_TOPICS)
def _chips(topic: str, lang: str, _language: str) -> list[tuple[str, str]]:
    """Return the concepts of one topic with their addresses, or the topic alone; looked up once."""
    concepts = queries.concepts_of([topic], lang)
    labels = spoken_concepts(concepts)
    addresses = (f"{near_url()}?{urlencode({'concept': concept})}" for concept in concepts)
    return list(zip(labels, addresses, strict=True)) or [(topic, "")]


def spoken_concepts(concepts: Sequence[str]) -> list[str]:
    """Return what concepts are called in the reader's language."""
    return concept_labels([ConceptId(one) for one in concepts], (get_language() or "en").partition("-")[0])


@cache
def near_url() -> str:
    """Return the address of the search page."""
    return reverse("directory:near")


def profile_url(organisation_id: int) -> str:
    """Return the address of an organisation; a list of twenty need not look it up twenty times."""
    return f"{_before_id()}{organisation_id}/"


@cache
def _before_id() -> str:
    return reverse("directory:profile", args=[0]).removesuffix("0/")


def distance_text(km: float | None) -> str:
    """Say a distance as a person would: metres when near, fewer digits when far."""
    if km is None:
        return ""
    if km < 1:
        return _("%(metres)d m") % {"metres": max(10, round(km * 100) * 10)}
    return _("%(km)s km") % {"km": number_format(km, 1 if km < 10 else 0)}


def confirmed_text(day: str) -> str:
    """Say when a record was last confirmed; nothing where nobody ever did."""
    return _confirmed(day, get_language() or "en") if day else ""


@lru_cache(maxsize=4096)
def _confirmed(day: str, language: str) -> str:
    month = format_date(date.fromisoformat(day), "F Y")
    is_capital = language.startswith(CAPITAL_MONTHS)
    return _("confirmed %(month)s") % {"month": month if is_capital else month.lower()}


def coverage_text(known: int, *, is_area: bool) -> str:
    """Say honestly how much is known."""
    if is_area:
        return ngettext(
            "%(known)s organisation known here. How many there really are is not estimated yet.",
            "%(known)s organisations known here. How many there really are is not estimated yet.",
            known,
        ) % {"known": f"{known:,}".replace(",", " ")}
    return ngettext("%(known)s organisation known.", "%(known)s organisations known.", known) % {
        "known": f"{known:,}".replace(",", " ")
    }


def menu(
    counted: Iterable[tuple[str, int]], labels: dict[str, Any] | None, chosen: Sequence[str]
) -> list[dict[str, Any]]:
    """Return the choices of a filter with their counts; chosen ones stay although nothing carries them."""
    counts = dict(counted)
    values = list(labels) if labels else [*counts, *(v for v in chosen if v not in counts)]
    return [
        {
            "value": value,
            "label": labels[value] if labels else value,
            "count": counts.get(value, 0),
            "checked": value in chosen,
        }
        for value in values
        if value in chosen or counts.get(value)
    ]


@lru_cache(maxsize=64)
def _spoken(facet: str, _language: str) -> dict[str, str]:
    """Return the labels of a facet in one language, looked up once."""
    labels = {"kind": KIND_PLURALS, "world": WORLD_LABELS}[facet]
    return {value: str(label) for value, label in labels.items()}


def concepts_menu(counted: Sequence[tuple[str, int]], chosen: Sequence[str]) -> list[dict[str, Any]]:
    """Return concepts as choices, called as in the reader's language."""
    choices = menu(counted, None, chosen)
    labels = spoken_concepts([choice["value"] for choice in choices])
    spoken = concept_language(get_language() or "en")
    return [{**choice, "label": label, "lang": spoken} for choice, label in zip(choices, labels, strict=True)]


def kinds_menu(counted: Iterable[tuple[str, int]], chosen: Sequence[str]) -> list[dict[str, Any]]:
    """Return the kinds as choices."""
    return menu(counted, _spoken("kind", get_language() or ""), chosen)


def worlds_menu(counted: Iterable[tuple[str, int]], chosen: Sequence[str]) -> list[dict[str, Any]]:
    """Return the worlds as choices."""
    return menu(counted, _spoken("world", get_language() or ""), chosen)
