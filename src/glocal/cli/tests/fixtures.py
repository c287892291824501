"""A home that was initialised once for all tests that start the program."""

from pathlib import Path

import pytest

from glocal.cli.tests.program import new_home, run


@pytest.fixture(scope="session")
def initialised(tmp_path_factory: pytest.TempPathFactory, gazetteer_home: Path) -> Path:
    """Run `glocal init` once; tests copy what it made."""
    home = tmp_path_factory.mktemp("template") / "home"
    home.mkdir()
    (gazetteer_home / "places").mkdir(parents=True, exist_ok=True)
    (home / "places").symlink_to(gazetteer_home / "places")
    answer = run(home, "init")
    assert answer.status == 0, answer.err
    return home


@pytest.fixture
def own(initialised: Path, tmp_path: Path) -> Path:
    """Return an initialised home of one's own."""
    return new_home(initialised, tmp_path)
