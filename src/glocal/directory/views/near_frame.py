"""The search page around its list: the same for all strangers who ask alike, so it is drawn once and kept."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape, json_script
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from glocal.accounts.queries import actor_of
from glocal.core.actor import STRANGER

KEPT_FRAMES = 256  # some 20 kB each
TEMPLATE = "directory/near.html"
# These differ with nearly every question, so they are written into a kept frame afterwards.
VARYING = ("lat", "lon", "box")
MARK = {name: f"\x00{name}\x00" for name in (*VARYING, "results", "data")}

Typed = dict[str, Any]
Menus = dict[str, list[dict[str, Any]]]


def page(request: HttpRequest, *, typed: Typed, menus: Menus, results: str, data: dict[str, Any]) -> str:
    """Return the whole page around a drawn list.

    For people who are signed in, and for visitors with a session (a message may wait there), it is drawn
    anew; for everybody else only the list, the data of the map and the typed point are put in.
    """
    script = json_script(data, "page-data")
    if actor_of(request).is_signed_in or settings.SESSION_COOKIE_NAME in request.COOKIES:
        context = {"search": typed, **menus, "results_region": mark_safe(results), "page_data_script": script}  # noqa: S308  # drawn by a template
        return render_to_string(TEMPLATE, context, request)
    frame = _frame(
        get_language() or "",
        request.COOKIES.get("theme", ""),
        tuple((name, _fixed(name, value)) for name, value in typed.items()),
        tuple((name, tuple(tuple(choice.items()) for choice in choices)) for name, choices in menus.items()),
    )
    for name in VARYING:
        frame = frame.replace(MARK[name], escape(typed[name]))
    return frame.replace(MARK["data"], script).replace(MARK["results"], results)


def _fixed(name: str, value: str | list[str]) -> str | tuple[str, ...]:
    if name in VARYING:
        return MARK[name] if value else ""
    return tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=KEPT_FRAMES)
def _frame(
    _language: str,
    theme: str,
    typed: tuple[tuple[str, str | tuple[str, ...]], ...],
    menus: tuple[tuple[str, tuple[tuple[tuple[str, Any], ...], ...]], ...],
) -> str:
    context = {
        "search": dict(typed),
        **{name: [dict(choice) for choice in choices] for name, choices in menus},
        "results_region": mark_safe(MARK["results"]),  # noqa: S308  # a constant
        "page_data_script": mark_safe(MARK["data"]),  # noqa: S308  # a constant
        "actor": STRANGER,
        "theme": theme if theme in {"light", "dark"} else "",
        "is_demo_home": settings.GLOCAL_IS_DEMO,
        "request": {"path": "/near/"},
    }
    return render_to_string(TEMPLATE, context)
