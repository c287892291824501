"""Every kind of page before axe: light and English, dark and Italian; and mirrored for right-to-left."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .axe import bring_axe, violations
from .conftest import SignIn

TORINO = "/near/?place=Torino&km=10"
PUBLIC = {
    "home": "/",
    "near": TORINO,
    "near, nothing found": "/near/?q=zzzzz",
    "near, impossible": "/near/?km=far",
    "profile": "/organisations/{id}/",
    "words": "/lexicon/",
    "words, understood": "/lexicon/?q=Wir+kochen+f%C3%BCr+Obdachlose%2C+nicht+f%C3%BCr+Firmen",
    "words, nothing known": "/lexicon/?q=xqzzy",
    "concept": "/lexicon/food-bank/",
    "about": "/about/",
    "accessibility": "/accessibility/",
    "design": "/design/",
    "sign in": "/account/login/",
    "sign up": "/account/signup/",
    "password reset": "/account/password/reset/",
    "nothing here": "/nowhere/",
}
SIGNED_IN = {
    "add": ("ana", "/organisations/add/"),
    "refusal": ("ana", "/import/"),
    "second factor": ("ana", "/account/2fa/"),
    "e-mail address": ("ana", "/account/email/"),
    "change password": ("ana", "/account/password/change/"),
    "sign out": ("ana", "/account/logout/"),
    "edit": ("sofia", "/organisations/{id}/edit/"),
    "review": ("sofia", "/organisations/review/"),
    "propose a word": ("ana", "/lexicon/food-bank/propose/?lang=it"),
    "words that wait": ("sofia", "/lexicon/proposals/"),
    "import": ("sofia", "/import/"),
    "imports": ("sofia", "/import/all/"),
}
TABLE = "name;town;country;kind\nLavanderia Sociale;Torino;IT;cooperative\n;Torino;IT;cooperative\n"

MIRRORED = "addEventListener('DOMContentLoaded', () => document.documentElement.dir = 'rtl')"
OFF_THE_PAGE = """heads => heads.map(head => head.getBoundingClientRect())
  .filter(({left, right}) => left < 0 || right > innerWidth).length"""
WIDER_THAN_THE_PAGE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def address_of(page: Page, pattern: str) -> str:
    """Fill in the id of an organisation of the demonstration."""
    if "{id}" not in pattern:
        return pattern
    known = page.request.get("/api/v1/near?place=Torino").json()
    return pattern.format(id=known["organisations"][0]["id"])


def judge(page: Page, pattern: str) -> list[str]:
    """Return what axe finds on a page in English and light, then in Italian and dark."""
    bring_axe(page.context)
    found = []
    for language, theme in (("en", "light"), ("it", "dark")):
        page.context.add_cookies([
            {"name": "django_language", "value": language, "url": page_base(page)},
            {"name": "theme", "value": theme, "url": page_base(page)},
        ])  # fmt: skip
        page.goto(address_of(page, pattern))
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        if page.locator(".near-map").count():
            expect(page.locator(".map-zoom")).to_be_visible()
        found += [f"{language}, {theme}: {violation}" for violation in violations(page)]
    return found


def page_base(page: Page) -> str:
    """Return the address of the server."""
    return page.request.get("/about/").url.removesuffix("/about/")


@pytest.mark.parametrize("pattern", PUBLIC.values(), ids=PUBLIC.keys())
def test_a_public_page_keeps_the_guidelines(page: Page, pattern: str) -> None:
    assert judge(page, pattern) == []


@pytest.mark.parametrize(("name", "pattern"), SIGNED_IN.values(), ids=SIGNED_IN.keys())
def test_a_page_for_those_signed_in_keeps_the_guidelines(sign_in: SignIn, name: str, pattern: str) -> None:
    assert judge(sign_in(name), pattern) == []


def test_the_steps_of_an_import_keep_the_guidelines(sign_in: SignIn, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(TABLE, encoding="utf-8")
    page = sign_in("sofia")
    bring_axe(page.context)
    page.goto("/import/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("Source").fill("Example")
    page.get_by_role("button", name="Look into it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the columns")
    found = violations(page)
    page.get_by_role("button", name="Import it").click()
    expect(page.get_by_role("button", name="Take this import back")).to_be_visible()
    assert found + violations(page) == []


def test_open_menus_and_suggestions_keep_the_guidelines(page: Page) -> None:
    bring_axe(page.context)
    page.goto(TORINO)
    page.locator("summary", has_text="Topic").click()
    found = violations(page)
    page.keyboard.press("Escape")
    page.get_by_label("Where", exact=True).fill("")
    page.get_by_label("Where", exact=True).press_sequentially("Bil")
    expect(page.get_by_role("option").first).to_be_visible()
    assert found + violations(page) == []


@pytest.mark.parametrize("width", [390, 1100])
def test_mirrored_for_right_to_left_nothing_falls_off_the_page(
    new_context: Callable[..., BrowserContext], width: int
) -> None:
    context = new_context(viewport={"width": width, "height": 700})
    context.add_init_script(MIRRORED)
    bring_axe(context)
    page = context.new_page()
    page.goto(TORINO)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert page.evaluate(WIDER_THAN_THE_PAGE) == 0
    assert page.locator("#results .card-name").evaluate_all(OFF_THE_PAGE) == 0
    assert violations(page) == []
