"""Adding an organisation, changing one, taking one out of sight."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from glocal.accounts.queries import actor_of
from glocal.core.actor import Actor
from glocal.core.errors import DomainError, NotAllowed
from glocal.directory import queries, services
from glocal.directory.errors import EditedMeanwhile
from glocal.directory.forms import OrganisationForm
from glocal.directory.labels import FIELD_LABELS, KIND_LABELS, SIZE_LABELS, WORLD_LABELS
from glocal.directory.types import Description, Facts, OrganisationId, OrganisationProfile, SiteFacts
from glocal.directory.views import present

LABELS: dict[str, Mapping[str, Any]] = {
    "kind": KIND_LABELS,
    "worlds": WORLD_LABELS,
    "size_class": SIZE_LABELS,
}


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Take in a new organisation; likely twins are shown before it is saved."""
    form = OrganisationForm(request.POST or None)
    status, twins = 200, []
    if request.method == "POST" and form.is_valid():
        facts = services.locate_sites(form.facts())
        twins = [] if request.POST.get("is_no_twin") else queries.likely_twins(facts)
        if not twins:
            try:
                new_id = services.add_organisation(actor=actor_of(request), facts=facts)
            except DomainError as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
            else:
                messages.success(
                    request, _("Thank you. A steward will look at it before it is shown to all.")
                )
                return redirect("directory:profile", organisation_id=new_id)
    elif request.method == "POST":
        status = 422
    shown = [{**present.result(twin.card), "reason": twin.reason} for twin in twins]
    return render(request, "directory/add.html", {"form": form, "twins": shown}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Change an organisation; two people changing it at once are shown each other's words."""
    actor = actor_of(request)
    known = queries.profile(actor=actor, organisation_id=OrganisationId(organisation_id))
    if not queries.may_edit(actor=actor, organisation_id=known.id):
        raise NotAllowed(_("Only stewards and whoever added this organisation may change it."))
    form = OrganisationForm(request.POST or None, initial=OrganisationForm.initial_of(known))
    status, conflict = 200, []
    if request.method == "POST" and form.is_valid():
        facts = form.facts(beside=known.facts)
        if facts.sites != known.facts.sites:
            facts = services.locate_sites(facts)
        try:
            _save(actor, known, facts, version=form.cleaned_data["version"] or 0)
        except EditedMeanwhile as refusal:
            status, conflict = refusal.status, clashes(known.facts, facts)
            form = OrganisationForm(
                {**request.POST.dict(), "worlds": request.POST.getlist("worlds"), "version": known.version},
                initial=form.initial,
            )
            form.add_error(None, refusal.message)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            messages.success(request, _("Saved."))
            return redirect("directory:profile", organisation_id=known.id)
    elif request.method == "POST":
        status = 422
    context = {"form": form, "conflict": conflict, "organisation": known, "name": known.facts.name}
    return render(request, "directory/edit.html", context, status=status)


def _save(actor: Actor, known: OrganisationProfile, facts: Facts, *, version: int) -> None:
    services.edit_organisation(actor=actor, organisation_id=known.id, facts=facts, version=version)


def clashes(theirs: Facts, yours: Facts) -> list[dict[str, Any]]:
    """Return the fields in which what is stored now differs from what this person wrote."""
    return [
        {
            "field_label": FIELD_LABELS[name],
            "theirs": _readable(getattr(theirs, name), LABELS.get(name, {})),
            "yours": _readable(getattr(yours, name), LABELS.get(name, {})),
        }
        for name in services.changed_fields(theirs, yours)
    ]


def _readable(value: Any, labels: Mapping[str, Any]) -> str:
    if isinstance(value, str):
        return str(labels.get(value, value)) if value else ""
    if isinstance(value, Description):
        return value.text
    if isinstance(value, SiteFacts):
        parts = (value.street, f"{value.postcode} {value.town}".strip(), value.country, *_point(value))
        return ", ".join(part for part in parts if part)
    return "; ".join(_readable(item, labels) for item in value)


def _point(site: SiteFacts) -> tuple[str, ...]:
    return (f"{site.lat:.5f} {site.lon:.5f}",) if site.lat is not None else ()


@login_required
@require_POST
def withdraw(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Take an organisation out of public sight."""
    services.withdraw_organisation(actor=actor_of(request), organisation_id=OrganisationId(organisation_id))
    messages.success(request, _("It is no longer shown. A steward can bring it back."))
    return redirect(reverse("directory:near"))


@login_required
@require_POST
def confirm(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Note that what is said is still right."""
    services.confirm_organisation(actor=actor_of(request), organisation_id=OrganisationId(organisation_id))
    messages.success(request, _("Thank you. Marked as still correct today."))
    return redirect("directory:profile", organisation_id=organisation_id)
