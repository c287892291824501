"""Texts sort like bytes do, rows and cells agree with plain arithmetic."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from glocal.atlas.cache import Cache
from glocal.atlas.pyramid import LEVELS, Cells, cells_over, pile_of
from glocal.atlas.tests.making import atlas_of, boxes, careful, many_entries
from glocal.atlas.texts import packed, sorted_order
from glocal.atlas.types import Entry
from glocal.core.geo import Box

texts = st.lists(st.text(st.sampled_from("abcdéñ "), max_size=30).map(str.encode), max_size=40)


@careful
@given(texts, st.randoms(use_true_random=False))
def test_texts_are_ordered_by_bytes_then_by_ties(given_texts: list[bytes], chance: object) -> None:
    ties = np.array([(number * 7919) % 101 - 50 for number in range(len(given_texts))], dtype=np.int64)
    order = sorted_order(packed(given_texts), ties).tolist()
    keys = [(given_texts[number], ties[number]) for number in order]
    assert keys == sorted(keys)
    assert sorted(order) == list(range(len(given_texts)))


@careful
@given(many_entries, st.integers(0, LEVELS))
def test_at_every_level_the_cells_sum_to_all_points(entries: list[Entry], level: int) -> None:
    segment = atlas_of(entries)._views[0].segment
    pile = pile_of(segment, np.arange(segment.points, dtype=np.int32), segment.tones[segment.point_rows])
    numbers = np.unique(pile.keys >> (2 * (LEVELS - level)))
    totals = pile.totals(pile.stretches(Cells(level, numbers, numbers[:0], numbers)))
    assert int(totals[:, :5].sum()) == segment.points
    assert int(totals[:, 5].sum()) == int(np.rint(segment.lat * 1e7).sum())


@careful
@given(boxes(), st.integers(1, 300))
def test_cells_over_a_box_are_never_too_many_and_as_deep_as_can_be(box: Box, most: int) -> None:
    cells = cells_over(box, most)
    assert 1 <= len(cells.numbers) <= most
    assert len(np.unique(cells.numbers)) == len(cells.numbers)


def test_the_cache_forgets_what_was_asked_longest_ago() -> None:
    cache = Cache(limit_bytes=100)
    made: list[str] = []

    def make(name: str) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
        def inner() -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
            made.append(name)
            return np.zeros(40, dtype=np.uint8)

        return cache.get_or_make(name, inner)

    for name in ("a", "b", "a", "c", "a", "b"):
        make(name)
    assert made == ["a", "b", "c", "b"]
