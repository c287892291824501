"""How long built files may be kept."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from glocal.config.static import BuiltFiles

Get = Callable[..., httpx.Response]


@pytest.fixture
def get(tmp_path: Path) -> Get:
    """Ask for files in a folder that has two."""
    (tmp_path / "app-ABCD1234.js").write_text("1")
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path.parent / "secret").write_text("x")
    server = Starlette(routes=[Mount("/static", BuiltFiles(directory=tmp_path))])

    async def ask(path: str, headers: dict[str, str] | None) -> httpx.Response:
        transport = httpx.ASGITransport(app=server)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as browser:
            return await browser.get(path, headers=headers)

    return lambda path, headers=None: asyncio.run(ask(path, headers))


@pytest.mark.parametrize(
    ("name", "kept"),
    [("app-ABCD1234.js", "public, max-age=31536000, immutable"), ("manifest.json", "public, max-age=86400")],
)
def test_a_file_named_after_its_content_is_kept_for_a_year_others_for_a_day(
    get: Get, name: str, kept: str
) -> None:
    answer = get(f"/static/{name}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, kept)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    etag = {"If-None-Match": answer.headers["ETag"]}
    assert get(f"/static/{name}", headers=etag).status_code == 304


@pytest.mark.parametrize("path", ["/static/none-ABCD1234.js", "/static/%2e%2e/secret", "/static/..%2fsecret"])
def test_what_is_not_there_is_not_found(get: Get, path: str) -> None:
    assert get(path).status_code == 404
