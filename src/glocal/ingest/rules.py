"""Who may bring files in, and take them back."""

from django.utils.translation import gettext as _

from glocal.core.actor import Actor
from glocal.core.errors import NotAllowed


def may_import(actor: Actor) -> bool:
    """Stewards bring files in, and see and undo each other's; what comes in is public at once."""
    return actor.is_steward


def require_may_import(actor: Actor) -> None:
    """Refuse everybody but stewards.

    Raises:
        NotAllowed: not a steward.
    """
    if not may_import(actor):
        raise NotAllowed(_("Only stewards may import files, because what comes in is public at once."))
