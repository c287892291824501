"""Learns from pairs of labels which word of one language is which of another: IBM Model 1."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ROUNDS = 6
LEAST = 0.02  # weaker translations are noise


class Pair(NamedTuple):
    """Two labels of one thing as words, and how much the pair counts."""

    words: Sequence[str]
    pivots: Sequence[str]
    weight: float = 1.0


class Learnt(NamedTuple):
    """The translation `pivots[pivot[i]]` of `words[word[i]]` has probability `share[i]`; sorted by word."""

    words: list[str]
    pivots: list[str]
    word: NDArray[np.int64]
    pivot: NDArray[np.int64]
    share: NDArray[np.float64]


def learn(pairs: Iterable[Pair], *, rounds: int = ROUNDS, least: float = LEAST) -> Learnt:
    """Learn t(pivot word | word) by expectation-maximisation; deterministic.

    Brown, Della Pietra, Della Pietra and Mercer 1993, “The mathematics of statistical machine translation”,
    model 1, without the empty word. One second for 20,000 pairs.

    >>> both = learn([Pair(["la", "casa"], ["the", "house"]), Pair(["la"], ["the"])])
    >>> rows = zip(both.word, both.pivot, both.share)
    >>> {both.words[word]: both.pivots[pivot] for word, pivot, share in rows if share > 0.5}["casa"]
    'house'
    """
    words: dict[str, int] = {}
    pivots: dict[str, int] = {}
    word, pivot, slot, weight = _together(pairs, words, pivots)
    if not len(word):
        return Learnt([], [], word, pivot, np.zeros(0))
    codes, which = np.unique(word * len(pivots) + pivot, return_inverse=True)
    of_word, of_pivot = codes // len(pivots), codes % len(pivots)
    share = np.ones(len(codes))
    slots = int(slot[-1]) + 1
    for _ in range(rounds):
        chance = share[which]
        each = np.bincount(slot, chance, minlength=slots)
        counted = np.bincount(which, weight * chance / each[slot], minlength=len(codes))
        share = counted / np.bincount(of_word, counted, minlength=len(words))[of_word]
    kept = share >= least
    return Learnt(list(words), list(pivots), of_word[kept], of_pivot[kept], share[kept])


def _together(
    pairs: Iterable[Pair], words: dict[str, int], pivots: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Number every word and list which stand together; a slot is one pivot word of one pair."""
    word: list[int] = []
    pivot: list[int] = []
    slot: list[int] = []
    weight: list[float] = []
    slots = 0
    for pair in pairs:
        if not pair.words or not pair.pivots:
            continue
        numbers = [words.setdefault(said, len(words)) for said in pair.words]
        for said in pair.pivots:
            word += numbers
            pivot += [pivots.setdefault(said, len(pivots))] * len(numbers)
            slot += [slots] * len(numbers)
            weight += [pair.weight] * len(numbers)
            slots += 1
    as_numbers = (np.array(column, dtype=np.int64) for column in (word, pivot, slot))
    return (*as_numbers, np.array(weight))  # type: ignore[return-value]  # three arrays of int64, one of floats
