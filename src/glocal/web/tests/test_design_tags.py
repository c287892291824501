"""What templates get from the design system."""

from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.utils.translation import override

from glocal.directory.types import TONES
from glocal.directory.views import drawn as cards
from glocal.web.templatetags import design

RESULT: dict[str, Any] = {
    "id": "7",
    "name": "<script>alert(1)</script> & Söhne",
    "url": "/organisations/7/",
    "kind_label": "company",
    "tone": "industrial",
    "place": "Leipzig",
    "summary": "Fräst",
    "summary_lang": "de",
    "topics": ("metal",),
    "lat": 51.34,
    "lon": 12.37,
    "is_demo": True,
    "confirmed_text": "",
    "precision": "town",
    "precision_label": "placed by town",
    "distance_text": "0,8 km",
}


def draw(source: str, **facts: Any) -> str:
    return Template("{% load design kept %}" + source).render(Context(facts))


def test_every_world_has_a_shape_of_its_own() -> None:
    shapes = {draw("{% tone_shape tone %}", tone=tone).split(">", 1)[1] for tone in TONES}
    assert len(shapes) == len(TONES)


def test_what_belongs_to_no_world_is_a_ring_and_never_markup() -> None:
    drawn = draw("{% tone_shape tone %}", tone='"><b>')
    assert "tone-none" in drawn
    assert "<b>" not in drawn


def test_an_asset_has_its_hashed_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "manifest.json").write_text('{"main.css": "main-ABC.css"}')
    monkeypatch.setattr(design, "DIST", tmp_path)
    monkeypatch.setattr(design, "kept_manifest", design.read_manifest)
    assert draw('{% asset "main.css" %}') == "/static/web/dist/main-ABC.css"
    with pytest.raises(design.FrontEndNotBuiltError):
        draw('{% asset "other.css" %}')


def test_without_a_build_one_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(design, "DIST", tmp_path)
    with pytest.raises(design.FrontEndNotBuiltError, match="make run"):
        design.read_manifest()


def test_a_distance_typed_into_the_address_stays_among_the_choices() -> None:
    choices = design.distance_choices("7")
    assert [choice["value"] for choice in choices if choice["is_chosen"]] == ["7"]
    assert not any(choice["is_chosen"] for choice in design.distance_choices(""))


def drawn(result: dict[str, Any]) -> str:
    """Draw a card of a list."""
    return cards.draw(result)


def test_a_card_escapes_what_strangers_wrote() -> None:
    card = drawn(RESULT)
    assert "<script" not in card
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Söhne" in card
    assert drawn({**RESULT, "distance_text": "<b>"}).count("<b>") == 0


def test_a_card_writes_coordinates_for_machines_in_every_language() -> None:
    with override("it"):
        assert 'data-lat="51.34" data-lon="12.37"' in drawn(RESULT)


def test_a_card_without_a_place_says_so() -> None:
    card = drawn({**RESULT, "lat": None, "lon": None})
    assert 'data-lat="" data-lon=""' in card
    assert "not on the map" in card


def test_a_description_names_its_language() -> None:
    assert '<p class="card-summary" lang="de">' in drawn(RESULT)


def test_a_kept_region_is_drawn_again_for_other_facts() -> None:
    menu = '{% kept_menu "world" "World" choices has_shapes=True %}'
    choice = {"value": "social", "label": "social economy", "count": 4, "checked": False}
    before, after = draw(menu, choices=[choice]), draw(menu, choices=[{**choice, "checked": True}])
    assert "checked" not in before
    assert "checked" in after
