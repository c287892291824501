"""Chains of mappings between vocabularies: which kind of match two make, and how sure it is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from glocal.lexicon.types import Predicate

# How much a match says, for "at most as much as": an exact one most, a related one least.
STRENGTH: Final[dict[Predicate, int]] = {
    "exactMatch": 4,
    "closeMatch": 3,
    "broadMatch": 2,
    "narrowMatch": 2,
    "relatedMatch": 1,
}
_LEAST_CONFIDENCE: Final = 0.5  # of a chain worth showing; chosen, not measured
_TURNED: Final[dict[Predicate, Predicate]] = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}


class Node(NamedTuple):
    """A concept as a mapping names it: whose it is (bridge, NACE2, CPV, ...) and its code there."""

    scheme: str
    code: str


class Link(NamedTuple):
    """A mapping between two concepts; `through` is the middle of a chain, None where a person said it."""

    source: Node
    predicate: Predicate
    target: Node
    confidence: float
    through: Node | None = None


def composed(first: Predicate, second: Predicate) -> Predicate | None:
    """Return what A is to C where A is `first` to B and B is `second` to C; None where nothing follows.

    An exact match changes nothing, the hierarchy is transitive, up and down again is related. A close match
    is not transitive: two of them say nothing, one with a step of the hierarchy no more than related.

    >>> composed("broadMatch", "broadMatch"), composed("broadMatch", "narrowMatch")
    ('broadMatch', 'relatedMatch')
    """
    if "exactMatch" in {first, second}:
        return second if first == "exactMatch" else first
    if first == second:
        return first if first in _TURNED else None
    return None if "relatedMatch" in {first, second} else "relatedMatch"


def turned(link: Link) -> Link:
    """Return a mapping read from its other end."""
    predicate = _TURNED.get(link.predicate, link.predicate)
    return Link(link.target, predicate, link.source, link.confidence, link.through)


def chained(first: Link, second: Link) -> Link | None:
    """Return the mapping two make; None where they do not meet, say nothing, or are chains already."""
    if first.target != second.source or first.through or second.through or first.source == second.target:
        return None
    predicate = composed(first.predicate, second.predicate)
    if predicate is None:
        return None
    sure = first.confidence * second.confidence
    return Link(first.source, predicate, second.target, sure, through=first.target)


def chains(links: Sequence[Link], scheme: str) -> list[Link]:
    """Return what follows for the concepts of one scheme from two mappings each, read from either end.

    Between two concepts the strongest and surest chain stands, none where a person has said it already,
    and none that would give a concept a second exact match in one scheme.
    """
    both_ways = [*links, *map(turned, links)]
    onward: dict[Node, list[Link]] = defaultdict(list)
    for link in both_ways:
        onward[link.source].append(link)
    said = {(link.source, link.target) for link in both_ways}
    best: dict[tuple[Node, Node], Link] = {}
    for first in (link for link in both_ways if link.source.scheme == scheme):
        for second in onward[first.target]:
            found = chained(first, second)
            ends = (first.source, second.target)
            if found and second.target.scheme != scheme and ends not in said:
                best[ends] = max(found, best.get(ends, found), key=_worth)
    sure = sorted(link for link in best.values() if link.confidence >= _LEAST_CONFIDENCE)
    exact = {(link.source, link.target.scheme) for link in links if link.predicate == "exactMatch"}
    return _without_doubles(sure, exact)


def double_exacts(links: Iterable[Link]) -> dict[tuple[Node, str], list[Node]]:
    """Return by concept and scheme the exact matches where there is more than one; {} where all is well."""
    found: dict[tuple[Node, str], list[Node]] = defaultdict(list)
    for link in links:
        if link.predicate == "exactMatch" and link.target not in found[link.source, link.target.scheme]:
            found[link.source, link.target.scheme].append(link.target)
    return {where: targets for where, targets in found.items() if len(targets) > 1}


def loosened(links: Sequence[Link]) -> list[Link]:
    """Return the mappings with every exact match that is not the only one in its scheme made a close one."""
    doubles = double_exacts(links)
    return [
        link._replace(predicate="closeMatch")
        if link.predicate == "exactMatch" and (link.source, link.target.scheme) in doubles
        else link
        for link in links
    ]


def _without_doubles(links: Sequence[Link], exact: set[tuple[Node, str]]) -> list[Link]:
    return loosened(
        [
            link._replace(predicate="closeMatch")
            if link.predicate == "exactMatch" and (link.source, link.target.scheme) in exact
            else link
            for link in links
        ]
    )


def _worth(link: Link) -> tuple[int, float, Node]:
    return STRENGTH[link.predicate], link.confidence, link.through or link.source
