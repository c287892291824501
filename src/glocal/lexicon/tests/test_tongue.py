"""What one word may be: in its own language and in the pivot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.core.language import EU_LANGUAGES
from glocal.lexicon.errors import UnknownLanguage
from glocal.lexicon.holding.lexicon import Lexicon
from glocal.lexicon.holding.tongue import Reading
from glocal.lexicon.text.latin import words_in


def read(lexicon: Lexicon, language: str, written: str) -> Reading:
    [word] = words_in(written)
    return lexicon.tongue(language).read(word)


def best_pivot(reading: Reading) -> str:
    return max(reading.pivots, key=lambda pivot: pivot[1])[0]


@pytest.mark.parametrize(
    ("language", "word"), [("de", "und"), ("de", "UND"), ("it", "della"), ("en", "the"), ("bg", "и")]
)
def test_a_small_word_means_nothing_of_its_own(bare_lexicon: Lexicon, language: str, word: str) -> None:
    reading = read(bare_lexicon, language, word)
    assert reading.pivots == ()
    assert reading.same == ""


@pytest.mark.parametrize(
    ("language", "word", "pivot"),
    [
        ("de", "Küchen", "kitchen"),
        ("it", "cucine", "kitchen"),
        ("bg", "доброволци", "volunt"),
        ("el", "κουζίνα", "kitchen"),
        ("fr", "bénévoles", "volunt"),
        ("fi", "keittiön", "kitchen"),
        ("en", "Kitchens", "kitchen"),
    ],
)
def test_a_known_word_is_what_it_is_called_in_the_pivot(
    bare_lexicon: Lexicon, language: str, word: str, pivot: str
) -> None:
    reading = read(bare_lexicon, language, word)
    assert len(reading.stems) == 1
    assert reading.stems[0][1] == 1.0
    assert best_pivot(reading) == pivot
    assert not reading.is_guess


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [("de", "Kühlraun", "Kühlraum"), ("it", "ccucina", "cucina"), ("en", "bciycle", "bicycle")],
)
def test_a_misspelt_word_is_read_as_the_one_that_was_meant_and_counts_less(
    bare_lexicon: Lexicon, language: str, wrong: str, right: str
) -> None:
    misread = dict(read(bare_lexicon, language, wrong).stems)
    [(meant, whole)] = read(bare_lexicon, language, right).stems
    assert 0.5 < misread[meant] < whole


def test_a_compound_nobody_listed_is_its_parts(bare_lexicon: Lexicon) -> None:
    reading = read(bare_lexicon, "de", "Wärmepumpenanlage")
    assert reading.is_compound
    assert [weight for _, weight in reading.stems] == [0.9, 0.9]
    assert {"heat", "pump"} <= {pivot for pivot, _ in reading.pivots}
    assert not read(bare_lexicon, "de", "Wärmepumpe").is_compound


def test_a_loan_word_stands_for_itself(bare_lexicon: Lexicon) -> None:
    reading = read(bare_lexicon, "fr", "kitchen")
    assert reading.same == "kitchen"
    assert reading.is_guess


def test_a_word_never_seen_is_guessed_by_those_that_begin_like_it_and_hardly_counts(
    bare_lexicon: Lexicon,
) -> None:
    reading = read(bare_lexicon, "it", "bancoalimentare")
    assert reading.is_guess
    assert "bank" in dict(reading.pivots)
    assert sum(share for _, share in reading.pivots) == pytest.approx(0.3)


@pytest.mark.parametrize("word", ["Xyzw", "2026", "طعام", "食物"])
def test_what_nothing_begins_like_has_no_translation(bare_lexicon: Lexicon, word: str) -> None:
    reading = read(bare_lexicon, "de", word)
    assert reading.is_guess
    assert reading.pivots == ()


@pytest.mark.parametrize("language", EU_LANGUAGES)
def test_every_language_knows_its_words_and_calls_every_concept_something(
    bare_lexicon: Lexicon, language: str
) -> None:
    tongue = bare_lexicon.tongue(language)
    assert len(tongue.known_words()) > 3000
    assert all(tongue.labels)
    assert len(tongue.labels) == len(bare_lexicon.ids)
    assert all(tongue.is_known(word) for word in words_in_labels(tongue.labels[:20], tongue.function_words))


def words_in_labels(labels: list[str], small: frozenset[str]) -> list[str]:
    words = [word for label in labels for word in words_in(label)]
    return [word.written for word in words if word.written.lower() not in small and not word.plain.isdigit()]


@pytest.mark.parametrize("language", ["", "xx", "EN", "it-IT", "../en"])
def test_a_language_the_lexicon_does_not_speak_is_refused(bare_lexicon: Lexicon, language: str) -> None:
    assert not bare_lexicon.speaks(language)
    with pytest.raises(UnknownLanguage, match="does not speak"):
        bare_lexicon.tongue(language)


BEGINNINGS = st.sampled_from(["lebensmittel", "volont", "kitch", "храни", "cucin", "warehous", ""])
ENDINGS = st.text(st.sampled_from("abeilnrst 7"), max_size=5)


@given(st.sampled_from(["de", "en", "it", "bg"]), st.tuples(BEGINNINGS, ENDINGS).map("".join))
def test_weights_and_shares_are_shares(bare_lexicon: Lexicon, language: str, text: str) -> None:
    for word in words_in(text):
        reading = bare_lexicon.tongue(language).read(word)
        assert reading.stems
        assert all(0 < weight <= 1 for _, weight in reading.stems)
        assert all(share > 0 for _, share in reading.pivots)
        assert bare_lexicon.tongue(language).read(word) == reading
