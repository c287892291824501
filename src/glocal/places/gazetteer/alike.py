"""Finds names that look like a badly spelt one: the same beginning and most letters in common."""

from difflib import SequenceMatcher
from typing import Final

import numpy as np
import numpy.typing as npt

from glocal.places.gazetteer.names import CODE, key_of
from glocal.places.gazetteer.search import Hit, Wish
from glocal.places.gazetteer.store import Gazetteer

_SAME_LETTERS: Final = 2  # at the beginning; few people get the first two wrong
_LONGER_OR_SHORTER: Final = 2
_MOST_COMPARED: Final = 1_500  # the largest towns among them: some 20 milliseconds
_ALIKE: Final = 0.8  # share of letters in common, 0..1; judged, not measured
_SHORTEST, _LONGEST = 4, 40


def alike_hits(gazetteer: Gazetteer, wish: Wish) -> list[Hit]:
    """Towns one of whose names looks like the text, the most alike first; at most 50 milliseconds."""
    key = key_of(wish.name)
    if not _SHORTEST <= len(key) <= _LONGEST:
        return []
    matcher = SequenceMatcher(b=key, autojunk=False)
    scored: list[tuple[float, int, int]] = []
    for entry in _compared(gazetteer, key, wish.country).tolist():
        matcher.set_seq1(gazetteer.keys.text(entry))
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= _ALIKE:
            ratio = matcher.ratio()
            if ratio >= _ALIKE:
                town = int(gazetteer.entry_town[entry])
                scored.append((-round(ratio, 2), -int(gazetteer.population[town]), entry))
    hits: dict[int, Hit] = {}
    for _ratio, _population, entry in sorted(scored):
        town = int(gazetteer.entry_town[entry])
        hits.setdefault(town, Hit(town, entry))
    return list(hits.values())[: wish.limit]


def _compared(gazetteer: Gazetteer, key: str, country: str) -> npt.NDArray[np.int64]:
    span = gazetteer.entries_from(key[:_SAME_LETTERS])
    rows: npt.NDArray[np.int64] = np.arange(span.start, span.stop, dtype=np.int64)
    longer = gazetteer.keys.lengths(span) - len(key.encode())
    rows = rows[(np.abs(longer) <= _LONGER_OR_SHORTER) & (gazetteer.entry_tier[rows] != CODE)]
    if country:
        if country not in gazetteer.countries:
            return np.empty(0, dtype=np.int64)
        rows = rows[gazetteer.country[gazetteer.entry_town[rows]] == gazetteer.countries.index(country)]
    people = gazetteer.population[gazetteer.entry_town[rows]]
    largest: npt.NDArray[np.int64] = rows[np.argsort(-people, kind="stable")[:_MOST_COMPARED]]
    return largest
