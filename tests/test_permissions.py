"""Who gets which page: one table over the cast, tokens on every form, the policy on every page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from glocal.core.actor import Actor

LOGIN = 302
# page, method, what meets: stranger, Bruno (added nothing), Ana (added it), Sofia (steward)
PAGES: list[tuple[str, str, list[int]]] = [
    ("get", "/", [200, 200, 200, 200]),
    ("get", "/near/", [200, 200, 200, 200]),
    ("get", "/about/", [200, 200, 200, 200]),
    ("get", "/accessibility/", [200, 200, 200, 200]),
    ("get", "/design/", [200, 200, 200, 200]),
    ("get", "/organisations/add/", [LOGIN, 200, 200, 200]),
    ("get", "/organisations/review/", [LOGIN, 403, 403, 200]),
    ("get", "/organisations/{published}/", [200, 200, 200, 200]),
    ("get", "/organisations/{pending}/", [404, 404, 200, 200]),
    ("get", "/organisations/{published}/edit/", [LOGIN, 403, 200, 200]),
    ("get", "/organisations/{pending}/edit/", [LOGIN, 404, 200, 200]),
    ("get", "/organisations/{published}/accept/", [LOGIN, 405, 405, 405]),
    ("get", "/organisations/{published}/withdraw/", [LOGIN, 405, 405, 405]),
    ("post", "/organisations/{published}/confirm/", [LOGIN, 403, 302, 302]),
    ("post", "/organisations/{published}/withdraw/", [LOGIN, 403, 302, 302]),
    ("post", "/organisations/{pending}/accept/", [LOGIN, 404, 403, 302]),
    ("post", "/organisations/{pending}/refuse/", [LOGIN, 404, 403, 422]),
    ("post", "/organisations/{published}/bring-back/", [LOGIN, 403, 403, 409]),
    ("get", "/import/", [LOGIN, 403, 403, 200]),
    ("get", "/lexicon/", [200, 200, 200, 200]),
    ("get", "/lexicon/food-bank/", [200, 200, 200, 200]),
    ("get", "/lexicon/food-bank/propose/", [LOGIN, 200, 200, 200]),
    ("post", "/lexicon/food-bank/propose/", [LOGIN, 422, 422, 422]),
    ("get", "/lexicon/proposals/", [LOGIN, 403, 403, 200]),
    ("get", "/lexicon/proposals/mine/", [LOGIN, 200, 200, 200]),
    ("post", "/lexicon/proposals/0/accept/", [LOGIN, 403, 403, 404]),
    ("post", "/lexicon/proposals/0/refuse/", [LOGIN, 403, 403, 404]),
    ("get", "/account/email/", [LOGIN, 200, 200, 200]),
    ("get", "/account/2fa/", [LOGIN, 200, 200, 200]),
    ("get", "/account/name/", [LOGIN, 200, 200, 200]),
    ("post", "/account/name/", [LOGIN, 302, 302, 302]),
    ("get", "/nowhere/", [404, 404, 404, 404]),
]
OPEN = [
    "/",
    "/near/",
    "/about/",
    "/accessibility/",
    "/design/",
    "/lexicon/",
    "/account/login/",
    "/account/signup/",
    "/nowhere/",
]
INLINE = [
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")",
    r"<style\b",
    r"<[a-z][^>]*\sstyle=",
    r"<[a-z][^>]*\son[a-z]+=",
    r"(?:href|src|action)=\"javascript:",
]


@pytest.fixture
def ids(make_organisation: Callable[..., int], ana: Actor) -> dict[str, int]:
    """Two organisations Ana added: everybody's, and one that waits."""
    return {status: make_organisation(status=status, added_by=ana) for status in ("published", "pending")}


def _at_browser(actor: Actor, **options: Any) -> Client:
    client = Client(**options)
    if actor.user_id is not None:
        person = get_user_model().objects.get(pk=actor.user_id)
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    ("method", "page", "met"), [pytest.param(*line, id=f"{line[0]} {line[1]}") for line in PAGES]
)
def test_who_gets_which_page(
    ids: dict[str, int], cast: tuple[Actor, ...], method: str, page: str, met: list[int]
) -> None:
    url = page.format(**ids)
    for actor, status in zip(cast, met, strict=True):
        answer = getattr(_at_browser(actor), method)(url)
        assert answer.status_code == status, (actor, answer.text[:300])
        if status == LOGIN and not actor.is_signed_in:
            assert answer.headers["Location"].startswith("/account/login/?next=")


@pytest.mark.parametrize(
    "page", [*sorted({line[1] for line in PAGES if line[0] == "post"}), "/organisations/add/"]
)
def test_a_form_from_another_site_is_refused(ids: dict[str, int], sofia: Actor, page: str) -> None:
    answer = _at_browser(sofia, enforce_csrf_checks=True).post(page.format(**ids), {"because": "x"})
    assert answer.status_code == 403
    assert "The form was open for too long" in answer.text


def test_a_form_with_its_token_is_taken(ids: dict[str, int], sofia: Actor) -> None:
    client = _at_browser(sofia, enforce_csrf_checks=True)
    page = client.get(f"/organisations/{ids['published']}/").text
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found is not None
    answer = client.post(f"/organisations/{ids['published']}/confirm/", {"csrfmiddlewaretoken": found[1]})
    assert answer.status_code == 302


def _policy(header: str) -> dict[str, set[str]]:
    parts = [part.split() for part in header.split(";")]
    return {name: set(values) for name, *values in parts}


@pytest.mark.parametrize("page", [*OPEN, *(line[1] for line in PAGES if line[0] == "get" and "{" in line[1])])
def test_every_page_keeps_the_policy_and_holds_nothing_inline(
    ids: dict[str, int], sofia: Actor, page: str
) -> None:
    url = page.format(**ids)
    for client in (Client(), _at_browser(sofia)):
        answer = client.get(url)
        policy = _policy(answer.headers["Content-Security-Policy"])
        assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == {"'none'"}
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:"} & set().union(*policy.values())
        assert all(
            v == "'self'" or v.startswith("'nonce-") for v in policy["script-src"] | policy["style-src"]
        )
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        for pattern in INLINE:
            assert not re.search(pattern, answer.text, re.IGNORECASE), pattern


@pytest.mark.parametrize("page", OPEN)
def test_every_page_comes_in_italian_to_who_reads_italian(db: None, page: str) -> None:
    answer = Client().get(page, headers={"Accept-Language": "it"})
    assert '<html lang="it"' in answer.text
    assert answer.headers["Content-Language"] == "it"
