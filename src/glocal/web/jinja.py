"""The template engine for what a page holds many times: compiled to Python, ten times as fast as Django's."""

from typing import Any

from django.utils.translation import gettext
from jinja2 import Environment

from glocal.web.templatetags.design import tone_shape


def environment(**options: Any) -> Environment:
    """Return the engine with what its templates use; they escape like Django's."""
    made = Environment(**options)  # noqa: S701  # Django asks for autoescape
    made.globals.update(_=gettext, tone_shape=tone_shape)
    return made
