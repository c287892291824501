"""The pages of one's own account that allauth does not have."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from glocal.accounts import services
from glocal.accounts.forms import NameForm
from glocal.accounts.queries import actor_of, own_name
from glocal.core.errors import DomainError


@login_required
@require_http_methods(["GET", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Let people choose the name others see."""
    actor = actor_of(request)
    if request.method != "POST":
        form = NameForm(initial={"display_name": own_name(actor)})
        return render(request, "account/name.html", {"form": form})
    form, status = NameForm(request.POST), 422
    if form.is_valid():
        try:
            services.rename_person(actor=actor, display_name=form.cleaned_data["display_name"])
        except DomainError as refusal:
            form.add_error("display_name", refusal.message)
            status = refusal.status
        else:
            messages.success(request, _("Saved."))
            return redirect(request.path)
    return render(request, "account/name.html", {"form": form}, status=status)
