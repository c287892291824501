"""Refusals of the domains as pages: the right status, one clear sentence, a way on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from glocal.core.errors import DomainError


class RefusalMiddleware:
    """Turns a DomainError that a view lets pass into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show the refusal; anything else is not ours to catch."""
        if not isinstance(exception, DomainError):
            return None
        return render(request, "web/refusal.html", {"refusal": exception}, status=exception.status)
