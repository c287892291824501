"""What topics and words mean, asked of the lexicon and remembered: for the index, and for who searches it."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glocal.atlas.types import Meaning
from glocal.core.language import fold
from glocal.lexicon import queries as lexicon
from glocal.lexicon.holding.lexicon import Lexicon
from glocal.lexicon.types import ConceptId

# Chosen, not measured.
_SURE = 0.75  # a word is another name of a concept
_LIKELY_LANGUAGE, _MOST_LANGUAGES = 0.15, 3  # a question of two words may be in several languages
_READ_WORDS = 15  # of a text without a language, to tell its language
_NEVER = 1e-300
_KEPT_WORDS, _KEPT_EVIDENCE, _KEPT_TOPICS, _KEPT_QUESTIONS = 200_000, 50_000, 50_000, 1024
_WORD = re.compile(r"[^\W_]+")
_PIVOT_LANGUAGE = "en"

_KEPT_LABELS = 64  # lists of the labels of all concepts in use

Pairs = tuple[tuple[str, str], ...]  # a pivot word, and the word that means it


class Label(NamedTuple):
    """What a concept is called, and the same as it is looked for."""

    written: str
    folded: str


class Topics(NamedTuple):
    """What topics mean: concepts, topics that are none, the pivot words of what the concepts are called."""

    concepts: tuple[ConceptId, ...]
    free: tuple[str, ...]
    pivots: Pairs


class Reader:
    """Reads topics and texts in one state of the lexicon. A word it has read before costs nothing."""

    def __init__(self, opened: Lexicon) -> None:
        self._opened = opened
        self._topic = lru_cache(maxsize=_KEPT_TOPICS)(lexicon.concepts_of_topic)
        self.topics = lru_cache(maxsize=_KEPT_TOPICS)(self._read_topics)
        self._evidence = lru_cache(maxsize=_KEPT_EVIDENCE)(self._evidence_of)
        self._word = lru_cache(maxsize=_KEPT_WORDS)(self._pivots_of)
        self.labels = lru_cache(maxsize=_KEPT_LABELS)(_labels)
        self.meanings = lru_cache(maxsize=_KEPT_QUESTIONS)(self._meanings_of)

    def concepts(self, topics: Iterable[str], tag: str = "") -> tuple[ConceptId, ...]:
        """Return the concepts some topics mean, each once; the tag says the language they may be in."""
        return self.topics(tuple(topics), tag).concepts

    def _read_topics(self, topics: tuple[str, ...], tag: str) -> Topics:
        language = self.spoken(tag)
        meant = {topic: self._topic(topic, language) for topic in topics}
        pivots: dict[str, str] = {}
        for topic, concepts in meant.items():
            for pivot in chain.from_iterable(_pivots_of_labels(concepts)):
                pivots.setdefault(pivot, topic)
        return Topics(
            concepts=tuple(dict.fromkeys(chain.from_iterable(meant.values()))),
            free=tuple(topic for topic, concepts in meant.items() if not concepts),
            pivots=tuple(pivots.items()),
        )

    def is_concept(self, text: str) -> bool:
        """Say whether this is the id of a concept."""
        return text in self._opened.number

    def spoken(self, tag: str) -> str:
        """Return the language of a BCP 47 tag, "" where the lexicon does not speak it."""
        if not tag:
            return ""
        language = tag.partition("-")[0].lower()
        return language if self._opened.speaks(language) else ""

    def pivots(self, texts: Iterable[tuple[str, str]], topics: Topics) -> Pairs:
        """Return each pivot word of some texts and topics, with the first word or topic that means it.

        Args:
            texts: language tags with texts; a text without a language is in that of the first that has one.
            topics: these also mean what their concepts are called.
        """
        given = [(self.spoken(tag), text) for tag, text in texts if text]
        usual = next((language for language, _text in given if language), "") or self._guess(given)
        found: dict[str, str] = {}
        for language, text in given:
            for word in dict.fromkeys(_WORD.findall(text)):
                for pivot in self._word(word, language or usual):
                    found.setdefault(pivot, word)
        return (*found.items(), *(pair for pair in topics.pivots if pair[0] not in found))

    def _guess(self, given: list[tuple[str, str]]) -> str:
        """Return the likeliest language of the longest text: what its words say of it, taken together."""
        longest = max((text for _language, text in given), key=len, default="")
        words = [word for word in _WORD.findall(longest.lower())[:_READ_WORDS] if not word.isdigit()]
        if not words:
            return _PIVOT_LANGUAGE
        told = np.add.reduce([self._evidence(word) for word in words])
        return self.spoken(self._opened.identifier.languages[int(told.argmax())]) or _PIVOT_LANGUAGE

    def _evidence_of(self, word: str) -> NDArray[np.float64]:
        """Return for each language the logarithm of how likely a word is in it; words add up to texts."""
        shares = {guess.language: guess.share for guess in self._opened.identifier.guesses(word)}
        return np.log([max(shares.get(one, 0.0), _NEVER) for one in self._opened.identifier.languages])

    def _pivots_of(self, word: str, language: str) -> tuple[str, ...]:
        """Return what a word is in the pivot language, and the words of what it is another name of."""
        if len(word) == 1 or word.isdigit():
            return ()
        named = chain.from_iterable(self._named(word, language))
        return tuple(dict.fromkeys([*lexicon.pivot_words(word, language), *named]))

    def _named(self, word: str, language: str) -> list[tuple[str, ...]]:
        """Return the pivot words of each concept a word names: many a compound is only known as such."""
        if language == _PIVOT_LANGUAGE:
            return []
        mentions = lexicon.understand(word, language).mentions
        sure = [mention.concept for mention in mentions if mention.score >= _SURE]
        return _pivots_of_labels(sure)

    def _meanings_of(self, text: str) -> tuple[Meaning, ...]:
        """Return what each word of a question means; words without a meaning of their own are left out."""
        languages = self._languages(text)
        words = [word for word in dict.fromkeys(_WORD.findall(text)) if len(word) > 1]
        known = [Meaning(word, self._alternatives(word, languages)) for word in words]
        meanings = [one for one in known if one.pivots or one.said.isdigit()]
        return tuple(meanings) if any(one.pivots for one in meanings) else ()

    def _languages(self, text: str) -> list[str]:
        guesses = self._opened.identifier.guesses(text)[:_MOST_LANGUAGES]
        likely = [self.spoken(guess.language) for guess in guesses if guess.share >= _LIKELY_LANGUAGE]
        return [*dict.fromkeys([*filter(None, likely), _PIVOT_LANGUAGE])]

    def _alternatives(self, word: str, languages: list[str]) -> tuple[tuple[str, ...], ...]:
        """Return groups of pivot words, of which one is enough, in the languages that know the word."""
        if word.isdigit() or not lexicon.pivot_words(word, languages[0]):
            return ()
        knowing = [one for one in languages if self._opened.tongue(one).is_known(word)] or languages[:1]
        return tuple(dict.fromkeys(group for one in knowing for group in self._groups(word, one)))

    def _groups(self, word: str, language: str) -> list[tuple[str, ...]]:
        named = self._named(word, language)
        if named and all(len(group) > 1 for group in named):
            return named  # "Tafel" is a food bank, not whatever is a bank
        return [*named, *((pivot,) for pivot in lexicon.pivot_words(word, language))]


def _pivots_of_labels(concepts: Sequence[ConceptId]) -> list[tuple[str, ...]]:
    """Return for each concept the pivot words of what it is called in the pivot language."""
    labels = lexicon.concept_labels(concepts, _PIVOT_LANGUAGE)
    return [pivots for label in labels if (pivots := tuple(lexicon.pivot_words(label, _PIVOT_LANGUAGE)))]


def _labels(concepts: tuple[str, ...], language: str) -> list[Label]:
    """Return what concepts are called in a language."""
    labels = lexicon.concept_labels([ConceptId(one) for one in concepts], language.partition("-")[0])
    return [Label(label, fold(label)) for label in labels]


def reader() -> Reader:
    """Return the reader for the lexicon as it is now. Some microseconds."""
    return _reader(lexicon.lexicon())


@lru_cache(maxsize=2)
def _reader(opened: Lexicon) -> Reader:
    return Reader(opened)
