"""Template tags for regions that look the same each time: drawn once, kept in memory, handed out again."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from glocal.directory.views.drawn import draw

register = template.Library()

MARKED_PATHS: Final = frozenset({"/", "/near/", "/lexicon/", "/organisations/add/"})
KEPT_REGIONS: Final = 512


@register.simple_tag
def kept(template_name: str, **facts: Any) -> SafeString:
    """Include a template that depends on nothing but the language and these facts, which must be hashable.

    About 5 microseconds when it was drawn before.
    """
    return _region(template_name, get_language() or "", tuple(facts.items()))


@register.filter
def frame_path(path: str) -> str:
    """Return the address only where the header marks it as the current one, so that headers are few."""
    return path if path in MARKED_PATHS else ""


@register.simple_tag
def kept_menu(name: str, title: str, choices: Sequence[Mapping[str, Any]], *, has_shapes: bool) -> SafeString:
    """Draw the menu of one filter; choices that are called by words of a vocabulary say in which language."""
    rows = tuple((str(c["value"]), str(c["label"]), int(c["count"]), bool(c["checked"])) for c in choices)
    lang = str(choices[0].get("lang", "")) if choices else ""
    facts = (("name", name), ("title", title), ("choices", rows), ("has_shapes", has_shapes), ("lang", lang))
    return _region("directory/_filter_menu.html", get_language() or "", facts)


@register.simple_tag
def organisation_card(result: Mapping[str, Any]) -> SafeString:
    """Draw an organisation of a short list."""
    return draw(result)


def _drawn_region(template_name: str, language: str, facts: tuple[tuple[str, Any], ...]) -> SafeString:
    del language  # a part of the key only: the active one is used
    return render_to_string(template_name, dict(facts))


# While one works on the templates, nothing is kept.
_region = _drawn_region if settings.DEBUG else lru_cache(maxsize=KEPT_REGIONS)(_drawn_region)
