"""What the record of acts hands out."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done, when and by whom (None: the system, or nobody signed in)."""

    at: datetime
    actor_id: int | None
    act: str
    subject: str
    facts: dict[str, str]
