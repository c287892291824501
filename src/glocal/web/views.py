"""Home, the pages about the product itself, the choice of a language, and the pages of what went wrong."""

from typing import Any

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt, requires_csrf_token
from django.views.decorators.http import require_POST, require_safe

from glocal.core.geo import Box
from glocal.directory.queries import count_organisations, markers, menu
from glocal.directory.types import Search
from glocal.directory.views.page_data import strings
from glocal.web.figures import spots, threads
from glocal.web.samples import samples

EXAMPLES = ("Torino", "Bilbao", "Leipzig")
EUROPE = Box(-25.0, 34.0, 35.0, 66.0)
QUIET_MARKERS = 200
# Filters multiply without end, and a page for each says nothing the organisations' own pages do not.
ROBOTS = """User-agent: *
Disallow: /account/
Disallow: /import/
Disallow: /language/
Disallow: /near/export/
Disallow: /near/?
"""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Ask what is near, and say what is here."""
    context = {
        "count": count_organisations(),
        "worlds": threads(menu("world")),
        "spots": spots(markers(Search(), EUROPE, at_most=QUIET_MARKERS)),
        "examples": [
            {"label": place, "url": reverse("directory:near", query={"place": place, "km": "25"})}
            for place in EXAMPLES
        ],
        "page_data": {"urls": {"near": reverse("directory:near")}, "strings": strings()},
    }
    return render(request, "web/home.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what this is, where the data come from and under which licences."""
    return render(request, "web/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what works for whom, and what does not yet."""
    return render(request, "web/accessibility.html")


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Show every component of the pages, alive, with real content."""
    return render(request, "web/components.html", samples())


@csrf_exempt  # it changes a preference and nothing else; without a token pages are the same for all readers
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language and go back to where one was."""
    onward = request.headers.get(
        "Referer", ""
    )  # sent by ourselves to ourselves only, see the referrer policy
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure()):
        onward = reverse("web:home")
    answer = HttpResponseRedirect(onward)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=31_536_000,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return answer


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - named by Django
    """Tell search engines what is worth reading."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
def icon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - named by Django
    """Lead browsers that guess the address of the icon to the mark."""
    return HttpResponsePermanentRedirect(static("web/mark.svg"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - named by Django
    """Say that the request made no sense."""
    return render(request, "web/400.html", status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - named by Django
    """Say that this is not theirs to see."""
    return render(request, "web/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - named by Django
    """Say that the form was too old or came from elsewhere."""
    context: dict[str, Any] = {"is_stale_form": True}
    return render(request, "web/403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - named by Django
    """Say that there is nothing at this address."""
    return render(request, "web/404.html", status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Say that it is our fault, with a page that needs nothing that could be broken."""
    return HttpResponse(render_to_string("web/500.html"), status=500)
