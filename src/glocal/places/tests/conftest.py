"""The towns of the world, for tests that look behind the questions."""

from pathlib import Path

import pytest

from glocal.places.gazetteer.store import Gazetteer, open_gazetteer


@pytest.fixture
def towns(gazetteer_home: Path) -> Gazetteer:
    """Return the compiled gazetteer all tests share."""
    return open_gazetteer(gazetteer_home)
