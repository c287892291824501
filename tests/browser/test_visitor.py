"""A visitor without an account: from the question to a profile and a table to take away."""

import csv
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from .conftest import Open

TOWN = re.compile(r"^(Torino|Turin)\b")
TORINO = "/near/?place=Torino&km=25"
MARKERS = ".marker-picture"
LIT_MARKER = ".marker.is-lit"


def shown_ids(page: Page) -> list[str]:
    items = page.locator("#results [data-id]")
    ids: list[str] = items.evaluate_all("items => items.map(item => item.dataset.id)")
    return ids


def expect_ids(page: Page, ids: list[str]) -> None:
    """Wait until the list shows exactly these organisations, in this order."""
    page.wait_for_function(
        "ids => [...document.querySelectorAll('#results [data-id]')].map(i => i.dataset.id).join() === ids",
        arg=",".join(ids),
    )


def choose(page: Page, menu: str, choice: str) -> None:
    """Tick one choice of a filter's menu; the list follows at once."""
    page.locator("summary", has_text=menu).click()
    page.get_by_role("group", name=menu).get_by_role("checkbox", name=choice).check()
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    page.keyboard.press("Escape")


def test_a_town_is_found_while_typing_and_leads_to_who_is_near(page: Page) -> None:
    page.goto("/")
    page.get_by_label("What is near you?").press_sequentially("Tor")
    labels = page.get_by_role("option").locator(".combobox-label")
    expect(labels.filter(has_text=TOWN).first).to_be_visible()
    steps = next(number for number, label in enumerate(labels.all_inner_texts(), 1) if TOWN.search(label))
    field = page.get_by_role("combobox")
    for _ in range(steps):
        field.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_text(TOWN)
    field.press("Enter")
    page.wait_for_url("**/near/?*")
    expect(page.get_by_label("Where", exact=True)).to_have_value(TOWN)
    expect(page.locator("#results [data-id]").first).to_contain_text("Torino")


def test_filters_change_the_list_and_the_address_and_back_takes_them_back(page: Page) -> None:
    page.goto(TORINO)
    everybody = shown_ids(page)
    choose(page, "Kind", "co-operatives")
    expect(page).to_have_url(re.compile("kind=cooperative"))
    kinds = page.locator("#results .card-kind")
    expect(kinds.first).to_be_visible()
    assert set(kinds.all_text_contents()) == {"co-operative"}
    page.go_back()
    expect(page).not_to_have_url(re.compile("kind="))
    expect_ids(page, everybody)


def test_moving_the_map_moves_the_list_and_the_address(page: Page) -> None:
    page.goto(TORINO)
    expect(page.locator(MARKERS).first).to_be_visible()
    before = page.locator("#results .coverage").inner_text()
    page.get_by_role("button", name="Zoom in", exact=True).click()
    expect(page).to_have_url(re.compile(r"[?&]box="))
    expect(page.locator("#results .coverage")).not_to_have_text(before)
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    west, south, east, north = (float(part) for part in page.url.split("box=")[1].split("&")[0].split(","))
    places = page.locator("#results [data-id]").evaluate_all(
        "items => items.map(({dataset}) => [Number(dataset.lat), Number(dataset.lon)])"
    )
    assert places
    assert all(south <= lat <= north and west <= lon <= east for lat, lon in places)


def test_pointing_at_one_of_the_list_lights_it_on_the_map(page: Page) -> None:
    page.goto(TORINO)
    expect(page.locator(MARKERS).first).to_be_visible()
    expect(page.locator(LIT_MARKER)).to_have_count(0)
    page.locator("#results [data-id]").first.hover()
    expect(page.locator(LIT_MARKER)).to_have_count(1)


def test_back_from_a_profile_restores_list_and_filters(page: Page) -> None:
    page.goto(f"{TORINO}&kind=cooperative")
    before = shown_ids(page)
    link = page.locator("#results .card-name a").nth(2)
    name = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_text("This organisation is invented")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Where", exact=True)).to_have_value("Torino")
    expect(page.locator("input[name=kind][value=cooperative]")).to_be_checked()
    expect_ids(page, before)


def test_the_table_holds_exactly_what_was_filtered(page: Page) -> None:
    page.goto("/near/?place=Torino&km=25&kind=makerspace&kind=school")
    expect(page.locator(".pager")).to_have_count(0)
    page.locator("summary", has_text="Download").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Table (CSV)").click()
    with Path(waiting.value.path()).open(encoding="utf-8-sig", newline="") as table:
        ids = [row["id"] for row in csv.DictReader(table)]
    assert ids
    assert ids == shown_ids(page)


def test_without_script_one_can_search_turn_pages_read_and_take_away(new_page: Open) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("What is near you?").fill("Bilbao")
    page.get_by_role("button", name="Look around").click()
    page.get_by_label("Within").select_option("50")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile("km=50"))
    first = page.locator("#results .card-name").all_text_contents()
    page.get_by_role("link", name="Next").click()
    second = page.locator("#results .card-name").all_text_contents()
    assert second
    assert not set(first) & set(second)
    csv_address = page.locator("a[download]").first.get_attribute("href") or ""
    table = page.request.get(csv_address)
    assert table.ok
    assert all(name in table.text() for name in (first[0], second[0]))
    page.locator("#results .card-name a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(second[0])
