"""The search in the address bar: what is understood, and one sentence for what is not."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.core.errors import Invalid
from glocal.core.geo import Box, GeoPoint
from glocal.directory.forms import box_from, search_from
from glocal.directory.types import Search

HOSTILE: list[dict[str, list[str]]] = [
    {"km": ["nan"]},
    {"km": ["inf"]},
    {"km": ["1e999"]},
    {"km": ["-1"]},
    {"km": ["0"]},
    {"km": ["ten"]},
    {"page": ["0"]},
    {"page": ["-3"]},
    {"page": ["9" * 5000]},
    {"page": ["nan"]},
    {"k": ["1000000"]},
    {"lat": ["45"]},
    {"lon": ["7"]},
    {"lat": ["91"], "lon": ["7"]},
    {"lat": ["45"], "lon": ["nan"]},
    {"lat": ["45"], "lon": ["181"]},
    {"box": ["7,45,8"]},
    {"box": ["7,45,8,46,47"]},
    {"box": ["nan,45,8,46"]},
    {"box": ["7,nan,8,46"]},
    {"box": ["7,-inf,8,inf"]},
    {"box": ["7,46,8,45"]},
    {"box": ["7;45;8;46"]},
    {"box": [","]},
    {"box": ["7,95,8,96"]},
    {"kind": ["bank"]},
    {"kind": [f"kind-{number}" for number in range(10_000)]},
    {"world": ["moon"]},
    {"q": ["bread\0"]},
    {"place": ["\0"]},
    {"territory": ["a\0b"]},
    {"topic": ["\0"]},
]


@pytest.mark.parametrize("params", HOSTILE, ids=lambda params: str(params)[:40])
def test_what_cannot_be_read_is_refused_in_one_short_sentence(params: dict[str, list[str]]) -> None:
    with pytest.raises(Invalid) as refused:
        search_from(params)
    assert 10 < len(refused.value.message) < 500
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("", None),
        ("7,45,8,46", Box(7, 45, 8, 46)),
        (" 7.5 , 45 ,8,46", Box(7.5, 45, 8, 46)),
        pytest.param("170,-10,-170,10", Box(170, -10, -170, 10), id="over the antimeridian"),
        pytest.param("170,-10,190,10", Box(170, -10, -170, 10), id="scrolled past it"),
        pytest.param("-190,-10,-170,10", Box(170, -10, -170, 10), id="scrolled past it westwards"),
        pytest.param("-200,-95,200,95", Box(-180, -90, 180, 90), id="wider than the world"),
        pytest.param("530,0,550,1", Box(170, 0, -170, 1), id="once round"),
    ],
)
def test_a_box_is_read_however_far_the_map_was_scrolled(text: str, box: Box | None) -> None:
    assert box_from(text) == box


def test_nothing_set_means_everything() -> None:
    assert search_from({}) == Search()
    assert search_from({"q": [""], "km": [" "], "kind": [""], "box": [""]}) == Search()


def test_everything_set_is_understood() -> None:
    search = search_from(
        {
            "q": [" bread "],
            "kind": ["cooperative", "association", "cooperative"],
            "world": ["social"],
            "topic": ["food"],
            "country": ["it"],
            "lat": ["45,07"],
            "lon": ["7.69"],
            "km": ["2,5"],
            "page": ["3"],
            "k": ["10"],
        }
    )
    assert search == Search(
        text="bread",
        kinds=("cooperative", "association"),
        worlds=("social",),
        topics=("food",),
        countries=("IT",),
        centre=GeoPoint(45.07, 7.69),
        radius=search.radius,
        limit=10,
        skip=20,
    )
    assert search.radius == 2.5


def test_very_much_is_cut_to_what_can_be_asked() -> None:
    search = search_from({"q": ["x" * 10_000], "topic": [f"t{number}" for number in range(10_000)]})
    assert (len(search.text), len(search.topics)) == (200, 50)


NAMES = ("q", "place", "lat", "lon", "km", "box", "kind", "world", "topic", "country", "page", "k", "sdg")


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.text(max_size=20), max_size=3)))
def test_any_text_is_understood_or_refused(params: dict[str, list[str]]) -> None:
    with suppress(Invalid):
        assert 0 <= search_from(params).skip <= 500_000


@given(*[st.floats(allow_nan=True, allow_infinity=True)] * 4)
def test_any_four_numbers_are_a_box_on_earth_or_refused(w: float, s: float, e: float, n: float) -> None:
    try:
        box = box_from(f"{w},{s},{e},{n}")
    except Invalid:
        return
    assert box is not None
    assert -180 <= box.west <= 180
