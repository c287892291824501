"""Organisations of a list as HTML: each is drawn once per language and kept; only its distance differs."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from django.template import engines
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from glocal.atlas.types import Hit, Listed
from glocal.directory.gateways.rows import card_from_json
from glocal.directory.views import present

KEPT_CARDS = 20_000  # about two kilobytes each
DISTANCE, BECAUSE = "\x00", "\x01"


def card(hit: Hit | Listed, because: Sequence[str] = ()) -> SafeString:
    """Draw an organisation of a list. A few microseconds when its record was drawn before."""
    distance = present.distance_text(hit.distance_km) if isinstance(hit, Hit) else ""
    html = _card(get_language() or "", hit.card, hit.lat, hit.lon, (bool(distance), bool(because)))
    html = html.replace(DISTANCE, escape(distance))
    if because:
        html = html.replace(BECAUSE, escape("; ".join(because)))
    return mark_safe(html)  # noqa: S308  # the card's template escapes


@lru_cache(maxsize=KEPT_CARDS)
def _card(
    _language: str, record: bytes, lat: float | None, lon: float | None, says: tuple[bool, bool]
) -> str:
    has_distance, has_reason = says
    result = present.result(card_from_json(record, lat=lat, lon=lon))
    result["distance_text"] = mark_safe(DISTANCE) if has_distance else ""  # noqa: S308  # one constant character
    result["because"] = mark_safe(BECAUSE) if has_reason else ""  # noqa: S308  # one constant character
    return draw(result)


def draw(result: Mapping[str, Any]) -> SafeString:
    """Draw what `present.result` returns as a card; 20 microseconds."""
    html: str = _template().render({"result": result})
    return mark_safe(html)  # noqa: S308  # the template escapes


@cache
def _template() -> Any:
    return engines["jinja2"].get_template("directory/card.html")
