"""The pages on which people add, change and review organisations."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from glocal.core.actor import Actor
from glocal.core.language import EU_LANGUAGES
from glocal.directory import queries, services
from glocal.directory.forms import OrganisationForm
from glocal.directory.models import Organisation
from glocal.directory.tests.conftest import TORINO_SITE, facts, row, take_in
from glocal.directory.types import Description, OrganisationId, Search, SiteFacts

At = Callable[[Actor], Client]
TYPED = {
    "name": "Arca del Po",
    "kind": "cooperative",
    "description": "Pane",
    "description_lang": "it",
    "topics": "food, bread",
    "street": "Via Po 1",
    "town": "Torino",
    "country": "it",
    "lat": "45.0703",
    "lon": "7.6869",
    "website": "arca.example",
}


def _form_of(page: str) -> dict[str, Any]:
    """Read back what a form on a page would send."""
    fields = dict(re.findall(r'<input type="(?:text|hidden|number|url)" name="(\w+)" value="([^"]*)"', page))
    fields |= dict.fromkeys(re.findall(r'<input type="(?:text|number|url)" name="(\w+)"', page), "") | fields
    for name, inside in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', page, re.DOTALL):
        fields[name] = next(iter(re.findall(r'value="([\w-]*)" selected', inside)), "")
    fields["worlds"] = re.findall(r'name="worlds" value="(\w+)"[^>]*checked', page)
    for name, text in re.findall(r'<textarea name="(\w+)"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL):
        fields[name] = text
    return fields


def _origins(its_id: OrganisationId) -> set[str]:
    return set(row(its_id).origins)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "a\0b"},
        {"kind": "bank"},
        {"kind": ""},
        {"country": "XX"},
        {"country": "1T"},
        {"country": "ITA"},
        {"lat": "nan"},
        {"lat": "95"},
        {"lon": ""},
        {"website": "javascript:alert(1)"},
        {"website": "http://["},
        {"founded_on": "soon"},
        {"description_lang": "english"},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    ana: Actor, at_browser: At, wrong: dict[str, str]
) -> None:
    answer = at_browser(ana).post("/organisations/add/", {**TYPED, **wrong})
    assert answer.status_code == 422
    assert 'class="notice error"' in answer.text
    assert "Via Po 1" in answer.text
    assert not Organisation.objects.exists()


def _choices(page: str, name: str) -> list[tuple[str, str]]:
    inside = re.search(rf'<select name="{name}".*?>(.*?)</select>', page, re.DOTALL)
    assert inside is not None, f"{name} is no choice"
    return re.findall(r'<option value="([\w-]*)"[^>]*>([^<]*)</option>', inside[1])


def test_nobody_is_taken_for_a_cooperative_unasked(ana: Actor, at_browser: At) -> None:
    page = at_browser(ana).get("/organisations/add/").text
    assert _choices(page, "kind")[0] == ("", "Choose a kind")
    assert _form_of(page)["kind"] == ""
    assert re.search(r'<select name="kind"[^>]* required', page)


@pytest.mark.parametrize(
    ("language", "italy", "first", "last"),
    [("en", "Italy", "Afghanistan", "Zimbabwe"), ("it", "Italia", "Afghanistan", "Zimbabwe")],
)
def test_countries_are_chosen_by_their_names_in_the_readers_language(
    ana: Actor, at_browser: At, language: str, italy: str, first: str, last: str
) -> None:
    client = at_browser(ana)
    page = client.get("/organisations/add/", headers={"Accept-Language": language}).text
    _nothing, *countries = _choices(page, "country")
    assert ("IT", italy) in countries
    assert (countries[0][1], countries[-1][1]) == (first, last)
    assert len(countries) > 240
    assert not {"EU", "UN", "ZZ", "001"} & {code for code, _ in countries}


def test_countries_stand_where_readers_look_for_them(ana: Actor, at_browser: At) -> None:
    page = at_browser(ana).get("/organisations/add/", headers={"Accept-Language": "en"}).text
    names = [name for _, name in _choices(page, "country")]
    assert names.index("Afghanistan") < names.index("Åland Islands") < names.index("Albania")


def test_languages_are_chosen_by_their_own_names_those_of_the_union_first(ana: Actor, at_browser: At) -> None:
    page = at_browser(ana).get("/organisations/add/").text
    _nothing, *languages = _choices(page, "description_lang")
    codes = [code for code, _ in languages]
    assert sorted(codes[:24]) == sorted(EU_LANGUAGES)
    assert {"uk", "tr", "ar", "ca", "eu", "gl", "cy", "ru"} <= set(codes[24:])
    own_names = {"de": "Deutsch", "mt": "Malti", "el": "Ελληνικά", "ar": "العربية", "it": "Italiano"}
    assert own_names.items() <= dict(languages).items()
    assert codes.index("cs") < codes.index("da") < codes.index("de"), "Čeština stands with C"


@pytest.mark.parametrize(("lang", "country"), [("pt-BR", "XK"), ("en-GB", "IT"), ("nds", "AN"), ("xx", "ZZ")])
def test_what_is_stored_stays_selectable_though_nobody_would_offer_it(
    sofia: Actor, at_browser: At, lang: str, country: str
) -> None:
    site = SiteFacts(45.0703, 7.6869, "exact", town="Torino", country=country)
    [made] = take_in(facts(descriptions=(Description(lang, "Pane"),), sites=(site,), country=country))
    client, url = at_browser(sofia), f"/organisations/{made.organisation_id}/edit/"
    form = _form_of(client.get(url).text)
    assert (form["description_lang"], form["country"]) == (lang, country)
    assert client.post(url, {**form, "legal_form": "s.c."}).status_code == 302
    saved = queries.profile(actor=sofia, organisation_id=made.organisation_id).facts
    assert (saved.descriptions[0].lang, saved.sites[0].country, saved.country) == (lang, country, country)
    assert saved.legal_form == "s.c."


def test_a_newcomer_waits_until_a_steward_accepts(
    ana: Actor, sofia: Actor, bruno: Actor, at_browser: At
) -> None:
    answer = at_browser(ana).post("/organisations/add/", TYPED)
    its_id = Organisation.objects.get().pk
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/organisations/{its_id}/")
    page = f"/organisations/{its_id}/"
    assert "waits for a steward" in at_browser(ana).get(page).text
    assert at_browser(bruno).get(page).status_code == 404
    assert queries.find_organisations(Search()).count == 0
    steward = at_browser(sofia)
    assert "Arca del Po" in steward.get("/organisations/review/").text
    assert steward.post(f"{page}accept/").status_code == 302
    assert Client().get(page).status_code == 200
    assert [card.name for card in queries.find_organisations(Search()).cards] == ["Arca del Po"]
    assert steward.post(f"{page}accept/").status_code == 409


def test_who_is_refused_reads_why(ana: Actor, sofia: Actor, at_browser: At) -> None:
    its_id = services.add_organisation(actor=ana, facts=facts())
    page, steward = f"/organisations/{its_id}/", at_browser(sofia)
    assert steward.post(f"{page}refuse/", {"because": " "}).status_code == 422
    assert steward.post(f"{page}refuse/", {"because": "A <b>shop</b>."}).status_code == 302
    assert "A &lt;b&gt;shop&lt;/b&gt;." in at_browser(ana).get(page).text


def test_likely_twins_are_shown_before_saving(ana: Actor, at_browser: At, make_organisation: Any) -> None:
    make_organisation(name="Arca del Po soc. coop.")
    client = at_browser(ana)
    answer = client.post("/organisations/add/", TYPED)
    assert answer.status_code == 200
    assert "Arca del Po soc. coop." in answer.text
    assert "0 m away" in answer.text
    assert Organisation.objects.count() == 1
    assert client.post("/organisations/add/", {**TYPED, "is_no_twin": "1"}).status_code == 302
    assert Organisation.objects.count() == 2


def test_a_town_is_found_where_nobody_knows_the_point(ana: Actor, at_browser: At) -> None:
    at_browser(ana).post("/organisations/add/", {**TYPED, "lat": "", "lon": ""})
    [site] = queries.profile(
        actor=ana, organisation_id=OrganisationId(Organisation.objects.get().pk)
    ).facts.sites
    assert (site.precision, round(site.lat or 0), site.said_by) == ("town", 45, "glocal")


RICH = facts(
    worlds=("social", "knowledge"),
    other_names=(("en", "Ark"),),
    descriptions=(Description("it", "Pane", "register"), Description("en", "Bread")),
    topics=("food", "bread"),
    identifiers=(("IT-CF", "1"),),
    website="https://arca.example",
    founded_on="1999",
    size_class="small",
    legal_form="s.c.",
    sites=(TORINO_SITE, SiteFacts(45.46, 9.19, "exact", town="Milano", country="IT")),
)


IN_TORINO = facts(sites=(SiteFacts(town="Torino", country="IT"),))  # not placed, though it could be


@pytest.mark.parametrize("said", [RICH, facts(sites=()), IN_TORINO])
def test_saving_an_untouched_form_changes_nothing(sofia: Actor, at_browser: At, said: Any) -> None:
    [made] = take_in(said)
    client, url = at_browser(sofia), f"/organisations/{made.organisation_id}/edit/"
    before = queries.profile(actor=sofia, organisation_id=made.organisation_id)
    assert client.post(url, _form_of(client.get(url).text)).status_code == 302
    assert queries.profile(actor=sofia, organisation_id=made.organisation_id) == before


def test_changing_one_field_touches_only_that_one(sofia: Actor, at_browser: At) -> None:
    [made] = take_in(RICH)
    client, url = at_browser(sofia), f"/organisations/{made.organisation_id}/edit/"
    client.post(url, {**_form_of(client.get(url).text), "website": "https://new.example"})
    assert _origins(made.organisation_id) == {"*", "website"}


@pytest.mark.parametrize(
    ("typed", "precision", "is_same_point"),
    [
        pytest.param({"street": "Via Po 2"}, "postcode", True, id="a street is mended"),
        pytest.param({"town": "Milano", "postcode": ""}, "town", False, id="moved to another town"),
        pytest.param({"lat": "45.08", "lon": "7.69"}, "exact", False, id="the point is known"),
    ],
)
def test_a_point_is_never_said_to_be_better_known_than_it_is(
    sofia: Actor,
    at_browser: At,
    typed: dict[str, str],
    precision: str,
    is_same_point: bool,  # a column of the table
) -> None:
    site = SiteFacts(45.07, 7.68, "postcode", "Via Po", "10124", "Torino", "", "IT")
    [made] = take_in(facts(sites=(site,)))
    client, url = at_browser(sofia), f"/organisations/{made.organisation_id}/edit/"
    client.post(url, {**_form_of(client.get(url).text), **typed})
    [after] = queries.profile(actor=sofia, organisation_id=made.organisation_id).facts.sites
    assert (after.precision, after.point == site.point, after.said_by) == (precision, is_same_point, "glocal")


def test_two_editors_see_each_others_words_and_the_second_can_save(
    ana: Actor, sofia: Actor, at_browser: At
) -> None:
    its_id = services.add_organisation(actor=ana, facts=facts(sites=(SiteFacts(45.0, 7.0, "exact"),)))
    url, first, second = f"/organisations/{its_id}/edit/", at_browser(ana), at_browser(sofia)
    form = _form_of(second.get(url).text)
    first.post(url, {**_form_of(first.get(url).text), "description": "Ana's words", "kind": "school"})
    answer = second.post(url, {**form, "description": "Sofia's words", "lat": "46", "lon": "8"})
    assert answer.status_code == 409
    assert "Ana&#x27;s words" in answer.text
    assert "Sofia&#x27;s words" in answer.text
    assert "45.00000 7.00000" in answer.text
    assert "school" in answer.text
    assert row(its_id).descriptions[0][1] == "Ana's words"
    again = _form_of(answer.text.replace("&#x27;", "'"))
    assert again["description"] == "Sofia's words"
    assert second.post(url, again).status_code == 302
    assert row(its_id).descriptions[0][1] == "Sofia's words"


@pytest.mark.parametrize("version", ["", "0", "99", "abc"])
def test_a_form_without_the_right_version_saves_nothing(ana: Actor, at_browser: At, version: str) -> None:
    its_id = services.add_organisation(actor=ana, facts=facts())
    answer = at_browser(ana).post(f"/organisations/{its_id}/edit/", {**TYPED, "version": version})
    assert answer.status_code in {409, 422}
    assert row(its_id).version == 1


@pytest.mark.parametrize("how_many", [1, 20])
def test_the_queue_page_costs_the_same_whatever_its_length(
    ana: Actor,
    sofia: Actor,
    at_browser: At,
    how_many: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(how_many):
        services.add_organisation(actor=ana, facts=facts(name=f"Arca {number} rossa"))
    client = at_browser(sofia)
    queries.count_organisations()
    with django_assert_num_queries(6):  # the session, the person, and four for the queue
        answer = client.get("/organisations/review/")
    assert answer.text.count("Refuse with this reason") == how_many


def test_the_form_shows_all_it_sends() -> None:
    assert set(OrganisationForm.base_fields) == {
        *TYPED,
        "worlds",
        "postcode",
        "founded_on",
        "size_class",
        "legal_form",
        "version",
    }
