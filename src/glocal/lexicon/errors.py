"""What can be wrong with vocabularies and questions to them."""

from glocal.core.errors import Conflict, Invalid, NotFound, Unavailable


class UnknownVocabulary(NotFound):
    """No vocabulary of this name is installed."""

    code = "lexicon.unknown_vocabulary"


class UnreadableVocabulary(Invalid):
    """The file is not a vocabulary that can be read."""

    code = "lexicon.unreadable_vocabulary"


class UnknownScheme(Invalid):
    """Nothing is known of this classification."""

    code = "lexicon.unknown_scheme"


class UnknownLanguage(Invalid):
    """The lexicon does not speak this language."""

    code = "lexicon.unknown_language"


class UnknownConcept(NotFound):
    """No vocabulary knows a concept of this id."""

    code = "lexicon.unknown_concept"


class ImpossibleProposal(Invalid):
    """What is proposed for a concept cannot be a label, or gives no reason."""

    code = "lexicon.impossible_proposal"


class ProposedAlready(Conflict):
    """The same was proposed before, or the concept is called so already."""

    code = "lexicon.proposed_already"


class TooManyProposals(Conflict):
    """Too many proposals of one person wait already."""

    code = "lexicon.too_many_proposals"


class UnknownProposal(NotFound):
    """There is no such proposal."""

    code = "lexicon.unknown_proposal"


class DecidedAlready(Conflict):
    """The proposal waits no longer."""

    code = "lexicon.decided_already"


class EncoderUnavailable(Unavailable):
    """The sentence encoder this installation names is not installed, missing or cannot be read."""

    code = "lexicon.encoder_unavailable"


class UnreadableTexts(Invalid):
    """The file does not hold texts in the columns named."""

    code = "lexicon.unreadable_texts"
