"""The hot reads: near, viewport, suggestions and labels as programs see them."""

import asyncio
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from glocal.core.geo import GeoPoint, distance_km
from glocal.directory import live, queries
from glocal.directory.gateways import feed, index
from glocal.directory.models import Organisation
from glocal.directory.services import absorb, ring
from glocal.directory.tests.conftest import REGISTER, TORINO_SITE, facts, take_in
from glocal.directory.types import Facts, Incoming, Kind, SiteFacts

CARD = {"id", "name", "kind", "world", "distance_km", "lat", "lon", "place", "country", "topics", "source"}


class Program:
    """A program that asks the hot reads, over nothing but ASGI."""

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send one request."""
        return asyncio.run(self._ask(method, path, options))

    def get(self, path: str, params: dict[str, Any] | None = None) -> httpx.Response:
        """Read."""
        return self.ask("GET", path, params=params)

    async def _ask(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=live.routes))
        async with httpx.AsyncClient(transport=transport, base_url="http://glocal") as client:
            return await client.request(method, path, **options)


@pytest.fixture
def api(db: None) -> Program:
    """Return a program; what it asks for must be in the index already, as it shares no transaction."""
    return Program()


def _fresh() -> None:
    index.current()  # the client's own threads do not see this test's transaction


def _near(api: Program, **params: Any) -> dict[str, Any]:
    _fresh()
    answer = api.get("/api/v1/near", params=params)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    document: dict[str, Any] = answer.json()
    return document


def test_near_has_the_fields_scripts_rely_on(api: Program) -> None:
    [made] = take_in(facts())
    document = _near(api, lat=45.07, lon=7.69, km=5)
    assert set(document) == {"centre", "count", "organisations", "coverage"}
    assert document["centre"] == {"lat": 45.07, "lon": 7.69, "label": "45.0700, 7.6900"}
    assert set(document["coverage"]) == {"known", "estimate", "low", "high", "method"}
    [found] = document["organisations"]
    assert set(found) >= CARD
    assert found["id"] == str(made.organisation_id)
    assert (found["place"], found["country"], found["topics"], found["source"]) == (
        "Torino",
        "IT",
        ["food"],
        "test register",
    )
    assert (found["lat"], found["lon"]) == (45.0703, 7.6869)


def test_a_point_far_east_keeps_its_metres(api: Program) -> None:
    take_in(facts(sites=(SiteFacts(-37.8136276, 144.9630576, "exact"),)))
    [found] = _near(api)["organisations"]
    assert (found["lat"], found["lon"]) == (-37.8136276, 144.9630576)


def test_one_without_a_point_is_listed_but_never_near(api: Program) -> None:
    take_in(facts(sites=()))
    [found] = _near(api)["organisations"]
    assert (found["lat"], found["lon"], found["distance_km"]) == (None, None, None)
    assert _near(api, lat=45, lon=7)["organisations"] == []


spots = st.sampled_from([(45.0, 7.0), (45.0, 7.001), (0.0, 180.0), (0.0, -180.0), (90.0, 10.0), (-90.0, 0.0)])
points = spots | st.tuples(st.floats(-90, 90), st.floats(-180, 180))
organisations = st.lists(
    st.tuples(st.lists(points, max_size=3), st.sampled_from(list(Kind)[:3])), min_size=1, max_size=60
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=organisations, centre=points, kinds=st.sets(st.sampled_from(list(Kind)[:3])), k=st.integers(1, 70)
)
def test_near_equals_looking_at_every_one(
    api: Program,
    made: list[tuple[list[tuple[float, float]], Kind]],
    centre: tuple[float, float],
    kinds: set[Kind],
    k: int,
) -> None:
    Organisation.objects.all().delete()
    index.rebuild()
    said = [
        Facts(name=f"O{n}", kind=kind, sites=tuple(SiteFacts(lat, lon, "exact") for lat, lon in sites))
        for n, (sites, kind) in enumerate(made)
    ]
    answers = absorb([Incoming(str(n), one) for n, one in enumerate(said)], origin=REGISTER)
    ring()
    here = GeoPoint(*centre)
    expected = sorted(
        (min(distance_km(here, s.point) for s in one.sites if s.point), answer.organisation_id)
        for one, answer in zip(said, answers, strict=True)
        if one.sites and (not kinds or one.kind in kinds)
    )
    document = _near(api, lat=repr(centre[0]), lon=repr(centre[1]), k=k, kind=sorted(kinds), km=20040)
    found = [(o["distance_km"], int(o["id"])) for o in document["organisations"]]
    assert document["count"] == len(expected)
    assert [km for km, _ in found] == pytest.approx([km for km, _ in expected[:k]], abs=2e-3)
    distances: dict[int, float] = {its_id: km for km, its_id in expected}
    assert all(distances[its_id] == pytest.approx(km, abs=2e-3) for km, its_id in found)
    assert len({its_id for _, its_id in found}) == len(found)


def test_identical_points_come_in_the_order_of_their_ids(api: Program) -> None:
    ids = [str(made.organisation_id) for made in take_in(*(facts(name=f"Z{9 - n}") for n in range(9)))]
    assert [o["id"] for o in _near(api, lat=45, lon=7)["organisations"]] == ids


def test_the_markers_of_a_view_sum_to_its_sites(api: Program) -> None:
    sites = [SiteFacts(45 + n / 50, 7 + n / 70, "exact") for n in range(100)]
    take_in(*(facts(name=f"O{n}", sites=(site,)) for n, site in enumerate(sites)))
    _fresh()
    one_by_one = api.get("/api/v1/viewport", params={"box": "6,44,9,48", "max": 400}).json()
    assert one_by_one["total"] == len(one_by_one["markers"]) == 100
    assert {m["count"] for m in one_by_one["markers"]} == {1}
    assert one_by_one["markers"][0]["url"].startswith("/organisations/")
    grouped = api.get("/api/v1/viewport", params={"max": 20}).json()
    assert grouped["total"] == sum(m["count"] for m in grouped["markers"]) == 100
    assert len(grouped["markers"]) <= 20
    assert all(sum(m["tones"]) == m["count"] for m in grouped["markers"])
    filtered = api.get("/api/v1/viewport", params={"box": "6,44,9,48", "kind": "school"}).json()
    assert filtered == {"markers": [], "total": 0}


def test_suggestions_know_places_names_and_topics(api: Program) -> None:
    [made] = take_in(facts(name="Torinese del pane", topics=("torte",)))
    _fresh()
    answer = api.get("/api/v1/suggest", params={"q": "Tori"}).json()
    assert answer["places"][0]["label"].startswith("Tori")
    assert [o["id"] for o in answer["organisations"]] == [str(made.organisation_id)]
    assert api.get("/api/v1/suggest", params={"q": "tort"}).json()["topics"] == [
        {"topic": "torte", "count": 1}
    ]
    nothing: dict[str, list[object]] = {"places": [], "organisations": [], "topics": []}
    assert (
        api.get("/api/v1/suggest", params={"q": "t"}).json() == api.get("/api/v1/suggest").json() == nothing
    )


def test_labels_name_the_towns_in_view(api: Program) -> None:
    _fresh()
    answer = api.get("/api/v1/labels", params={"box": "7.5,44.9,7.9,45.2", "zoom": 9}).json()
    assert answer["labels"][0]["name"] in {"Turin", "Torino"}


BAD = [
    ("near", {"km": "nan"}),
    ("near", {"lat": "45"}),
    ("near", {"lat": "1e999", "lon": "7"}),
    ("near", {"box": "1,2,3,4,5"}),
    ("near", {"kind": [f"k{n}" for n in range(2000)]}),
    ("near", {"q": "\0"}),
    ("near", {"page": "9" * 5000}),
    ("viewport", {"box": "nan,1,2,3"}),
    ("viewport", {"max": "²"}),
    ("viewport", {"max": "9" * 5000}),
    ("viewport", {"world": "moon"}),
    ("labels", {}),
    ("labels", {"box": "7,45,8,46", "zoom": "²"}),
    ("labels", {"box": "7,45,8,46", "zoom": "1" * 400}),
    ("labels", {"box": "7,45,8,46", "zoom": "nan"}),
]


@pytest.mark.parametrize(("path", "params"), BAD, ids=lambda value: str(value)[:40])
def test_bad_input_is_answered_with_a_problem_document(
    api: Program, path: str, params: dict[str, Any]
) -> None:
    _fresh()
    answer = api.get(f"/api/v1/{path}", params=params)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert {"type", "title", "detail", "errors"} <= set(answer.json())


def test_an_unknown_place_is_not_found_and_says_so(api: Program) -> None:
    _fresh()
    answer = api.get("/api/v1/near", params={"place": "Xqzzyville"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert "Xqzzyville" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["near", "viewport", "suggest", "labels"])
def test_only_reading_is_possible(api: Program, path: str) -> None:
    assert api.ask("POST", f"/api/v1/{path}").status_code == 405


@pytest.mark.parametrize(
    "q", ["\0", "a\0b", "🚲🚲", "' OR 1=1 --", "%00", "合作社", "x" * 5000, "1e999,5", "(((", "NaN,NaN"]
)
def test_suggestions_survive_any_text(api: Program, q: str) -> None:
    _fresh()
    assert api.get("/api/v1/suggest", params={"q": q}).status_code == 200


def test_a_stale_index_is_renewed_before_it_answers(transactional_db: None) -> None:
    take_in(facts(sites=(TORINO_SITE,)))
    assert Program().get("/api/v1/near").json()["count"] == 1
    take_in(facts(name="Another"))
    assert Program().get("/api/v1/near", {"lat": 45, "lon": 7}).json()["count"] == 2


def test_the_bell_between_two_looks_does_no_harm(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer begun from a fresh index is finished from it: the event loop never asks the database."""
    take_in(facts())
    index.current()
    find_hits = queries.find_hits

    def rung(search: Any) -> Any:
        feed.ring()
        return find_hits(search)

    monkeypatch.setattr(queries, "find_hits", rung)
    assert Program().get("/api/v1/near").status_code == 200


@pytest.mark.parametrize(
    ("headers", "typed", "label"),
    [
        ({}, "bank", "food bank"),
        ({"Accept-Language": "it"}, "banc", "banco alimentare"),
        ({"Accept-Language": "it", "Cookie": "django_language=en"}, "food b", "food bank"),
    ],
)
def test_topics_are_suggested_as_concepts_in_the_readers_language(
    api: Program, headers: dict[str, str], typed: str, label: str
) -> None:
    take_in(facts(topics=("Tafel", "bankett")))
    _fresh()
    topics = api.ask("GET", "/api/v1/suggest", params={"q": typed}, headers=headers).json()["topics"]
    concept = {"topic": label, "count": 1, "concept": "food-bank", "url": "/near/?concept=food-bank"}
    own = [{"topic": "bankett", "count": 1}] if "bankett".startswith(typed) else []
    assert topics == [concept, *own]
