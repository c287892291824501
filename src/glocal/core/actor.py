"""Who is doing something: a person, a stranger, or the system itself."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a signed-in person may do beyond their own things."""

    MEMBER = "member"
    STEWARD = "steward"


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts. Services take an actor, never a request."""

    user_id: int | None = None
    role: Role | None = None
    is_system: bool = False

    @property
    def is_signed_in(self) -> bool:
        """Say whether a person stands behind this."""
        return self.user_id is not None

    @property
    def is_steward(self) -> bool:
        """Say whether they look after the directory; the system itself does."""
        return self.is_system or self.role is Role.STEWARD


STRANGER = Actor()
SYSTEM = Actor(is_system=True)
