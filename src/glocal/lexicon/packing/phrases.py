"""Finds labels in a text: an inverted index from words to labels, each waiting at its rarest word."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

SLACK = 2  # so many other words may stand among the words of a label; chosen, not measured


class Phrase(NamedTuple):
    """A label as the keys of its words, the number of what it names, and 0 preferred, 1 other, 2 hidden."""

    keys: tuple[str, ...]
    names: int
    rank: int


class Hit(NamedTuple):
    """A label found: what it names, its rank, at which words of the text, and how well (0..1)."""

    names: int
    rank: int
    at: tuple[int, ...]
    score: float


class PhraseIndex:
    """Labels of one language by the keys of their words, packed in arrays."""

    def __init__(self, packed: Mapping[str, Any]) -> None:
        self._key: dict[str, int] = {key: number for number, key in enumerate(packed["keys"])}
        self._starts = array("I", packed["starts"])
        self._words = array("I", packed["words"])
        self._names = array("I", packed["names"])
        self._ranks = array("B", packed["ranks"])
        self._waiting_starts = array("I", packed["waiting_starts"])
        self._waiting = array("I", packed["waiting"])

    def __contains__(self, key: str) -> bool:
        return key in self._key

    def hits(self, readings: Sequence[Mapping[str, float]]) -> Iterator[Hit]:
        """Yield every label all of whose words stand close together in a text.

        Args:
            readings: for each word of the text the keys it may be, with a weight 0..1.
        """
        places = self._places(readings)
        for number, found in places.items():
            for label in self._waiting[self._waiting_starts[number] : self._waiting_starts[number + 1]]:
                yield from self._at(label, found, places)

    def _places(self, readings: Sequence[Mapping[str, float]]) -> dict[int, list[tuple[int, float]]]:
        places: dict[int, list[tuple[int, float]]] = {}
        for at, reading in enumerate(readings):
            for key, weight in reading.items():
                number = self._key.get(key)
                if number is not None:
                    places.setdefault(number, []).append((at, weight))
        return places

    def _at(
        self, label: int, found: list[tuple[int, float]], places: dict[int, list[tuple[int, float]]]
    ) -> Iterator[Hit]:
        first, last = self._starts[label], self._starts[label + 1]
        names, rank = self._names[label], self._ranks[label]
        if last - first == 1:
            yield from (Hit(names, rank, (at,), weight) for at, weight in found)
            return
        words = self._words[first:last]
        if any(word not in places for word in words):
            return
        reach = last - first - 1 + SLACK
        for at, _ in found:
            if hit := _together(words, places, at, reach):
                yield Hit(names, rank, *hit)


def _together(
    words: Sequence[int], places: dict[int, list[tuple[int, float]]], around: int, reach: int
) -> tuple[tuple[int, ...], float] | None:
    """Choose for each word of a label the best place near `around`; None where one is missing."""
    taken: dict[int, float] = {}
    for word in words:
        near = [(weight, -abs(at - around), at) for at, weight in places[word] if abs(at - around) <= reach]
        free = [choice for choice in near if choice[2] not in taken] or near
        if not free:
            return None
        weight, _, at = max(free)
        taken[at] = max(weight, taken.get(at, 0.0))
    ordered = sorted(taken)
    if ordered[-1] - ordered[0] > reach:
        return None
    gaps = max(0, ordered[-1] - ordered[0] + 1 - len(words))
    weight = sum(taken.values()) / len(taken)
    return tuple(ordered), weight * 0.95**gaps


def packed_phrases(phrases: Iterable[Phrase]) -> dict[str, Any]:
    """Pack labels so that they can be stored as one JSON document and loaded in a few milliseconds."""
    rows = list(dict.fromkeys(phrase for phrase in phrases if phrase.keys))
    often = Counter(key for phrase in rows for key in set(phrase.keys))
    keys = {key: number for number, key in enumerate(often)}
    waiting: list[list[int]] = [[] for _ in keys]
    starts, words = [0], []
    for number, phrase in enumerate(rows):
        words += [keys[key] for key in phrase.keys]
        starts.append(len(words))
        waiting[keys[min(phrase.keys, key=lambda key: (often[key], key))]].append(number)
    waiting_starts = [0]
    for labels in waiting:
        waiting_starts.append(waiting_starts[-1] + len(labels))
    return {
        "keys": list(keys),
        "starts": starts,
        "words": words,
        "names": [phrase.names for phrase in rows],
        "ranks": [phrase.rank for phrase in rows],
        "waiting_starts": waiting_starts,
        "waiting": [label for labels in waiting for label in labels],
    }
