"""What people propose for the words of the lexicon, and what stewards decided about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from glocal.lexicon.labels import ProposalKind, ProposalState


class LabelProposal(models.Model):
    """A word somebody proposes for a concept in a language, or calls wrong; it outlives the person."""

    concept = models.CharField(max_length=120)
    language = models.CharField(max_length=12)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ProposalKind])
    text = models.CharField(max_length=120)
    reason = models.CharField(max_length=500)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_at = models.DateTimeField()
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.value) for state in ProposalState],
        default=ProposalState.OPEN,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "id"], name="label_proposal_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "language", "kind", "text"],
                condition=Q(state=ProposalState.OPEN),
                name="label_proposal_waits_once",
            ),
            models.CheckConstraint(
                name="label_proposal_decided_at_once",
                condition=Q(state=ProposalState.OPEN, decided_at__isnull=True)
                | Q(~Q(state=ProposalState.OPEN), decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="label_proposal_names_a_word",
                condition=~Q(text=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concept} ({self.language}): {self.text}"
