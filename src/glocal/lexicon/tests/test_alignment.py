"""Word translations learnt from pairs of labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.lexicon.packing.alignment import LEAST, Learnt, Pair, learn

HOUSE = [Pair(["das", "haus"], ["the", "house"]), Pair(["das", "buch"], ["the", "book"]),
         Pair(["ein", "buch"], ["a", "book"])]  # fmt: skip
letters = st.lists(st.sampled_from("abcdef"), max_size=4)
pairs = st.lists(st.builds(Pair, letters, letters, st.floats(0.1, 5)), max_size=12)


def shares(learnt: Learnt) -> dict[tuple[str, str], float]:
    return {
        (learnt.words[word], learnt.pivots[pivot]): float(share)
        for word, pivot, share in zip(learnt.word, learnt.pivot, learnt.share, strict=True)
    }


def test_the_textbook_example_comes_out_as_in_the_textbook() -> None:
    """Koehn, “Statistical Machine Translation” (2010), figure 4.4: after three rounds."""
    learnt = shares(learn(HOUSE, rounds=3, least=0.0))
    assert learnt["das", "the"] == pytest.approx(0.7479, abs=5e-5)
    assert learnt["das", "house"] == pytest.approx(0.1313, abs=5e-5)
    assert learnt["das", "book"] == pytest.approx(0.1208, abs=5e-5)
    assert learnt["buch", "book"] == pytest.approx(0.7479, abs=5e-5)
    assert learnt["ein", "a"] == pytest.approx(0.6534, abs=5e-5)
    assert learnt["ein", "book"] == pytest.approx(0.3466, abs=5e-5)


def test_more_rounds_settle_it() -> None:
    learnt = shares(learn(HOUSE, rounds=60))
    assert learnt["das", "the"] > 0.95
    assert learnt["haus", "house"] > 0.95
    assert learnt["buch", "book"] > 0.95
    assert learnt["ein", "a"] > 0.95


def test_what_is_weak_is_left_out() -> None:
    assert min(shares(learn(HOUSE, rounds=60)).values()) >= LEAST
    assert len(shares(learn(HOUSE, rounds=3, least=0.5))) == 4


def test_a_heavier_pair_counts_more() -> None:
    light = shares(learn([Pair(["bank"], ["bank"]), Pair(["bank"], ["bench"])]))
    heavy = shares(learn([Pair(["bank"], ["bank"], 3.0), Pair(["bank"], ["bench"])]))
    assert light["bank", "bank"] == pytest.approx(0.5)
    assert heavy["bank", "bank"] == pytest.approx(0.75)


@pytest.mark.parametrize("empty", [[], [Pair([], ["house"])], [Pair(["haus"], [])], [Pair([], [])]])
def test_nothing_is_learnt_from_nothing(empty: list[Pair]) -> None:
    assert shares(learn(empty)) == {}


def test_an_empty_label_does_not_disturb_the_others() -> None:
    assert shares(learn([Pair([], ["x"]), *HOUSE, Pair(["y"], [])])) == shares(learn(HOUSE))


@given(pairs)
def test_shares_are_probabilities_of_each_word_and_always_the_same(given_pairs: list[Pair]) -> None:
    learnt = learn(given_pairs)
    total: dict[str, float] = {}
    for (word, _), share in shares(learnt).items():
        assert LEAST <= share <= 1 + 1e-9
        total[word] = total.get(word, 0.0) + share
    assert all(each <= 1 + 1e-9 for each in total.values())
    assert learnt.word.tolist() == sorted(learnt.word.tolist())
    assert shares(learn(given_pairs)) == shares(learnt)


@given(pairs)
def test_a_word_is_translated_only_by_what_stands_beside_it(given_pairs: list[Pair]) -> None:
    together = {(word, pivot) for pair in given_pairs for word in pair.words for pivot in pair.pivots}
    assert set(shares(learn(given_pairs))) <= together
