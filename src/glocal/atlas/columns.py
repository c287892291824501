"""Organisations as columns: what an index is built from, gathered from entries or made by a benchmark."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from glocal.atlas.keys import Floats, Ints, Places
from glocal.atlas.postings import MARK, MAX_WORD_CHARS, PIVOT, WORD
from glocal.atlas.texts import Texts, packed
from glocal.atlas.types import TONES, Entry
from glocal.core.language import words_of


@dataclass(frozen=True, slots=True, eq=False)
class FacetColumn:
    """Pairs of a value and an owner, each pair once.

    Args:
        values: the values, each once, in any order.
        codes: number of the value of each pair.
        owners: number of the organisation of each pair.
    """

    values: list[str]
    codes: Places
    owners: Places


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Organisations numbered 0..m-1 in any order, and their points.

    Args:
        card_starts: where each card begins in the bytes of all cards, which are kept apart.
        point_owners: number of the organisation of each point, an organisation's points in its own order.
    """

    ids: Ints
    tones: NDArray[np.uint8]
    names: Texts
    card_starts: Ints
    card_sizes: Ints
    point_owners: Places
    lat: Floats
    lon: Floats
    facets: Mapping[str, FacetColumn]

    def require_sound(self) -> None:
        """Refuse what no atlas can hold.

        Raises:
            ValueError: an id twice, a tone outside 0..4, or a point off the Earth.
        """
        ordered = np.sort(self.ids)
        twice = ordered[1:][ordered[1:] == ordered[:-1]]
        if len(twice):
            raise ValueError(f"organisation {twice[0]} is given twice")
        if len(self.tones) and self.tones.max() >= TONES:
            raise ValueError(f"tone {self.tones.max()} is outside 0..{TONES - 1}")
        wrong = ~((np.abs(self.lat) <= 90) & (np.abs(self.lon) <= 180))
        if wrong.any():
            first = int(np.flatnonzero(wrong)[0])
            raise ValueError(f"point {self.lat[first]}, {self.lon[first]} is not on the Earth")


class _Pairs:
    """The pairs of one facet while they are gathered."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._codes = array("i")
        self._owners = array("i")

    def add(self, owner: int, values: Iterable[str]) -> None:
        """Note that an organisation has these values."""
        numbers = self._numbers
        for value in values:
            self._codes.append(numbers.setdefault(value, len(numbers)))
            self._owners.append(owner)

    def column(self) -> FacetColumn:
        """Return what was gathered."""
        return FacetColumn(
            list(self._numbers), np.array(self._codes, dtype=np.int32), np.array(self._owners, dtype=np.int32)
        )


def index_words(text: str) -> list[str]:
    """Return the words of a text as they are indexed: folded, and cut where nobody reads on."""
    return [word[:MAX_WORD_CHARS] for word in words_of(text)]


def _meant(pivot: str, word: str) -> str:
    return f"{pivot[:MAX_WORD_CHARS]}{MARK}{word[:MAX_WORD_CHARS]}"


def gather(entries: Iterable[Entry], cards: BinaryIO) -> Columns:
    """Stream entries into columns; their cards go straight to the file.

    Takes about 100 bytes of memory per organisation plus 8 per word and facet value, and 15 microseconds.

    Raises:
        ValueError: an id twice, a tone outside 0..4, or a point off the Earth.
    """
    ids, sizes, owners = array("q"), array("q"), array("i")
    tones, coordinates = array("B"), array("d")
    names: list[bytes] = []
    pairs: dict[str, _Pairs] = {WORD: _Pairs(), PIVOT: _Pairs()}
    for owner, entry in enumerate(entries):
        ids.append(entry.organisation_id)
        tones.append(entry.tone)
        names.append(entry.sort_name.replace("\0", " ").encode())
        sizes.append(cards.write(entry.card))
        for point in entry.points:
            owners.append(owner)
            coordinates.extend(point)
        pairs[WORD].add(owner, {*index_words(entry.words), *entry.facets.get(WORD, ())})
        pairs[PIVOT].add(owner, {_meant(*meaning) for meaning in entry.meanings})
        for name, values in entry.facets.items():
            if name != WORD:
                pairs.setdefault(name, _Pairs()).add(owner, set(values))
    card_sizes = np.array(sizes, dtype=np.int64)
    degrees = np.array(coordinates, dtype=np.float64).reshape(-1, 2)
    columns = Columns(
        ids=np.array(ids, dtype=np.int64),
        tones=np.array(tones, dtype=np.uint8),
        names=packed(names),
        card_starts=np.cumsum(card_sizes) - card_sizes,
        card_sizes=card_sizes,
        point_owners=np.array(owners, dtype=np.int32),
        lat=np.ascontiguousarray(degrees[:, 0]),
        lon=np.ascontiguousarray(degrees[:, 1]),
        facets={name: gathered.column() for name, gathered in pairs.items()},
    )
    columns.require_sound()
    return columns
