"""What tests of the lexicon share: the open lexicon, compiled once, and what a text means in it."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from glocal.lexicon.holding.lexicon import Lexicon, open_lexicon
from glocal.lexicon.meaning.annotating import annotate
from glocal.lexicon.types import Mention

Row = dict[str, str]
Mentions = Callable[[str, str], dict[str, Mention]]


def table(name: str) -> list[Row]:
    """Return the rows of a table that lies beside the tests."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="session")
def bare_lexicon(tmp_path_factory: pytest.TempPathFactory, lexicon_cache: Path) -> Lexicon:
    """Return the lexicon of a home where nothing is installed; what is compiled is shared."""
    return open_lexicon(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def mentions(bare_lexicon: Lexicon) -> Mentions:
    """Return what is found in a text of a language, by concept."""

    def find(text: str, language: str) -> dict[str, Mention]:
        return {mention.concept: mention for mention in annotate(bare_lexicon, text, language)}

    return find
