"""Finds the known word one letter away from a misspelt one."""

from collections.abc import Iterable

import marisa_trie
from rapidfuzz.distance import OSA

LEAST_LETTERS = 6  # shorter words have too many neighbours


class Speller:
    """Known words in plain letters, to be found by their beginnings and by their ends.

    One edit leaves either the first or the second half of a word whole: two look-ups find every candidate.
    """

    def __init__(self, words: Iterable[str]) -> None:
        long = sorted(word for word in words if len(word) >= LEAST_LETTERS)
        self._forward = marisa_trie.Trie(long)
        self._backward = marisa_trie.Trie([word[::-1] for word in long])

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

    def _candidates(self, plain: str) -> list[str]:
        """Return known words that share a little less than one half; an edit may stand in the middle."""
        half = len(plain) // 2 - 1
        found: list[str] = self._forward.keys(plain[:half])
        return [*found, *(word[::-1] for word in self._backward.keys(plain[::-1][:half]))]
