"""Questions about proposed labels: what waits, what became of one's own, what was accepted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from glocal.accounts.queries import names_by_id
from glocal.accounts.rules import require_signed_in
from glocal.core.actor import Actor
from glocal.lexicon import rules
from glocal.lexicon.labels import ProposalKind, ProposalState
from glocal.lexicon.models import LabelProposal
from glocal.lexicon.types import ConceptId

MOST_SHOWN = 200  # of a queue or of one's own proposals on one page


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposal as pages show it; `proposed_by` is "" for those who are gone."""

    id: int
    concept: ConceptId
    language: str
    kind: ProposalKind
    text: str
    reason: str
    proposed_by: str
    proposed_at: datetime
    state: ProposalState
    decision_reason: str
    may_decide: bool


class AcceptedLabel(NamedTuple):
    """A label stewards accepted; `rank` is "preferred" once per concept and language, else "other"."""

    id: ConceptId
    language: str
    rank: str
    label: str


def open_proposals(*, actor: Actor) -> list[ProposalCard]:
    """Return what waits for a steward, oldest first; two SQL queries, whatever the length.

    Raises:
        NotAllowed: not a steward.
    """
    rules.require_may_see_proposals(actor)
    return _cards(actor, LabelProposal.objects.filter(state=ProposalState.OPEN)[:MOST_SHOWN])


def own_proposals(*, actor: Actor) -> list[ProposalCard]:
    """Return what somebody proposed, newest first; two SQL queries, whatever the length.

    Raises:
        NotAllowed: nobody is signed in.
    """
    require_signed_in(actor)
    mine = LabelProposal.objects.filter(proposed_by_id=actor.user_id).order_by("-id")
    return _cards(actor, mine[:MOST_SHOWN])


def count_open() -> int:
    """Return how many proposals wait. One SQL query."""
    return LabelProposal.objects.filter(state=ProposalState.OPEN).count()


def accepted_labels() -> list[AcceptedLabel]:
    """Return the labels stewards accepted, in the order they did. One SQL query.

    Of several preferred ones of a concept in a language the last is preferred, the earlier are others.
    """
    accepted = list(
        LabelProposal.objects.filter(state=ProposalState.ACCEPTED)
        .exclude(kind=ProposalKind.WRONG)
        .order_by("decided_at", "id")
    )
    last = {(row.concept, row.language): row.pk for row in accepted if row.kind == ProposalKind.PREFERRED}
    preferred = set(last.values())
    return [
        AcceptedLabel(
            ConceptId(row.concept), row.language, "preferred" if row.pk in preferred else "other", row.text
        )
        for row in accepted
    ]


def _cards(actor: Actor, rows: Iterable[LabelProposal]) -> list[ProposalCard]:
    found = list(rows)
    names = names_by_id(row.proposed_by_id for row in found)
    return [
        ProposalCard(
            id=row.pk,
            concept=ConceptId(row.concept),
            language=row.language,
            kind=ProposalKind(row.kind),
            text=row.text,
            reason=row.reason,
            proposed_by=names.get(row.proposed_by_id or 0, ""),
            proposed_at=row.proposed_at,
            state=ProposalState(row.state),
            decision_reason=row.decision_reason,
            may_decide=rules.may_decide(actor, row),
        )
        for row in found
    ]
