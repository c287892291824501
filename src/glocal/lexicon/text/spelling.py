"""Finds the known word one letter away from a misspelt one."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

LEAST_LETTERS = 6  # shorter words have too many neighbours


class Speller:
    """Known words in plain letters, sorted by their beginnings and by their ends.

    One edit leaves either the first or the second half of a word whole: two look-ups find every candidate.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._forward = sorted({word for word in words if len(word) >= LEAST_LETTERS})
        self._backward = sorted(word[::-1] for word in self._forward)

    def meant(self, plain: str) -> str:
        """Return the known word one insertion, deletion, change or swap away, "" where there is none.

        >>> Speller(["kitchen", "chicken"]).meant("kitchn")
        'kitchen'
        """
        if len(plain) < LEAST_LETTERS:
            return ""
        near = {word for word in self._candidates(plain) if OSA.distance(plain, word, score_cutoff=1) <= 1}
        return min(
            near, key=lambda word: (word[0] != plain[0], abs(len(word) - len(plain)), word), default=""
        )

    def _candidates(self, plain: str) -> set[str]:
        size = len(plain)
        halves = {(size - 1) // 2, size // 2, (size + 1) // 2}
        backward = plain[::-1]
        found = {word for half in halves for word in _beginning(self._forward, plain[:half])}
        for half in {size - half for half in halves} | {size - half - 1 for half in halves}:
            found.update(word[::-1] for word in _beginning(self._backward, backward[: max(half - 1, 2)]))
        return found


def _beginning(words: Sequence[str], prefix: str) -> Sequence[str]:
    first = bisect_left(words, prefix)
    return words[first : bisect_right(words, prefix, lo=first, key=lambda word: word[: len(prefix)])]
