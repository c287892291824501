"""Pages drawn in the event loop: the same as Django's own, without the database, only for strangers."""

import asyncio
from typing import Any

import httpx
import pytest
from django.test import Client
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from glocal.config.asgi import Front
from glocal.config.at_once import AtOnce
from glocal.directory.gateways import feed, index
from glocal.directory.tests.conftest import facts, take_in
from glocal.directory.types import Description

pytestmark = pytest.mark.django_db
BEHIND = "answered behind"


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(BEHIND)(scope, receive, send)


def ask(address: str, method: str = "GET", headers: dict[str, str] | None = None) -> httpx.Response:
    """Ask the page in an event loop, where Django refuses to touch the database."""

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(Front({"/near/": AtOnce(behind)}, behind))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as browser:
            return await browser.request(method, address, headers=headers)

    return asyncio.run(asked())


@pytest.fixture
def _fresh() -> None:
    take_in(
        facts(),
        facts(name="Nuova vita", topics=("riuso",), descriptions=(Description("it", "Seconda vita."),)),
    )
    index.current()


@pytest.mark.usefixtures("_fresh")
@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize(
    "address", ["/near/?lat=45.07&lon=7.69&km=25", "/near/?concept=reuse-of-goods&q=second+life"]
)
def test_it_is_the_page_django_gives_with_all_its_headers(language: str, address: str) -> None:
    drawn = ask(address, headers={"Accept-Language": language})
    served = Client(headers={"Accept-Language": language}).get(address)
    assert drawn.status_code == served.status_code == 200
    assert drawn.text == served.content.decode()
    assert dict(drawn.headers) == {name.lower(): value for name, value in served.items()}
    assert "content-security-policy" in drawn.headers
    assert ("card-because" in drawn.text) == ("concept=" in address)


@pytest.mark.usefixtures("_fresh")
@pytest.mark.parametrize(
    "query",
    [
        *("", "?q=ark", "?place=Torino&km=10", "?place=Nowhere", "?box=7,45,8,46", "?kind=cooperative"),
        *("?lat=nonsense", "?page=2", "?topic=food&country=IT&sdg=8", "?q=%00", "?lat=45&lon=7&k=1000"),
    ],
)
def test_no_question_needs_the_database(query: str) -> None:
    answer = ask(f"/near/{query}")
    assert answer.status_code in {200, 422}
    assert answer.text != BEHIND


@pytest.mark.usefixtures("_fresh")
@pytest.mark.parametrize(
    ("method", "address", "headers"),
    [
        ("GET", "/near/", {"Cookie": "theme=dark; sessionid=abc"}),
        ("GET", "/near/?territory=piemonte", {}),
        ("POST", "/near/", {}),
        ("HEAD", "/near/", {}),
        ("GET", "/", {}),
    ],
)
def test_everything_else_goes_behind(method: str, address: str, headers: dict[str, str]) -> None:
    assert ask(address, method, headers).headers["content-length"] == str(len(BEHIND))


@pytest.mark.usefixtures("_fresh")
def test_a_stale_index_is_renewed_behind() -> None:
    feed.ring()
    assert ask("/near/").text == BEHIND


@pytest.mark.usefixtures("_fresh")
def test_what_goes_wrong_is_said_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("glocal.directory.queries.find_hits", break_down)
    assert ask("/near/").text == BEHIND
