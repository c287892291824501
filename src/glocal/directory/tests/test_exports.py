"""Downloads: exactly what is filtered, in its order, in every form, and nothing that harms."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.http import FileResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from glocal.core.actor import Actor
from glocal.directory import queries
from glocal.directory.exports import files
from glocal.directory.models import Organisation
from glocal.directory.tests.conftest import TORINO_SITE, facts, take_in
from glocal.directory.types import Description, Search, SiteFacts

pytestmark = pytest.mark.django_db
ASKED = {"lat": "45.0703", "lon": "7.6869", "km": "30", "kind": "cooperative"}


def _body(client: Client, form: str, params: dict[str, str]) -> bytes:
    answer: object = client.get(f"/near/export/{form}/", params)
    assert isinstance(answer, FileResponse)
    assert answer.status_code == 200
    assert f"glocal.{form}" in answer.headers["Content-Disposition"]
    return b"".join(answer)


def test_more_than_a_spreadsheet_holds_is_refused_with_a_sentence(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SHEET_ROWS", 1)
    take_in(facts(), facts(name="Borea"))
    answer = client.get("/near/export/xlsx/")
    assert answer.status_code == 422
    assert "take the CSV" in answer.content.decode()
    assert len(_csv(_body(client, "csv", {}))) == 2


def _csv(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def _xlsx(body: bytes) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(body), read_only=True).active.values  # type: ignore[union-attr]  # a new workbook has a sheet
    return [dict(zip(head, values, strict=True)) for values in rows]  # type: ignore[arg-type]  # the head holds names


IDS: dict[str, Callable[[bytes], list[str]]] = {
    "csv": lambda body: [each["id"] for each in _csv(body)],
    "xlsx": lambda body: [each["id"] for each in _xlsx(body)],
    "geojson": lambda body: [each["id"] for each in json.loads(body)["features"]],
    "jsonl": lambda body: [json.loads(line)["id"] for line in body.splitlines()],
    "jsonld": lambda body: [each["@id"].rpartition(":")[2] for each in json.loads(body)["@graph"]],
}


@pytest.mark.parametrize("form", list(IDS))
@pytest.mark.parametrize(
    ("params", "count"), [(ASKED, 25), ({}, 27), ({"kind": "school"}, 1), ({"kind": "funder"}, 0)]
)
def test_a_download_holds_what_is_listed_in_its_order(
    client: Client, form: str, params: dict[str, str], count: int
) -> None:
    sites = [(SiteFacts(45.07 + (n * 7 % 25) / 100, 7.68, "exact"),) for n in range(25)]
    take_in(*(facts(name=f"N{n * 11 % 25}", sites=site) for n, site in enumerate(sites)))
    take_in(facts(name="School", kind="school"), facts(name="Unplaced", sites=()))
    listed = re.findall(r'data-id="(\d+)"', client.get("/near/", {**params, "k": "1000"}).text)
    assert IDS[form](_body(client, form, params)) == listed
    assert len(listed) == count


@pytest.mark.parametrize("form", list(IDS))
@pytest.mark.parametrize("status", ["pending", "refused", "withdrawn"])
def test_what_is_not_public_is_not_handed_out(
    client: Client, make_organisation: Any, form: str, status: str
) -> None:
    make_organisation(status=status)
    assert IDS[form](_body(client, form, {})) == []


@pytest.mark.parametrize("evil", ["=1+1", "+39 011", "-x", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"])
def test_formulas_are_disarmed_in_tables_and_left_alone_elsewhere(client: Client, evil: str) -> None:
    take_in(
        facts(name=evil, topics=(evil,), legal_form=evil, sites=(SiteFacts(-45.5, -7.5, "exact", town=evil),))
    )
    [row] = _csv(_body(client, "csv", {}))
    assert (row["name"], row["topics"], row["legal_form"], row["town"]) == ("'" + evil,) * 4
    assert (row["lat"], row["lon"]) == ("-45.5", "-7.5"), "numbers stay numbers"
    [cells] = _xlsx(_body(client, "xlsx", {}))
    assert cells["name"].startswith("'")
    assert cells["lat"] == -45.5
    assert json.loads(_body(client, "jsonl", {}))["name"] == evil


def test_text_a_workbook_cannot_hold_does_not_break_it(client: Client) -> None:
    take_in(facts(name="Ar\x0bca\x1f", descriptions=(Description("it", "y" * 40_000),)))
    [row] = _xlsx(_body(client, "xlsx", {}))
    assert row["name"] == "Arca"


def test_a_table_opens_in_a_spreadsheet_in_any_script(client: Client) -> None:
    name = 'Čebela, „Αθήνα“\n合作社 🚲 مؤسسة; "x"'
    take_in(facts(name=name))
    body = _body(client, "csv", {})
    assert body.startswith(b"\xef\xbb\xbf")
    [row] = _csv(body)
    assert row["name"] == name
    assert (row["source"], row["licence"], row["precision"]) == ("test register", "CC0-1.0", "exact")


def test_every_place_of_an_organisation_is_on_the_exported_map(client: Client) -> None:
    second = SiteFacts(45.4642, 9.19, "town", town="Milano", country="IT")
    take_in(
        facts(sites=(TORINO_SITE, second, SiteFacts(town="Asti"))), facts(name="B"), facts(name="C", sites=())
    )
    features = json.loads(_body(client, "geojson", {}))["features"]
    assert [feature["geometry"] for feature in features] == [
        {"type": "MultiPoint", "coordinates": [[7.6869, 45.0703], [9.19, 45.4642]]},
        {"type": "Point", "coordinates": [7.6869, 45.0703]},
        None,
    ]
    assert [site["town"] for site in features[0]["properties"]["sites"]] == ["Torino", "Milano", "Asti"]


@pytest.mark.parametrize("form", list(IDS))
def test_nobody_who_works_here_is_in_a_download(client: Client, ana: Actor, form: str) -> None:
    take_in(facts())
    Organisation.objects.update(added_by_id=ana.user_id)
    get_user_model().objects.update(display_name="Ana Anonima")
    body = _body(client, form, {})
    assert b"ana@example.org" not in body
    assert b"Anonima" not in body
    assert b"added_by" not in body


def test_an_unknown_form_and_a_bad_filter_are_refused(client: Client) -> None:
    assert client.get("/near/export/exe/").status_code == 404
    assert client.get("/near/export/csv/", {"km": "x"}).status_code == 422
    assert client.post("/near/export/csv/").status_code == 405


@pytest.mark.parametrize("how_many", [1, 20])
def test_a_download_costs_the_same_whatever_its_length(
    client: Client, how_many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    take_in(*(facts(name=f"N{number}") for number in range(how_many)))
    queries.count_organisations()
    with django_assert_num_queries(3):
        assert len(IDS["csv"](_body(client, "csv", {}))) == how_many


def test_pages_of_the_index_are_joined_without_gap_or_repetition(monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(*(facts(name=f"N{number:02}") for number in range(10)))
    for size in (1, 3, 5, 10, 11):
        monkeypatch.setattr(queries, "EXPORT_PAGE", size)
        assert [card.name for card in queries.every_card(Search())] == [
            f"N{number:02}" for number in range(10)
        ]
