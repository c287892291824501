"""Looking a phrase up on a small phone without a script, and a better word on its way to being accepted."""

import re

from playwright.sync_api import Page, expect

from .conftest import Open, SignIn

PHRASE = "Wir kochen für Obdachlose, nicht für Firmen"
WIDER_THAN_THE_PAGE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_a_phrase_is_looked_up_by_keyboard_on_a_small_phone_without_script(new_page: Open) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="it-IT")
    page.goto("/lexicon/")
    field = page.locator("input[name=q]")
    field.focus()
    field.press_sequentially(PHRASE)
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]q=Wir\+kochen"))
    part = page.locator("a.phrase-part", has_text="Obdachlose")
    expect(part).to_be_visible()
    expect(page.locator(".phrase s")).to_have_text("Firmen")
    part.focus()
    part.press("Enter")
    expect(page).to_have_url(re.compile("#concept-homeless-people$"))
    page.locator("#concept-homeless-people h3 a").click()
    expect(page.locator("tr", has_text="persone senza dimora")).to_have_class("is-here")
    for address in ("/lexicon/", f"/lexicon/?q={PHRASE}", "/lexicon/homeless-people/"):
        page.goto(address)
        assert page.evaluate(WIDER_THAN_THE_PAGE) == 0


def test_the_language_is_chosen_where_it_was_not_recognised(page: Page) -> None:
    page.goto("/lexicon/?q=Tafel")
    page.get_by_label("Its language").select_option("German")
    page.get_by_label("Show it in").select_option("French")
    page.get_by_role("button", name="Look it up").click()
    expect(page.locator("#concept-food-bank h3")).to_have_text("banque alimentaire")
    expect(page.get_by_label("A word or a sentence")).to_have_value("Tafel")
    expect(page.get_by_label("Its language")).to_have_value("de")


def test_a_better_word_is_proposed_and_accepted(sign_in: SignIn) -> None:
    ana = sign_in("ana")
    ana.goto("/lexicon/food-bank/")
    ana.get_by_role("link", name="Propose (Italian)").click()
    ana.get_by_label("another word people use").check()
    ana.get_by_label("Word", exact=True).fill("emporio solidale")
    ana.get_by_label("Why").fill("Si dice così.")
    ana.get_by_role("button", name="Propose it").click()
    expect(ana.get_by_role("status")).to_contain_text("A steward looks at it")
    sofia = sign_in("sofia")
    sofia.goto("/organisations/review/")
    sofia.get_by_role("link", name="Words that wait").click()
    sofia.get_by_role("button", name="Accept emporio solidale").click()
    expect(sofia.get_by_role("status")).to_contain_text("Accepted")
    ana.goto("/lexicon/proposals/mine/")
    expect(ana.locator("li", has_text="emporio solidale")).to_contain_text("accepted")
