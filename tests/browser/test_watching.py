"""The watch itself: what it must notice, so that silence of the other tests means something."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from .axe import bring_axe, violations
from .site import Site
from .watching import Watch

INLINE_STYLE = "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">red</p>')"
MISHAPS = {
    "an error nobody caught": ("setTimeout(() => { throw new Error('lost thread') })", "lost thread"),
    "a promise nobody kept": ("void Promise.reject(new Error('lost promise'))", "lost promise"),
    "an error in the console": ("console.error('torn')", "torn"),
    "a warning in the console": ("console.warn('frayed')", "frayed"),
    "a style against the policy": (INLINE_STYLE, "Content Security Policy"),
    "a script against the policy": ("setTimeout('1 + 1')", "Content Security Policy"),
    "a file that is missing": ("void import('/static/web/dist/none.js').catch(() => 0)", "404"),
}


@pytest.mark.parametrize(("mishap", "words"), MISHAPS.values(), ids=MISHAPS.keys())
def test_a_mishap_is_noticed(chromium: Browser, site: Site, mishap: str, words: str) -> None:
    watch = Watch()
    context = chromium.new_context(base_url=site.url)
    watch.over(context)
    page = context.new_page()
    page.goto("/about/")
    assert watch.problems == []
    page.evaluate(f"() => {{ {mishap} }}")
    page.wait_for_timeout(300)
    context.close()
    assert any(words in problem for problem in watch.problems), watch.problems


def test_axe_finds_what_is_wrong(new_page: Callable[..., Page]) -> None:
    page = new_page()
    bring_axe(page.context)
    page.goto("/about/")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    found = violations(page)
    assert any(violation.startswith("button-name") for violation in found)
    assert any(violation.startswith("color-contrast") for violation in found)
