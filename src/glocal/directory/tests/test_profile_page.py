"""An organisation's own page: its words, their languages and their sources."""

import re
from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from glocal.core.actor import Actor
from glocal.directory import queries, services
from glocal.directory.models import Organisation
from glocal.directory.tests.conftest import TORINO_SITE, facts, take_in
from glocal.directory.types import Description, SiteFacts

pytestmark = pytest.mark.django_db


def _page(client: Client, organisation_id: int) -> str:
    answer = client.get(f"/organisations/{organisation_id}/")
    assert answer.status_code == 200
    return answer.text


def test_each_field_shows_who_said_it(client: Client, sofia: Actor) -> None:
    [made] = take_in(facts())
    known = queries.profile(actor=sofia, organisation_id=made.organisation_id)
    services.edit_organisation(
        actor=sofia,
        organisation_id=known.id,
        facts=replace(known.facts, website="https://a.example"),
        version=1,
    )
    rows = re.findall(
        r'<tr><th scope="row">([^<]+)</th><td>([^<]+)</td><td>([^<]+)</td>', _page(client, known.id)
    )
    assert rows == [
        ("Website", "glocal", "CC0-1.0"),
        ("Everything else", "test register", "CC0-1.0"),
    ]


def test_texts_and_names_carry_their_language(client: Client) -> None:
    [made] = take_in(
        facts(
            descriptions=(Description("sl", "Kruh"), Description("", "Bread")),
            other_names=(("ar", "سفينة"), ("", "Ark")),
        )
    )
    page = _page(client, made.organisation_id)
    assert '<p lang="sl">Kruh</p>' in page
    assert "<p>Bread</p>" in page
    assert '<span lang="ar">سفينة</span>' in page
    assert "<span>Ark</span>" in page


def test_an_invented_one_says_so(client: Client) -> None:
    [made] = take_in(facts())
    assert "This organisation is invented" not in _page(client, made.organisation_id)
    Organisation.objects.update(is_demo=True)
    assert "This organisation is invented" in _page(client, made.organisation_id)


def test_what_others_wrote_is_shown_as_words(client: Client) -> None:
    evil = "<img src=x onerror=alert(1)>"
    site = SiteFacts(45.0, 7.0, "exact", street=evil, town=evil)
    [made] = take_in(
        facts(
            name=evil, topics=(evil,), descriptions=(Description("it", evil),), legal_form=evil, sites=(site,)
        )
    )
    assert "<img src=x" not in _page(client, made.organisation_id)


def test_a_bare_record_still_has_a_page(client: Client) -> None:
    [made] = take_in(facts(sites=(), topics=()))
    page = _page(client, made.organisation_id)
    assert "Nobody has said so yet." in page
    assert "Nobody has said where it is yet." in page


def test_nobodys_address_is_on_a_page_of_others(client: Client, ana: Actor, sofia: Actor) -> None:
    its_id = services.add_organisation(actor=ana, facts=facts())
    services.accept_organisation(actor=sofia, organisation_id=its_id)
    for url in (f"/organisations/{its_id}/", "/near/", "/"):
        assert "ana@example.org" not in client.get(url).text
    client.force_login(
        get_user_model().objects.get(pk=sofia.user_id or 0), "django.contrib.auth.backends.ModelBackend"
    )
    for url in (f"/organisations/{its_id}/", f"/organisations/{its_id}/edit/", "/organisations/review/"):
        assert "ana@example.org" not in client.get(url).text


@pytest.mark.parametrize("how_many", [1, 20])
def test_a_profile_costs_three_queries_whatever_stands_around(
    client: Client, how_many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = take_in(*(facts(name=f"N{n}", sites=(TORINO_SITE,) * how_many) for n in range(how_many)))
    queries.count_organisations()
    with django_assert_num_queries(3):
        _page(client, made[0].organisation_id)


@pytest.mark.parametrize("organisation_id", ["0", "999", "9" * 18, "9" * 30])
def test_a_number_nobody_has_is_not_found(client: Client, organisation_id: str) -> None:
    assert client.get(f"/organisations/{organisation_id}/").status_code == 404
