"""What templates need of the design system: addresses of built files, shapes of the worlds, icons."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from glocal.directory.labels import KIND_LABELS
from glocal.ingest.labels import PROBLEM_LABELS

register = template.Library()

DIST: Final = Path(__file__).resolve().parent.parent / "static" / "web" / "dist"

# One shape per world, because colour is never the only signal; all fill the same 16 by 16 square.
SHAPES: Final = {
    "social": '<circle cx="8" cy="8" r="6.5"/>',
    "industrial": '<rect x="2" y="2" width="12" height="12" rx="1"/>',
    "knowledge": '<path d="M8 1.2 15 14H1z"/>',
    "public": '<path d="M8 .8 15.2 8 8 15.2.8 8z"/>',
    "commons": '<path d="M4.2 1.5h7.6L15.6 8l-3.8 6.5H4.2L.4 8z"/>',
}
OUTLINE: Final = '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>'

ICONS: Final = {
    "close": '<path d="m5 5 10 10M15 5 5 15"/>',
    "down": '<path d="m5 8 5 5 5-5"/>',
    "download": '<path d="M10 3v9m-4-4 4 4 4-4M4 16h12"/>',
    "globe": '<circle cx="10" cy="10" r="7"/><path d="M3 10h14M10 3c5 4 5 10 0 14M10 3c-5 4-5 10 0 14"/>',
    "list": '<path d="M7 5h10M7 10h10M7 15h10M3 5h.01M3 10h.01M3 15h.01"/>',
    "locate": '<circle cx="10" cy="10" r="4.5"/><path d="M10 1.5v4m0 9v4m-8.5-8.5h4m9 0h4"/>',
    "map": '<path d="m3 5 5-2 4 2 5-2v12l-5 2-4-2-5 2zM8 3v12m4-10v12"/>',
    "next": '<path d="m8 5 5 5-5 5"/>',
    "person": '<circle cx="10" cy="7" r="3.2"/><path d="M3.5 17c.8-3.6 3.3-5 6.5-5s5.7 1.4 6.5 5"/>',
    "pin": '<path d="M10 18s6-5.5 6-10A6 6 0 0 0 4 8c0 4.5 6 10 6 10z"/><circle cx="10" cy="8" r="2"/>',
    "previous": '<path d="m12 5-5 5 5 5"/>',
    "search": '<circle cx="8.5" cy="8.5" r="5.5"/><path d="m13 13 4.5 4.5"/>',
    "theme": '<circle cx="10" cy="10" r="7"/><path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor"/>',
    "upload": '<path d="M10 13V4M6 8l4-4 4 4M4 16h12"/>',
}

DISTANCES_KM: Final = ("1", "2", "5", "10", "25", "50", "100", "250")


class FrontEndNotBuiltError(RuntimeError):
    """The browser's files are missing: nobody ran the build."""

    def __init__(self) -> None:
        super().__init__("The front end is not built: run “make run”, or “node build.mjs” in frontend/.")


def read_manifest() -> dict[str, str]:
    """Return the built files by their plain names.

    Raises:
        FrontEndNotBuiltError: there is no manifest.
    """
    try:
        content = (DIST / "manifest.json").read_text(encoding="utf-8")
    except FileNotFoundError as missing:
        raise FrontEndNotBuiltError from missing
    named: dict[str, str] = json.loads(content)
    return named


kept_manifest = lru_cache(maxsize=1)(read_manifest)


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a built file, for example `main.css`, under its content-hashed name.

    Raises:
        FrontEndNotBuiltError: the build did not run, or does not make this file.
    """
    manifest = read_manifest() if settings.DEBUG else kept_manifest()
    if name not in manifest:
        raise FrontEndNotBuiltError
    return static(f"web/dist/{manifest[name]}")


@register.simple_tag
def tone_shape(tone: str) -> SafeString:
    """Draw the shape of a world in its colour; a ring for what belongs to none. Screen readers skip it."""
    return _shape(tone)


@lru_cache(maxsize=16)
def _shape(tone: str) -> SafeString:
    known = tone if tone in SHAPES else "none"
    drawn = SHAPES.get(tone, OUTLINE)
    return mark_safe(  # noqa: S308 - only constants of this module
        f'<svg class="shape tone-{known}" viewBox="0 0 16 16" aria-hidden="true">{drawn}</svg>'
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a line icon in the colour of the words beside it. Screen readers skip it."""
    return mark_safe(  # noqa: S308 - only constants of this module
        f'<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">{ICONS[name]}</svg>'
    )


@register.simple_tag
def distance_choices(chosen: str) -> list[dict[str, str | bool]]:
    """Return the distances one may choose, in kilometres; one that was typed into the address stays."""
    values = [*DISTANCES_KM]
    if chosen and chosen not in values:
        values.append(chosen)
    return [{"value": value, "is_chosen": value == chosen} for value in values]


@register.simple_tag
def hidden_inputs(name: str, values: str | Sequence[str]) -> SafeString:
    """Send values along with a form that does not show them: one, several or none."""
    several = [values] if isinstance(values, str) else values
    pairs = [(name, value) for value in several if value]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.filter
def kind_label(kind: str) -> str:
    """Return the words for a kind of organisation."""
    return str(KIND_LABELS.get(kind, kind))


@register.filter
def field_label(field: str) -> str:
    """Return the words for a field of an imported file."""
    return str(PROBLEM_LABELS.get(field, field))


@register.simple_tag(takes_context=True)
def csp_nonce(context: dict[str, Any]) -> str:
    """Return this answer's nonce for the content policy."""
    return str(context["request"].csp_nonce)
