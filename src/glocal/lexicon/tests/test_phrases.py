"""Labels found in a text by the keys of their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.lexicon.packing.phrases import Hit, Phrase, PhraseIndex, packed_phrases
from glocal.lexicon.packing.wordlist import WordList, packed_numbers, packed_words, unpacked_numbers

FOOD, BANK, FOOD_BANK, SOLAR_ROOF = 1, 2, 3, 4
LABELS = PhraseIndex(packed_phrases([
    Phrase(("food",), FOOD, 0), Phrase(("bank",), BANK, 1), Phrase(("food", "bank"), FOOD_BANK, 0),
    Phrase(("panel", "solar", "roof"), SOLAR_ROOF, 2), Phrase((), 9, 0),
]))  # fmt: skip


def find(text: str, compounds: tuple[int, ...] = ()) -> dict[int, Hit]:
    """Find labels in words; "a|b" is a word that may be either."""
    readings = [[(key, 1.0) for key in word.split("|")] for word in text.split()]
    return {hit.names: hit for hit in LABELS.hits(readings, compounds)}


def test_a_label_and_those_inside_it_are_found_with_their_places() -> None:
    found = find("we need food bank now")
    assert found[FOOD] == Hit(FOOD, 0, (2,), 1.0)
    assert found[BANK] == Hit(BANK, 1, (3,), 1.0)
    assert found[FOOD_BANK] == Hit(FOOD_BANK, 0, (2, 3), 1.0)
    assert set(found) == {FOOD, BANK, FOOD_BANK}


def test_the_order_of_words_does_not_matter() -> None:
    assert find("bank food")[FOOD_BANK].at == (0, 1)
    assert find("roof solar panel")[SOLAR_ROOF] == Hit(SOLAR_ROOF, 2, (0, 1, 2), 1.0)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        pytest.param("food bank", 1.0, id="side by side"),
        pytest.param("food x bank", 0.95, id="one word between"),
        pytest.param("food x y bank", 0.9025, id="two words between"),
        pytest.param("food x y z bank", None, id="three are too many"),
        pytest.param("food", None, id="half of it is nothing"),
        pytest.param("food food food", None, id="not even thrice"),
        pytest.param("", None, id="no words"),
    ],
)
def test_so_many_other_words_may_stand_between(text: str, score: float | None) -> None:
    hit = find(text).get(FOOD_BANK)
    assert hit is None if score is None else hit is not None and hit.score == pytest.approx(score)


def test_the_nearest_of_several_places_is_taken() -> None:
    assert find("bank x food bank x food")[FOOD_BANK].at in {(2, 3), (3, 5)}
    assert find("bank x x food bank")[FOOD_BANK].at == (3, 4)


def test_a_compound_fills_several_words_of_a_label_and_another_word_does_not() -> None:
    assert FOOD_BANK not in find("food|bank")
    assert find("food|bank", compounds=(0,))[FOOD_BANK] == Hit(FOOD_BANK, 0, (0,), 1.0)
    assert find("food|bank food|bank")[FOOD_BANK].at == (0, 1)
    assert find("panel|solar x roof", compounds=(0,))[SOLAR_ROOF].at == (0, 2)


def test_a_doubtful_word_makes_a_doubtful_label() -> None:
    [hit] = LABELS.hits([[("bank", 0.6)]])
    assert hit.score == 0.6
    doubtful = {hit.names: hit for hit in LABELS.hits([[("food", 1.0)], [("bank", 0.5)]])}
    assert doubtful[FOOD_BANK].score == pytest.approx(0.75)


def test_a_key_is_known_or_not() -> None:
    assert "food" in LABELS
    assert "foo" not in LABELS
    assert "" not in LABELS


def test_an_index_of_nothing_finds_nothing() -> None:
    assert list(PhraseIndex(packed_phrases([])).hits([[("food", 1.0)]])) == []


keys = st.sampled_from(["food", "bank", "panel", "solar", "roof", "other"])
readings = st.lists(st.lists(st.tuples(keys, st.floats(0.1, 1)), max_size=3), max_size=8)


@given(readings, st.sets(st.integers(0, 7)))
def test_hits_lie_in_the_text_and_score_at_most_one(
    text: list[list[tuple[str, float]]], compounds: set[int]
) -> None:
    for hit in LABELS.hits(text, compounds):
        assert list(hit.at) == sorted(set(hit.at))
        assert 0 <= hit.at[0] <= hit.at[-1] < len(text)
        assert 0 < hit.score <= 1


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)))
def test_words_come_back_by_their_numbers(words: list[str]) -> None:
    packed = packed_words(words)
    kept = WordList(packed)
    assert set(kept) == set(words)
    assert len(kept) == len(set(words))
    assert packed_words([*reversed(words), *words]) == packed
    for word in words:
        number = kept.number(word)
        assert number is not None
        assert kept.word(number) == word
        assert word in kept.beginning(word[:2])
    assert kept.number("no such word") is None


@given(st.lists(st.integers(0, 65_535)))
def test_numbers_come_back(numbers: list[int]) -> None:
    assert unpacked_numbers("H", packed_numbers("H", numbers)).tolist() == numbers


def test_a_number_too_large_for_its_kind_is_refused() -> None:
    with pytest.raises(OverflowError):
        packed_numbers("H", [65_536])
