"""Writing down what was done, in the transaction that does it."""

from glocal.audit.models import AuditEntry
from glocal.core.actor import Actor
from glocal.core.clock import now


def record(*, actor: Actor, act: str, subject: str, **facts: str) -> None:
    """Append one act, named `domain.thing.past_tense`, to the record. One SQL insert."""
    AuditEntry.objects.create(at=now(), actor_id=actor.user_id, act=act, subject=subject, facts=facts)
