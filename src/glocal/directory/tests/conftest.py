"""What tests of the directory share: facts, records of a foreign register, people at their browsers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from glocal.core.actor import Actor
from glocal.directory.models import Organisation
from glocal.directory.services import absorb, ring
from glocal.directory.types import Absorbed, Facts, Incoming, OrganisationId, Origin, SiteFacts

REGISTER = Origin("test register", "CC0-1.0", "2026-01-01")
TORINO_SITE = SiteFacts(45.0703, 7.6869, "exact", "Via Po 1", "10124", "Torino", "", "IT")


def facts(**said: Any) -> Facts:
    """Build what somebody says of an organisation in Torino."""
    return Facts(
        **{"name": "Arca del Po", "kind": "cooperative", "topics": ("food",), "sites": (TORINO_SITE,), **said}
    )


def take_in(
    *records: Facts, known: OrganisationId | None = None, origin: Origin = REGISTER
) -> list[Absorbed]:
    """Bring records in as an import does; with `known`, as news of that one."""
    incoming = [Incoming(f"r{number}", said, known) for number, said in enumerate(records)]
    answers = absorb(incoming, origin=origin)
    ring()
    return answers


def row(organisation_id: OrganisationId) -> Organisation:
    """Read the row again."""
    return Organisation.objects.get(pk=organisation_id)


@pytest.fixture
def at_browser() -> Callable[[Actor], Client]:
    """Give somebody of the cast a browser in which they are signed in (a stranger: are not)."""
    from django.contrib.auth import get_user_model

    def sit_down(actor: Actor, **options: Any) -> Client:
        client = Client(**options)
        if actor.user_id is not None:
            client.force_login(
                get_user_model().objects.get(pk=actor.user_id), "django.contrib.auth.backends.ModelBackend"
            )
        return client

    return sit_down
