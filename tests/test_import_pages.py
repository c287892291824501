"""The pages of imports: who gets in, and the way of a file from the upload to its undoing."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from glocal.accounts.models import Person
from glocal.core.actor import SYSTEM, Actor
from glocal.core.errors import NotAllowed
from glocal.directory import queries as directory
from glocal.ingest import queries, services
from glocal.ingest.states import BatchId, BatchState, ImportOptions
from glocal.ingest.tests.bringing import bring_in, everything, line, write_list

pytestmark = pytest.mark.django_db
_AS_LIST = ImportOptions(source="list")
SignIn = Callable[[Actor], Client]


@pytest.fixture
def sign_in() -> SignIn:
    """Return a browser somebody has signed in with."""

    def sign_in(actor: Actor) -> Client:
        browser = Client()
        person = Person.objects.get(pk=actor.user_id or 0)
        browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return sign_in


def hand_in(browser: Client, content: bytes, name: str = "members.csv") -> Any:
    """Send the upload form."""
    file = SimpleUploadedFile(name, content)
    return browser.post("/import/", {"file": file, "source": "list", "licence": "CC0-1.0", "country": "it"})


def test_strangers_sign_in_first_members_are_refused_and_stewards_get_in(
    tmp_path: Path, ana: Actor, sofia: Actor, sign_in: SignIn
) -> None:
    report = bring_in(write_list(tmp_path, [line(1)]))
    pages = ["/import/", "/import/all/", f"/import/{report.id}/"]
    posts = [f"/import/{report.id}/undo/", f"/import/{report.id}/forget/"]
    for address in pages + posts:
        browser = Client()
        answer = browser.get(address) if address in pages else browser.post(address)
        assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={address}")
    member, steward = sign_in(ana), sign_in(sofia)
    assert [member.get(address).status_code for address in pages] == [403] * 3
    assert [member.post(address).status_code for address in posts] == [403] * 2
    assert hand_in(member, b"name\nx\n").status_code == 403

    assert [steward.get(address).status_code for address in pages] == [200] * 3
    assert steward.get("/import/4711/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_from_upload_over_columns_and_report_to_undo(
    transactional_db: None, tmp_path: Path, sofia: Actor, sign_in: SignIn
) -> None:
    browser = sign_in(sofia)
    content = write_list(tmp_path, [line(1), line(2, name="")]).read_bytes()

    sent = hand_in(browser, content)
    columns = sent["Location"]
    assert "Cooperativa Ruota n1" in browser.get(columns).content.decode()

    chosen = {"column-0": "street", "field-0": "name", "column-1": "id", "field-1": "record_id"}
    again = browser.post(columns, chosen)
    assert (again.status_code, directory.count_organisations()) == (200, 0)
    assert '<th scope="row">Via Garibaldi 1</th>' in again.content.decode()

    chosen = {"column-0": "name", "field-0": "name", "column-1": "id", "field-1": "record_id"}
    started = browser.post(columns, {**chosen, "start": "1"})
    report = started["Location"]
    assert "hx-get" in browser.get(report).content.decode()
    call_command("db_worker", batch=True, verbosity=0, interval=0, startup_delay=False, reload=False)

    told = browser.get(report).content.decode()
    assert "There is no name" in told
    assert "hx-get" not in told
    assert directory.count_organisations() == 1
    undone = browser.post(f"{report}undo/", follow=True)
    assert "as it was before" in undone.content.decode()
    assert directory.count_organisations() == 0
    assert browser.post(columns, {**chosen, "start": "1"}).status_code == 409


def test_columns_that_make_no_sense_are_shown_again_with_a_sentence(
    tmp_path: Path, sofia: Actor, sign_in: SignIn
) -> None:
    browser = sign_in(sofia)
    columns = hand_in(browser, write_list(tmp_path, [line(1)]).read_bytes())["Location"]

    answer = browser.post(columns, {"column-0": "street", "field-0": "street"})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("start", [{"start": "1"}, {}], ids=["start", "look"])
def test_a_field_without_a_name_is_refused_before_anything_runs(
    tmp_path: Path, sofia: Actor, sign_in: SignIn, start: dict[str, str]
) -> None:
    browser = sign_in(sofia)
    columns = hand_in(browser, write_list(tmp_path, [line(1)]).read_bytes())["Location"]

    answer = browser.post(columns, {"column-0": "no such column", "field-0": "name", **start})

    assert answer.status_code == 422
    [waiting] = queries.batches(actor=SYSTEM)
    assert waiting.state is BatchState.UPLOADED


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02\xff" * 900, b"\x89PNG\r\n\x1a\n0000"], ids=["empty", "binary", "picture"]
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence_and_nothing_is_kept(
    home: Path, sofia: Actor, sign_in: SignIn, content: bytes
) -> None:
    browser = sign_in(sofia)
    browser.get("/import/")
    before = everything()

    answer = hand_in(browser, content)

    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert everything() == before
    assert list((home / "uploads").glob("*")) == []


def test_a_file_that_is_too_large_is_refused(sofia: Actor, sign_in: SignIn, settings: Any) -> None:
    settings.GLOCAL_MAX_UPLOAD_BYTES = 1024 * 1024
    answer = hand_in(sign_in(sofia), b"name\n" + b"x" * 1024 * 1024)
    assert answer.status_code == 422
    assert "larger than 1 MB" in answer.content.decode()


def test_a_name_with_a_path_or_markup_is_only_a_name(sofia: Actor, sign_in: SignIn, home: Path) -> None:
    browser = sign_in(sofia)
    answer = hand_in(browser, b"name;town\nx;Torino\n", "../../<script>alert(1)<script>.csv")
    page = browser.get(answer["Location"]).content.decode()
    assert "<script>alert" not in page
    written = [f for f in home.parent.rglob("*") if f.is_file() and f.read_bytes().startswith(b"name;")]
    assert [file.parent for file in written] == [home / "uploads"]


def test_an_undo_over_somebodys_work_is_refused_on_the_page(
    tmp_path: Path, sofia: Actor, sign_in: SignIn
) -> None:
    first = bring_in(write_list(tmp_path, [line(1)]))
    bring_in(write_list(tmp_path, [line(1, topics="bread")]))

    answer = sign_in(sofia).post(f"/import/{first.id}/undo/", follow=True)

    assert "Nothing was undone" in answer.content.decode()
    assert directory.count_organisations() == 1


def test_the_running_report_is_asked_for_in_pieces(tmp_path: Path, sofia: Actor, sign_in: SignIn) -> None:
    report = bring_in(write_list(tmp_path, [line(1)]))
    browser = sign_in(sofia)

    whole = browser.get(f"/import/{report.id}/")
    piece = browser.get(f"/import/{report.id}/", headers={"HX-Request": "true"})

    assert "<html" in whole.content.decode()
    assert "<html" not in piece.content.decode()
    assert 'id="progress"' in piece.content.decode()
    assert "HX-Request" in piece["Vary"]


def test_many_problems_are_told_page_by_page(tmp_path: Path, sofia: Actor, sign_in: SignIn) -> None:
    lines = [line(0)] + [line(n, name="", street=f"Via {n}") for n in range(1, 251)]
    report = bring_in(write_list(tmp_path, lines))
    browser = sign_in(sofia)

    pages = [browser.get(f"/import/{report.id}/?page={number}").content.decode() for number in (1, 2, 3)]

    assert [page.count('<th scope="row">name</th>') for page in pages] == [100, 100, 50]
    assert ["?page=2" in pages[0], "?page=3" in pages[1], "?page=4" in pages[2]] == [True, True, False]
    for odd in ("0", "-1", "x", "²", "9" * 30, "9" * 5000):
        assert browser.get(f"/import/{report.id}/", {"page": odd}).status_code == 200


@pytest.mark.parametrize("address", ["/import/all/", "/import/"])
def test_a_list_of_imports_costs_the_same_whatever_its_length(
    tmp_path: Path, sofia: Actor, sign_in: SignIn, address: str
) -> None:
    browser, prices = sign_in(sofia), []
    for how_many in (1, 19):
        for number in range(how_many):
            services.import_file(write_list(tmp_path, [line(number)]), _AS_LIST, actor=sofia)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        prices.append(len(asked))
    assert prices[0] == prices[1]


def test_a_report_costs_the_same_however_much_was_wrong(
    tmp_path: Path, sofia: Actor, sign_in: SignIn
) -> None:
    browser, prices = sign_in(sofia), []
    for how_many in (1, 90):
        lines = [line(1000 + how_many)] + [line(n, name="") for n in range(how_many)]
        report = bring_in(write_list(tmp_path, lines))
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/import/{report.id}/")
        prices.append(len(asked))
    assert prices[0] == prices[1]


def _brought(page: str) -> list[str]:
    return re.findall(r'<a href="/organisations/\d+/">([^<]+)</a>', page)


def test_a_report_leads_to_what_was_created_and_what_was_updated(
    tmp_path: Path, sofia: Actor, sign_in: SignIn
) -> None:
    browser = sign_in(sofia)
    first = bring_in(write_list(tmp_path, [line(1), line(2), line(3, name="")]))
    page = browser.get(f"/import/{first.id}/").text
    assert _brought(page) == ["Cooperativa Ruota n1", "Cooperativa Ruota n2"]
    link = re.search(r'href="(/organisations/\d+/)"', page)
    assert link is not None
    assert browser.get(link[1]).status_code == 200

    second = bring_in(write_list(tmp_path, [line(1), line(2, name="Ruota & figli"), line(4)]))
    assert _brought(browser.get(f"/import/{second.id}/").text) == [
        "Cooperativa Ruota n4",
        "Ruota &amp; figli",
    ]

    services.undo_batch(actor=sofia, batch_id=second.id or BatchId(0))
    assert _brought(browser.get(f"/import/{second.id}/").text) == []


def test_a_report_names_the_first_twenty_and_counts_the_others_at_the_same_price(
    tmp_path: Path, sofia: Actor, sign_in: SignIn
) -> None:
    browser, prices = sign_in(sofia), []
    for how_many in (1, 20, 25):
        rows = [line(1000 * how_many + number) for number in range(how_many)]
        report = bring_in(write_list(tmp_path, rows))
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(f"/import/{report.id}/").text
        prices.append(len(asked))
        assert len(_brought(page)) == min(how_many, 20)
        assert ("and 5 more" in page) == (how_many == 25)
    assert len(set(prices)) == 1


def test_what_an_import_brought_is_for_those_who_may_import(tmp_path: Path, ana: Actor) -> None:
    report = bring_in(write_list(tmp_path, [line(1)]))
    with pytest.raises(NotAllowed):
        queries.brought(actor=ana, batch_id=report.id or BatchId(0))
