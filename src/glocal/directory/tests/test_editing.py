"""Changing an organisation: nobody's words are lost, and each field knows who said it."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection

from glocal.audit.queries import acts_on
from glocal.core.actor import Actor
from glocal.directory import queries, services
from glocal.directory.errors import EditedMeanwhile
from glocal.directory.models import ChangeCounter, Organisation
from glocal.directory.tests.conftest import TORINO_SITE, facts, row, take_in
from glocal.directory.types import Description, Facts, OrganisationId, SiteFacts


def _edit(actor: Actor, its_id: OrganisationId, said: Facts, version: int) -> int:
    return services.edit_organisation(actor=actor, organisation_id=its_id, facts=said, version=version)


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(ana: Actor, sofia: Actor) -> None:
    its_id = services.add_organisation(actor=ana, facts=facts())
    assert _edit(ana, its_id, facts(name="Ana's name"), 1) == 2
    for version in (1, 0, 3):
        with pytest.raises(EditedMeanwhile):
            _edit(sofia, its_id, facts(website="https://sofia.example"), version)
    known = queries.profile(actor=sofia, organisation_id=its_id)
    assert (known.facts.name, known.facts.website, known.version) == ("Ana's name", "", 2)
    assert _edit(sofia, its_id, replace(known.facts, website="https://sofia.example"), 2) == 3
    known = queries.profile(actor=sofia, organisation_id=its_id)
    assert (known.facts.name, known.facts.website) == ("Ana's name", "https://sofia.example")


def test_saying_the_same_again_changes_nothing(ana: Actor) -> None:
    its_id = services.add_organisation(actor=ana, facts=facts())
    before = Organisation.objects.values().get()
    assert _edit(ana, its_id, facts(), 1) == 1
    assert Organisation.objects.values().get() == before
    assert [act.act for act in acts_on(f"organisation:{its_id}")] == ["directory.organisation.added"]


def test_an_edit_marks_only_the_changed_fields_as_said_by_people(sofia: Actor) -> None:
    [made] = take_in(facts())
    known = queries.profile(actor=sofia, organisation_id=made.organisation_id).facts
    moved = SiteFacts(45.08, 7.7, "exact", "Via Po 2", "10124", "Torino", "", "IT")
    _edit(sofia, made.organisation_id, replace(known, website="https://arca.example", sites=(moved,)), 1)
    after = queries.profile(actor=sofia, organisation_id=made.organisation_id)
    assert {name: origin.source for name, origin in after.origins.items()} == {
        "*": "test register",
        "website": "glocal",
        "sites": "glocal",
    }
    assert [site.said_by for site in after.facts.sites] == ["glocal"]
    assert row(made.organisation_id).source == "test register"


def test_leaving_the_worlds_empty_means_those_of_the_kind_and_changes_nothing(sofia: Actor) -> None:
    [made] = take_in(facts())
    same_words = replace(facts(), worlds=(), country="", name="Arca sul Po")
    _edit(sofia, made.organisation_id, same_words, 1)
    origins = queries.profile(actor=sofia, organisation_id=made.organisation_id).origins
    assert "worlds" not in origins
    assert "country" not in origins


def test_what_is_added_is_said_by_people_throughout(ana: Actor) -> None:
    its_id = services.add_organisation(actor=ana, facts=facts(topics=("food", "food")))
    known = queries.profile(actor=ana, organisation_id=its_id)
    assert [origin.source for origin in known.origins.values()] == ["glocal"]
    assert known.facts == facts(
        worlds=("social",), country="IT", sites=(replace(TORINO_SITE, said_by="glocal"),)
    )
    assert known.confirmed_at is not None


def test_confirming_says_when_and_leaves_the_words(ana: Actor) -> None:
    [made] = take_in(facts())
    Organisation.objects.update(added_by_id=ana.user_id)
    before = queries.profile(actor=ana, organisation_id=made.organisation_id)
    services.confirm_organisation(actor=ana, organisation_id=made.organisation_id)
    after = queries.profile(actor=ana, organisation_id=made.organisation_id)
    assert before.confirmed_at is None
    assert after.confirmed_at is not None
    assert (before.facts, before.origins) == (after.facts, after.origins)


def test_every_service_writes_down_who_did_what(ana: Actor, sofia: Actor) -> None:
    first = services.add_organisation(actor=ana, facts=facts())
    _edit(ana, first, facts(name="Arca", descriptions=(Description("it", "Pane"),)), 1)
    services.confirm_organisation(actor=ana, organisation_id=first)
    services.accept_organisation(actor=sofia, organisation_id=first)
    services.withdraw_organisation(actor=sofia, organisation_id=first)
    second = services.add_organisation(actor=ana, facts=facts())
    services.refuse_organisation(actor=sofia, organisation_id=second, because=" A shop. ")
    told = [(act.act.rpartition(".")[2], act.actor_id) for act in reversed(acts_on(f"organisation:{first}"))]
    assert told == [
        ("added", ana.user_id),
        ("edited", ana.user_id),
        ("confirmed", ana.user_id),
        ("accepted", sofia.user_id),
        ("withdrawn", sofia.user_id),
    ]
    edited = acts_on(f"organisation:{first}")[3]
    assert edited.facts == {"name": "Arca", "fields": "name, descriptions"}
    assert acts_on(f"organisation:{second}")[0].facts["because"] == "A shop."


def test_a_reason_is_cut_to_what_is_kept(ana: Actor, sofia: Actor) -> None:
    its_id = services.add_organisation(actor=ana, facts=facts())
    services.refuse_organisation(actor=sofia, organisation_id=its_id, because="x" * 2000)
    assert row(its_id).refused_because == "x" * 500


def _at_once(jobs: list[Callable[[], object]]) -> list[object]:
    """Run jobs in threads that begin together; return what they gave or raised."""
    answers: list[object] = [None] * len(jobs)
    start = threading.Barrier(len(jobs))

    def run(number: int) -> None:
        try:
            start.wait()
            answers[number] = jobs[number]()
        except Exception as refusal:  # noqa: BLE001  # the test looks at it
            answers[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_two_editors_at_the_same_moment_exactly_one_wins(
    transactional_db: None, ana: Actor, sofia: Actor
) -> None:
    its_id = services.add_organisation(actor=ana, facts=facts())
    answers = _at_once(
        [
            lambda: _edit(ana, its_id, facts(name="Ana's name"), 1),
            lambda: _edit(sofia, its_id, facts(name="Sofia's name"), 1),
        ]
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["EditedMeanwhile", "int"]
    winner = "Ana's name" if answers[0] == 2 else "Sofia's name"
    assert (row(its_id).name, row(its_id).version) == (winner, 2)


def test_numbers_of_changes_are_unique_and_rise_with_eight_at_once(
    transactional_db: None, sofia: Actor
) -> None:
    ids = [made.organisation_id for made in take_in(*(facts(name=f"Arca {n}") for n in range(8)))]
    first = ChangeCounter.objects.get().value

    def confirm_thrice(its_id: OrganisationId) -> list[int]:
        numbers = []
        for _ in range(3):
            services.confirm_organisation(actor=sofia, organisation_id=its_id)
            numbers.append(row(its_id).change_no)
        return numbers

    answers = _at_once([lambda its_id=its_id: confirm_thrice(its_id) for its_id in ids])  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    numbers = [number for answer in answers for number in answer]  # type: ignore[attr-defined]  # an exception here fails the test
    assert sorted(numbers) == list(range(first + 1, first + 25))
    assert all(list(answer) == sorted(answer) for answer in answers)  # type: ignore[call-overload]  # as above
