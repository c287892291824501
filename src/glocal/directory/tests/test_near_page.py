"""The search page without a script: list, filters, paging, refusals, fragments, languages."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from glocal.core.geo import GeoPoint
from glocal.directory.gateways import index
from glocal.directory.tests.conftest import facts, take_in
from glocal.directory.tests.test_search_form import HOSTILE
from glocal.directory.types import Description, SiteFacts

pytestmark = pytest.mark.django_db
NORTH = [GeoPoint(45.0703 + number / 1000, 7.6869) for number in range(45)]


def _names(page: str) -> list[str]:
    return re.findall(r'<h3 class="card-name"><a href="[^"]+">([^<]+)</a>', page)


def _link(page: str, rel: str) -> str | None:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else None


@pytest.mark.parametrize("params", HOSTILE, ids=lambda params: str(params)[:40])
def test_what_cannot_be_read_is_said_in_a_sentence(client: Client, params: dict[str, list[str]]) -> None:
    answer = client.get("/near/", params)
    too_many = sum(map(len, params.values())) > 1000  # Django's own limit answers before us
    assert answer.status_code == (400 if too_many else 422)
    assert too_many or 'class="notice error" role="alert"' in answer.text


def test_an_unknown_town_is_said_in_a_sentence(client: Client) -> None:
    answer = client.get("/near/", {"place": "Xqzzyville"})
    assert answer.status_code == 422
    assert "No town is called “Xqzzyville”" in answer.text


def test_a_misspelt_town_is_offered_as_it_is_written(client: Client) -> None:
    page = client.get("/near/", {"place": "Torinno", "km": "10"}).text
    found = re.search(r'<a[^>]* href="(/near/[^"]+)"[^>]*>Torino', page)
    assert found is not None
    asked = parse_qs(urlsplit(found[1].replace("&amp;", "&")).query)
    assert asked["place"][0].startswith("Torino")
    assert asked["km"] == ["10"]
    assert "within 10 km of Torino" in client.get(found[1].replace("&amp;", "&")).text


def test_the_form_keeps_every_value_it_does_not_show(client: Client) -> None:
    page = client.get("/near/?country=IT&country=FR&sdg=8&sdg=12").text
    kept = re.findall(r'<input type="hidden" name="(country|sdg)" value="([^"]+)">', page)
    assert sorted(kept) == [("country", "FR"), ("country", "IT"), ("sdg", "12"), ("sdg", "8")]


def test_nobody_found_says_what_to_do(client: Client) -> None:
    answer = client.get("/near/", {"q": "bread", "lat": "45", "lon": "7", "km": "2"})
    assert answer.status_code == 200
    assert "Nobody here is known like this" in answer.text
    assert "look farther away" in answer.text


def test_the_list_is_in_the_page_nearest_first(client: Client) -> None:
    take_in(
        *(
            facts(name=f"N{number:02}", sites=(SiteFacts(point.lat, point.lon, "exact"),))
            for number, point in enumerate(NORTH)
        )
    )
    answer = client.get("/near/", {"lat": "45.0703", "lon": "7.6869"})
    assert _names(answer.text) == [f"N{number:02}" for number in range(20)]


def test_paging_keeps_the_filters_and_ends(client: Client) -> None:
    take_in(*(facts(name=f"N{number:02}") for number in range(45)))
    take_in(facts(name="School", kind="school"), facts(name="Unplaced", sites=()))
    asked = {"lat": "45.07", "lon": "7.69", "km": "10", "kind": ["cooperative", "association"], "q": "n"}
    page, seen = client.get("/near/", asked).text, []
    while True:
        seen += _names(page)
        following = _link(page, "next")
        if following is None:
            break
        kept = parse_qs(urlsplit(following).query)
        assert {name: kept[name] for name in ("kind", "q", "km")} == {
            "kind": ["cooperative", "association"],
            "q": ["n"],
            "km": ["10"],
        }
        page = client.get(following).text
    assert seen == [f"N{number:02}" for number in range(45)]
    assert _link(page, "prev") is not None


def test_a_place_with_some_on_no_map_does_not_page_on_for_ever(client: Client) -> None:
    take_in(facts(), *(facts(name=f"U{number}", sites=()) for number in range(30)))
    assert _link(client.get("/near/", {"lat": "45", "lon": "7"}).text, "next") is None


def test_each_part_of_the_sentence_can_be_taken_away(client: Client) -> None:
    take_in(facts())
    asked = {
        "q": "arca",
        "kind": ["cooperative", "school"],
        "lat": "45.07",
        "lon": "7.69",
        "km": "5",
        "page": "1",
    }
    page = client.get("/near/", asked).text
    gone = re.findall(r'class="sentence-part" href="([^"]+)"', page)
    left = [parse_qs(urlsplit(url.replace("&amp;", "&")).query) for url in gone]
    assert [sorted(each) for each in left] == [
        ["kind", "km", "lat", "lon", "q"],
        ["kind", "km", "lat", "lon", "q"],
        ["kind", "km", "lat", "lon"],
        ["kind", "q"],
    ]
    assert (left[0]["kind"], left[1]["kind"]) == (["school"], ["cooperative"])


def test_filters_stay_chosen_and_show_how_many_there_are(client: Client) -> None:
    take_in(facts(), facts(name="S", kind="school"))
    page = client.get("/near/", {"kind": "school", "topic": "food"}).text
    assert re.search(r'name="kind" value="school" checked', page)
    assert not re.search(r'name="kind" value="cooperative" checked', page)
    assert _names(page) == ["S"]


def test_a_script_gets_the_list_alone_and_caches_keep_them_apart(client: Client) -> None:
    take_in(facts())
    fragment = client.get("/near/", headers={"HX-Request": "true"})
    whole = client.get("/near/")
    restored = client.get("/near/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" not in fragment.text
    assert _names(fragment.text) == ["Arca del Po"]
    assert "<html" in whole.text
    assert "<html" in restored.text
    assert all("HX-Request" in answer.headers["Vary"] for answer in (fragment, whole, restored))
    refused = client.get("/near/", {"km": "x"}, headers={"HX-Request": "true"})
    assert (refused.status_code, "<html" in refused.text) == (422, False)
    assert "notice error" in refused.text


def test_words_of_others_are_shown_as_words(client: Client) -> None:
    evil = "<script>alert(1)</script>"
    take_in(facts(name=evil, topics=(evil,), descriptions=(Description("it", evil),)))
    page = client.get("/near/", {"q": "script", "topic": evil, "place": ""}).text
    assert evil not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_summary_says_its_language_and_an_invented_one_says_so(
    client: Client, make_organisation: Any
) -> None:
    from glocal.directory.models import Organisation

    make_organisation(descriptions=(Description("sl", "Kruh"),))
    Organisation.objects.update(is_demo=True)
    index.rebuild()
    index.forget()
    page = client.get("/near/").text
    assert '<p class="card-summary" lang="sl">Kruh</p>' in page
    assert "invented" in page


@pytest.mark.parametrize(
    ("wanted", "given"), [("it", "it"), ("it-CH,it;q=0.9", "it"), ("en", "en"), ("xx", "en")]
)
def test_the_page_comes_in_the_language_of_its_reader(client: Client, wanted: str, given: str) -> None:
    answer = client.get("/near/", headers={"Accept-Language": wanted})
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, given)
    assert f'<html lang="{given}"' in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("how_many", [1, 20])
def test_the_page_asks_nothing_of_the_database(
    client: Client, how_many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    take_in(*(facts(name=f"N{number}") for number in range(how_many)))
    index.current()
    with django_assert_num_queries(0):
        answer = client.get("/near/", {"lat": "45", "lon": "7"})
    assert len(_names(answer.text)) == how_many
