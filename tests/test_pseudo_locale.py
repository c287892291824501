"""Every word a person reads comes through gettext: pages and letters in which all of them are marked."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import trans_real

from glocal.accounts.models import Person
from glocal.core.actor import Actor
from glocal.core.errors import DomainError
from glocal.directory import live
from glocal.directory.views.page_data import strings
from glocal.web.templatetags import design
from tests.marked_pages import CLOSE, OPEN, MarkedPage, forgotten_in, unmarked

Build = Callable[..., Any]
SCRIPT_STRINGS = Path(__file__).parents[1] / "frontend" / "src" / "strings.ts"
KEEPERS = ("glocal.web", "glocal.directory.views")  # whoever keeps what was drawn, by language
# What the tests' own records say of themselves, and the names of licences and formats.
DATA = frozenset({"test register", "CC0-1.0", "EUPL-1.2", "csv", "Ana", "Sofia", "testserver", "food bank"})

PUBLIC = (
    "/",
    "/near/",
    "/near/?q=ωωω",
    "/near/?km=far",
    "/near/?place=Ουδαμού",
    "/near/?lat=45.07&lon=7.69&km=10",
    "/near/?kind=cooperative&topic=νήμα&world=social",
    "/about/",
    "/accessibility/",
    "/organisations/0/",
    "/lexicon/",
    "/lexicon/?q=Τράπεζα+τροφίμων+όχι+για+εταιρείες&lang=el&to=el",
    "/lexicon/?q=Νηρρα",
    "/lexicon/food-bank/",
    "/nowhere/",
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/inactive/",
)
SIGNED_IN = (
    "/organisations/add/",
    "/lexicon/food-bank/propose/?lang=el",
    "/lexicon/proposals/",
    "/lexicon/proposals/mine/",
    "/import/",
    "/account/email/",
    "/account/password/change/",
    "/account/logout/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/reauthenticate/",
)


def marked(message: str) -> str:
    return f"{OPEN}{message.rsplit(trans_real.CONTEXT_SEPARATOR, 1)[-1]}{CLOSE}"


@pytest.fixture(autouse=True)
def _everything_is_marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Mark whatever any catalogue is asked for; forget what was drawn before, and again after."""

    def gettext(_self: Any, message: str) -> str:
        return marked(message)

    def ngettext(_self: Any, one: str, many: str, n: float) -> str:
        return marked(one if n == 1 else many)

    monkeypatch.setattr(trans_real.DjangoTranslation, "gettext", gettext)
    monkeypatch.setattr(trans_real.DjangoTranslation, "ngettext", ngettext)
    monkeypatch.setattr(design, "kept_manifest", _AnyAsset)
    forget_drawn()
    yield
    forget_drawn()


class _AnyAsset(dict[str, str]):
    """A front end that need not be built for words."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        return name


def forget_drawn() -> None:
    for name, module in list(sys.modules.items()):
        for drawn in list(vars(module).values()) if name.startswith(KEEPERS) else ():
            if callable(getattr(drawn, "cache_clear", None)):
                drawn.cache_clear()


@pytest.fixture
def rueca(make_organisation: Build, ana: Actor) -> int:
    """An organisation with something in every field."""
    from glocal.directory.types import Description

    made = make_organisation(
        name="Νήμα",
        added_by=ana,
        town="Πόλη",
        topics=("νήμα",),
        website="https://example.org",
        founded_on="1999",
        descriptions=(Description("el", "Υφαίνει"),),
        legal_form="ΟΕ",
        size_class="small",
        identifiers=(("IT-RI", "12345"),),
    )
    return int(made)


def forgotten(answer: Any) -> list[str]:
    return MarkedPage(answer.content.decode(), data=DATA).forgotten


def as_person(email: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(email=email))
    return client


def test_a_forgotten_word_is_noticed() -> None:
    page = (
        '<p>⟦Near⟧ forgotten 3</p><input placeholder="a town"><b translate="no">data</b><i lang="it">dato</i>'
    )
    assert MarkedPage(page, data=DATA).forgotten == ["p: forgotten 3", "<input>: a town"]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages(client: Client, rueca: int, address: str) -> None:
    assert forgotten(client.get(address)) == []


@pytest.mark.parametrize("address", SIGNED_IN)
def test_pages_of_those_signed_in(ana: Actor, sofia: Actor, address: str) -> None:
    for email in ("ana@example.org", "sofia@example.org"):
        assert forgotten(as_person(email).get(address, follow=True)) == []


def test_a_profile_and_its_form(rueca: int, ana: Actor, client: Client) -> None:
    mine = as_person("ana@example.org")
    for answer in (
        client.get(f"/organisations/{rueca}/"),
        mine.get(f"/organisations/{rueca}/"),
        mine.get(f"/organisations/{rueca}/edit/"),
        mine.post(f"/organisations/{rueca}/confirm/", follow=True),
    ):
        assert answer.status_code == 200
        assert forgotten(answer) == []


def test_what_is_wrong_with_a_form(ana: Actor, sofia: Actor, rueca: int, client: Client) -> None:
    mine, steward = as_person("ana@example.org"), as_person("sofia@example.org")
    wrong = {"name": "", "kind": "ω", "lat": "95", "lon": "ω", "website": "ω", "country": "ITA"}
    for answer in (
        mine.post("/organisations/add/", wrong),
        mine.post("/organisations/add/", {"name": "Ω", "kind": "cooperative", "founded_on": "ω"}),
        mine.post("/organisations/add/", {"name": "Νήμα", "kind": "cooperative", "town": "Πόλη"}),
        steward.post("/import/", {"source": "ω", "country": "ITA"}),
        steward.post("/import/", {"file": SimpleUploadedFile("ω", b"\0\1\2")}),
        client.post("/account/login/", {"login": "ω@example.org", "password": "ω"}),
        client.post("/account/signup/", {"email": "ω", "password1": "ω", "password2": "ωω"}),
        client.post(
            "/account/signup/", {"email": "w@example.org", "password1": "secret", "password2": "secret"}
        ),
    ):
        assert "errorlist" in answer.content.decode() or 'role="alert"' in answer.content.decode()
        assert forgotten(answer) == []


def test_what_waits_and_what_became_of_it(make_organisation: Build, ana: Actor, sofia: Actor) -> None:
    waiting = make_organisation(name="Νήμα", town="Πόλη", status="pending", added_by=ana)
    other = make_organisation(name="Ρόκα", town="Πόλη", status="pending", added_by=ana)
    steward, mine = as_person("sofia@example.org"), as_person("ana@example.org")
    for answer in (
        mine.get(f"/organisations/{waiting}/"),
        steward.get("/organisations/review/"),
        mine.get("/organisations/review/"),
        steward.post(f"/organisations/{waiting}/accept/", follow=True),
        steward.post(f"/organisations/{waiting}/accept/", follow=True),
        steward.post(f"/organisations/{other}/refuse/", {"because": "ω"}, follow=True),
        steward.get("/organisations/review/"),
        mine.get(f"/organisations/{other}/"),
        mine.post(f"/organisations/{other}/withdraw/", follow=True),
    ):
        assert forgotten(answer) == []


COLUMNS = {"column-0": "όνομα", "field-0": "name", "column-1": "τόπος", "field-1": "town"}


def uploaded(steward: Client, table: bytes) -> tuple[str, Any]:
    """Bring a table in; return the address of its columns, and that page."""
    file = SimpleUploadedFile("ω.csv", table)
    answer = steward.post("/import/", {"file": file, "source": "ω"}, follow=True)
    return answer.redirect_chain[-1][0], answer


def test_the_steps_of_an_import(sofia: Actor) -> None:
    steward = as_person("sofia@example.org")
    address, answer = uploaded(steward, "όνομα;τόπος\nΝήμα;Πόλη\n".encode())
    assert forgotten(answer) == []
    assert forgotten(steward.post(address, COLUMNS)) == []
    assert forgotten(steward.get(address.removesuffix("columns/"))) == []
    assert forgotten(steward.get("/import/all/")) == []
    assert forgotten(steward.get("/import/")) == []
    assert forgotten(steward.post(address, {**COLUMNS, "start": "1"}, follow=True)) == []


def test_what_is_wrong_with_a_row(sofia: Actor) -> None:
    steward = as_person("sofia@example.org")
    address, _answer = uploaded(steward, "όνομα;τόπος\n;Πόλη\n".encode())
    assert forgotten(steward.post(address, COLUMNS)) == []


def test_letters(client: Client, ana: Actor) -> None:
    client.post("/account/password/reset/", {"email": "ana@example.org"})
    client.post("/account/password/reset/", {"email": "nobody@example.org"})
    assert len(mail.outbox) == 2
    for letter in mail.outbox:
        for text in (str(letter.subject), str(letter.body)):
            outside, depth = unmarked(text)
            assert depth == 0
            assert list(forgotten_in(outside, data=DATA)) == []


def test_words_of_the_scripts_and_none_is_missing() -> None:
    sent = strings()
    for said in sent.values():
        for text in said.values() if isinstance(said, dict) else [said]:
            assert unmarked(str(text)) == ("", 0)
    declared = SCRIPT_STRINGS.read_text(encoding="utf-8").split("as const")[0]
    assert set(re.findall(r"^  (\w+): \"", declared, re.MULTILINE)) <= set(sent)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "params", [{"km": ["far"]}, {"lat": ["1"]}, {"box": ["1"]}, {"place": ["Ουδαμού"]}, {"kind": ["ω"]}]
)
def test_refusals_of_the_api(params: dict[str, list[str]]) -> None:
    with pytest.raises(DomainError) as refusal:
        live.near(params)
    outside, _depth = unmarked(refusal.value.message)
    assert list(forgotten_in(outside, data=DATA)) == []
