"""The pieces of the search page, drawn by themselves."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string

TYPED: dict[str, Any] = {
    **dict.fromkeys(("q", "place", "lat", "lon", "km", "box", "territory"), ""),
    **{name: [] for name in ("kind", "world", "topic", "country", "sdg")},
}


def _hidden(**typed: Any) -> list[tuple[str, str]]:
    form = render_to_string("directory/_filters.html", {"search": {**TYPED, **typed}})
    return re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({"country": ["IT", "FR"]}, [("country", "IT"), ("country", "FR")], id="two countries"),
        pytest.param({"country": "IT"}, [("country", "IT")], id="one country as a text"),
        pytest.param({"sdg": ["8", "12"]}, [("sdg", "8"), ("sdg", "12")], id="two goals"),
        pytest.param({"territory": "piemonte"}, [("territory", "piemonte")], id="a territory"),
        pytest.param({"box": "7,45,8,46"}, [("box", "7,45,8,46")], id="a box"),
        pytest.param({"lat": "45", "lon": "7"}, [("lat", "45"), ("lon", "7")], id="a point"),
        pytest.param({"sdg": ['"><b>']}, [("sdg", "&quot;&gt;&lt;b&gt;")], id="words of others"),
        pytest.param({"sdg": ("8",)}, [("sdg", "8")], id="from a kept frame"),
    ],
)
def test_the_form_sends_every_value_it_does_not_show(
    typed: dict[str, Any], sent: list[tuple[str, str]]
) -> None:
    assert _hidden(**typed) == sent


def test_an_error_offers_what_may_have_been_meant() -> None:
    suggestions = [{"label": "Leipzig, Germany", "url": "/near/?place=Leipzig%2C+Germany&km=10"}]
    said = {"error": "No town is called “Leipizg”.", "results": [], "suggestions": suggestions}
    region = render_to_string("directory/_results.html", said)
    assert '<a href="/near/?place=Leipzig%2C+Germany&amp;km=10">Leipzig, Germany</a>' in region
    assert "meant" in region
    assert "meant" not in render_to_string("directory/_results.html", {**said, "suggestions": []})


def test_the_button_between_list_and_map_shows_both_icons_and_the_right_one_first() -> None:
    page = render_to_string("directory/near.html", {"search": TYPED, "request": {"path": "/near/"}})
    button = re.search(r'<button[^>]*id="map-toggle".*?</button>', page, re.DOTALL)
    assert button is not None
    assert re.findall(r'<span data-shows="(\w+)"( hidden)?>', button[0]) == [("map", ""), ("list", " hidden")]
