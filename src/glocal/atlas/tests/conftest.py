"""Questions asked twice: looked up in rows as millions are, and looked through as few are."""

from collections.abc import Iterator

import pytest

from glocal.atlas import keys, nearest


@pytest.fixture(scope="module", params=["rows", "brute force"])
def both_ways(request: pytest.FixtureRequest) -> Iterator[None]:
    """To be used by modules that ask."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "rows":
            patch.setattr(nearest, "_BRUTE", 0)
            patch.setattr(keys, "_DENSE", 1)  # the finest rows, however few the points
        yield
