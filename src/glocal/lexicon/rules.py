"""Who may propose labels and who decides about them, and what a label can be."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from glocal.accounts.rules import is_readable
from glocal.core.actor import Actor
from glocal.core.errors import NotAllowed
from glocal.core.language import EU_LANGUAGES, words_of
from glocal.lexicon.errors import ImpossibleProposal
from glocal.lexicon.labels import ProposalKind
from glocal.lexicon.models import LabelProposal
from glocal.lexicon.types import ConceptId

LONGEST_LABEL: Final = 120
LONGEST_REASON: Final = 500
MOST_OPEN: Final = 20  # proposals of one person that wait at the same time; chosen, not measured


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody says about a concept's words in a language."""

    concept: ConceptId
    language: str
    kind: ProposalKind
    text: str
    reason: str


def may_propose(actor: Actor) -> bool:
    """Whoever is signed in may propose a label; it waits for a steward."""
    return actor.is_signed_in


def may_see_proposals(actor: Actor) -> bool:
    """What waits is for stewards."""
    return actor.is_steward


def may_decide(actor: Actor, proposal: LabelProposal) -> bool:
    """Stewards accept or refuse; nobody decides about what they proposed themselves."""
    is_mine = actor.is_signed_in and proposal.proposed_by_id == actor.user_id
    return actor.is_steward and not is_mine


def require_may_propose(actor: Actor) -> None:
    """Refuse strangers.

    Raises:
        NotAllowed: nobody is signed in.
    """
    if not may_propose(actor):
        raise NotAllowed(_("Please sign in to propose a word."))


def require_may_see_proposals(actor: Actor) -> None:
    """Refuse everybody but stewards.

    Raises:
        NotAllowed: not a steward.
    """
    if not may_see_proposals(actor):
        raise NotAllowed(_("Only stewards see which words wait."))


def require_may_decide(actor: Actor, proposal: LabelProposal) -> None:
    """Refuse those who may not decide about this one.

    Raises:
        NotAllowed: not a steward, or they proposed it themselves.
    """
    require_may_see_proposals(actor)
    if not may_decide(actor, proposal):
        raise NotAllowed(_("You proposed this word, so another steward decides."))


def tidied(proposal: Proposal) -> Proposal:
    """Return a proposal with its spaces in order and its letters composed: the same is the same."""
    text = unicodedata.normalize("NFC", " ".join(proposal.text.split()))
    reason = proposal.reason.strip()
    return Proposal(proposal.concept, proposal.language, proposal.kind, text, reason)


def require_possible(proposal: Proposal) -> None:
    """Refuse what cannot be a label, or comes without a reason.

    Raises:
        ImpossibleProposal: with one clear sentence.
    """
    flaw = _flaw_of_text(proposal) or _flaw_of_rest(proposal)
    if flaw:
        raise ImpossibleProposal(flaw)


def _flaw_of_text(proposal: Proposal) -> str:
    text = proposal.text
    if not text:
        return _("Please write the word you mean.")
    if len(text) > LONGEST_LABEL:
        return _("A word has at most %(most)d characters here.") % {"most": LONGEST_LABEL}
    if not is_readable(text) or "|" in text:  # the vocabulary's files part labels by bars
        return _("The word holds characters that cannot be in it.")
    return "" if words_of(text) else _("The word holds no letters.")


def _flaw_of_rest(proposal: Proposal) -> str:
    if proposal.language not in EU_LANGUAGES:
        return _("Words can be proposed in the 24 official languages of the European Union.")
    if not proposal.reason:
        return _("Please give a reason; a steward will read it.")
    if len(proposal.reason) > LONGEST_REASON:
        return _("A reason has at most %(most)d characters.") % {"most": LONGEST_REASON}
    return "" if "\0" not in proposal.reason else _("Text cannot hold a NUL character.")
