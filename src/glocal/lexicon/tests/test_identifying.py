"""Which language a text is written in."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.core.language import EU_LANGUAGES
from glocal.lexicon.holding.lexicon import Lexicon
from glocal.lexicon.tests.conftest import table
from glocal.lexicon.text.identifying import (
    Identifier,
    learn_languages,
    load_identifier,
    save_identifier,
)

LEAST_RIGHT, LEAST_OF_TWELVE = 0.95, 10
WORDS = {"de": ["Küche", "Brot", "Fahrrad"], "it": ["cucina", "pane", "bicicletta"]}
SMALL = {"de": ["und", "die"], "it": ["e", "la"]}


@pytest.fixture(scope="module")
def small() -> Identifier:
    return learn_languages(WORDS, SMALL)


def test_short_texts_are_recognised_in_every_language(bare_lexicon: Lexicon) -> None:
    rows = table("short_texts.csv")
    answers = [
        (row["language"], bare_lexicon.identifier.guesses(row["text"])[0].language, row["text"])
        for row in rows
    ]
    wrong = [answer for answer in answers if answer[0] != answer[1]]
    right = Counter(said for said, guessed, _ in answers if said == guessed)
    assert len(rows) >= 12 * len(EU_LANGUAGES)
    assert len(rows) - len(wrong) >= LEAST_RIGHT * len(rows), wrong
    assert [tag for tag in EU_LANGUAGES if right[tag] < LEAST_OF_TWELVE] == [], wrong


@pytest.mark.parametrize(
    "text", ["", "  \n", "…—!", "2026", "12 345,67 1/2", "🍞🥕"], ids=["empty", "blank", "signs", *"123"]
)
def test_a_text_without_words_is_in_no_language(bare_lexicon: Lexicon, text: str) -> None:
    assert bare_lexicon.identifier.guesses(text) == []


@pytest.mark.parametrize("text", ["食物银行", "무료 급식소", "a", "xqzw", "Lorem"])
def test_whatever_has_words_gets_a_guess_of_every_language(bare_lexicon: Lexicon, text: str) -> None:
    guesses = bare_lexicon.identifier.guesses(text)
    assert sorted(guess.language for guess in guesses) == bare_lexicon.identifier.languages
    assert sum(guess.share for guess in guesses) == pytest.approx(1)


@given(st.text())
def test_shares_are_probabilities_best_first(bare_lexicon: Lexicon, text: str) -> None:
    shares = [guess.share for guess in bare_lexicon.identifier.guesses(text)]
    assert shares == sorted(shares, reverse=True)
    assert not shares or sum(shares) == pytest.approx(1)


def test_digits_say_nothing_about_the_language(small: Identifier) -> None:
    assert small.guesses("Brot 2026 und 300") == small.guesses("Brot und")


def test_more_words_make_it_surer(small: Identifier) -> None:
    [first, *_], [second, *_] = small.guesses("pane"), small.guesses("la bicicletta e pane")
    assert first.language == second.language == "it"
    assert second.share > first.share


def test_what_was_learnt_is_read_back_as_it_was(small: Identifier, tmp_path: Path) -> None:
    save_identifier(small, tmp_path / "languages.bin")
    read = load_identifier(tmp_path / "languages.bin")
    again = learn_languages(WORDS, SMALL)
    for one in (read, again):
        assert one.languages == small.languages == ["de", "it"]
        assert one.scale == small.scale
        assert np.array_equal(one.fine, small.fine)
        assert np.array_equal(one.known, small.known)
        assert np.array_equal(one.knowing, small.knowing)
