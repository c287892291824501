"""Who may do what: one table over the cast for every service, refusals first."""

from collections.abc import Callable
from typing import Any

import pytest

from glocal.core.actor import Actor
from glocal.core.errors import Invalid, NotAllowed, NotFound
from glocal.directory import queries, rules, services
from glocal.directory.errors import ImpossibleFacts, NotWaiting, OrganisationNotFound
from glocal.directory.models import Organisation
from glocal.directory.tests.conftest import facts, row
from glocal.directory.types import Description, Facts, OrganisationId, SiteFacts

Act = Callable[[Actor, OrganisationId], Any]

ACTS: dict[str, Act] = {
    "look": lambda actor, its_id: queries.profile(actor=actor, organisation_id=its_id),
    "edit": lambda actor, its_id: services.edit_organisation(
        actor=actor,
        organisation_id=its_id,
        facts=facts(name="Another name"),
        version=row(its_id).version,
    ),
    "confirm": lambda actor, its_id: services.confirm_organisation(actor=actor, organisation_id=its_id),
    "accept": lambda actor, its_id: services.accept_organisation(actor=actor, organisation_id=its_id),
    "refuse": lambda actor, its_id: services.refuse_organisation(
        actor=actor, organisation_id=its_id, because="Not here."
    ),
    "withdraw": lambda actor, its_id: services.withdraw_organisation(actor=actor, organisation_id=its_id),
}

ANYBODY, ONLY_SEEN, NOT_SEEN = None, NotAllowed, OrganisationNotFound
# act, status of the record Ana added, what meets: stranger, Bruno, Ana, Sofia
TABLE: list[tuple[str, str, list[type[Exception] | None]]] = [
    ("look", "pending", [NOT_SEEN, NOT_SEEN, ANYBODY, ANYBODY]),
    ("look", "refused", [NOT_SEEN, NOT_SEEN, ANYBODY, ANYBODY]),
    ("look", "withdrawn", [NOT_SEEN, NOT_SEEN, ANYBODY, ANYBODY]),
    ("look", "published", [ANYBODY, ANYBODY, ANYBODY, ANYBODY]),
    ("edit", "pending", [NOT_SEEN, NOT_SEEN, ANYBODY, ANYBODY]),
    ("edit", "refused", [NOT_SEEN, NOT_SEEN, ANYBODY, ANYBODY]),
    ("edit", "withdrawn", [NOT_SEEN, NOT_SEEN, ONLY_SEEN, ANYBODY]),
    ("edit", "published", [ONLY_SEEN, ONLY_SEEN, ANYBODY, ANYBODY]),
    ("confirm", "pending", [NOT_SEEN, NOT_SEEN, ANYBODY, ANYBODY]),
    ("confirm", "withdrawn", [NOT_SEEN, NOT_SEEN, ONLY_SEEN, ANYBODY]),
    ("confirm", "published", [ONLY_SEEN, ONLY_SEEN, ANYBODY, ANYBODY]),
    ("accept", "pending", [NOT_SEEN, NOT_SEEN, ONLY_SEEN, ANYBODY]),
    ("accept", "published", [ONLY_SEEN, ONLY_SEEN, ONLY_SEEN, NotWaiting]),
    ("accept", "refused", [NOT_SEEN, NOT_SEEN, ONLY_SEEN, NotWaiting]),
    ("refuse", "pending", [NOT_SEEN, NOT_SEEN, ONLY_SEEN, ANYBODY]),
    ("refuse", "published", [ONLY_SEEN, ONLY_SEEN, ONLY_SEEN, NotWaiting]),
    ("withdraw", "pending", [NOT_SEEN, NOT_SEEN, ANYBODY, ANYBODY]),
    ("withdraw", "withdrawn", [NOT_SEEN, NOT_SEEN, ONLY_SEEN, ANYBODY]),
    ("withdraw", "published", [ONLY_SEEN, ONLY_SEEN, ANYBODY, ANYBODY]),
]


@pytest.mark.parametrize(
    ("act", "status", "met"), [pytest.param(*line, id=f"{line[0]} {line[1]}") for line in TABLE]
)
def test_who_may_do_what_to_what_ana_added(
    cast: tuple[Actor, ...], ana: Actor, act: str, status: str, met: list[type[Exception] | None]
) -> None:
    its_id = services.add_organisation(actor=ana, facts=facts())
    for actor, refusal in zip(cast, met, strict=True):
        Organisation.objects.filter(pk=its_id).update(status=status)
        before = Organisation.objects.values().get(pk=its_id)
        if refusal is None:
            ACTS[act](actor, its_id)
            continue
        with pytest.raises(refusal) as refused:
            ACTS[act](actor, its_id)
        assert type(refused.value) is refusal
        assert Organisation.objects.values().get(pk=its_id) == before


@pytest.mark.parametrize("act", sorted(ACTS.keys() - {"edit"}))  # which reads a version first
def test_what_does_not_exist_is_not_found(sofia: Actor, act: str) -> None:
    with pytest.raises(OrganisationNotFound):
        ACTS[act](sofia, OrganisationId(10**15))


def test_only_the_signed_in_add(stranger: Actor, ana: Actor, sofia: Actor, system: Actor) -> None:
    with pytest.raises(NotAllowed):
        services.add_organisation(actor=stranger, facts=facts())
    assert not Organisation.objects.exists()
    for actor in (ana, sofia, system):
        assert row(services.add_organisation(actor=actor, facts=facts())).status == "pending"


def test_only_stewards_see_the_queue(stranger: Actor, ana: Actor, sofia: Actor, system: Actor) -> None:
    its_id = services.add_organisation(actor=ana, facts=facts())
    for actor in (stranger, ana):
        with pytest.raises(NotAllowed):
            queries.waiting(actor=actor)
    for actor in (sofia, system):
        assert [waiting.card.id for waiting in queries.waiting(actor=actor)] == [its_id]


def test_a_steward_does_not_decide_about_their_own(sofia: Actor) -> None:
    its_id = services.add_organisation(actor=sofia, facts=facts())
    for act in ("accept", "refuse"):
        with pytest.raises(NotAllowed):
            ACTS[act](sofia, its_id)
    [waiting] = queries.waiting(actor=sofia)
    assert not waiting.may_review


@pytest.mark.parametrize("because", ["", "   ", "\n"])
def test_refusing_takes_a_reason(ana: Actor, sofia: Actor, because: str) -> None:
    its_id = services.add_organisation(actor=ana, facts=facts())
    with pytest.raises(Invalid):
        services.refuse_organisation(actor=sofia, organisation_id=its_id, because=because)
    assert row(its_id).status == "pending"


def test_may_edit_answers_what_editing_would(stranger: Actor, bruno: Actor, ana: Actor, sofia: Actor) -> None:
    its_id = services.add_organisation(actor=ana, facts=facts())
    assert [
        queries.may_edit(actor=actor, organisation_id=its_id) for actor in (stranger, bruno, ana, sofia)
    ] == [False, False, True, True]
    with pytest.raises(NotFound):
        queries.profile(actor=bruno, organisation_id=its_id)


IMPOSSIBLE: list[tuple[str, Facts]] = [
    ("name", facts(name="")),
    ("name", facts(name=" \t")),
    ("name", facts(name="a" * 301)),
    ("kind", facts(kind="bank")),
    ("worlds", facts(worlds=("moon",))),
    ("size_class", facts(size_class="huge")),
    ("descriptions", facts(descriptions=(Description("english", "Bread"),))),
    ("descriptions", facts(other_names=(("it\n", "Arca"),))),
    ("country", facts(country="<b")),
    ("country", facts(country="ITA")),
    ("website", facts(website="javascript:alert(1)")),
    ("website", facts(website="http://[")),
    ("website", facts(website="https://")),
    ("founded_on", facts(founded_on="2009-13")),
    ("founded_on", facts(founded_on="2009\n")),
    ("founded_on", facts(founded_on="０００９")),
    ("closed_on", facts(closed_on="yesterday")),
    ("closed_on", facts(founded_on="2009", closed_on="2008-12")),
    ("closed_on", facts(founded_on="2009-05-12", closed_on="2009-05-11")),
    ("sites", facts(sites=(SiteFacts(lat=45.0),))),
    ("sites", facts(sites=(SiteFacts(lon=7.0),))),
    ("sites", facts(sites=(SiteFacts(91.0, 7.0),))),
    ("sites", facts(sites=(SiteFacts(float("nan"), 7.0),))),
    ("sites", facts(sites=(SiteFacts(45.0, float("inf")),))),
    ("sites", facts(sites=(SiteFacts(45.0, 7.0, "roughly"),))),
]


@pytest.mark.parametrize(("field", "said"), IMPOSSIBLE)
def test_what_cannot_be_is_refused_with_its_field(ana: Actor, field: str, said: Facts) -> None:
    with pytest.raises(ImpossibleFacts) as refused:
        services.add_organisation(actor=ana, facts=said)
    assert field in {flaw.where for flaw in refused.value.errors}
    assert not Organisation.objects.exists()


def test_every_flaw_is_named_at_once(ana: Actor) -> None:
    with pytest.raises(ImpossibleFacts) as refused:
        services.add_organisation(actor=ana, facts=facts(name="", kind="bank", founded_on="soon"))
    assert [flaw.where for flaw in refused.value.errors] == ["name", "kind", "founded_on"]


@pytest.mark.parametrize(
    ("founded", "closed"), [("2009", "2009"), ("2009-05-12", "2009"), ("2009-05", "2009-05-01"), ("", "2009")]
)
def test_what_may_have_been_is_accepted(founded: str, closed: str) -> None:
    rules.require_possible(facts(founded_on=founded, closed_on=closed, website="https://arca.example/"))


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Coop. Sociale La Ruota", "LA RUOTA società cooperativa sociale", True),
        ("Caffè Müller e.V.", "Caffe Muller", True),
        ("Società Cooperativa", "Cooperativa società", True),
        ("Cooperativa", "Società Cooperativa", False),
        ("La Ruota", "La Rotta", False),
        ("合作社", "合作社", True),
    ],
)
def test_names_share_a_key_when_only_legal_words_differ(
    one: str, other: str, is_same: bool
) -> None:  # a column of the table
    assert (rules.name_key(one) == rules.name_key(other)) is is_same


@pytest.mark.parametrize("name", ["Cooperativa", "The Co-op", "e.V.", "A", "La Le Les"])
def test_a_name_of_legal_words_alone_still_has_a_key(name: str) -> None:
    assert rules.name_key(name)


def test_a_name_without_words_has_no_key_and_no_twin() -> None:
    assert rules.name_key("🚲!") == ""
    assert queries.likeness("🚲!", "🌱") == 0.0
