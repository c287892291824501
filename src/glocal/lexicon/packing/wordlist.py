"""Many words and numbers in little memory, and as text that can stand in a JSON document."""

from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from typing import Literal

import marisa_trie


class WordList:
    """A set of words, each with a number from 0; a tenth of the memory of a dictionary."""

    def __init__(self, packed: str) -> None:
        self._trie = marisa_trie.Trie().frombytes(b64decode(packed))

    def __len__(self) -> int:
        return len(self._trie)

    def __contains__(self, word: object) -> bool:
        return word in self._trie

    def __iter__(self) -> Iterator[str]:
        """Yield the words in the order of their numbers."""
        return (self._trie.restore_key(number) for number in range(len(self._trie)))

    def number(self, word: str) -> int | None:
        """Return the number of a word, None where it is not one of them."""
        number: int | None = self._trie.get(word)
        return number

    def word(self, number: int) -> str:
        """Return the word of a number."""
        word: str = self._trie.restore_key(number)
        return word

    def beginning(self, prefix: str) -> list[str]:
        """Return every word that begins so."""
        found: list[str] = self._trie.keys(prefix)
        return found


def packed_words(words: Iterable[str]) -> str:
    """Pack words so that they can stand in a JSON document; the same words always give the same numbers."""
    return b64encode(marisa_trie.Trie(sorted(set(words))).tobytes()).decode("ascii")


Kind = Literal["I", "H", "B"]  # numbers below 2^32, below 65,536, below 256


def packed_numbers(kind: Kind, numbers: Iterable[int]) -> str:
    """Pack small numbers; OverflowError where one is too large for its kind."""
    return b64encode(array(kind, numbers).tobytes()).decode("ascii")


def unpacked_numbers(kind: Kind, packed: str) -> "array[int]":
    """Return numbers that were packed as this kind."""
    return array(kind, b64decode(packed))
