"""People, roles and names: the services and queries."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from glocal.accounts.models import Person
from glocal.accounts.queries import actor_by_email, actor_of, names_by_id
from glocal.accounts.services import give_role, register_person, rename_person
from glocal.audit.queries import acts_on
from glocal.core.actor import STRANGER, Actor, Role
from glocal.core.errors import Conflict, Invalid, NotAllowed, NotFound

PASSWORD = "a long enough secret"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("email", ["", "ana", "ana@", "ana@example", " ana@example.org", "a\0b@example.org"])
def test_an_address_that_is_none_is_refused(email: str) -> None:
    with pytest.raises(Invalid):
        register_person(email=email, password=PASSWORD)
    assert not Person.objects.exists()


@pytest.mark.parametrize("password", ["", "short", "password123", "1234567890"])
def test_a_weak_password_is_refused_with_its_reason(password: str) -> None:
    with pytest.raises(Invalid, match=r"password|short"):
        register_person(email="ana@example.org", password=password)
    assert not Person.objects.exists()


def test_a_password_like_the_address_is_refused() -> None:
    with pytest.raises(Invalid, match="similar"):
        register_person(email="anastasia.rossi@example.org", password="anastasia.rossi")


@pytest.mark.parametrize("again", ["ana@example.org", "ANA@example.org", "Ana@Example.ORG"])
def test_nobody_registers_twice_in_any_case(again: str) -> None:
    register_person(email="Ana@example.org", password=PASSWORD)
    with pytest.raises(Conflict):
        register_person(email=again, password=PASSWORD)
    assert [person.email for person in Person.objects.all()] == ["ana@example.org"]


def test_somebody_new_is_a_member_and_the_password_is_not_kept_readable() -> None:
    actor = register_person(email="Ana@example.org", password=PASSWORD, display_name="Ana")
    person = Person.objects.get()
    assert actor == Actor(user_id=person.pk, role=Role.MEMBER) == actor_by_email(" ANA@example.org ")
    assert person.check_password(PASSWORD)
    assert PASSWORD not in person.password


def test_roles_are_given_and_taken() -> None:
    register_person(email="ana@example.org", password=PASSWORD)
    give_role(email="ANA@example.org", role=Role.STEWARD)
    assert actor_by_email("ana@example.org").is_steward
    give_role(email="ana@example.org", role=Role.MEMBER)
    assert not actor_by_email("ana@example.org").is_steward


def test_whoever_runs_the_installation_vouches_for_the_address() -> None:
    register_person(email="Ana@Example.org", password=PASSWORD)
    [address] = EmailAddress.objects.all()
    assert (address.email, address.verified, address.primary) == ("ana@example.org", True, True)


def test_an_address_somebody_else_has_confirmed_is_taken(ana: Actor) -> None:
    EmailAddress.objects.create(user_id=ana.user_id or 0, email="second@example.org", verified=True)
    with pytest.raises(Conflict):
        register_person(email="second@example.org", password=PASSWORD)
    assert Person.objects.count() == 1


def test_being_registered_and_given_a_role_is_recorded_without_the_address() -> None:
    actor = register_person(email="ana@example.org", password=PASSWORD, display_name="Ana")
    give_role(email="ana@example.org", role=Role.STEWARD)
    acts = acts_on(f"person:{actor.user_id}")
    assert [(act.act, act.actor_id, act.facts) for act in acts] == [
        ("accounts.person.role_given", None, {"role": "steward"}),
        ("accounts.person.registered", None, {"role": "member"}),
    ]


def test_what_is_refused_is_not_recorded() -> None:
    actor = register_person(email="ana@example.org", password=PASSWORD)
    before = acts_on(f"person:{actor.user_id}")
    for refused in (
        lambda: register_person(email="ana@example.org", password=PASSWORD),
        lambda: give_role(email="nobody@example.org", role=Role.STEWARD),
    ):
        with pytest.raises((Conflict, NotFound)):
            refused()
    assert acts_on(f"person:{actor.user_id}") == before


def test_people_choose_the_name_shown_to_others(ana: Actor) -> None:
    rename_person(actor=ana, display_name="  Ana  Ruíz ")
    assert names_by_id([ana.user_id]) == {ana.user_id: "Ana Ruíz"}
    rename_person(actor=ana, display_name=" ")
    assert names_by_id([ana.user_id]) == {ana.user_id: "A member"}
    acts = acts_on(f"person:{ana.user_id}")
    assert [(act.act, act.actor_id, act.facts) for act in acts] == [
        ("accounts.person.renamed", ana.user_id, {})
    ] * 2


def test_the_same_name_again_is_no_act(ana: Actor) -> None:
    rename_person(actor=ana, display_name="Ana")
    assert acts_on(f"person:{ana.user_id}") == []


@pytest.mark.parametrize("name", ["x" * 121, "An\0a", "Ana\u202egro.elpmaxe", "Ana\x07"])
def test_a_name_nobody_can_read_is_refused(ana: Actor, name: str) -> None:
    with pytest.raises(Invalid):
        rename_person(actor=ana, display_name=name)
    assert names_by_id([ana.user_id]) == {ana.user_id: "Ana"}


def test_a_stranger_has_no_name_to_choose() -> None:
    with pytest.raises(NotAllowed):
        rename_person(actor=STRANGER, display_name="Ana")


def test_nobody_gets_a_role_who_is_not_there() -> None:
    with pytest.raises(NotFound):
        give_role(email="nobody@example.org", role=Role.STEWARD)
    with pytest.raises(NotFound):
        actor_by_email("nobody@example.org")


@pytest.mark.parametrize("how_many", [1, 20])
def test_names_cost_one_query_and_never_show_an_address(
    how_many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [Person.objects.create_user(f"p{number}@example.org", None) for number in range(how_many)]
    with django_assert_num_queries(1):
        names = names_by_id([None, 10**9, *(person.pk for person in people)])
    assert names == {person.pk: "A member" for person in people}


def test_names_of_nobody_cost_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert names_by_id([None]) == {}


def test_a_request_comes_from_its_person_or_from_a_stranger(sofia: Actor) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert actor_of(request) == STRANGER
    request.user = Person.objects.get(email="sofia@example.org")
    assert actor_of(request) == sofia
