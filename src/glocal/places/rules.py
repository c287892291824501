"""Who may do what with territories."""

from django.utils.translation import gettext as _

from glocal.core.actor import Actor
from glocal.core.errors import NotAllowed


def may_create_territory(actor: Actor) -> bool:
    """Whoever is signed in, and the system itself."""
    return actor.is_signed_in or actor.is_system


def may_change_territory(actor: Actor, owner_id: int | None) -> bool:
    """Stewards change any; members what they made themselves."""
    return actor.is_steward or (actor.is_signed_in and actor.user_id == owner_id)


def require_may_create_territory(actor: Actor) -> None:
    """Refuse strangers.

    Raises:
        NotAllowed: nobody is signed in.
    """
    if not may_create_territory(actor):
        raise NotAllowed(_("Sign in to add a territory."))


def require_may_change_territory(actor: Actor, owner_id: int | None) -> None:
    """Refuse whoever neither made it nor is a steward.

    Raises:
        NotAllowed: somebody else's territory.
    """
    if not may_change_territory(actor, owner_id):
        raise NotAllowed(_("Only who added a territory, or a steward, may change it."))
