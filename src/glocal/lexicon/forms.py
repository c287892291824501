"""What people ask the lexicon in the address bar, and what they propose to it."""

from dataclasses import dataclass
from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from glocal.core.language import EU_LANGUAGES
from glocal.lexicon.labels import LANGUAGE_LABELS, PROPOSAL_KIND_LABELS, ProposalKind
from glocal.lexicon.rules import LONGEST_LABEL, LONGEST_REASON, Proposal
from glocal.lexicon.types import ConceptId

LONGEST_PHRASE: Final = 1000
LONGEST_TAG: Final = 12


@dataclass(frozen=True, slots=True)
class Question:
    """A phrase to be looked up; `language` is "" where it is to be recognised."""

    text: str
    language: str
    to: str
    is_cut: bool = False  # the phrase was longer than what is read


def question_from(params: QueryDict, *, readers: str) -> Question:
    """Read a question from the address bar; without a language wanted it is the reader's."""
    typed = params.get("q", "").replace("\0", " ").strip()
    to = params.get("to", "")[:LONGEST_TAG] or (readers if readers in EU_LANGUAGES else "en")
    return Question(
        text=typed[:LONGEST_PHRASE],
        language=params.get("lang", "")[:LONGEST_TAG],
        to=to,
        is_cut=len(typed) > LONGEST_PHRASE,
    )


class ProposalForm(forms.Form):
    """A word for a concept, or against one."""

    language = forms.ChoiceField(
        label=_("Language"), choices=[(tag, LANGUAGE_LABELS[tag]) for tag in EU_LANGUAGES]
    )
    kind = forms.ChoiceField(
        label=_("What you propose"),
        choices=list(PROPOSAL_KIND_LABELS.items()),
        widget=forms.RadioSelect,
        initial=ProposalKind.PREFERRED.value,
    )
    text = forms.CharField(label=_("Word"), max_length=LONGEST_LABEL)
    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        help_text=_("For example who says so, or where you read it. A steward reads this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def proposal(self, concept: ConceptId) -> Proposal:
        """Return what was typed as a proposal for a concept; only after `is_valid`."""
        said = self.cleaned_data
        return Proposal(concept, said["language"], ProposalKind(said["kind"]), said["text"], said["reason"])
