"""One facet: its values in order, and for each value the organisations and the points that have it."""

from dataclasses import dataclass

import numpy as np

from glocal.atlas.keys import Ints, Places
from glocal.atlas.layers import NO_PLACES
from glocal.atlas.texts import Texts
from glocal.core.language import fold

WORD = "word"
PIVOT = "pivot"  # its values are a pivot word, this mark, and the word that means it
MARK = "\x1f"
MAX_WORD_CHARS = 64


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """For each value a run of sorted numbers, one run behind the other."""

    numbers: Places
    starts: Ints

    def run(self, first: int, behind: int) -> Places:
        """Return the numbers of one value sorted; of several, value after value."""
        return self.numbers[self.starts[first] : self.starts[behind]]


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """A facet; values are ordered by their folded form, then as they are written."""

    values: Texts
    folded: Texts
    rows: Runs
    points: Runs

    def find(self, value: str) -> int | None:
        """Return the number of a value, None when nobody has it."""
        written, place = value.encode(), self.folded.place(fold(value).encode())
        while place < len(self.values) and self.folded[place] == fold(value).encode():
            if self.values[place] == written:
                return place
            place += 1
        return None

    def beginning_with(self, prefix: str) -> tuple[int, int]:
        """Return the range of values whose folded form begins with the folded prefix."""
        return self.folded.beginning_with(fold(prefix).encode())

    def counts(self, first: int, behind: int, hidden: Places) -> Ints:
        """Count the organisations of each value in a range, leaving out hidden rows (sorted)."""
        starts = self.rows.starts[first : behind + 1]
        counts = np.diff(starts)
        if not len(hidden) or first >= behind:
            return counts
        members = self.rows.run(first, behind)
        place = np.minimum(hidden.searchsorted(members), len(hidden) - 1)
        owner = (
            np.searchsorted(starts, np.flatnonzero(hidden[place] == members) + starts[0], side="right") - 1
        )
        return counts - np.bincount(owner, minlength=len(counts))


def union(parts: list[Places], size: int) -> Places:
    """Return every number that occurs in one of the parts, sorted; numbers are below `size`."""
    useful = [part for part in parts if len(part)]
    if not useful:
        return NO_PLACES
    if sum(map(len, useful)) < size // 64:
        return np.unique(np.concatenate(useful))
    mask = np.zeros(size, dtype=np.bool_)
    for part in useful:
        mask[part] = True
    return np.flatnonzero(mask).astype(np.int32)


def intersection(few: Places, many: Places, size: int) -> Places:
    """Return the numbers in both; both sorted, below `size`, the first not longer than the second."""
    if not len(few):
        return NO_PLACES
    if len(few) * 20 < len(many) or size < 4096:
        place = np.minimum(many.searchsorted(few), len(many) - 1)
        both: Places = few[many[place] == few]
        return both
    mask = np.zeros(size, dtype=np.bool_)
    mask[many] = True
    return few[mask[few]]
