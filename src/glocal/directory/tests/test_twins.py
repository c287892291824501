"""Which organisations may be the same one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from glocal.core.actor import Actor
from glocal.core.geo import GeoPoint
from glocal.directory import queries, services
from glocal.directory.tests.conftest import facts
from glocal.directory.types import SiteFacts


def _at(lat: float, lon: float) -> tuple[SiteFacts, ...]:
    return (SiteFacts(lat, lon, "exact", town="Somewhere"),)


@pytest.mark.parametrize(
    ("name", "sites", "is_twin"),
    [
        pytest.param("La Ruota", _at(45.0703, 7.6869), True, id="same name, same door"),
        pytest.param("RUOTA soc. coop. sociale", _at(45.0703, 7.6869), True, id="only legal words differ"),
        pytest.param("La Ruóta", _at(45.0763, 7.6869), True, id="670 m north"),
        pytest.param("La Ruota", _at(45.0803, 7.6869), False, id="1.1 km north"),
        pytest.param("La Ruota", _at(45.4642, 9.19), False, id="another city"),
        pytest.param("La Ruota", (), True, id="on no map"),
        pytest.param("Il Forno", _at(45.0703, 7.6869), False, id="other words, same door"),
        pytest.param("Ruota Libera Torino Nord", _at(45.0703, 7.6869), False, id="one word of four"),
        pytest.param("🚲", _at(45.0703, 7.6869), False, id="no words"),
    ],
)
def test_a_twin_has_the_same_words_and_is_near(
    make_organisation: Any,
    name: str,
    sites: tuple[SiteFacts, ...],
    is_twin: bool,  # a column of the table
) -> None:
    its_id = make_organisation(name="La Ruota cooperativa sociale")
    assert [twin.card.id for twin in queries.likely_twins(facts(name=name, sites=sites))] == [
        its_id
    ] * is_twin


def test_one_that_is_on_no_map_may_be_the_twin_of_one_that_is(make_organisation: Any) -> None:
    its_id = make_organisation(name="La Ruota", point=None)
    assert [twin.card.id for twin in queries.likely_twins(facts(name="La Ruota"))] == [its_id]


def test_an_organisation_is_not_its_own_twin(make_organisation: Any) -> None:
    its_id = make_organisation(name="La Ruota")
    assert queries.likely_twins(facts(name="La Ruota"), except_for=its_id) == []


def test_in_a_dense_street_the_namesake_is_still_found(make_organisation: Any) -> None:
    for number in range(120):
        make_organisation(name=f"Vicino {number}", point=GeoPoint(45.0703, 7.6869))
    its_id = make_organisation(name="La Ruota", point=GeoPoint(45.0760, 7.6869))
    assert [twin.card.id for twin in queries.likely_twins(facts(name="La Ruota"))] == [its_id]


@pytest.mark.parametrize("how_many", [1, 20])
def test_the_queue_costs_the_same_whatever_its_length(
    make_organisation: Any,
    ana: Actor,
    sofia: Actor,
    how_many: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(how_many):
        make_organisation(name=f"Ruota {number} rossa")
        services.add_organisation(actor=ana, facts=facts(name=f"Ruota {number} rossa"))
    queries.count_organisations()
    with django_assert_num_queries(4):
        waiting = queries.waiting(actor=sofia)
    assert [len(one.twins) > 0 for one in waiting] == [True] * how_many
    assert {one.added_by for one in waiting} == {"Ana"}


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert queries.likeness(one, other) == queries.likeness(other, one)
    assert 0 <= queries.likeness(one, other) <= 1
    assert queries.likeness(one, one) in {0.0, 1.0}
