"""Whatever is asked, the answer is that of looking at everybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.atlas.tests.making import atlas_of, boxes, careful, entry, filters, many_entries, places
from glocal.atlas.tests.plain import PlainAtlas, in_box
from glocal.atlas.types import Entry, Filter, Hit
from glocal.core.geo import Box, GeoPoint, Km

pytestmark = pytest.mark.usefixtures("both_ways")

FAR_SIDE_KM = 2e-3  # near the antipode rounding is worth metres, in both formulas
radii = st.sampled_from([0.0, 0.05, 1.0, 150.0, 5000.0, 12000.0, 20038.0]) | st.floats(0, 20100)


def near(one: float, other: float) -> bool:
    return abs(one - other) < (FAR_SIDE_KM if other > 19000 else 1e-6)


def require_same(hits: list[Hit], distances: dict[int, float], k: int) -> None:
    """Same length, the k smallest distances, in order, nobody twice; equals by id."""
    assert len(hits) == min(k, len(distances))
    assert len({hit.organisation_id for hit in hits}) == len(hits)
    for hit, expected in zip(hits, sorted(distances.values()), strict=False):
        assert near(hit.distance_km, expected)
        assert near(hit.distance_km, distances[hit.organisation_id])
    assert hits == sorted(hits, key=lambda hit: hit.distance_km)


@careful
@given(entries=many_entries, place=places, k=st.integers(1, 70), only=filters)
def test_the_nearest_are_the_nearest(entries: list[Entry], place: GeoPoint, k: int, only: Filter) -> None:
    hits = atlas_of(entries).nearest(place, k=k, only=only)
    require_same(hits, PlainAtlas(tuple(entries)).distances(place, only), k)


@careful
@given(entries=many_entries, place=places, k=st.integers(1, 20), skip=st.integers(0, 30))
def test_pages_joined_are_the_whole(entries: list[Entry], place: GeoPoint, k: int, skip: int) -> None:
    atlas = atlas_of(entries)
    assert atlas.nearest(place, k=k, skip=skip) == atlas.nearest(place, k=k + skip)[skip:]


@careful
@given(entries=many_entries, place=places, radius=radii, only=filters)
def test_a_count_within_a_radius_agrees(
    entries: list[Entry], place: GeoPoint, radius: float, only: Filter
) -> None:
    atlas, found = atlas_of(entries), PlainAtlas(tuple(entries)).distances(place, only)
    on_the_edge = sum(near(one, radius) for one in found.values())
    inside = sum(one <= radius for one in found.values())
    count = atlas.count_within(place, Km(radius), only)
    assert abs(count - inside) <= on_the_edge
    assert len(atlas.nearest(place, k=1000, within=Km(radius), only=only)) == count


@careful
@given(entries=many_entries, box=boxes(), k=st.integers(1, 70), only=filters)
def test_a_box_holds_what_lies_in_it(entries: list[Entry], box: Box, k: int, only: Filter) -> None:
    atlas = atlas_of(entries)
    found = PlainAtlas(tuple(entries)).distances(box.centre, only, box)
    assert atlas.count_in_box(box, only) == len(found)
    require_same(atlas.in_box(box, k=k, only=only), found, k)


@careful
@given(
    entries=many_entries, only=filters, skip=st.integers(0, 40), prefix=st.sampled_from(["", "fo", "É", "x"])
)
def test_lists_counts_and_values_agree(entries: list[Entry], only: Filter, skip: int, prefix: str) -> None:
    atlas, plain = atlas_of(entries), PlainAtlas(tuple(entries))
    names = plain.names(only)
    assert atlas.count(only) == len(names)
    assert [one.organisation_id for one in atlas.listing(k=10, skip=skip, only=only)] == names[
        skip : skip + 10
    ]
    assert atlas.values("topic", prefix=prefix, limit=2) == plain.values("topic", prefix)[:2]
    assert atlas.values("colour") == []


@careful
@given(entries=many_entries, box=boxes(), only=filters, most=st.integers(1, 50))
def test_markers_are_few_and_miss_nobody(entries: list[Entry], box: Box, only: Filter, most: int) -> None:
    markers = atlas_of(entries).viewport(box, only=only, max_markers=most)
    inside = [site for _, site in PlainAtlas(tuple(entries)).sites(only) if in_box(site, box)]
    assert len(markers) <= most
    assert all(sum(marker.tones) == marker.count for marker in markers)
    assert sum(marker.count for marker in markers) >= len(inside)
    assert all((marker.card is not None) == (marker.count == 1) for marker in markers)
    if len(inside) <= most:
        assert sum(marker.count for marker in markers) == len(inside)
        assert {(marker.lat, marker.lon) for marker in markers} == set(inside)


@careful
@given(entries=many_entries, only=filters, most=st.integers(1, 300))
def test_the_whole_earth_counts_everybody_once(entries: list[Entry], only: Filter, most: int) -> None:
    markers = atlas_of(entries).viewport(Box(-180, -90, 180, 90), only=only, max_markers=most)
    assert sum(marker.count for marker in markers) == len(PlainAtlas(tuple(entries)).sites(only))


def test_equally_near_ones_come_by_id() -> None:
    atlas = atlas_of(entry(number, (45.0, 9.0)) for number in (5, -3, 4, 1))
    assert [hit.organisation_id for hit in atlas.nearest(GeoPoint(45.1, 9), k=3)] == [-3, 1, 4]


def test_both_sides_of_the_antimeridian_are_neighbours() -> None:
    atlas = atlas_of([entry(1, (0.0, 179.99)), entry(2, (0.0, -179.98)), entry(3, (0.0, 170.0))])
    hits = atlas.nearest(GeoPoint(0, 180), k=2)
    assert [hit.organisation_id for hit in hits] == [1, 2]
    assert hits[1].distance_km == pytest.approx(2.2239, abs=1e-3)  # 0.02 degrees of the equator
    assert atlas.count_in_box(Box(179, -1, -179, 1)) == 2


@pytest.mark.parametrize(
    "box", [Box(180, 0, 180, 1), Box(179, 0, 180, 1), Box(-180, 0, -179, 1), Box(179, 0, -180, 1)]
)
@pytest.mark.parametrize("most", [1, 200])
def test_who_stands_on_the_antimeridian_is_on_the_map_of_both_sides(box: Box, most: int) -> None:
    atlas = atlas_of([entry(1, (0.5, 180.0)), entry(2, (0.6, -180.0))])
    assert sum(marker.count for marker in atlas.viewport(box, max_markers=most)) == 2
    assert atlas.count_in_box(box) == 2


def test_at_the_pole_every_longitude_is_the_same_place() -> None:
    atlas = atlas_of([entry(1, (90.0, 17.0)), entry(2, (90.0, -120.0)), entry(3, (89.0, 0.0))])
    hits = atlas.nearest(GeoPoint(90, 55), k=3)
    assert [(hit.organisation_id, round(hit.distance_km, 6)) for hit in hits[:2]] == [(1, 0.0), (2, 0.0)]
    assert hits[2].distance_km == pytest.approx(111.195, abs=0.01)


def test_the_single_nearest_at_the_very_end_of_the_keys() -> None:
    atlas = atlas_of([entry(1, (90.0, 180.0), (90.0, 180.0)), entry(2, (89.0, 0.0))])
    assert [hit.organisation_id for hit in atlas.nearest(GeoPoint(90, 179.999), k=1)] == [1]
    assert [hit.organisation_id for hit in atlas.in_box(Box(180, 90, 179.999, 90), k=1)] == [1]


def test_who_sits_at_the_antipode_is_outside_a_circle_that_is_nearly_everything() -> None:
    atlas = atlas_of([entry(1, (-0.005, 179.9995)), entry(2, (-0.005, 179.9)), entry(3, (0.0, 0.0))])
    assert atlas.count_within(GeoPoint(0.005, 0), Km(20015.114 - 0.1)) == 2
    assert atlas.count_within(GeoPoint(0.005, 0), Km(20016)) == 3


def test_an_organisation_of_many_sites_is_one_organisation() -> None:
    atlas = atlas_of([entry(1, (45.0, 9.0), (45.01, 9.0), (46.0, 9.0)), entry(2, (45.02, 9.0))])
    hits = atlas.nearest(GeoPoint(45.011, 9), k=5)
    assert [(hit.organisation_id, hit.lat) for hit in hits] == [(2, 45.02), (1, 45.01)] or [
        (hit.organisation_id, hit.lat) for hit in hits
    ] == [(1, 45.01), (2, 45.02)]
    assert atlas.count_within(GeoPoint(45, 9), Km(500)) == 2
    assert atlas.point_count == 4


def test_who_is_on_no_map_is_still_found_by_name() -> None:
    atlas = atlas_of([entry(1, text="Officina Sociale"), entry(2, (45.0, 9.0), text="Altra")])
    assert [one.organisation_id for one in atlas.names_like("officina soc", limit=5)] == [1]
    assert atlas.get(1) is not None
    assert atlas.listing(k=1, skip=1)[0].lat is None
    assert [hit.organisation_id for hit in atlas.nearest(GeoPoint(0, 0), k=9)] == [2]


def test_names_that_begin_so_come_before_those_that_contain_it() -> None:
    names = ("alpha coop", "coop zeta", "coop beta")
    atlas = atlas_of(entry(number, text=name) for number, name in enumerate(names))
    assert [one.organisation_id for one in atlas.names_like("Coop", limit=3)] == [2, 1, 0]
    assert [one.organisation_id for one in atlas.names_like("coop", limit=2)] == [2, 1]


def test_an_empty_atlas_answers_everything_with_nothing() -> None:
    atlas = atlas_of([])
    assert atlas.nearest(GeoPoint(45, 9), k=5) == []
    assert atlas.viewport(Box(-180, -90, 180, 90)) == []
    assert atlas.in_box(Box(170, -90, -170, 90), k=3) == []
    assert atlas.listing(k=5) == atlas.names_like("x", limit=3) == []
    assert atlas.values("kind") == []
    assert (atlas.count(), atlas.count_within(GeoPoint(0, 0), Km(20000)), atlas.get(1)) == (0, 0, None)
