"""The steward's queue: accept, or refuse with a reason."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from glocal.accounts.queries import actor_of
from glocal.directory import queries, services
from glocal.directory.types import OrganisationId
from glocal.directory.views import present


@login_required
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Show what waits, each with organisations that may be the same."""
    actor = actor_of(request)
    pending = []
    for waiting in queries.waiting(actor=actor):
        twins = [{**present.result(twin.card), "reason": twin.reason} for twin in waiting.twins]
        pending.append(
            {
                **present.result(waiting.card),
                "added_by": waiting.added_by,
                "twins": twins,
                "may_review": waiting.may_review,
            }
        )
    return render(request, "directory/review.html", {"pending": pending})


@login_required
@require_POST
def accept(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Publish one."""
    services.accept_organisation(actor=actor_of(request), organisation_id=OrganisationId(organisation_id))
    messages.success(request, _("Accepted. It can be found from now on."))
    return redirect("directory:review")


@login_required
@require_POST
def refuse(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Refuse one, with the reason."""
    services.refuse_organisation(
        actor=actor_of(request),
        organisation_id=OrganisationId(organisation_id),
        because=request.POST.get("because", ""),
    )
    messages.success(request, _("Refused. Whoever added it sees your reason."))
    return redirect("directory:review")


@login_required
@require_POST
def bring_back(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Show one again that was withdrawn or refused."""
    services.bring_back_organisation(actor=actor_of(request), organisation_id=OrganisationId(organisation_id))
    messages.success(request, _("It is shown again."))
    return redirect("directory:profile", organisation_id=organisation_id)
