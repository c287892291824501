"""Why organisations answer a text although it is in other words: the pivot words they have in common."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glocal.atlas.columns import index_words
from glocal.atlas.keys import Ints, Places
from glocal.atlas.layers import NO_PLACES, without
from glocal.atlas.postings import MARK, PIVOT, Postings
from glocal.atlas.segment import Segment
from glocal.atlas.selections import rows_for_filter, saying, span_of
from glocal.atlas.types import Filter, Meaning, Reason
from glocal.atlas.views import View


def reasons_of(views: Sequence[View], ids: Sequence[int], only: Filter) -> list[tuple[Reason, ...]]:
    """Return for each organisation its words that mean words of the text; () where it has the text's own."""
    found: list[tuple[Reason, ...]] = [()] * len(ids)
    if not only.meanings:
        return found
    wanted = np.array(ids, dtype=np.int64)
    for view in views:
        rows = _rows(view, wanted)
        here = np.flatnonzero(rows >= 0)
        if len(here):
            for number, reasons in zip(here.tolist(), _reasons(view.segment, rows[here], only), strict=True):
                found[number] = reasons
    return found


def _rows(view: View, ids: Ints) -> Places:
    """Return the row of each organisation, -1 where a view does not show it."""
    segment = view.segment
    if not segment.size:
        return np.full(len(ids), -1, dtype=np.int32)
    place = np.minimum(segment.ids_sorted.searchsorted(ids), segment.size - 1)
    rows = np.where(segment.ids_sorted[place] == ids, segment.ids_rows[place], -1)
    return np.where(np.isin(rows, view.hidden), -1, rows).astype(np.int32)


def _reasons(segment: Segment, rows: Places, only: Filter) -> list[tuple[Reason, ...]]:
    own, words = rows_for_filter(segment, Filter(text=only.text)), index_words(only.text)
    found: dict[int, dict[Reason, None]] = {row: {} for row in rows.tolist()}
    strange = NO_PLACES if own is None else np.sort(without(rows, own))
    for meaning in only.meanings if len(strange) else ():
        others = without(strange, saying(segment, meaning, words, "rows"))
        for row, word in _meant_by(segment, meaning, others).items():
            found[row][Reason(word, meaning.said)] = None
    return [tuple(found[row]) for row in rows.tolist()]


def _meant_by(segment: Segment, meaning: Meaning, rows: NDArray[np.integer]) -> dict[int, str]:
    """Return for rows that mean a word with which words they do: those of the first group they have whole."""
    postings = segment.facets.get(PIVOT)
    found: dict[int, str] = {}
    if postings is None or not len(rows):
        return found
    for group in meaning.pivots:
        words = [_written(postings, span_of(postings, pivot), rows) for pivot in group]
        for row in set(words[0]).intersection(*words[1:]) - found.keys():
            found[row] = " ".join(dict.fromkeys(of_pivot[row] for of_pivot in words))
    return found


def _written(postings: Postings, span: tuple[int, int], rows: NDArray[np.integer]) -> dict[int, str]:
    """Return for those of the rows (sorted) that have a pivot word the word that means it."""
    first, behind = span
    starts = postings.rows.starts[first : behind + 1]
    run = postings.rows.run(first, behind)
    places = np.flatnonzero(rows[np.minimum(rows.searchsorted(run), len(rows) - 1)] == run)
    values = first + np.searchsorted(starts, places + starts[0], side="right") - 1
    return {
        row: postings.values[value].decode().partition(MARK)[2]
        for row, value in zip(run[places].tolist(), values.tolist(), strict=True)
    }
