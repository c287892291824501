"""Looking a phrase up: what was understood, in whose words, with which codes."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from glocal.core.errors import DomainError
from glocal.core.language import EU_LANGUAGES
from glocal.lexicon import queries
from glocal.lexicon.forms import LONGEST_PHRASE, Question, question_from
from glocal.lexicon.labels import LANGUAGE_LABELS
from glocal.lexicon.types import ConceptId, Mention, Translated
from glocal.lexicon.views import present
from glocal.lexicon.views.marking import Part, marked, said

MOST_CARDS = 12
# Chosen, not measured: from which score on a concept is said to be meant surely, or likely.
_SURE, _LIKELY = 0.9, 0.75
# Of each of three corners of Europe what people say of themselves.
EXAMPLES = (
    ("de", "Wir retten Lebensmittel und kochen für Obdachlose"),
    ("it", "Ripariamo biciclette con giovani disoccupati"),
    ("pl", "Bank żywności szuka transportu chłodniczego"),
)


@require_safe
def lookup(request: HttpRequest) -> HttpResponse:
    """Say what a phrase means; without a phrase, show what may be asked."""
    question = question_from(request.GET, readers=present.readers_language())
    context: dict[str, Any] = {
        "question": question,
        "longest": LONGEST_PHRASE,
        "languages": present.language_choices(list(LANGUAGE_LABELS), question.language),
        "wanted": present.language_choices(EU_LANGUAGES, question.to),
        "examples": [
            {
                "text": text,
                "lang": tag,
                "url": reverse("lexicon:lookup", query={"q": text}),
            }
            for tag, text in EXAMPLES
        ],
    }
    if not question.text:
        return render(request, "lexicon/lookup.html", context)
    try:
        found = queries.translate_text(question.text, language=question.language, to=question.to)
    except DomainError as refusal:
        return render(
            request, "lexicon/lookup.html", {**context, "error": refusal.message}, status=refusal.status
        )
    return render(request, "lexicon/lookup.html", {**context, "found": answer(question, found)})


def answer(question: Question, found: Translated) -> dict[str, Any]:
    """Return what was understood in the shape of the page."""
    meant = [mention for mention in found.mentions if not mention.negated]
    denied = [mention for mention in found.mentions if mention.negated]
    cards = [_card(mention, question, found) for mention in meant[:MOST_CARDS]]
    tones = {card["id"]: card["tone"] for card in cards}
    return {
        "language": found.language,
        "language_label": present.language_label(found.language),
        "to": question.to,
        "parts": [_part(part, tones) for part in marked(question.text, found.mentions)],
        "cards": cards,
        "more": [_link(mention, question, found) for mention in meant[MOST_CARDS:]],
        "denied": [_link(mention, question, found) for mention in denied[:MOST_CARDS]],
        "wordings": _wordings(found),
    }


def _part(part: Part, tones: Mapping[ConceptId, str]) -> dict[str, Any]:
    if part.mention is None:
        return {"text": part.text}
    concept = part.mention.concept
    return {
        "text": part.text,
        "concept": concept,
        "tone": tones.get(concept, ""),
        "has_card": concept in tones,
        "is_denied": part.mention.negated,
    }


def _card(mention: Mention, question: Question, found: Translated) -> dict[str, Any]:
    card = queries.concept_card(mention.concept, question.to)
    called = card.labels.get(found.language, ())
    return {
        **present.concept(card, question.to),
        "said": called[0] if called and found.language != question.to else "",
        "because": said(question.text, mention),
        "how_sure": how_sure(mention.score),
        "codes": present.codes(found.codes[mention.concept], question.to),
    }


def _link(mention: Mention, question: Question, found: Translated) -> dict[str, Any]:
    return {
        "id": mention.concept,
        "label": found.labels[mention.concept],
        "url": present.address(mention.concept),
        "because": said(question.text, mention),
    }


def how_sure(score: float) -> str:
    """Return a score from 0 to 1 in a word."""
    if score >= _SURE:
        return _("surely meant")
    return _("likely meant") if score >= _LIKELY else _("perhaps meant")


def _wordings(found: Translated) -> list[dict[str, str]]:
    told = (
        ("social", _("How the social economy says it"), found.social),
        ("industrial", _("How industry says it"), found.industry),
    )
    return [{"tone": tone, "title": title, "text": text} for tone, title, text in told if text]
