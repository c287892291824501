"""Twelve needs, each said in the 24 languages of the Union: how much of them is understood."""

import pytest

from glocal.core.language import EU_LANGUAGES
from glocal.lexicon.holding.lexicon import Lexicon
from glocal.lexicon.meaning.annotating import annotate
from glocal.lexicon.tests.conftest import Row, table

# Measured 2026-11-22: 7 to 12 of the 12 needs, 9.8 on average; the kitchen and its food in 18 languages.
LEAST_NEEDS, LEAST_MEAN = 7, 9.5
LEAST_KITCHENS, LEAST_LANGUAGES = 17, 9
KITCHEN = {"commercial-kitchen", "surplus-food"}
Found = dict[tuple[str, str], frozenset[str]]


@pytest.fixture(scope="module")
def needs() -> list[Row]:
    return table("needs_in_24_languages.csv")


@pytest.fixture(scope="module")
def found(bare_lexicon: Lexicon, needs: list[Row]) -> Found:
    """Return what is found of what each need holds, by need and language."""
    return {
        (need["need"], language): held(need) & _meant(bare_lexicon, need[language], language)
        for need in needs
        for language in EU_LANGUAGES
    }


def _meant(lexicon: Lexicon, text: str, language: str) -> set[str]:
    return {mention.concept for mention in annotate(lexicon, text, language) if not mention.negated}


def held(need: Row) -> frozenset[str]:
    return frozenset(need["concepts"].split("|"))


def is_understood(need: Row, found: frozenset[str]) -> bool:
    """Say whether the first concept or at least half of them is found."""
    wanted = need["concepts"].split("|")
    return wanted[0] in found or len(found) >= len(wanted) / 2


def printed(needs: list[Row], found: Found) -> str:
    """Return a table of needs and languages: a letter for each concept found, a dot for the others."""
    width = 3 + max(len(need["concepts"].split("|")) for need in needs)
    lines = [" " * 28 + "".join(language.ljust(width) for language in EU_LANGUAGES)]
    for need in needs:
        wanted = need["concepts"].split("|")
        cells = (
            "".join("x" if concept in found[need["need"], language] else "." for concept in wanted)
            for language in EU_LANGUAGES
        )
        lines.append(need["need"].ljust(28) + "".join(cell.ljust(width) for cell in cells))
    return "\n".join(["", *lines])


def test_the_table_is_whole(bare_lexicon: Lexicon, needs: list[Row]) -> None:
    assert len(needs) == 12
    for need in needs:
        assert all(need[language].strip() for language in EU_LANGUAGES), need["need"]
        assert set(need["concepts"].split("|")) <= set(bare_lexicon.ids), need["need"]


def test_most_needs_are_understood_in_every_language(needs: list[Row], found: Found) -> None:
    understood = {
        language: sum(is_understood(need, found[need["need"], language]) for need in needs)
        for language in EU_LANGUAGES
    }
    shown = f"{understood}\n{printed(needs, found)}"
    assert min(understood.values()) >= LEAST_NEEDS, shown
    assert sum(understood.values()) / len(understood) >= LEAST_MEAN, shown


def test_the_kitchen_and_its_food_are_found_in_most_languages(needs: list[Row], found: Found) -> None:
    whole = [language for language in EU_LANGUAGES if found["kitchen-surplus", language] >= KITCHEN]
    assert len(whole) >= LEAST_KITCHENS, printed(needs[:1], found)


def test_every_need_is_understood_in_some_languages(needs: list[Row], found: Found) -> None:
    often = {
        need["need"]: sum(is_understood(need, found[need["need"], one]) for one in EU_LANGUAGES)
        for need in needs
    }
    assert min(often.values()) >= LEAST_LANGUAGES, f"{often}\n{printed(needs, found)}"
    assert sorted(often.values())[2] >= len(EU_LANGUAGES) / 2, f"{often}\n{printed(needs, found)}"
