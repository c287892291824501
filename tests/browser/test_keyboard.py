"""Without a mouse, on a telephone, in the dark, in another language."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Open

TORINO = "/near/?place=Torino&km=10"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NARROWEST = {"width": 320, "height": 640}
PUBLIC_PAGES = (
    "/",
    TORINO,
    "/near/?q=zzzzz",
    "/near/?km=far",
    "/about/",
    "/accessibility/",
    "/design/",
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/nowhere/",
)
LEAST_TARGET = 24

# A target smaller than it should be, unless it is a link in running text or no target at all.
SMALL_TARGETS = """least => [...document.querySelectorAll("a[href], button, summary, select, input")]
  .filter(element => element.checkVisibility({visibilityProperty: true}))
  .filter(element => !element.closest(".visually-hidden, [inert]"))
  .filter(element => !(element.tagName === "A" && getComputedStyle(element).display === "inline"))
  .filter(element => !element.closest("label"))
  .map(element => [element, element.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && box.right > 0 && (box.width < least || box.height < least))
  .map(([element, box]) => `${element.outerHTML.slice(0, 120)} ${box.width}x${box.height}`)"""

# The frame may be drawn around the element itself, or around the card or label it fills.
HAS_FOCUS_RING = """() => {
  const ring = ({outlineStyle, outlineWidth, boxShadow, content, borderTopWidth}) =>
    (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none"
    || (content === '""' && parseFloat(borderTopWidth) > 0);
  const focused = document.activeElement;
  const around = focused.closest("label, .card, .marker, .maplibregl-canvas-container");
  return [focused, around, focused.querySelector(".marker-picture, span")]
    .filter(Boolean).some(one => ring(getComputedStyle(one)) || ring(getComputedStyle(one, "::after")));
}"""


def press_tab_until(page: Page, selector: str, *, at_most: int = 60) -> None:
    """Walk on with the Tab key, where the focus must be visible at every step."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        ring = page.evaluate(HAS_FOCUS_RING)
        assert ring, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} cannot be reached with {at_most} steps")


def test_the_first_step_leads_past_the_header(page: Page) -> None:
    page.goto("/about/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_search_filters_and_menus_work_by_keyboard(page: Page) -> None:
    page.goto(TORINO)
    press_tab_until(page, "#near-place")
    press_tab_until(page, "summary:has(+ fieldset input[name=kind])")
    page.keyboard.press("Enter")
    press_tab_until(page, "input[name=kind]")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("kind="))
    page.keyboard.press("Escape")
    menu = page.locator("details[data-filter=kind]")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_the_map_is_one_stop_and_arrows_walk_from_marker_to_marker(page: Page) -> None:
    page.goto(f"{TORINO}&kind=makerspace")
    expect(page.locator(".marker-picture").first).to_be_visible()
    assert page.locator("button.marker[tabindex='0']").count() == 1
    press_tab_until(page, "button.marker", at_most=120)
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.matches('button.marker')")
    assert page.locator("button.marker[tabindex='0']").count() == 1
    one = page.locator("button.marker-one").first
    one.focus()
    page.keyboard.press("Enter")
    card = page.locator(".map-card")
    expect(card.get_by_role("link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(one).to_be_focused()


def test_a_dialog_closes_with_escape_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/design/")
    opener = page.get_by_role("button", name="Open a dialog")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Take the import back?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_dark_is_remembered_and_automatic_forgets_it(page: Page) -> None:
    page.goto("/about/")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.locator("summary", has_text="Language and colours").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/accessibility/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != ground
    page.locator("summary", has_text="Language and colours").click()
    page.get_by_role("button", name="Automatic").click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == ground


def test_another_language_keeps_the_place_and_the_way_back(page: Page) -> None:
    page.goto("/about/")
    page.locator("summary", has_text="Language and colours").click()
    page.get_by_role("button", name="Italiano").click()
    expect(page.locator("html")).to_have_attribute("lang", "it")
    expect(page).to_have_url(re.compile("/about/$"))
    page.locator("header summary").first.click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_on_a_phone_the_map_slides_over_the_list_and_away(new_page: Open) -> None:
    page = new_page(**PHONE)
    page.goto(TORINO)
    toggle = page.locator("#map-toggle")
    expect(toggle).to_have_text("Map")
    expect(page.locator(".marker-picture")).to_have_count(0)
    toggle.tap()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".marker-picture").first).to_be_visible()
    expect(page.locator(".near-list")).to_have_js_property("inert", value=True)
    page.keyboard.press("Escape")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(toggle).to_be_focused()
    page.locator("#results .card-name a").first.tap()
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_no_page_scrolls_sideways_and_a_thumb_hits_everything(new_page: Open, address: str) -> None:
    page = new_page(**{**PHONE, "viewport": NARROWEST})
    page.goto(address)
    wider_by = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider_by == 0
    assert page.evaluate("innerWidth") == NARROWEST["width"]
    assert page.evaluate(SMALL_TARGETS, LEAST_TARGET) == []
