"""One concept: what it is called in every language, what is near it, which codes it has."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from glocal.lexicon import queries
from glocal.lexicon.types import ConceptId
from glocal.lexicon.views import present


@require_safe
def concept(request: HttpRequest, concept_id: str) -> HttpResponse:
    """Show a concept."""
    language = present.readers_language()
    card = queries.concept_card(ConceptId(concept_id), language)
    context = {
        "concept": present.concept(card, language),
        "labels": present.labels_table(card),
        "codes": present.codes(card.codes, language),
        "here": language,
    }
    return render(request, "lexicon/concept.html", context)
