"""Entries invented by hypothesis, and atlases of them without a disk."""

from collections.abc import Iterable

import shapely
from hypothesis import settings
from hypothesis import strategies as st

from glocal.atlas.atlas import Atlas
from glocal.atlas.delta import Delta, segment_in_memory
from glocal.atlas.types import EVERYTHING, Entry, Filter
from glocal.atlas.views import View
from glocal.core.geo import Box, GeoPoint

careful = settings(max_examples=50, deadline=None)  # a busy machine is no reason to fail

# crowded on purpose: poles, the antimeridian, one spot many share, and anywhere
latitudes = st.sampled_from([90.0, -90.0, 89.995, 45.0, 45.001, 0.0]) | st.floats(-90, 90)
longitudes = st.sampled_from([180.0, -180.0, 179.999, -179.999, 9.0, 9.001, 0.0]) | st.floats(-180, 180)
sites = st.tuples(latitudes, longitudes)
places = st.builds(GeoPoint, latitudes, longitudes)
words = st.sampled_from(["solar", "sole", "coop", "cooperativa", "Ökostrom", "école", "合作社"])
topics = st.lists(st.sampled_from(["food", "Fôret", "energy", "energia"]), max_size=3).map(tuple)


def entry(
    organisation_id: int,
    *points: tuple[float, float],
    kind: str = "association",
    topic: tuple[str, ...] = (),
    text: str = "coop",
    tone: int = 0,
) -> Entry:
    """One organisation; its text is its name."""
    facets = {"kind": (kind,), "topic": topic}
    return Entry(organisation_id, points, facets, text, b'{"id":"%d"}' % organisation_id, tone, text)


def entries_with(ids: st.SearchStrategy[int]) -> st.SearchStrategy[Entry]:
    """Organisations with none to three sites."""
    return st.builds(
        lambda number, points, kind, topic, text, tone: entry(
            number, *points, kind=kind, topic=topic, text=" ".join(text), tone=tone
        ),
        ids,
        st.lists(sites, max_size=3),
        st.sampled_from(["association", "cooperative", "company"]),
        topics,
        st.lists(words, max_size=3),
        st.integers(0, 4),
    )


ids = st.integers(1, 60) | st.sampled_from([-(2**63), 2**63 - 1, 0])
many_entries = st.lists(entries_with(ids), max_size=60, unique_by=lambda one: one.organisation_id)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    """Boxes of all kinds: points, lines, across the antimeridian, the whole Earth."""
    south, north = sorted((draw(latitudes), draw(latitudes)))
    return Box(draw(longitudes), south, draw(longitudes), north)


filters = st.sampled_from(
    [
        EVERYTHING,
        Filter(facets=(("kind", ("cooperative",)),)),
        Filter(facets=(("kind", ("cooperative", "company")), ("topic", ("food", "Fôret")))),
        Filter(facets=(("kind", ("nobody",)),)),
        Filter(facets=(("kind", ()),)),
        Filter(facets=(("colour", ("red",)),)),
        Filter(text="sol"),
        Filter(text="coop oko"),
        Filter(text="Cooperativa école", facets=(("kind", ("association",)),)),
        Filter(polygon=shapely.to_wkb(shapely.box(-10, -10, 100, 80))),
        Filter(facets=(("kind", ("company",)),), polygon=shapely.to_wkb(shapely.Point(9, 45).buffer(2))),
    ]
)


def atlas_of(entries: Iterable[Entry]) -> Atlas:
    """An atlas that was never written."""
    return Atlas(Delta(View(segment_in_memory(list(entries)))), version="test", change_no=0)
