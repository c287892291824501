"""Territories: who may do what, versions, namesakes, and what a list costs."""

import pytest
from pytest_django import DjangoAssertNumQueries

from glocal.core.actor import STRANGER, SYSTEM, Actor
from glocal.core.errors import NotAllowed
from glocal.core.geo import Box, GeoPoint, Km
from glocal.places import services
from glocal.places.errors import ImpossibleTerritory, TerritoryChanged, UnknownTerritory
from glocal.places.queries import list_territories, territory, territory_card, territory_geojson
from glocal.places.shapes import circle, rectangle
from glocal.places.types import TerritoryDraft

pytestmark = pytest.mark.django_db

PIEDMONT = rectangle(Box(6.6, 44.0, 9.2, 46.5))


def draft(name: str = "Piemonte", *, is_public: bool = True) -> TerritoryDraft:
    return TerritoryDraft(name, PIEDMONT, is_public=is_public, source="drawn by hand", licence="CC0-1.0")


def test_who_may_create(ana: Actor, sofia: Actor) -> None:
    with pytest.raises(NotAllowed):
        services.create_territory(actor=STRANGER, draft=draft())
    assert list_territories(actor=SYSTEM) == []

    for actor in (ana, sofia, SYSTEM):
        assert services.create_territory(actor=actor, draft=draft()).owner_id == actor.user_id


def test_who_may_change_and_delete(ana: Actor, bruno: Actor, sofia: Actor) -> None:
    card = services.create_territory(actor=ana, draft=draft())

    for actor in (STRANGER, bruno):
        with pytest.raises(NotAllowed):
            services.replace_territory(actor=actor, slug=card.slug, version=1, draft=draft("Taken over"))
        with pytest.raises(NotAllowed):
            services.delete_territory(actor=actor, slug=card.slug)
    for version, actor in enumerate((ana, sofia), start=1):
        services.replace_territory(
            actor=actor, slug=card.slug, version=version, draft=draft(f"Version {version}")
        )
    services.delete_territory(actor=sofia, slug=card.slug)
    with pytest.raises(UnknownTerritory):
        territory(card.slug)


def test_a_private_territory_does_not_exist_for_others(ana: Actor, bruno: Actor, sofia: Actor) -> None:
    card = services.create_territory(actor=ana, draft=draft(is_public=False))

    for actor in (STRANGER, bruno):
        assert list_territories(actor=actor) == []
        with pytest.raises(UnknownTerritory):
            territory(card.slug, actor=actor)
        with pytest.raises(UnknownTerritory):
            services.delete_territory(actor=actor, slug=card.slug)
    for actor in (ana, sofia):
        assert territory_card(card.slug, actor=actor) == card
        assert list_territories(actor=actor) == [card]


def test_a_change_from_an_old_version_is_refused(ana: Actor) -> None:
    card = services.create_territory(actor=ana, draft=draft())
    changed = services.replace_territory(
        actor=ana, slug=card.slug, version=1, draft=draft("Piemonte e Valle d'Aosta")
    )
    assert (changed.slug, changed.version) == ("piemonte", 2)

    with pytest.raises(TerritoryChanged):
        services.replace_territory(actor=ana, slug=card.slug, version=1, draft=draft("Lost update"))
    assert territory_card(card.slug).name == "Piemonte e Valle d'Aosta"


def test_namesakes_get_numbers_and_foreign_letters_a_slug(ana: Actor) -> None:
    slugs = [
        services.create_territory(actor=ana, draft=draft(name)).slug
        for name in ("Lille", "LILLE", "Łódź", "東京")
    ]
    assert slugs == ["lille", "lille-2", "lodz", "territory"]


@pytest.mark.parametrize("name", ["", "   ", "\0", "x" * 121])
def test_a_territory_needs_a_name(ana: Actor, name: str) -> None:
    with pytest.raises(ImpossibleTerritory, match="needs a name"):
        services.create_territory(actor=ana, draft=draft(name))


def test_a_circle_keeps_its_radius(ana: Actor) -> None:
    outline = circle(GeoPoint(45.07, 7.69), Km(30))
    card = services.create_territory(actor=ana, draft=TerritoryDraft("Intorno a Torino", outline))
    shape = territory(card.slug)

    assert (shape.kind, shape.radius_km, shape.centre) == ("radius", Km(30), GeoPoint(45.07, 7.69))
    assert shape.wkb == outline.wkb
    assert shape.box == outline.box
    assert territory_geojson(card.slug)["type"] == "Polygon"


def test_erasing_a_person_keeps_what_is_public(ana: Actor, sofia: Actor) -> None:
    services.create_territory(actor=ana, draft=draft("Public"))
    services.create_territory(actor=ana, draft=draft("Private", is_public=False))
    assert ana.user_id is not None
    assert len(list_territories(actor=ana, owner_id=ana.user_id)) == 2

    services.forget_owner(person_id=ana.user_id)
    assert [(card.name, card.owner_id) for card in list_territories(actor=sofia)] == [("Public", None)]


@pytest.mark.parametrize("how_many", [1, 20])
def test_a_list_costs_one_query_whatever_its_length(
    how_many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(how_many):
        services.create_territory(actor=SYSTEM, draft=draft())
    with django_assert_num_queries(1) as asked:
        assert len(list_territories()) == how_many
    assert "wkb" not in asked[0]["sql"]  # outlines are heavy
