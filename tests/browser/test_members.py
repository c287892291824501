"""Members and stewards: adding, accepting, editing at the same time, importing and taking back."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from .conftest import Open, SignIn

PASSWORD = "telaio-trama-ordito-42"
TABLE = """nome;categoria;descrizione;comune;provincia;latitudine;longitudine;id
Sartoria del Vento;cooperativa;Ripara abiti da lavoro;Torino;TO;45.0712;7.6801;1
Orti di Mezzo;associazione;Orti condivisi;Torino;TO;45.0655;7.6642;2
Bottega Capovolta;cooperativa;Con le coordinate scambiate;Torino;TO;7.6700;45.0600;3
;associazione;Una riga senza nome;Torino;TO;45.0600;7.6700;4
"""


def fill_in(page: Page, name: str, *, town: str = "Torino") -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Kind", exact=True).select_option("cooperative")
    page.get_by_label("What it does").fill("Cuce e ripara abiti da lavoro insieme a chi cerca un mestiere.")
    page.get_by_label("Town").fill(town)
    page.get_by_label("Country").select_option("IT")


def test_a_newcomer_makes_an_account_and_is_signed_in(new_page: Open) -> None:
    page = new_page()
    page.goto("/organisations/add/")
    page.get_by_role("main").get_by_role("link", name="Make one").click()
    page.get_by_role("textbox", name=re.compile("e-?mail", re.IGNORECASE)).fill("carla@demo.example")
    passwords = page.locator("input[type=password]")
    for number in range(passwords.count()):
        passwords.nth(number).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Make an account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add an organisation")


def test_what_a_member_adds_is_found_as_soon_as_a_steward_accepts(sign_in: SignIn, new_page: Open) -> None:
    ana = sign_in("ana")
    ana.goto("/organisations/add/")
    fill_in(ana, "Filo e Ago del Balôn")
    ana.get_by_role("button", name="Add it").click()
    expect(ana.get_by_role("heading", level=1)).to_have_text("Filo e Ago del Balôn")
    expect(ana.get_by_text("This waits for a steward")).to_be_visible()
    address = ana.url

    visitor = new_page()
    assert visitor.goto(address).status == 404  # type: ignore[union-attr]  # an address always answers here
    visitor.goto("/near/?q=Balôn")
    expect(visitor.get_by_role("heading", name="Nobody here is known like this")).to_be_visible()

    sofia = sign_in("sofia")
    sofia.goto("/organisations/review/")
    sofia.get_by_role("button", name="Accept Filo e Ago del Balôn").click()
    expect(sofia.get_by_text("Accepted. It can be found from now on.")).to_be_visible()

    visitor.goto("/near/?q=Balôn")
    expect(visitor.locator("#results [data-id]")).to_have_count(1)
    expect(visitor.locator(".marker-picture")).to_have_count(1)
    visitor.goto(address)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Filo e Ago del Balôn")


def test_likely_twins_are_shown_before_anything_is_saved(sign_in: SignIn) -> None:
    page = sign_in("bruno")
    page.goto("/near/?place=Torino&km=5&kind=cooperative")
    name = page.locator("#results .card-name").first.inner_text()
    page.goto("/organisations/add/")
    fill_in(page, name)
    page.get_by_role("button", name="Add it").click()
    twins = page.get_by_role("alert").filter(
        has=page.get_by_role("heading", name=re.compile("Is it perhaps"))
    )
    expect(twins.get_by_role("link", name=name).first).to_be_visible()
    page.get_by_role("button", name="It is none of these: add it").click()
    expect(page.get_by_text("This waits for a steward")).to_be_visible()


def test_two_people_who_change_the_same_record_see_each_others_words(sign_in: SignIn) -> None:
    ana, sofia = sign_in("ana"), sign_in("sofia")
    ana.goto("/organisations/add/")
    fill_in(ana, "Telaio di Cavoretto")
    ana.get_by_role("button", name="Add it").click()
    ana.get_by_role("link", name="Change this record").click()
    sofia.goto(ana.url)
    ana.get_by_label("What it does").fill("Tesse canapa.")
    ana.get_by_role("button", name="Save").click()
    expect(ana.get_by_text("Saved.")).to_be_visible()

    sofia.get_by_label("What it does").fill("Tesse lino.")
    sofia.get_by_role("button", name="Save").click()
    clash = sofia.get_by_role("region", name="What differs now")
    expect(clash.get_by_role("cell", name="Tesse canapa.")).to_be_visible()
    expect(clash.get_by_role("cell", name="Tesse lino.")).to_be_visible()
    expect(sofia.get_by_label("What it does")).to_have_value("Tesse lino.")
    sofia.get_by_role("button", name="Save mine over theirs").click()
    expect(sofia.get_by_text("Saved.")).to_be_visible()
    expect(sofia.get_by_text("Tesse lino.")).to_be_visible()


def test_a_steward_brings_a_list_in_and_takes_it_back(
    sign_in: SignIn, tmp_path: Path, new_page: Open
) -> None:
    file = tmp_path / "soci.csv"
    file.write_text(TABLE, encoding="utf-8")
    page = sign_in("sofia")
    page.goto("/import/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("Source").fill("Soci della rete, prova")
    page.get_by_label("Country").fill("IT")
    page.get_by_role("button", name="Look into it").click()

    becomes = page.get_by_role("combobox", name="categoria")
    expect(becomes).to_be_visible()
    page.get_by_role("combobox", name="provincia").select_option("")
    page.get_by_role("button", name="Show again what it becomes").click()
    expect(page.get_by_role("combobox", name="provincia")).to_have_value("")
    page.get_by_role("button", name="Import it").click()

    tallies = page.locator(".tallies div")
    expect(page.get_by_role("button", name="Take this import back")).to_be_visible()
    expect(page.locator("progress")).to_have_count(0)
    expect(tallies.filter(has_text="read").locator("dd")).to_have_text("4")
    expect(tallies.filter(has_text="rejected").locator("dd")).not_to_have_text("0")
    problems = page.get_by_role("region", name="What was wrong, row by row")
    expect(problems).to_contain_text("There is no name")
    expect(problems).to_contain_text("45.06")

    visitor = new_page()
    visitor.goto("/near/?q=Sartoria del Vento")
    expect(visitor.locator("#results [data-id]")).to_have_count(1)
    page.get_by_role("button", name="Take this import back").click()
    expect(page.get_by_text("Undone. The directory is as it was")).to_be_visible()
    visitor.reload()
    expect(visitor.locator("#results [data-id]")).to_have_count(0)


def test_a_member_who_opens_the_import_is_told_who_may(sign_in: SignIn) -> None:
    page = sign_in("ana")
    answer = page.goto("/import/")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("This is not yours to do")
    expect(page.get_by_role("main").get_by_role("link", name="Look around")).to_be_visible()
