"""Signing up, signing in, and what pages tell of people."""

import re
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from glocal.accounts.models import Person
from glocal.accounts.queries import actor_by_email
from glocal.accounts.services import register_person
from glocal.core.actor import Actor, Role

PASSWORD = "correct horse battery"  # the cast's, see conftest.py
NEW = {"email": "nora@example.org", "password1": "a long enough secret", "password2": "a long enough secret"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(home: Path, settings: object) -> Path:
    """Return where letters land when no server is configured, as in settings."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"  # type: ignore[attr-defined]  # pytest-django's fixture sets any name
    return home / "mail"


def _is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    ("email", "password"),
    [
        pytest.param("ana@example.org", "wrong horse battery", id="wrong password"),
        pytest.param("nobody@example.org", PASSWORD, id="unknown address"),
        pytest.param("ana@example.org", "", id="no password"),
        pytest.param("' OR 1=1 --", PASSWORD, id="an attempt"),
    ],
)
def test_the_wrong_words_do_not_open(ana: Actor, client: Client, email: str, password: str) -> None:
    response = client.post("/account/login/", {"login": email, "password": password})
    assert response.status_code == 200
    assert not _is_signed_in(client)
    assert "notice error" in response.text or "has-errors" in response.text


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(ana: Actor) -> None:
    def said(email: str) -> str:
        answer = Client().post("/account/login/", {"login": email, "password": "wrong horse battery"})
        return re.sub(r'value="[^"]*"', "", answer.text)

    assert said("ana@example.org") == said("nobody@example.org")


@pytest.mark.parametrize("email", ["ana@example.org", "ANA@Example.org"])
def test_signing_in_works_in_any_case_and_leads_on(ana: Actor, client: Client, email: str) -> None:
    response = client.post(
        "/account/login/", {"login": email, "password": PASSWORD, "next": "/organisations/add/"}
    )
    assert (response.status_code, response.headers["Location"]) == (302, "/organisations/add/")
    assert _is_signed_in(client)


def test_signing_in_never_leads_to_another_site(ana: Actor, client: Client) -> None:
    response = client.post(
        "/account/login/",
        {"login": "ana@example.org", "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert "evil" not in response.headers["Location"]


def test_an_inactive_person_does_not_get_in(ana: Actor, client: Client) -> None:
    Person.objects.update(is_active=False)
    client.post("/account/login/", {"login": "ana@example.org", "password": PASSWORD})
    assert not _is_signed_in(client)


def test_signing_out_takes_a_form_not_a_link(ana: Actor, client: Client) -> None:
    client.post("/account/login/", {"login": "ana@example.org", "password": PASSWORD})
    assert client.get("/account/logout/").status_code == 200
    assert _is_signed_in(client)
    assert client.post("/account/logout/").status_code == 302
    assert not _is_signed_in(client)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"password1": "short", "password2": "short"}, id="weak"),
        pytest.param({"password2": "another long secret"}, id="not the same twice"),
        pytest.param({"email": "ana@example.org"}, id="taken"),
        pytest.param({"email": "ANA@EXAMPLE.org"}, id="taken in another case"),
        pytest.param({"email": "nora"}, id="no address"),
    ],
)
def test_signing_up_is_refused_and_says_why(
    ana: Actor, client: Client, mail: Path, wrong: dict[str, str]
) -> None:
    response = client.post("/account/signup/", {**NEW, **wrong})
    assert response.status_code == 200
    assert "has-errors" in response.text or "errorlist" in response.text
    assert Person.objects.count() == 1


def test_where_no_mail_is_sent_signing_up_is_enough(client: Client, mail: Path) -> None:
    response = client.post("/account/signup/", NEW)
    assert response.status_code == 302
    assert _is_signed_in(client)
    assert actor_by_email("nora@example.org").role is Role.MEMBER
    assert client.get("/").status_code == 200, "somebody without a chosen name sees pages like everybody"
    assert client.get("/near/").status_code == 200


def test_nobody_signs_up_as_a_steward(client: Client, mail: Path) -> None:
    client.post("/account/signup/", {**NEW, "role": "steward", "is_steward": "1"})
    assert not actor_by_email("nora@example.org").is_steward


@pytest.mark.parametrize(
    "page",
    [
        "/account/email/",
        "/account/name/",
        "/account/password/change/",
        "/account/2fa/",
        "/account/reauthenticate/",
    ],
)
def test_the_pages_of_ones_own_account_open_only_for_the_signed_in(
    ana: Actor, client: Client, page: str
) -> None:
    assert client.get(page).status_code == 302
    client.post("/account/login/", {"login": "ana@example.org", "password": PASSWORD})
    response = client.get(page)
    assert response.status_code == 200
    assert "Content-Security-Policy" in response.headers


def test_a_second_factor_is_set_up_after_saying_the_password_again(ana: Actor, client: Client) -> None:
    client.post("/account/login/", {"login": "ana@example.org", "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    response = client.get("/account/2fa/totp/activate/")
    assert response.status_code == 200
    assert "secret" in response.text


def test_who_was_registered_by_the_operator_can_set_up_a_second_factor(client: Client, mail: Path) -> None:
    register_person(email="nora@example.org", password=PASSWORD)
    client.post("/account/login/", {"login": "nora@example.org", "password": PASSWORD})
    client.get("/account/email/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert "secret" in client.get("/account/2fa/totp/activate/").text
    assert EmailAddress.objects.get().verified


def test_somebody_changes_the_name_shown_to_others(ana: Actor, client: Client) -> None:
    client.post("/account/login/", {"login": "ana@example.org", "password": PASSWORD})
    assert 'href="/account/name/"' in client.get("/about/").text
    assert 'value="Ana"' in client.get("/account/name/").text

    answer = client.post("/account/name/", {"display_name": "Ana Ruíz"}, follow=True)

    assert answer.redirect_chain == [("/account/name/", 302)]
    assert "Ana Ruíz" in answer.text
    assert str(Person.objects.get()) == "Ana Ruíz"


@pytest.mark.parametrize("name", ["x" * 121, "An\u202ea"])
def test_a_name_that_cannot_be_is_refused_and_kept_for_mending(ana: Actor, client: Client, name: str) -> None:
    client.post("/account/login/", {"login": "ana@example.org", "password": PASSWORD})
    answer = client.post("/account/name/", {"display_name": name})
    assert answer.status_code == 422
    assert "errorlist" in answer.text or "notice error" in answer.text
    assert str(Person.objects.get()) == "Ana"


@pytest.mark.parametrize("page", ["/account/login/", "/account/signup/", "/account/password/reset/"])
def test_the_doors_open_for_strangers(client: Client, db: None, page: str) -> None:
    assert client.get(page).status_code == 200
