"""What every answer of the pages carries: headers, cookies, one headline, a title, and nothing inline."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from glocal.accounts.models import Person
from glocal.core.actor import Actor
from glocal.web.templatetags.design import DIST

PUBLIC = (
    "/",
    "/near/",
    "/near/?q=nobody",
    "/near/?km=far",
    "/about/",
    "/accessibility/",
    "/design/",
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/nowhere/",
    "/organisations/0/",
    "/lexicon/",
    "/lexicon/?q=repair+caf%C3%A9",
    "/lexicon/?q=bread&lang=xx",
    "/lexicon/food-bank/",
    "/lexicon/nothing-like-it/",
)
SIGNED_IN = (
    "/organisations/add/",
    "/organisations/review/",
    "/lexicon/food-bank/propose/",
    "/lexicon/proposals/",
    "/lexicon/proposals/mine/",
    "/import/",
    "/import/all/",
    "/account/email/",
    "/account/name/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/logout/",
)
IS_BUILT = (DIST / "manifest.json").exists()

pytestmark = pytest.mark.skipif(not IS_BUILT, reason="the front end is not built: run `make run` once")


class Outline(HTMLParser):
    """What a page is made of, as far as its frame is concerned."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.title = ""
        self._is_in_title = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))
        self._is_in_title = tag == "title"

    def handle_data(self, data: str) -> None:
        """Note the title."""
        if self._is_in_title:
            self.title += data
            self._is_in_title = False

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


def inline(page: Outline) -> list[str]:
    """Return what runs or styles without being a file of ours; data for scripts is neither."""
    found = [name for name, _ in page.tags if name == "style"]
    found += [f"script {said}" for said in page.all("script") if not is_file_or_data(said)]
    for tag, said in page.tags:
        found += [f"{tag} {name}" for name in said if name == "style" or name.startswith("on")]
        found += [f"{tag} javascript:" for name in ("href", "src", "action") if is_script(said.get(name))]
    return found


def is_file_or_data(said: dict[str, str | None]) -> bool:
    """Say whether a script tag loads a file or holds data that never runs."""
    return said.get("type") == "application/json" or (said.get("src") or "").startswith("/static/")


def is_script(address: str | None) -> bool:
    """Say whether following this address would run something."""
    return (address or "").strip().lower().startswith(("javascript:", "data:text"))


def as_steward(client: Client, sofia: Actor) -> Client:
    client.force_login(Person.objects.get(email="sofia@example.org"))
    return client


def judge(answer: HttpResponse) -> None:
    """Hold one answer against everything a page promises."""
    page = Outline(answer.content.decode())
    assert inline(page) == []
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert re.fullmatch(r"\S.* · Glocal", " ".join(page.title.split()))
    assert [said.get("lang") for said in page.all("html")] == ["en"]
    identities = [said["id"] for _, said in page.tags if said.get("id")]
    assert len(identities) == len(set(identities))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Content-Language"] == "en"


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_keeps_what_pages_promise(
    client: Client, make_organisation: Callable[..., Any], address: str
) -> None:
    make_organisation()
    judge(client.get(address))  # type: ignore[arg-type]  # the test client's answer is one


@pytest.mark.parametrize("address", SIGNED_IN)
def test_a_page_for_those_signed_in_keeps_it_too(client: Client, sofia: Actor, address: str) -> None:
    judge(as_steward(client, sofia).get(address, follow=True))  # type: ignore[arg-type]  # as above


def test_a_profile_with_a_hostile_name_stays_inert(
    client: Client, make_organisation: Callable[..., Any]
) -> None:
    name = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    made = make_organisation(name=name, website="https://example.org/\"onmouseover='x'")
    for address in (f"/organisations/{made}/", "/near/?lat=45.07&lon=7.69"):
        answer = client.get(address)
        assert inline(Outline(answer.content.decode())) == []
        assert "alert(1)" in answer.content.decode()


def test_something_inline_is_noticed() -> None:
    page = (
        '<p style="x"><a onclick="x" href="javascript:x"><style></style><script>x</script><script src="//e">'
    )
    assert len(inline(Outline(page))) == 6


@pytest.mark.django_db
def test_no_answer_repeats_the_nonce_of_another(client: Client) -> None:
    nonces = [re.findall(r"'nonce-([^']+)'", client.get("/")["Content-Security-Policy"]) for _ in range(2)]
    assert not set(nonces[0]) & set(nonces[1])


def test_cookies_are_closed_to_scripts_and_other_sites(client: Client, ana: Actor) -> None:
    token = client.get("/account/login/").cookies["csrftoken"]
    said = {"login": "ana@example.org", "password": "correct horse battery"}
    session = client.post("/account/login/", said).cookies["sessionid"]
    assert session["httponly"]
    assert {session["samesite"], token["samesite"]} == {"Lax"}


@pytest.mark.django_db
def test_a_stranger_who_looks_around_gets_no_cookie(client: Client) -> None:
    for address in ("/", "/near/", "/about/"):
        assert not client.get(address).cookies


def test_an_error_of_ours_is_said_in_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from glocal.web import views

    monkeypatch.setattr(views, "count_organisations", lambda: 1 / 0)
    client.raise_request_exception = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.log.log_response", lambda *_args, **_more: None)
        answer = client.get("/")
    assert answer.status_code == 500
    page = Outline(answer.content.decode())
    assert len(page.all("h1")) == 1
    assert inline(page) == []
    assert "Traceback" not in answer.content.decode()


def test_every_file_the_pages_name_is_there() -> None:
    manifest = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    assert manifest
    assert [name for name in manifest.values() if not (DIST / name).is_file()] == []


@pytest.mark.django_db
def test_the_mark_in_the_tab_is_there(client: Client) -> None:
    icons = [
        said["href"]
        for said in Outline(client.get("/about/").content.decode()).all("link")
        if said["rel"] == "icon"
    ]
    assert icons == ["/static/web/mark.svg"]
    assert (DIST.parent / "mark.svg").is_file()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/account/login/", "/account/signup/", "/nowhere/"])
def test_robots_are_told_to_leave_what_is_not_content(client: Client, address: str) -> None:
    metas = Outline(client.get(address).content.decode()).all("meta")
    assert [said["content"] for said in metas if said.get("name") == "robots"] == ["noindex"]
