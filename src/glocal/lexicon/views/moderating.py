"""The steward's queue of proposed words: accept, or refuse with a reason."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from glocal.accounts.queries import actor_of
from glocal.lexicon import proposals
from glocal.lexicon.services.proposing import accept_proposal, refuse_proposal
from glocal.lexicon.views.proposing import shown


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Show the words that wait, oldest first."""
    cards = proposals.open_proposals(actor=actor_of(request))
    return render(request, "lexicon/proposals.html", {"proposals": shown(cards)})


@login_required
@require_POST
def accept(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Accept one."""
    accept_proposal(actor=actor_of(request), proposal_id=proposal_id)
    messages.success(request, _("Accepted."))
    return redirect("lexicon:proposals")


@login_required
@require_POST
def refuse(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Refuse one, with the reason."""
    refuse_proposal(actor=actor_of(request), proposal_id=proposal_id, because=request.POST.get("because", ""))
    messages.success(request, _("Refused. Whoever proposed it sees your reason."))
    return redirect("lexicon:proposals")
