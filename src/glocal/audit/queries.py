"""Reading back what was done."""

from glocal.audit.models import AuditEntry
from glocal.audit.types import Act


def acts_on(subject: str, *, limit: int = 100) -> list[Act]:
    """Return what was done to the subject, newest first. One SQL query."""
    rows = AuditEntry.objects.filter(subject=subject)[:limit]
    return [Act(row.at, row.actor_id, row.act, row.subject, row.facts) for row in rows]
