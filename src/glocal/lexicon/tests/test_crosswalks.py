"""What two mappings make together: the algebra of METHODS.md 5, as fixed cases and as properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.lexicon.crosswalks import (
    STRENGTH,
    Link,
    Node,
    chained,
    chains,
    composed,
    double_exacts,
    loosened,
    turned,
)
from glocal.lexicon.types import Predicate

PREDICATES: tuple[Predicate, ...] = (
    "exactMatch",
    "closeMatch",
    "broadMatch",
    "narrowMatch",
    "relatedMatch",
)
predicates = st.sampled_from(PREDICATES)
confidences = st.floats(0, 1)
nodes = st.builds(Node, st.sampled_from(["bridge", "NACE2", "CPV"]), st.sampled_from("abc"))
links = st.builds(Link, nodes, predicates, nodes, confidences)


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("exactMatch", "exactMatch", "exactMatch"),
        ("exactMatch", "closeMatch", "closeMatch"),
        ("closeMatch", "exactMatch", "closeMatch"),
        ("closeMatch", "closeMatch", None),
        ("closeMatch", "broadMatch", "relatedMatch"),
        ("narrowMatch", "closeMatch", "relatedMatch"),
        ("broadMatch", "broadMatch", "broadMatch"),
        ("narrowMatch", "narrowMatch", "narrowMatch"),
        ("broadMatch", "narrowMatch", "relatedMatch"),
        ("narrowMatch", "broadMatch", "relatedMatch"),
        ("exactMatch", "relatedMatch", "relatedMatch"),
        ("relatedMatch", "relatedMatch", None),
        ("relatedMatch", "broadMatch", None),
    ],
)
def test_what_two_matches_make(first: Predicate, second: Predicate, both: Predicate | None) -> None:
    assert composed(first, second) == both


@given(first=predicates, second=predicates)
def test_nothing_follows_that_says_more_than_either(first: Predicate, second: Predicate) -> None:
    both = composed(first, second)
    assert both is None or STRENGTH[both] <= min(STRENGTH[first], STRENGTH[second])


@given(first=links, second=links)
def test_a_chain_read_backwards_is_the_chain_of_its_ends_turned(first: Link, second: Link) -> None:
    there, back = chained(first, second), chained(turned(second), turned(first))
    assert (there and turned(there)) == back


@given(link=links)
def test_turning_twice_changes_nothing(link: Link) -> None:
    assert turned(turned(link)) == link


@given(confidence=confidences, other=confidences)
def test_confidence_multiplies_and_the_middle_is_told(confidence: float, other: float) -> None:
    a, b, c = Node("bridge", "a"), Node("NACE2", "b"), Node("NACE21", "c")
    both = chained(Link(a, "exactMatch", b, confidence), Link(b, "broadMatch", c, other))
    assert both == Link(a, "broadMatch", c, confidence * other, through=b)


@given(first=links, second=links, third=links)
def test_a_chain_is_never_longer_than_two(first: Link, second: Link, third: Link) -> None:
    both = chained(first, second)
    assert both is None or (chained(both, third) is None and chained(third, both) is None)


@given(rows=st.lists(links, max_size=12))
def test_chains_are_new_sure_enough_and_lead_elsewhere(rows: list[Link]) -> None:
    said = {frozenset({link.source, link.target}) for link in rows}
    stated = {(link.source, link.target.scheme) for link in rows if link.predicate == "exactMatch"}
    found = chains(rows, "bridge")
    for link in found:
        assert link.source.scheme == "bridge" != link.target.scheme
        assert link.through is not None
        assert link.confidence >= 0.5
        assert frozenset({link.source, link.target}) not in said
        assert link.predicate != "exactMatch" or (link.source, link.target.scheme) not in stated
    assert double_exacts(found) == {}
    assert len({(link.source, link.target) for link in found}) == len(found)


@given(rows=st.lists(links, max_size=12))
def test_loosened_mappings_have_no_concept_exactly_two_things(rows: list[Link]) -> None:
    assert double_exacts(loosened(rows)) == {}
    assert len(loosened(rows)) == len(rows)


def test_two_concepts_meet_at_a_code_they_share_and_the_strongest_chain_stands() -> None:
    tag, code, ours = Node("UKCAT", "XX101"), Node("ICNPTSO", "D19"), Node("bridge", "food-bank")
    other = Node("ICNPTSO", "D12")
    rows = [
        Link(tag, "relatedMatch", other, 1.0),
        Link(ours, "exactMatch", other, 1.0),
        Link(tag, "exactMatch", code, 0.9),
        Link(ours, "closeMatch", code, 0.9),
    ]
    assert chains(rows, "UKCAT") == [Link(tag, "closeMatch", ours, 0.9 * 0.9, through=code)]


def test_a_scheme_is_not_led_back_to_itself() -> None:
    ours, theirs, other = Node("bridge", "a"), Node("NACE2", "1"), Node("bridge", "b")
    assert chains([Link(ours, "exactMatch", theirs, 1), Link(other, "exactMatch", theirs, 1)], "bridge") == []


def test_chains_give_nobody_a_second_exact_match() -> None:
    ours, theirs = Node("bridge", "a"), Node("NACE2", "1")
    rows = [
        Link(ours, "exactMatch", theirs, 1),
        Link(theirs, "exactMatch", Node("CPV", "1"), 1),
        Link(Node("ESCO", "1"), "exactMatch", ours, 1),
        Link(Node("ESCO", "1"), "exactMatch", Node("CPV", "2"), 1),
    ]
    assert [link.predicate for link in chains(rows, "bridge")] == ["closeMatch", "closeMatch"]


def test_the_same_exact_match_twice_is_one() -> None:
    row = Link(Node("bridge", "a"), "exactMatch", Node("CPV", "1"), 0.9)
    other = row._replace(target=Node("CPV", "2"))
    assert double_exacts([row, row]) == {}
    assert double_exacts([row, other]) == {(row.source, "CPV"): [row.target, other.target]}
