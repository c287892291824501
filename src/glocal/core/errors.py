"""Refusals every surface can show: a sentence for people, a code for machines, data for the next step."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong in what was handed in: where it stands, what it says, why it cannot be."""

    where: str
    value: str
    reason: str

    def as_dict(self) -> dict[str, str]:
        """Return the shape used by problem documents."""
        return {"where": self.where, "value": self.value, "reason": self.reason}


class DomainError(Exception):
    """A refusal. Pages, API and command line show it alike, so none of them needs an `if`."""

    code = "refused"
    status = 400
    title = "Refused"

    def __init__(
        self, message: str, *, errors: Sequence[Flaw] = (), suggestions: Sequence[str] = (), **facts: str
    ) -> None:
        super().__init__(message)
        self.message = message
        self.errors = tuple(errors)
        self.suggestions = tuple(suggestions)  # what may have been meant, the likeliest first
        self.facts = facts

    def as_problem(self) -> dict[str, object]:
        """Return the refusal as an RFC 9457 problem document."""
        return {
            "type": f"urn:glocal:{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.message,
            "errors": [flaw.as_dict() for flaw in self.errors],
            **({"suggestions": list(self.suggestions)} if self.suggestions else {}),
            **self.facts,
        }


class Invalid(DomainError):
    """What was handed in cannot be understood or cannot be true."""

    code = "invalid"
    status = 422
    title = "That cannot be"


class NotAllowed(DomainError):
    """You can see it, but you may not do this to it."""

    code = "not_allowed"
    status = 403
    title = "Not allowed"


class NotFound(DomainError):
    """It does not exist, or you may not learn that it does."""

    code = "not_found"
    status = 404
    title = "Not found"


class Conflict(DomainError):
    """It contradicts something that is already there."""

    code = "conflict"
    status = 409
    title = "Already otherwise"


class Unavailable(DomainError):
    """Something this needs is switched off, missing or broken."""

    code = "unavailable"
    status = 503
    title = "Not available"
