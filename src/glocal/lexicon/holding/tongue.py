"""One language as it is used: which words are known, what they may be, what they are in the pivot."""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from sys import intern
from typing import Any, NamedTuple

from glocal.lexicon.holding.builtin import denying_words, function_words
from glocal.lexicon.packing.phrases import PhraseIndex
from glocal.lexicon.packing.wordlist import WordList, unpacked_numbers
from glocal.lexicon.text.compounds import Splitter
from glocal.lexicon.text.latin import Word, latin
from glocal.lexicon.text.spelling import Speller
from glocal.lexicon.text.stems import TABLE_LETTERS, pivot_key, stem

# How much a reading counts; chosen, not measured.
_PART, _OTHER_FORM, _MISSPELT, _BORROWED = 0.9, 0.8, 0.6, 0.3
_SHARED_BEGINNING = 0.7  # of the longer of two stems, for them to be forms of one word
_BORROWING_LETTERS = 4
_END_LETTERS = 2
_RICH_IN_FORMS = frozenset({"cs", "ga", "hu", "pt", "sk", "sl"})
_CACHED_WORDS = 1_500


class Reading(NamedTuple):
    """What one word may be: stems of its language with weights 0..1, its pivot words with shares 0..1.

    `same` is what it would be if it were a word of the pivot language: a loan word, a name; "" for a word
    that carries no meaning of its own. `is_compound` says that it stands for several words; `is_guess`
    that it was never seen, and its translations are those of words that begin like it.
    """

    stems: tuple[tuple[str, float], ...]
    pivots: tuple[tuple[str, float], ...]
    same: str = ""
    is_compound: bool = False
    is_guess: bool = False


class Tongue:
    """One language. Cheap to ask: what a word may be is remembered for the last 1,500 words."""

    def __init__(self, language: str, packed: Mapping[str, Any]) -> None:
        self.language = language
        self.labels: list[str] = packed["labels"]
        self.phrases = PhraseIndex(packed["phrases"])
        self.function_words = function_words().get(language, frozenset())
        self.denying_words = denying_words().get(language, frozenset())
        self._words = WordList(packed["words"])
        self._stems = WordList(packed["stems"])
        self._stem_of = unpacked_numbers("I", packed["stem_of"])
        self._table = Table(packed["table"])
        self._splitter = Splitter(language, self._words, self._is_form)
        self._read = lru_cache(maxsize=_CACHED_WORDS)(self._read_word)

    def read(self, word: Word) -> Reading:
        """Return what a word may be; nothing for words that carry no meaning of their own."""
        return self._read(word.written.lower())

    def is_known(self, written: str) -> bool:
        """Say whether a word, or another form of it, is known in this language."""
        plain = latin(written)
        return plain in self._words or self._stem(written) in self._stems

    def known_words(self) -> list[str]:
        """Return every known word in plain letters, in order."""
        return sorted(self._words)

    def _known_stem(self, plain: str) -> str:
        """Return the stem of a word that is known as it stands, "" for others."""
        number = self._words.number(plain)
        return "" if number is None else self._stems.word(self._stem_of[number])

    def _stem(self, word: str) -> str:
        return pivot_key(word) if self.language == "en" else stem(word, self.language)

    def _is_form(self, plain: str) -> bool:
        return self._stem(plain) in self._stems

    def _read_word(self, written: str) -> Reading:
        plain = latin(written)
        if written in self.function_words or not written:
            return Reading(((self._stem(written), 1.0),), ())
        stems = self._possible(written, plain)
        pivots = self._pivots(stems)
        guessed = {} if pivots else dict(self._table.borrowed(next(iter(stems))))
        return Reading(
            stems=tuple(stems.items()),
            pivots=tuple((pivots or guessed).items()),
            same=intern(pivot_key(plain)),
            is_compound=len(stems) > 1 and all(weight == _PART for weight in stems.values()),
            is_guess=not pivots,
        )

    def _possible(self, written: str, plain: str) -> dict[str, float]:
        """Return the stems a word may have: its own if known, else of its parts, relatives, correction."""
        own = self._known_stem(plain) or self._stem(written)
        if plain.isdigit():
            return {own: 1.0}
        if own in self._stems:
            return {own: 1.0} | dict.fromkeys(self._other_forms(own), _OTHER_FORM)
        if parts := self._splitter.split(plain):
            return {self._known_stem(part.word) or self._stem(part.word): _PART for part in parts}
        begun = self._stems.beginning(own[:_BORROWING_LETTERS])
        if relatives := [other for other in begun if _are_alike(own, other)]:
            return {own: 1.0} | dict.fromkeys(sorted(relatives), _OTHER_FORM)
        if meant := self._speller.meant(plain):
            return {own: 1.0, self._known_stem(meant): _MISSPELT}
        return {own: 1.0}

    def _other_forms(self, own: str) -> list[str]:
        """Return stems that differ by a letter or two at the end: Snowball cuts forms of one word apart."""
        if self.language not in _RICH_IN_FORMS or len(own) < _BORROWING_LETTERS:
            return []
        near = self._stems.beginning(own[: max(_BORROWING_LETTERS, len(own) - _END_LETTERS)])
        return sorted(
            other
            for other in near
            if other != own
            and abs(len(other) - len(own)) <= _END_LETTERS
            and (own.startswith(other) or other.startswith(own))
        )

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._words)

    def _pivots(self, stems: Mapping[str, float]) -> dict[str, float]:
        if self.language == "en":
            return dict(stems)
        found: dict[str, float] = {}
        for cut, weight in {one[:TABLE_LETTERS]: weight for one, weight in stems.items()}.items():
            for pivot, share in self._table.translations(cut):
                found[pivot] = found.get(pivot, 0.0) + weight * share
        return found


def _are_alike(one: str, other: str) -> bool:
    """Say whether two stems share so much of their beginning that they are forms of one word."""
    shared = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        len(min(one, other, key=len)),
    )
    return shared >= _SHARED_BEGINNING * max(len(one), len(other))


class Table:
    """Word translations of one language into the pivot, packed."""

    def __init__(self, packed: Mapping[str, Any]) -> None:
        self._rows = WordList(packed["keys"])
        self._pivots = [intern(pivot) for pivot in packed["pivots"]]  # one string for all languages
        self._starts = unpacked_numbers("I", packed["starts"])
        self._pivot = unpacked_numbers("I", packed["pivot"])
        self._share = unpacked_numbers("H", packed["share"])

    def translations(self, word: str) -> list[tuple[str, float]]:
        """Return the pivot words of a key with their shares, best first; [] where it was never seen."""
        number = self._rows.number(word)
        return [] if number is None else self._of(number)

    def borrowed(self, word: str) -> list[tuple[str, float]]:
        """Return the pivot words of all seen keys with the same first four letters; shares sum to 0.3."""
        begun = self._rows.beginning(word[:_BORROWING_LETTERS]) if len(word) >= _BORROWING_LETTERS else []
        found: dict[str, float] = {}
        for seen in begun:
            for pivot, share in self.translations(seen):
                found[pivot] = found.get(pivot, 0.0) + share
        total = sum(found.values())
        return [(pivot, _BORROWED * share / total) for pivot, share in found.items()]

    def _of(self, number: int) -> list[tuple[str, float]]:
        return [
            (self._pivots[self._pivot[at]], self._share[at] / 1000)
            for at in range(self._starts[number], self._starts[number + 1])
        ]
