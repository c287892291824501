"""How alike texts are in meaning, whatever their languages: pivot words, both ways, and letters, added up."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from glocal.lexicon.encoder import Encoder, Vectors
from glocal.lexicon.holding.lexicon import Lexicon
from glocal.lexicon.text.latin import latin, words_in

Scores = NDArray[np.float64]
Matrix = Any  # scipy's sparse matrices, shape (texts, features)
Weights = Mapping[str, float]
_K1, _B = 1.2, 0.75  # BM25 in the form of Lucene
_SAME = 0.5  # a word that is written alike in the pivot: loan words, names (METHODS.md 5)
_LETTERS = (3, 4, 5)
_OF_LETTERS, _OF_WORDS, _OF_COVER = 0.5, 0.5, 1.5  # how the three scores count; docs/decisions/0011
_OF_MEANING = 1.5  # and how an encoder does; chosen, not measured
_EQUAL = 1e-9  # what differs less than this share of the largest score is equal
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Corpus:
    """Texts prepared to be searched by texts in any language.

    Args:
        lexicon: the opened lexicon.
        texts: what is searched, n texts.
        languages: the language of each.
        encoder: a sentence encoder whose opinion is added; none for words alone.
    """

    lexicon: Lexicon
    texts: Sequence[str]
    languages: Sequence[str]
    encoder: Encoder | None = None

    def scores(self, queries: Sequence[str], languages: Sequence[str]) -> Scores:
        """Return how well each text answers each query, shape (queries, n).

        Three scores, each standardised within its query and added: BM25 over pivot words, the share of both
        texts' words that the other one covers, and character n-grams. Comparable within a query only.
        """
        asked = [self._asked(text, language) for text, language in zip(queries, languages, strict=True)]
        meanings = _OF_MEANING * standardised(self._meaning_scores(queries)) if self.encoder else 0.0
        return (
            meanings
            + _OF_LETTERS * standardised(self.letter_scores(queries))
            + _OF_WORDS * standardised(self.word_scores([_sum(words) for words in asked]))
            + _OF_COVER * standardised(np.array([self._cover_scores(words) for words in asked]))
        )

    def letter_scores(self, queries: Sequence[str]) -> Scores:
        """Return the cosine of character 3- to 5-grams weighted by TF-IDF, words in Latin letters; 0..1."""
        grams, vocabulary, idf = self._letters
        asked = _normalised(_matrix([_grams(query) for query in queries], vocabulary), idf)
        return np.asarray((asked @ grams.T).todense(), dtype=np.float64)

    def word_scores(self, queries: Sequence[Weights]) -> Scores:
        """Return BM25 of weighted pivot words, shape (queries, n); 0 upwards."""
        vocabulary, shares, idf = self._words
        weights = _weighed(shares, idf)
        return np.asarray((_matrix(queries, vocabulary) @ weights.T).todense(), dtype=np.float64)

    def _meaning_scores(self, queries: Sequence[str]) -> Scores:
        """Return the cosine of the encoder's vectors, shape (queries, n); -1..1."""
        encoder, texts = self._encoded
        return np.asarray(encoder.encode(queries, kind="query") @ texts.T, dtype=np.float64)

    @cached_property
    def _encoded(self) -> tuple[Encoder, Vectors]:
        if self.encoder is None:
            raise TypeError("no encoder was given")
        return self.encoder, self.encoder.encode(self.texts)

    def _asked(self, text: str, language: str) -> list[Weights]:
        """Weigh the translations of each word by the root of their shares: any synonym will do."""
        words = _pivots(self.lexicon, text, language)
        return [{pivot: share**0.5 for pivot, share in word.items()} for word in words]

    def _cover_scores(self, asked: Sequence[Weights]) -> Scores:
        """Return for each text the mean of two shares: the query's words told, its own asked for."""
        vocabulary, _, idf = self._words
        by_word, whole = self._tellable
        told, tellable = np.zeros(len(self.texts)), 1e-9
        best: dict[int, float] = {}
        for word in asked:
            columns = {
                vocabulary[pivot]: min(share, 1.0) for pivot, share in word.items() if pivot in vocabulary
            }
            tellable += max((share * idf[column] for column, share in columns.items()), default=0.0)
            told += _told(by_word, columns)
            for column, share in columns.items():
                best[column] = max(best.get(column, 0.0), share)
        covered = by_word[:, list(best)] @ np.fromiter(best.values(), dtype=float, count=len(best))
        return np.asarray(np.sqrt(told / tellable * np.asarray(covered) / whole))

    @cached_property
    def _letters(self) -> tuple[Matrix, dict[str, int], Scores]:
        counted = [_grams(text) for text in self.texts]
        vocabulary = _numbered(counted)
        counts = _matrix(counted, vocabulary)
        idf = np.log((1 + len(self.texts)) / (1 + _seen(counts))) + 1
        return _normalised(counts, idf), vocabulary, idf

    @cached_property
    def _words(self) -> tuple[dict[str, int], Matrix, Scores]:
        """Return pivot words by number, their shares in each text, and their rarity."""
        said = zip(self.texts, self.languages, strict=True)
        rows = [_sum(_pivots(self.lexicon, text, language)) for text, language in said]
        vocabulary = _numbered(rows)
        shares = _matrix(rows, vocabulary)
        return vocabulary, shares, _rarity(shares)

    @cached_property
    def _tellable(self) -> tuple[Matrix, Scores]:
        """Return the rarity of each text's words by columns, and its sum for each text."""
        _, shares, idf = self._words
        weighted = shares.minimum(1.0) @ sparse.diags(idf)
        return weighted.tocsc(), np.maximum(np.asarray(weighted.sum(axis=1)).ravel(), 1e-9)


def bm25(texts: Sequence[str], queries: Sequence[str]) -> Scores:
    """Return plain BM25 of words as they are written, shape (queries, texts): the baseline to be beaten."""
    rows = [Counter(word.plain for word in words_in(text)) for text in texts]
    vocabulary = _numbered(rows)
    counts = _matrix(rows, vocabulary)
    asked = _matrix([Counter(word.plain for word in words_in(query)) for query in queries], vocabulary)
    return np.asarray((asked @ _weighed(counts, _rarity(counts)).T).todense(), dtype=np.float64)


def _weighed(counts: Matrix, idf: Scores) -> Matrix:
    """Return the weight of each word in each text by BM25."""
    length = np.asarray(counts.sum(axis=1)).ravel()
    norm = _K1 * (1 - _B + _B * length / max(float(length.mean()), 1e-9))
    entries = counts.tocoo()
    weights = entries.data * (_K1 + 1) / (entries.data + norm[entries.row]) * idf[entries.col]
    return sparse.csr_matrix((weights, (entries.row, entries.col)), shape=counts.shape)


def _rarity(counts: Matrix) -> Scores:
    seen = _seen(counts)
    return np.asarray(np.log1p((counts.shape[0] - seen + 0.5) / (seen + 0.5)))


def standardised(scores: Scores) -> Scores:
    """Return each row with mean 0 and deviation 1; a row of equal scores becomes zeros."""
    spread = scores.std(axis=1, keepdims=True)
    away = scores - scores.mean(axis=1, keepdims=True)
    told_apart = spread > _EQUAL * np.maximum(np.abs(scores).max(axis=1, keepdims=True), _EQUAL)
    return np.asarray(np.divide(away, spread, out=np.zeros_like(scores), where=told_apart))


def _pivots(lexicon: Lexicon, text: str, language: str) -> list[Weights]:
    """Return for each word with a meaning its pivot words and their shares; a loan word counts half."""
    tongue = lexicon.tongue(language)
    readings = [tongue.read(word) for word in words_in(text)]
    if language == "en":
        return [dict(reading.pivots) for reading in readings if reading.same]
    return [_with_loan(dict(reading.pivots), reading.same) for reading in readings if reading.same]


def _with_loan(pivots: dict[str, float], same: str) -> Weights:
    pivots[same] = pivots.get(same, 0.0) + _SAME
    return pivots


def _told(by_word: Matrix, columns: Mapping[int, float]) -> Scores:
    """Return for each text how well it tells one word of a query: by the best of its translations."""
    best = np.zeros(by_word.shape[0])
    for column, share in columns.items():
        first, last = by_word.indptr[column], by_word.indptr[column + 1]
        rows = by_word.indices[first:last]
        best[rows] = np.maximum(best[rows], share * by_word.data[first:last])
    return best


def _sum(words: Iterable[Weights]) -> dict[str, float]:
    total: dict[str, float] = {}
    for word in words:
        for pivot, share in word.items():
            total[pivot] = total.get(pivot, 0.0) + share
    return total


def _grams(text: str) -> Counter[str]:
    plain = f" {_NOT_WORD.sub(' ', latin(text)).strip()} "
    return Counter(plain[at : at + size] for size in _LETTERS for at in range(len(plain) - size + 1))


def _numbered(rows: Iterable[Mapping[str, float]]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(name for row in rows for name in row))}


def _matrix(rows: Sequence[Mapping[str, float]], vocabulary: Mapping[str, int]) -> Matrix:
    row: list[int] = []
    column: list[int] = []
    value: list[float] = []
    for number, counted in enumerate(rows):
        known = [(vocabulary[name], weight) for name, weight in counted.items() if name in vocabulary]
        row += [number] * len(known)
        column += [one for one, _ in known]
        value += [weight for _, weight in known]
    return sparse.csr_matrix(
        (np.array(value, dtype=float), (row, column)), shape=(len(rows), len(vocabulary))
    )


def _seen(counts: Matrix) -> Scores:
    """Return in how many texts each feature is; half a loan word is none."""
    return np.asarray((counts > _SAME / 2).sum(axis=0), dtype=np.float64).ravel()


def _normalised(counts: Matrix, idf: Scores) -> Matrix:
    weighted = counts.copy()
    weighted.data = 1 + np.log(weighted.data)
    weighted = (weighted @ sparse.diags(idf)).tocsr()
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return sparse.diags(1 / np.where(length > 0, length, 1)) @ weighted
