"""One language as it is used: which words are known, what they may be, what they are in the pivot."""

from array import array
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from glocal.lexicon.holding.builtin import denying_words, function_words
from glocal.lexicon.packing.phrases import PhraseIndex
from glocal.lexicon.text.compounds import Splitter
from glocal.lexicon.text.latin import Word, latin
from glocal.lexicon.text.spelling import Speller
from glocal.lexicon.text.stems import TABLE_LETTERS, pivot_key, stem

# How much a reading counts; chosen, not measured.
_PART, _OTHER_FORM, _MISSPELT, _BORROWED = 0.9, 0.8, 0.6, 0.3
_SHARED_BEGINNING = 0.7  # of the longer of two stems, for them to be forms of one word
_BORROWING_LETTERS = 4
_CACHED_WORDS = 20_000


class Reading(NamedTuple):
    """What one word may be: stems of its language with weights 0..1, its pivot words with shares 0..1.

    `same` is what it would be if it were a word of the pivot language: a loan word, a name.
    """

    stems: Mapping[str, float]
    pivots: Mapping[str, float]
    same: str


NOTHING = Reading({}, {}, "")


class Tongue:
    """One language. Cheap to ask: what a word may be is remembered for the last 20,000 words."""

    def __init__(self, language: str, packed: Mapping[str, Any]) -> None:
        self.language = language
        self.labels: list[str] = packed["labels"]
        self.phrases = PhraseIndex(packed["phrases"])
        self.function_words = function_words().get(language, frozenset())
        self.denying_words = denying_words().get(language, frozenset())
        self._surfaces: dict[str, str] = dict(zip(packed["surfaces"], packed["stems"], strict=True))
        self._stems = frozenset(packed["stems"])
        self._table = Table(packed["table"])
        self._splitter = Splitter(language, self._surfaces, self._is_form)
        self._read = lru_cache(maxsize=_CACHED_WORDS)(self._read_word)

    def read(self, word: Word) -> Reading:
        """Return what a word may be; nothing for words that carry no meaning of their own."""
        return self._read(word.written.lower())

    def is_known(self, written: str) -> bool:
        """Say whether a word, or another form of it, is known in this language."""
        plain = latin(written)
        return plain in self._surfaces or self._stem(written) in self._stems

    def _stem(self, word: str) -> str:
        return pivot_key(word) if self.language == "en" else stem(word, self.language)

    def _is_form(self, plain: str) -> bool:
        return self._stem(plain) in self._stems

    def _read_word(self, written: str) -> Reading:
        if written in self.function_words or not written:
            return NOTHING
        plain = latin(written)
        stems = self._possible(written, plain)
        return Reading(stems, self._pivots(stems), pivot_key(plain))

    def _possible(self, written: str, plain: str) -> dict[str, float]:
        """Return the stems a word may have: its own if known, else of its parts, relatives, correction."""
        own = self._surfaces.get(plain) or self._stem(written)
        if own in self._stems or plain.isdigit():
            return {own: 1.0}
        if parts := self._splitter.split(plain):
            return {self._surfaces.get(part.word) or self._stem(part.word): _PART for part in parts}
        if relatives := [
            other for other in self._begun.get(own[:_BORROWING_LETTERS], ()) if _are_alike(own, other)
        ]:
            return {own: 1.0} | dict.fromkeys(relatives, _OTHER_FORM)
        if meant := self._speller.meant(plain):
            return {own: 1.0, self._surfaces[meant]: _MISSPELT}
        return {own: 1.0}

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._surfaces)

    def _beginning_like(self, own: str) -> list[str]:
        return self._begun.get(own[:_BORROWING_LETTERS], [])

    @cached_property
    def _begun(self) -> dict[str, list[str]]:
        """Stems by their first letters."""
        begun: dict[str, list[str]] = {}
        for known in sorted(self._stems):
            begun.setdefault(known[:_BORROWING_LETTERS], []).append(known)
        return begun

    def _pivots(self, stems: Mapping[str, float]) -> dict[str, float]:
        if self.language == "en":
            return dict(stems)
        found: dict[str, float] = {}
        for cut, weight in {one[:TABLE_LETTERS]: weight for one, weight in stems.items()}.items():
            for pivot, share in self._table.translations(cut):
                found[pivot] = found.get(pivot, 0.0) + weight * share
        if not found:
            found = {pivot: _BORROWED * share for pivot, share in self._table.borrowed(next(iter(stems)))}
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
        self._row: dict[str, int] = {word: number for number, word in enumerate(packed["keys"])}
        self._pivots: list[str] = packed["pivots"]
        self._starts = array("I", packed["starts"])
        self._pivot = array("I", packed["pivot"])
        self._share = array("H", packed["share"])
        self._beginnings: dict[str, list[int]] | None = None

    def translations(self, word: str) -> list[tuple[str, float]]:
        """Return the pivot words of a key with their shares, best first; [] where it was never seen."""
        number = self._row.get(word)
        return [] if number is None else self._of(number)

    def borrowed(self, word: str) -> list[tuple[str, float]]:
        """Return the pivot words of all seen keys with the same first four letters; shares sum to 1."""
        if self._beginnings is None:
            self._beginnings = {}
            for seen, number in self._row.items():
                self._beginnings.setdefault(seen[:_BORROWING_LETTERS], []).append(number)
        lenders = (
            self._beginnings.get(word[:_BORROWING_LETTERS], []) if len(word) >= _BORROWING_LETTERS else []
        )
        found: dict[str, float] = {}
        for number in lenders:
            for pivot, share in self._of(number):
                found[pivot] = found.get(pivot, 0.0) + share
        total = sum(found.values())
        return [(pivot, share / total) for pivot, share in found.items()]

    def _of(self, number: int) -> list[tuple[str, float]]:
        return [
            (self._pivots[self._pivot[at]], self._share[at] / 1000)
            for at in range(self._starts[number], self._starts[number + 1])
        ]
