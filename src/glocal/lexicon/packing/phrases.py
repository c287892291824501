"""Finds labels in a text: an inverted index from words to labels, each waiting at its rarest word."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from glocal.lexicon.packing.wordlist import WordList, packed_numbers, packed_words, unpacked_numbers

SLACK = 2  # so many other words may stand among the words of a label; chosen, not measured


Places = list[tuple[int, float]]  # where in a text a key is, and how surely
Weighted = Sequence[tuple[str, float]]  # keys a word may be, each with a weight 0..1


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
        self._keys = WordList(packed["keys"])
        self._starts = unpacked_numbers("I", packed["starts"])
        self._words = unpacked_numbers("I", packed["words"])
        self._names = unpacked_numbers("I", packed["names"])
        self._ranks = unpacked_numbers("B", packed["ranks"])
        self._waiting_starts = unpacked_numbers("I", packed["waiting_starts"])
        self._waiting = unpacked_numbers("I", packed["waiting"])

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def hits(self, readings: Sequence[Weighted], compounds: Collection[int] = ()) -> Iterator[Hit]:
        """Yield every label all of whose words stand close together in a text.

        Args:
            readings: for each word of the text the keys it may be, with a weight 0..1.
            compounds: the words that may stand for several words of a label.
        """
        places = self._places(readings)
        starts, words = self._starts, self._words
        for number, found in places.items():
            for label in self._waiting[self._waiting_starts[number] : self._waiting_starts[number + 1]]:
                needed = words[starts[label] : starts[label + 1]]
                for word in needed:  # most labels end here: this loop is what annotating costs
                    if word not in places:
                        break
                else:
                    yield from self._close(label, found, [places[word] for word in needed], compounds)

    def _places(self, readings: Sequence[Weighted]) -> dict[int, Places]:
        places: dict[int, Places] = {}
        for at, reading in enumerate(readings):
            for key, weight in reading:
                number = self._keys.number(key)
                if number is not None:
                    places.setdefault(number, []).append((at, weight))
        return places

    def _close(
        self, label: int, found: Places, needed: Sequence[Places], compounds: Collection[int]
    ) -> Iterator[Hit]:
        """Yield a label wherever its words, all of them somewhere in the text, stand close together."""
        names, rank = self._names[label], self._ranks[label]
        if len(needed) == 1:
            yield from (Hit(names, rank, (at,), weight) for at, weight in found)
            return
        reach = len(needed) - 1 + SLACK
        for at, _ in found:
            if hit := _together(needed, at, reach, compounds):
                yield Hit(names, rank, *hit)


def _together(
    found: Sequence[Places], around: int, reach: int, compounds: Collection[int]
) -> tuple[tuple[int, ...], float] | None:
    """Choose for each word of a label the best place near `around`; None where one is missing."""
    taken: dict[int, float] = {}
    for places in found:
        near = [(weight, -abs(at - around), at) for at, weight in places if abs(at - around) <= reach]
        free = [choice for choice in near if choice[2] not in taken or choice[2] in compounds]
        if not free:
            return None
        weight, _, at = max(free, key=lambda choice: (choice[2] not in taken, *choice))
        taken[at] = max(weight, taken.get(at, 0.0))
    ordered = sorted(taken)
    if ordered[-1] - ordered[0] > reach:
        return None
    gaps = max(0, ordered[-1] - ordered[0] + 1 - len(found))
    weight = sum(taken.values()) / len(taken)
    return tuple(ordered), weight * 0.95**gaps


def packed_phrases(phrases: Iterable[Phrase]) -> dict[str, Any]:
    """Pack labels so that they can be stored as one JSON document and loaded in a few milliseconds."""
    rows = list(dict.fromkeys(phrase for phrase in phrases if phrase.keys))
    often = Counter(key for phrase in rows for key in set(phrase.keys))
    packed = packed_words(often)
    keys = {key: number for number, key in enumerate(WordList(packed))}
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
        "keys": packed,
        "starts": packed_numbers("I", starts),
        "words": packed_numbers("I", words),
        "names": packed_numbers("I", [phrase.names for phrase in rows]),
        "ranks": packed_numbers("B", [phrase.rank for phrase in rows]),
        "waiting_starts": packed_numbers("I", waiting_starts),
        "waiting": packed_numbers("I", [label for labels in waiting for label in labels]),
    }
