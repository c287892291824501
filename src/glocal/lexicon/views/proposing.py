"""Proposing a word for a concept, and seeing what became of one's own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from glocal.accounts.queries import actor_of
from glocal.core.errors import DomainError
from glocal.core.language import EU_LANGUAGES
from glocal.lexicon import proposals, queries
from glocal.lexicon.forms import ProposalForm
from glocal.lexicon.labels import PROPOSAL_KIND_LABELS, PROPOSAL_STATE_LABELS
from glocal.lexicon.proposals import ProposalCard
from glocal.lexicon.services.proposing import propose_label
from glocal.lexicon.types import ConceptId
from glocal.lexicon.views import present


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, concept_id: str) -> HttpResponse:
    """Take a proposal; a steward looks at it before it counts."""
    card = queries.concept_card(ConceptId(concept_id), present.readers_language())
    asked = request.GET.get("lang", "")
    language = asked if asked in EU_LANGUAGES else present.readers_language()
    form = ProposalForm(request.POST or None, initial={"language": language})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                propose_label(actor=actor_of(request), proposal=form.proposal(card.id))
            except DomainError as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
            else:
                messages.success(request, _("Thank you. A steward looks at it."))
                return redirect("lexicon:concept", concept_id=card.id)
    shown = form["language"].value() or language
    context = {
        "form": form,
        "concept": present.concept(card, present.readers_language()),
        "language": shown,
        "language_label": present.language_label(shown),
        "labels": card.labels.get(shown, ()),
    }
    return render(request, "lexicon/propose.html", context, status=status)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show what one proposed and what became of it."""
    cards = proposals.own_proposals(actor=actor_of(request))
    return render(request, "lexicon/mine.html", {"proposals": shown(cards)})


def shown(cards: list[ProposalCard]) -> list[dict[str, Any]]:
    """Return proposals in the words of their pages."""
    labels = queries.concept_labels([card.concept for card in cards], present.readers_language())
    return [
        {
            "id": card.id,
            "concept_label": label,
            "concept_url": present.address(card.concept),
            "language": card.language,
            "language_label": present.language_label(card.language),
            "kind": card.kind.value,
            "kind_label": PROPOSAL_KIND_LABELS[card.kind],
            "text": card.text,
            "reason": card.reason,
            "proposed_by": card.proposed_by,
            "proposed_at": card.proposed_at,
            "state": card.state.value,
            "state_label": PROPOSAL_STATE_LABELS[card.state],
            "decision_reason": card.decision_reason,
            "may_decide": card.may_decide,
        }
        for card, label in zip(cards, labels, strict=True)
    ]
