"""Cards of the list: drawn once, kept, and right for every question and language."""

import orjson
from django.utils.translation import override

from glocal.atlas.types import Hit, Listed
from glocal.directory.views import drawn

CARD = orjson.dumps(
    {
        "id": "7",
        "name": "<b>Filo & Ago</b>",
        "kind": "cooperative",
        "world": "social",
        "worlds": ["social"],
        "tone": "social",
        "place": "Torino",
        "country": "IT",
        "topics": ["riuso"],
        "source": "test",
        "summary": "Ripara.",
        "summary_lang": "it",
        "precision": "exact",
        "is_demo": False,
        "confirmed_on": "2026-02-16",
    }
)


def hit(distance_km: float) -> Hit:
    return Hit(organisation_id=7, distance_km=distance_km, lat=45.1, lon=7.7, card=CARD)


def test_a_kept_card_still_says_each_distance() -> None:
    near, far = drawn.card(hit(0.84)), drawn.card(hit(12.3))
    assert "840 m" in near
    assert "12 km" in far
    assert near.replace("840 m", "12 km") == far


def test_a_card_without_a_distance_says_none() -> None:
    listed = drawn.card(Listed(organisation_id=7, lat=None, lon=None, card=CARD))
    assert drawn.DISTANCE not in listed
    assert "card-distance" not in listed


def test_a_card_escapes_what_strangers_wrote() -> None:
    assert "&lt;b&gt;Filo &amp; Ago&lt;/b&gt;" in drawn.card(hit(1))


def test_a_card_is_kept_per_language_and_writes_coordinates_for_machines() -> None:
    with override("it"):
        italian = drawn.card(hit(1))
    assert 'data-lat="45.1" data-lon="7.7"' in italian
    assert drawn.card(hit(1)) != italian or "cooperativa" not in italian
