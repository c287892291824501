"""Splits compound words into known ones: Lebensmittelüberschüsse is Lebensmittel and Überschüsse."""

from collections.abc import Callable, Container
from typing import NamedTuple

# What may stand between the parts, by language; languages that do not compound are missing.
_LINKS: dict[str, tuple[str, ...]] = {
    "da": ("", "s", "e"),
    "de": ("", "s", "n", "es", "en", "e", "er", "-"),
    "et": ("", "e", "a", "u", "i"),
    "fi": ("", "n", "s"),
    "hu": ("",),
    "nl": ("", "s", "e", "en", "n"),
    "sv": ("", "s", "e", "o"),
}
_LEAST_PART = 4
_LEAST_SHORT_PART = 3  # next to a part of at least six letters
_LEAST_WHOLE = 8


class Part(NamedTuple):
    """A part of a compound: the known word and where it stands in the compound."""

    word: str
    start: int
    end: int


class Splitter:
    """Splits the compounds of one language.

    Args:
        language: whose linking letters to allow.
        is_word: says whether a word in plain letters is known as it stands.
        is_form: says whether it is an inflected form of a known word; only the last part may be one.
    """

    def __init__(self, language: str, words: Container[str], is_form: Callable[[str], bool]) -> None:
        self._links = _LINKS.get(language, ())
        self._words = words
        self._is_form = is_form

    def split(self, plain: str) -> tuple[Part, ...]:
        """Return two or three known parts that make up the word, () where there are none."""
        if not self._links or len(plain) < _LEAST_WHOLE:
            return ()
        return max(self._ways(plain, 0, parts_left=3), key=_soundness, default=())

    def _ways(self, plain: str, start: int, *, parts_left: int) -> list[tuple[Part, ...]]:
        found: list[tuple[Part, ...]] = []
        rest = plain[start:]
        for size in range(_LEAST_SHORT_PART, len(rest) - _LEAST_SHORT_PART + 1):
            head = self._head(rest[:size], start)
            if head is None:
                continue
            tail = rest[size:]
            if self._is_tail(tail):
                found.append((head, Part(tail, start + size, len(plain))))
            elif parts_left > 2 and len(tail) >= _LEAST_WHOLE:
                found += [(head, *way) for way in self._ways(plain, start + size, parts_left=parts_left - 1)]
        return found

    def _head(self, text: str, start: int) -> Part | None:
        for link in self._links:
            base = text[: len(text) - len(link)] if link and text.endswith(link) else text
            if (not link or base != text) and len(base) >= _LEAST_SHORT_PART and base in self._words:
                return Part(base, start, start + len(base))
        return None

    def _is_tail(self, tail: str) -> bool:
        return tail in self._words or (len(tail) >= _LEAST_PART + 1 and self._is_form(tail))


def _soundness(parts: tuple[Part, ...]) -> tuple[int, int, int]:
    """Prefer no tiny part, then fewer parts, then an even split."""
    shortest = min(len(part.word) for part in parts)
    longest = max(len(part.word) for part in parts)
    tiny = shortest < _LEAST_PART and longest < _LEAST_WHOLE - 2
    return (not tiny, -len(parts), shortest)
