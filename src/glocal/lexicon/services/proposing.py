"""Proposing words for concepts, and deciding about them; accepted ones are written into the home."""

import csv
import fcntl
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from glocal.audit import services as audit
from glocal.core.actor import Actor
from glocal.core.clock import now
from glocal.core.errors import Invalid
from glocal.lexicon import rules
from glocal.lexicon.errors import DecidedAlready, ProposedAlready, TooManyProposals, UnknownProposal
from glocal.lexicon.holding.installed import note_change
from glocal.lexicon.labels import ProposalKind, ProposalState
from glocal.lexicon.models import LabelProposal
from glocal.lexicon.proposals import AcceptedLabel, accepted_labels
from glocal.lexicon.queries import concept_card
from glocal.lexicon.rules import Proposal

ACCEPTED = "accepted.csv"  # in the folder "lexicon" of the home; whoever compiles the lexicon reads it


@transaction.atomic
def propose_label(*, actor: Actor, proposal: Proposal) -> int:
    """Keep a proposal until a steward decides; return its number.

    Raises:
        NotAllowed: nobody is signed in.
        UnknownConcept: there is no such concept.
        ImpossibleProposal: it cannot be a label, or gives no reason.
        ProposedAlready: the same waits or was accepted, or the concept is called so already.
        TooManyProposals: too many of theirs wait.
    """
    rules.require_may_propose(actor)
    proposal = rules.tidied(proposal)
    rules.require_possible(proposal)
    _refuse_what_is_known(proposal)
    _refuse_same(proposal)
    _refuse_too_many(actor)
    try:
        with transaction.atomic():
            row = LabelProposal.objects.create(
                concept=proposal.concept,
                language=proposal.language,
                kind=proposal.kind,
                text=proposal.text,
                reason=proposal.reason,
                proposed_by_id=actor.user_id,
                proposed_at=now(),
            )
    except IntegrityError as clash:  # somebody was quicker by a moment
        raise ProposedAlready(_("This was proposed already; it waits for a steward.")) from clash
    _record(actor, "lexicon.label.proposed", row)
    return int(row.pk)


@transaction.atomic
def accept_proposal(*, actor: Actor, proposal_id: int) -> None:
    """Accept a proposal; the labels accepted so far are written into the home after commit.

    Raises:
        UnknownProposal: there is none of this number.
        NotAllowed: not a steward, or they proposed it themselves.
        DecidedAlready: it waits no longer.
    """
    row = _waiting(actor, proposal_id)
    _decide(row, actor, ProposalState.ACCEPTED, "")
    _record(actor, "lexicon.label.accepted", row)
    transaction.on_commit(partial(write_accepted_labels, Path(settings.GLOCAL_HOME)))


@transaction.atomic
def refuse_proposal(*, actor: Actor, proposal_id: int, because: str) -> None:
    """Refuse a proposal, with a reason whoever proposed it will read.

    Raises:
        UnknownProposal: there is none of this number.
        NotAllowed: not a steward, or they proposed it themselves.
        DecidedAlready: it waits no longer.
        Invalid: no reason was given, or it cannot be kept.
    """
    row = _waiting(actor, proposal_id)
    reason = because.strip()[: rules.LONGEST_REASON]
    if not reason:
        raise Invalid(_("Please give a reason; whoever proposed it will read it."))
    if "\0" in reason:
        raise Invalid(_("Text cannot hold a NUL character."))
    _decide(row, actor, ProposalState.REFUSED, reason)
    _record(actor, "lexicon.label.refused", row, because=reason)


def write_accepted_labels(home: Path) -> Path:
    """Write all accepted labels into the home, whole or not at all, and return the file.

    Several processes wait for each other, so that the last one writes what is known last.
    """
    folder = home / "lexicon"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f".{ACCEPTED}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        draft = folder / f".{ACCEPTED}.new"
        with draft.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(AcceptedLabel._fields)
            table.writerows(accepted_labels())
        written = draft.replace(folder / ACCEPTED)
    note_change()
    return written


def _refuse_what_is_known(proposal: Proposal) -> None:
    labels = concept_card(proposal.concept, proposal.language).labels.get(proposal.language, ())
    if proposal.kind == ProposalKind.PREFERRED and proposal.text in labels[:1]:
        raise ProposedAlready(_("It is called that already."))
    if proposal.kind == ProposalKind.OTHER and proposal.text in labels:
        raise ProposedAlready(_("This word is known already."))


def _refuse_same(proposal: Proposal) -> None:
    same = LabelProposal.objects.filter(
        concept=proposal.concept,
        language=proposal.language,
        kind=proposal.kind,
        text=proposal.text,
    )
    states = set(same.values_list("state", flat=True))
    if ProposalState.OPEN in states:
        raise ProposedAlready(_("This was proposed already; it waits for a steward."))
    if ProposalState.ACCEPTED in states:
        raise ProposedAlready(_("This was proposed already, and accepted."))


def _refuse_too_many(actor: Actor) -> None:
    waiting = LabelProposal.objects.filter(proposed_by_id=actor.user_id, state=ProposalState.OPEN).count()
    if waiting >= rules.MOST_OPEN:
        raise TooManyProposals(
            _("%(most)d words of yours wait already. Please wait until a steward has looked at them.")
            % {"most": rules.MOST_OPEN}
        )


def _waiting(actor: Actor, proposal_id: int) -> LabelProposal:
    """Hold the row until commit, so that it is decided once."""
    rules.require_may_see_proposals(actor)  # first: others do not learn which numbers there are
    row = LabelProposal.objects.select_for_update(of=("self",)).filter(pk=proposal_id).first()
    if row is None:
        raise UnknownProposal(_("There is no such proposal."))
    rules.require_may_decide(actor, row)
    if row.state != ProposalState.OPEN:
        raise DecidedAlready(_("This proposal was decided already."))
    return row


def _decide(row: LabelProposal, actor: Actor, state: ProposalState, reason: str) -> None:
    row.state, row.decision_reason = state, reason
    row.decided_by_id, row.decided_at = actor.user_id, now()
    row.save(update_fields=["state", "decision_reason", "decided_by", "decided_at"])


def _record(actor: Actor, act: str, row: LabelProposal, **facts: str) -> None:
    subject = f"label_proposal:{row.pk}"
    audit.record(
        actor=actor,
        act=act,
        subject=subject,
        concept=row.concept,
        language=row.language,
        kind=row.kind,
        **facts,
    )
