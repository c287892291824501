"""After any changes, the answer is that of an atlas built anew."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.atlas import delta
from glocal.atlas.tests.making import (
    atlas_of,
    boxes,
    careful,
    entries_with,
    entry,
    filters,
    ids,
    many_entries,
    places,
)
from glocal.atlas.types import Entry, Filter
from glocal.core.geo import Box, GeoPoint, Km

pytestmark = pytest.mark.usefixtures("both_ways")

changes = st.lists(
    st.tuples(st.lists(entries_with(ids), max_size=8), st.lists(ids, max_size=4)), min_size=1, max_size=5
)


@careful
@given(
    entries=many_entries,
    after=changes,
    place=places,
    box=boxes(),
    only=filters,
    recent=st.sampled_from([0, 5, 512]),
)
def test_changes_answer_like_a_new_build(
    entries: list[Entry],
    after: list[tuple[list[Entry], list[int]]],
    place: GeoPoint,
    box: Box,
    only: Filter,
    recent: int,
) -> None:
    atlas, present = atlas_of(entries), {one.organisation_id: one for one in entries}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delta, "_RECENT", recent)
        for number, (changed, removed) in enumerate(after):
            atlas = atlas.with_changes(changed, removed, number)
            present |= {one.organisation_id: one for one in changed}
            for gone in removed:
                present.pop(gone, None)
    anew = atlas_of(present.values())
    assert atlas.change_no == len(after) - 1
    assert atlas.organisation_count == anew.organisation_count
    assert atlas.point_count == anew.point_count
    assert atlas.nearest(place, k=12, only=only) == anew.nearest(place, k=12, only=only)
    assert atlas.count_within(place, Km(900), only) == anew.count_within(place, Km(900), only)
    assert atlas.in_box(box, k=12, only=only) == anew.in_box(box, k=12, only=only)
    assert atlas.count_in_box(box, only) == anew.count_in_box(box, only)
    assert atlas.count(only) == anew.count(only)
    for skip in (0, 3, 25):
        assert atlas.listing(k=7, skip=skip, only=only) == anew.listing(k=7, skip=skip, only=only)
    assert atlas.values("topic", limit=3) == anew.values("topic", limit=3)
    assert atlas.names_like("co", limit=6) == anew.names_like("co", limit=6)
    for most in (1, 10, 200):
        assert atlas.viewport(box, only=only, max_markers=most) == anew.viewport(
            box, only=only, max_markers=most
        )
    for one in (1, 2, 3, 0):
        assert atlas.get(one) == anew.get(one)


def test_the_atlas_before_a_change_stays_as_it_was() -> None:
    before = atlas_of([entry(1, (45.0, 9.0)), entry(2, (45.1, 9.0))])
    after = before.with_changes([entry(1, (0.0, 0.0))], [2], 7)
    assert [hit.organisation_id for hit in before.nearest(GeoPoint(45, 9), k=5)] == [1, 2]
    assert [(hit.organisation_id, hit.lat) for hit in after.nearest(GeoPoint(45, 9), k=5)] == [(1, 0.0)]
    assert (before.change_no, after.change_no) == (0, 7)


def test_a_change_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="not on the Earth"):
        atlas_of([]).with_changes([entry(1, (91.0, 0.0))], [], 1)
    with pytest.raises(ValueError, match="tone 9"):
        atlas_of([]).with_changes([entry(1, (9.0, 0.0), tone=9)], [], 1)


def test_many_threads_ask_while_one_changes() -> None:
    atlas = atlas_of(entry(number, (45 + number / 1000, 9.0)) for number in range(200))
    only = Filter(facets=(("kind", ("association",)),))

    def ask(number: int) -> int:
        nonlocal atlas
        if number % 10 == 0:
            atlas = atlas.with_changes([entry(number, (50.0, 9.0))], [], number)
        return len(atlas.nearest(GeoPoint(45, 9), k=200, only=only))

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(200))) == {200}
