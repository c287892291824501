"""The pages of the lexicon: looking a word up, one concept, proposing a word, deciding about it."""

from glocal.lexicon.views.concept import concept
from glocal.lexicon.views.lookup import lookup
from glocal.lexicon.views.moderating import accept, refuse, waiting
from glocal.lexicon.views.proposing import mine, propose

__all__ = ["accept", "concept", "lookup", "mine", "propose", "refuse", "waiting"]
