"""A served demonstration, a Chromium, and pages that are watched while the tests use them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from .site import Site, demonstration, serving
from .watching import Watch

DRAWN_WITHOUT_A_GRAPHICS_CARD = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
PATIENCE_MS = 20_000  # two databases and several processes may share two cores
CALM = {"locale": "en-GB", "reduced_motion": "reduce", "viewport": {"width": 1100, "height": 700}}
HERE = Path(__file__).parent

Open = Callable[..., Page]
SignIn = Callable[[str], Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder: it drives a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, gazetteer_home: Path) -> Iterator[Site]:
    """A demonstration of this process's own, loaded once for all and copied."""
    base = tmp_path_factory.getbasetemp()
    is_one_of_several = "PYTEST_XDIST_WORKER" in os.environ
    loaded = demonstration((base.parent if is_one_of_several else base) / "demonstration", gazetteer_home)
    home = base / "browser-home"
    shutil.copytree(loaded, home)
    with serving(home) as served:
        yield served


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A Chromium for this folder's tests only: while it runs, an event loop does, which others dislike."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None,
            args=["--no-sandbox", "--disable-dev-shm-usage", *DRAWN_WITHOUT_A_GRAPHICS_CARD],
        )
        yield browser
        browser.close()


@pytest.fixture
def new_context(chromium: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """Open browser contexts: `new_context(viewport=…)`. Fails the test if anything goes wrong in them."""
    watch = Watch()
    opened: list[BrowserContext] = []

    def new(**options: Any) -> BrowserContext:
        context = chromium.new_context(base_url=site.url, **{**CALM, **options})
        context.set_default_timeout(PATIENCE_MS)
        watch.over(context)
        opened.append(context)
        return context

    yield new
    for context in opened:
        context.close()
    assert not watch.problems


@pytest.fixture
def new_page(new_context: Callable[..., BrowserContext]) -> Open:
    """Open watched pages, each of its own visitor: `new_page(viewport=…)`."""
    return lambda **options: new_context(**options).new_page()


@pytest.fixture
def page(new_page: Open) -> Page:
    """A visitor's page, as wide as a small laptop."""
    return new_page()


@pytest.fixture(scope="session")
def passes() -> dict[str, Any]:
    """Cookies of who signed in already: hashing a password is slow on purpose."""
    return {}


@pytest.fixture
def sign_in(new_page: Open, site: Site, passes: dict[str, Any]) -> SignIn:
    """Open a page as one of the demonstration's people: `sign_in("ana")`."""

    def enter(name: str) -> Page:
        if name not in passes:
            page = new_page()
            page.goto("/account/login/")
            page.get_by_label("Email").or_(page.get_by_label("E-mail")).fill(f"{name}@demo.example")
            page.get_by_label("Password").fill(site.password)
            page.get_by_role("main").get_by_role("button", name="Sign in").click()
            page.wait_for_url("**/")
            passes[name] = page.context.storage_state()
        return new_page(storage_state=passes[name])

    return enter
