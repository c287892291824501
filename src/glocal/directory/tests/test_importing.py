"""What imports bring beside what people said, and how it is taken back."""

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from glocal.core.actor import Actor
from glocal.directory import queries, services
from glocal.directory.models import Gone, Identifier, Organisation, Site
from glocal.directory.tests.conftest import TORINO_SITE, facts, row, take_in
from glocal.directory.types import Before, Description, Facts, OrganisationId, Origin, Search, SiteFacts

NEXT_YEAR = Origin("test register", "CC0-1.0", "2027-01-01")
RICH = facts(
    worlds=("social", "industrial"),
    other_names=(("en", "Ark"),),
    descriptions=(Description("it", "Pane", "register"), Description("en", "Bread")),
    topics=("food", "food", "bread"),
    identifiers=(("IT-RI", "2"), ("IT-CF", "1")),
    website="https://arca.example",
    founded_on="1999",
    sites=(TORINO_SITE, SiteFacts(45.46, 9.19, "exact", town="Milano", country="IT"), SiteFacts(town="Asti")),
)


def _everything() -> list[list[dict[str, object]]]:
    kept = {"version", "change_no", "id"}
    return [
        [
            {k: v for k, v in values.items() if k not in kept}
            for values in table.objects.order_by("pk").values()
        ]
        for table in (Organisation, Site, Identifier)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("said", [facts(), RICH, Facts(name="Only a name"), facts(kind="school", sites=())])
def test_a_record_that_says_the_same_again_changes_nothing(said: Facts) -> None:
    [made] = take_in(said)
    before = _everything()
    [again] = take_in(said, known=made.organisation_id, origin=NEXT_YEAR)
    assert (made.outcome, again.outcome, again.before) == ("created", "unchanged", None)
    assert _everything() == before


def test_an_import_keeps_what_people_said_and_renews_the_rest(sofia: Actor) -> None:
    [made] = take_in(RICH)
    its_id = made.organisation_id
    known = queries.profile(actor=sofia, organisation_id=its_id).facts
    services.edit_organisation(
        actor=sofia, organisation_id=its_id, facts=replace(known, website="https://new.example"), version=1
    )
    news = replace(RICH, website="https://old.example", name="Arca del Po e della Dora", topics=("bread",))
    [again] = take_in(news, known=its_id)
    after = queries.profile(actor=sofia, organisation_id=its_id)
    assert again.outcome == "updated"
    assert after.facts == replace(known, website="https://new.example", name=news.name, topics=("bread",))
    assert after.origins["website"].source == "glocal"
    [third] = take_in(news, known=its_id)
    assert third.outcome == "unchanged"


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["withdrawn", "refused", "pending"])
def test_an_import_brings_nothing_back_into_sight(status: str) -> None:
    [made] = take_in(facts())
    Organisation.objects.update(status=status)
    take_in(facts(name="Arca nuova"), known=made.organisation_id)
    assert row(made.organisation_id).status == status
    assert queries.find_organisations(Search()).count == 0


def test_an_undone_import_leaves_things_as_they_were(sofia: Actor) -> None:
    [made] = take_in(RICH)
    services.edit_organisation(
        actor=sofia,
        organisation_id=made.organisation_id,
        facts=replace(queries.profile(actor=sofia, organisation_id=made.organisation_id).facts, name="Ark"),
        version=1,
    )
    before = _everything()
    [changed] = take_in(replace(RICH, topics=("bread",), sites=()), known=made.organisation_id)
    [created] = take_in(facts(name="Nuova"))
    befores = [b for b in (changed.before, created.before) if b]
    assert services.touched_since(befores) == []
    services.restore(befores)
    services.ring()
    assert _everything() == before
    assert Gone.objects.get().organisation_id == created.organisation_id
    assert [card.name for card in queries.find_organisations(Search()).cards] == ["Ark"]


def test_what_somebody_edited_since_is_named_in_one_query(
    sofia: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    answers = take_in(*(facts(name=f"Arca {number}") for number in range(20)))
    befores = [answer.before for answer in answers if answer.before]
    services.confirm_organisation(actor=sofia, organisation_id=answers[7].organisation_id)
    with django_assert_num_queries(1):
        assert services.touched_since(befores) == ["Arca 7"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "point", "is_twin"),
    [
        pytest.param("ARCA DEL PO soc. coop.", (45.0704, 7.6870), True, id="next door"),
        pytest.param("Arca del Po", (45.46, 9.19), False, id="another city"),
        pytest.param("Arca del Po", None, True, id="on no map"),
        pytest.param("Barca del Po", (45.0703, 7.6869), False, id="different words"),
    ],
)
def test_an_import_says_which_may_be_known_already(
    name: str,
    point: tuple[float, float] | None,
    is_twin: bool,  # a column of the table
) -> None:
    take_in(facts())
    site = SiteFacts(*point, "exact") if point else SiteFacts(town="Torino")
    [answer] = take_in(facts(name=name, sites=(site,)), origin=Origin("another register"))
    assert answer.has_possible_twin is is_twin


@pytest.mark.django_db
def test_many_cost_as_many_statements_as_one(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for how_many in (1, 20):
        with django_assert_max_num_queries(16):
            answers = take_in(*(facts(name=f"Arca {how_many} {number}") for number in range(how_many)))
        with django_assert_max_num_queries(16):
            services.restore([Before(OrganisationId(a.organisation_id), 1, None) for a in answers])


def test_the_worlds_follow_the_kind_unless_somebody_stated_them(sofia: Actor) -> None:
    [made] = take_in(facts())
    take_in(facts(kind="company"), known=made.organisation_id)
    assert row(made.organisation_id).worlds == ["industrial"]
