"""What people may do with their own account."""

import unicodedata
from typing import Final

from django.utils.translation import gettext as _

from glocal.core.actor import Actor
from glocal.core.errors import NotAllowed

LONGEST_NAME: Final = 120
# Unicode's controls, private and unassigned characters; of "Cf" only what turns the direction of reading.
UNSEEN: Final = frozenset({"Cc", "Co", "Cn", "Cs"})
TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def require_signed_in(actor: Actor) -> None:
    """Refuse strangers.

    Raises:
        NotAllowed: nobody is signed in.
    """
    if not actor.is_signed_in:
        raise NotAllowed(_("Sign in first."))


def is_readable(name: str) -> bool:
    """Say whether a name is made of characters people see, in the order they see them."""
    return not any(letter in TURNING or unicodedata.category(letter) in UNSEEN for letter in name)
