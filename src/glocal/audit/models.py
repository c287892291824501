"""What happened, by whom and to what; written once, never changed."""

from typing import Any, ClassVar

from django.db import models


class AuditEntries(models.QuerySet["AuditEntry"]):
    """Entries, to be read."""

    def update(self, **_changes: Any) -> int:
        """Refuse."""
        raise TypeError("the audit record is append-only")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError("the audit record is append-only")


class AuditEntry(models.Model):
    """One act that was carried out."""

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)  # a number, not a key: it outlives the person
    act = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, db_index=True)
    facts = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["AuditEntry"]] = AuditEntries.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the entry; a second time is refused."""
        if not self._state.adding:
            raise TypeError("the audit record is append-only")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError("the audit record is append-only")
