"""The figures of the home page."""

import json

from hypothesis import given
from hypothesis import strategies as st

from glocal.atlas.types import Marker
from glocal.directory.types import TONES, World
from glocal.web.figures import spots, threads

counts = st.dictionaries(st.sampled_from([world.value for world in World]), st.integers(0, 10**7))


@given(counted=counts)
def test_threads_are_in_order_and_never_longer_than_the_cloth(counted: dict[str, int]) -> None:
    drawn = threads(list(counted.items()))
    assert [thread["tone"] for thread in drawn] == [world.value for world in World]
    lengths = [int(thread["percent"]) for thread in drawn]
    assert all(0 <= length <= 100 for length in lengths)
    assert max(lengths) == (100 if any(counted.values()) else 0)


@given(counted=counts)
def test_more_is_never_drawn_shorter(counted: dict[str, int]) -> None:
    drawn = sorted(threads(list(counted.items())), key=lambda thread: thread["count"])
    lengths = [int(thread["percent"]) for thread in drawn]
    assert lengths == sorted(lengths)


def test_a_spot_has_the_tone_of_most_and_no_more_precision_than_a_picture_needs() -> None:
    marker = Marker(
        lat=45.07031, lon=7.68691, count=4, tones=(1, 0, 3, 0, 0),
        west=7.0, south=45.0, east=8.0, north=46.0, organisation_id=None, card=None,
    )  # fmt: skip
    assert json.loads(spots([marker])) == [{"lat": 45.07, "lon": 7.69, "tone": TONES[2]}]
