"""Who is asking, and what people are called."""

from collections.abc import Iterable

from django.http import HttpRequest

from glocal.accounts.models import Person
from glocal.core.actor import STRANGER, Actor, Role
from glocal.core.errors import NotFound


def actor_of(request: HttpRequest) -> Actor:
    """Return who sends the request; a stranger when nobody is signed in."""
    user = request.user
    if not isinstance(user, Person) or not user.is_authenticated:
        return STRANGER
    return Actor(user_id=user.pk, role=Role(user.role))


def names_by_id(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names people chose to show. One SQL query; unknown ids are absent."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    if not wanted:
        return {}
    return {person.pk: str(person) for person in Person.objects.filter(pk__in=wanted)}


def own_name(actor: Actor) -> str:
    """Return the name somebody chose to show; empty where they chose none. One SQL query."""
    person = Person.objects.filter(pk=actor.user_id or 0).first()
    return person.display_name if person else ""


def actor_by_email(email: str) -> Actor:
    """Return the person with that address as one who acts, for the command line.

    Raises:
        NotFound: nobody has that address.
    """
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise NotFound(f"Nobody here signs in as {email}.")
    return Actor(user_id=person.pk, role=Role(person.role))
