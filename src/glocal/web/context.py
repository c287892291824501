"""What every page's frame shows: who is signed in, which theme, whether this is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from glocal.accounts.queries import actor_of

THEMES = ("light", "dark")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the page frame."""
    theme = request.COOKIES.get("theme", "")
    return {
        "actor": actor_of(request),
        "theme": theme if theme in THEMES else "",
        "is_demo_home": settings.GLOCAL_IS_DEMO,
        "sends_mail": settings.GLOCAL_SENDS_MAIL,
    }
