"""The frame's own pages, and what every page shares."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from glocal.atlas.types import Marker
from glocal.web import views

QUIET_PAGES = ["/about/", "/accessibility/", "/design/"]


@pytest.mark.parametrize("address", QUIET_PAGES)
def test_a_page_has_one_headline_landmarks_and_a_language(client: Client, address: str) -> None:
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("<h1") == 1
    assert '<html lang="en"' in page
    for landmark in ('<main id="content"', "<header", "<footer", "<nav", 'class="skip-link" href="#content"'):
        assert landmark in page


def test_home_asks_and_says_what_is_here(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    marker = Marker(
        lat=45.0703, lon=7.6869, count=3, tones=(1, 2, 0, 0, 0),
        west=7.0, south=45.0, east=8.0, north=46.0, organisation_id=None, card=None,
    )  # fmt: skip
    monkeypatch.setattr(views, "count_organisations", lambda: 1234)
    monkeypatch.setattr(views, "menu", lambda _facet: [("social", 1000), ("industrial", 234)])
    monkeypatch.setattr(views, "markers", lambda _search, _box, *, at_most: [marker][:at_most])
    page = client.get("/").content.decode()
    assert "<strong>1,234</strong> are known here so far" in page
    assert '<input id="home-place"' in page
    assert "&quot;lat&quot;:45.07" in page
    assert "&quot;tone&quot;:&quot;industrial&quot;" in page


def test_a_stranger_gets_no_cookie_and_no_token(client: Client) -> None:
    answer = client.get("/about/")
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.content.decode()


@pytest.mark.parametrize(
    ("cookie", "shown"), [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"')]
)
def test_the_chosen_theme_is_there_before_the_first_paint(client: Client, cookie: str, shown: str) -> None:
    client.cookies["theme"] = cookie
    assert shown in client.get("/about/").content.decode()


def test_a_made_up_theme_is_ignored(client: Client) -> None:
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/about/").content.decode().split("<head>")[0]


def test_a_language_is_remembered_and_one_returns(client: Client) -> None:
    answer = client.post("/language/", {"language": "it"}, headers={"referer": "http://testserver/about/"})
    assert answer.status_code == 302
    assert answer["Location"] == "http://testserver/about/"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "it"
    assert '<html lang="it"' in client.get("/about/").content.decode()


@pytest.mark.parametrize("referer", ["https://elsewhere.example/", "javascript:alert(1)", ""])
def test_choosing_a_language_never_leads_elsewhere(client: Client, referer: str) -> None:
    answer = client.post("/language/", {"language": "it"}, headers={"referer": referer})
    assert answer["Location"] == "/"


def test_an_unknown_language_is_not_kept(client: Client) -> None:
    assert not client.post("/language/", {"language": "tlh"}).cookies


def test_a_language_is_not_chosen_by_following_a_link(client: Client) -> None:
    assert client.get("/language/").status_code == 405


def test_nothing_at_an_address_is_said_in_words(client: Client) -> None:
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_the_last_resort_needs_nothing_that_could_be_broken(rf: RequestFactory) -> None:
    answer = views.server_error(rf.get("/"))
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "<h1>" in page
    assert "/static/" not in page


REFUSALS: list[tuple[Callable[[HttpRequest], HttpResponse], int]] = [
    (lambda request: views.bad_request(request, ValueError()), 400),
    (lambda request: views.forbidden(request, PermissionDenied()), 403),
    (views.csrf_failure, 403),
    (lambda request: views.not_found(request, Http404()), 404),
]


@pytest.mark.parametrize(
    ("view", "status"), REFUSALS, ids=["bad request", "forbidden", "stale form", "not found"]
)
def test_a_refusal_has_its_status_and_a_way_on(
    rf: RequestFactory, view: Callable[[HttpRequest], HttpResponse], status: int
) -> None:
    request = rf.get("/somewhere/")
    request.user = AnonymousUser()
    answer = view(request)
    assert answer.status_code == status
    assert 'href="/near/"' in answer.content.decode()


def test_robots_may_read_all_but_accounts_imports_exports_and_endless_filters(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert not answer.cookies
    first, *lines = answer.text.splitlines()
    assert first == "User-agent: *"
    beginnings = tuple(line.removeprefix("Disallow: ") for line in lines)  # RFC 9309: an address begins so
    open_to_all = ["/", "/near/", "/about/", "/organisations/7/", "/static/web/mark.svg"]
    closed = ["/account/login/", "/import/", "/near/export/csv/?q=x", "/near/?kind=school", "/language/"]
    assert [address for address in open_to_all if address.startswith(beginnings)] == []
    assert [address for address in closed if not address.startswith(beginnings)] == []


def test_a_browser_that_guesses_the_icon_is_led_to_it(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (301, "/static/web/mark.svg")
