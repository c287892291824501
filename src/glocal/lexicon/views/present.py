"""Concepts and codes in the shapes the templates show."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from glocal.core.language import EU_LANGUAGES
from glocal.lexicon import queries
from glocal.lexicon.labels import KIND_LABELS, LANGUAGE_LABELS, SCHEME_LABELS, WORLD_LABELS
from glocal.lexicon.queries import ConceptCard
from glocal.lexicon.types import ConceptId

TONES = {"social": "social", "industrial": "industrial"}
_CODE_LENGTH = 14  # longer ones are addresses, of which the end is shown shortened
_ADDRESSES = ("http://", "https://")
_CONCEPTS_OF = {"nace": "nace2"}  # the vocabulary of a scheme's titles where it is called otherwise


def readers_language() -> str:
    """Return the language of the page, without its country."""
    return (get_language() or "en").split("-")[0]


def language_label(tag: str) -> str:
    """Return what a language is called; its tag where that is not known."""
    return str(LANGUAGE_LABELS.get(tag, tag))


def concept(card: ConceptCard, language: str) -> dict[str, Any]:
    """Return what every page says of a concept; `language` is the one its label is in."""
    return {
        "id": card.id,
        "label": card.label,
        "label_lang": language if language in card.labels else "en",
        "definition": card.definition,
        "kind_label": str(KIND_LABELS.get(card.kind, card.kind)),
        "world_label": str(WORLD_LABELS.get(card.world, "")),
        "tone": TONES.get(card.world, ""),
        "is_shared": card.world == "shared",
        "ways": ways(card),
        "url": address(card.id),
        "propose_url": reverse("lexicon:propose", args=[card.id], query={"lang": language}),
        "near_url": reverse("directory:near", query={"concept": card.id}),
    }


def address(concept_id: str) -> str:
    """Return the address of a concept's own page."""
    return reverse("lexicon:concept", args=[concept_id])


def ways(card: ConceptCard) -> list[dict[str, Any]]:
    """Return what is broader, narrower and related, as links; only what there is."""
    found = (
        (_("Broader"), card.broader),
        (_("Narrower"), card.narrower),
        (_("Related"), card.related),
    )
    return [
        {"title": title, "links": [{"label": label, "url": address(one)} for one, label in several]}
        for title, several in found
        if several
    ]


def codes(by_scheme: Mapping[str, Sequence[str]], language: str) -> list[dict[str, Any]]:
    """Return the codes of a concept by scheme, with their titles where their vocabulary is installed."""
    ids = {
        (scheme, code): ConceptId(f"{_CONCEPTS_OF.get(scheme, scheme)}:{code.rsplit('/', 1)[-1]}")
        for scheme, several in by_scheme.items()
        for code in several
    }
    titles = dict(zip(ids, queries.concept_labels(list(ids.values()), language), strict=True))
    return [
        {
            "name": scheme.upper(),
            "scheme": str(SCHEME_LABELS.get(scheme, scheme.upper())),
            "codes": [_code(code, titles[scheme, code], ids[scheme, code]) for code in several],
        }
        for scheme, several in by_scheme.items()
        if several
    ]


def _code(code: str, title: str, concept_id: ConceptId) -> dict[str, str]:
    is_known = title != concept_id
    shown = code.rsplit("/", 1)[-1]
    return {
        "code": shown if len(shown) <= _CODE_LENGTH else f"{shown[:8]}…",
        "title": title if is_known else "",
        "url": address(concept_id) if is_known else "",
        "source_url": code if code.startswith(_ADDRESSES) else "",
    }


def language_choices(tags: Sequence[str], chosen: str) -> list[dict[str, Any]]:
    """Return languages to choose from, in the alphabetical order of their names."""
    named = sorted((language_label(tag), tag) for tag in tags)
    return [{"value": tag, "label": label, "is_chosen": tag == chosen} for label, tag in named]


def labels_table(card: ConceptCard) -> list[dict[str, Any]]:
    """Return what a concept is called in each official language, in the order of the languages' names."""
    return [
        {
            "tag": choice["value"],
            "language": choice["label"],
            "preferred": next(iter(card.labels.get(choice["value"], ())), ""),
            "others": card.labels.get(choice["value"], ())[1:],
            "propose_url": reverse("lexicon:propose", args=[card.id], query={"lang": choice["value"]}),
        }
        for choice in language_choices(EU_LANGUAGES, "")
    ]
