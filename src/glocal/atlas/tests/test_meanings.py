"""A text is found in other words: through the pivot, with the words that were meant, its own words first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.atlas.atlas import Atlas
from glocal.atlas.tests.making import atlas_of, careful
from glocal.atlas.types import Entry, Filter, Meaning, Reason
from glocal.core.geo import Box, GeoPoint

SURPLUS = Meaning("surplus", (("surplus",), ("leftov",)))
FOOD = Meaning("food", (("food",),))
ASKED = Filter(text="surplus food", meanings=(SURPLUS, FOOD))
HERE = (45.0, 9.0)


def one(number: int, text: str, *meanings: tuple[str, str]) -> Entry:
    """One organisation with what its words mean."""
    return Entry(number, (HERE,), {"kind": ("association",)}, text, b"{}", 0, text, meanings)


ENGLISH = one(1, "surplus food", ("surplus", "surplus"), ("food", "food"))
GERMAN = one(2, "Überschuss Essen", ("surplus", "Überschuss"), ("food", "Essen"))
GREEK = one(3, "a πλεόνασμα τροφίμων", ("leftov", "πλεόνασμα"), ("food", "τροφίμων"))
HALF = one(4, "food", ("food", "food"))
MIXED = one(5, "surplus Essen", ("surplus", "surplus"), ("food", "Essen"))
ALL = (ENGLISH, GERMAN, GREEK, HALF, MIXED)


def found(atlas: Atlas, only: Filter) -> set[int]:
    return {hit.organisation_id for hit in atlas.nearest(GeoPoint(*HERE), k=99, only=only)}


def test_one_text_finds_every_language_and_not_who_means_half_of_it() -> None:
    atlas = atlas_of(ALL)
    assert found(atlas, ASKED) == {1, 2, 3, 5}
    assert atlas.count(ASKED) == atlas.count_in_box(Box(8, 44, 10, 46), ASKED) == 4
    assert found(atlas, Filter(text="surplus food")) == {1}


def test_who_says_it_comes_before_who_means_it_on_every_page() -> None:
    atlas = atlas_of(ALL)
    listed = [
        [row.organisation_id for row in atlas.listing(k=2, skip=skip, only=ASKED)] for skip in (0, 2, 4)
    ]
    assert listed == [[1, 3], [5, 2], []]  # those in other words by their names
    assert [row.organisation_id for row in atlas.listing(k=9, skip=1, only=ASKED)] == [3, 5, 2]


def test_the_reasons_name_the_words_of_both() -> None:
    assert atlas_of(ALL).reasons([1, 2, 3, 5, 77], ASKED) == [
        (),
        (Reason("Überschuss", "surplus"), Reason("Essen", "food")),
        (Reason("πλεόνασμα", "surplus"), Reason("τροφίμων", "food")),
        (Reason("Essen", "food"),),
        (),
    ]


def test_a_word_that_means_two_things_together_is_not_found_by_one_of_them() -> None:
    food_bank = Filter(text="Tafel", meanings=(Meaning("Tafel", (("food", "bank"),)),))
    atlas = atlas_of([*ALL, one(6, "food bank", ("food", "food"), ("bank", "bank"))])
    assert found(atlas, food_bank) == {6}
    assert atlas.reasons([6], food_bank) == [(Reason("food bank", "Tafel"),)]


def test_the_last_word_may_be_only_begun_and_a_word_without_meaning_has_to_be_said() -> None:
    atlas = atlas_of([*ALL, one(7, "Essen 1848", ("food", "Essen"))])
    assert found(atlas, Filter(text="surplus foo", meanings=(SURPLUS, Meaning("foo", ())))) == {1}
    assert found(atlas, Filter(text="1848 food", meanings=(Meaning("1848", ()), FOOD))) == {7}


def test_changes_are_found_by_their_meaning_at_once() -> None:
    atlas = atlas_of([ENGLISH, GERMAN])
    changed = atlas.with_changes([one(2, "Brot", ("bread", "Brot")), GREEK], [1], change_no=1)
    assert found(changed, ASKED) == {3}
    assert changed.reasons([1, 2, 3], ASKED)[2] == (
        Reason("πλεόνασμα", "surplus"),
        Reason("τροφίμων", "food"),
    )
    assert changed.reasons([1, 2], ASKED) == [(), ()]


def test_either_of_two_facets_is_enough() -> None:
    entries = [
        Entry(1, (HERE,), {"topic": ("Tafel",)}, "a", b"{}", 0, "a"),
        Entry(2, (HERE,), {"concept": ("food-bank",)}, "b", b"{}", 0, "b"),
        Entry(3, (HERE,), {"topic": ("bank",)}, "c", b"{}", 0, "c"),
    ]
    either = ((("topic", ("Tafel",)), ("concept", ("food-bank",)), ("colour", ("red",))),)
    assert found(atlas_of(entries), Filter(either=either)) == {1, 2}
    assert found(atlas_of(entries), Filter(either=((("topic", ("x",)),),))) == set()


words = st.lists(st.sampled_from(["sole", "solar", "pane", "bread"]), max_size=3, unique=True)
pivots = st.sampled_from(["sun", "bread", "sunny"])
meant = st.lists(pivots, max_size=2, unique=True)
asked = st.lists(
    st.tuples(
        st.sampled_from(["sol", "pane", "bread"]),
        st.lists(st.lists(pivots, min_size=1, max_size=2).map(tuple), min_size=1, max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one[0],  # the directory asks for each word once
)


@careful
@given(
    organisations=st.lists(st.tuples(words, meant), max_size=12),
    asked=asked,
    split=st.integers(0, 12),
    skip=st.integers(0, 6),
)
def test_the_answer_is_that_of_looking_at_everybody(
    organisations: list[tuple[list[str], list[str]]],
    asked: list[tuple[str, tuple[tuple[str, ...], ...]]],
    split: int,
    skip: int,
) -> None:
    entries = [
        one(number, " ".join(said), *((pivot, f"w{pivot}") for pivot in means))
        for number, (said, means) in enumerate(organisations, start=1)
    ]
    only = Filter(text=" ".join(word for word, _ in asked), meanings=tuple(Meaning(*one) for one in asked))

    def says(number: int, word: str) -> bool:
        said = organisations[number - 1][0]
        is_last = word == asked[-1][0]
        return any(own.startswith(word) if is_last else own == word for own in said)

    def means(number: int, groups: tuple[tuple[str, ...], ...]) -> bool:
        return any(set(group) <= set(organisations[number - 1][1]) for group in groups)

    def says_all(number: int) -> bool:
        said = organisations[number - 1][0]
        return {word for word, _ in asked[:-1]} <= set(said) and says(number, asked[-1][0])

    numbers = range(1, len(entries) + 1)
    own = {number for number in numbers if says_all(number)}
    expected = {n for n in numbers if all(says(n, word) or means(n, groups) for word, groups in asked)} | own
    atlas = atlas_of(entries[:split]).with_changes(entries[split:], [], change_no=1)
    assert found(atlas, only) == expected
    assert atlas.count(only) == len(expected)
    listed = [row.organisation_id for row in atlas.listing(k=99, only=only)]
    assert set(listed[: len(own)]) == own
    assert set(listed) == expected
    assert [row.organisation_id for row in atlas.listing(k=3, skip=skip, only=only)] == listed[
        skip : skip + 3
    ]
    for number, reasons in zip(numbers, atlas.reasons(list(numbers), only), strict=True):
        assert bool(reasons) == (number in expected - own) or number not in expected


@pytest.mark.parametrize("text", ["", " ", "surplus"])
def test_nothing_asked_in_other_words_changes_nothing(text: str) -> None:
    atlas = atlas_of(ALL)
    assert found(atlas, Filter(text=text)) == found(atlas, Filter(text=text, meanings=()))
