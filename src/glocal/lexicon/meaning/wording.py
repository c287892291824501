"""Says a text's concepts the way each world would: composed from labels, to be edited by a person."""

import csv
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from glocal.lexicon.holding.builtin import FOLDER
from glocal.lexicon.holding.lexicon import Lexicon
from glocal.lexicon.types import BRIDGE, World

_PEOPLE, _MEANS = frozenset({"beneficiary"}), frozenset({"resource", "skill"})
_MOST = 8  # concepts a sentence can hold


class _Headings(NamedTuple):
    people: str
    means: str


def worded(lexicon: Lexicon, concepts: Sequence[int], world: World, language: str) -> str:
    """Return the concepts as one world would say them: what is done, with which means, for whom.

    A concept of the other world is replaced by its counterpart where the vocabulary knows one. Industry's
    wording carries the NACE class of what is done. "" where there is nothing to say.
    """
    ours = [number for number in concepts if lexicon.schemes[number] == BRIDGE][:_MOST]
    chosen = list(dict.fromkeys(counterpart(lexicon, number, world) for number in ours))
    groups = _by_role(lexicon, chosen)
    headings = _headings(world, language)
    what = [_named(lexicon, number, world, language) for number in groups[0]]
    sentences = [_capital(", ".join(what)), *(
        f"{heading}: {', '.join(lexicon.label(number, language) for number in group)}"
        for heading, group in ((headings.means, groups[1]), (headings.people, groups[2])) if group
    )]  # fmt: skip
    return ". ".join(sentence for sentence in sentences if sentence)


def counterpart(lexicon: Lexicon, number: int, world: World) -> int:
    """Return by which concept a world says a thing: itself, or its nearest with a code in common."""
    if lexicon.worlds[number] in {world, "shared"}:
        return number
    codes = {(scheme, code) for scheme, code, _, _ in lexicon.mappings[number]}
    near = [*lexicon.related[number], *lexicon.broader[number]]
    fitting = [
        other for other in near if lexicon.worlds[other] == world and lexicon.kinds[other] not in _PEOPLE
    ]
    shared = {other: len(codes & {(row[0], row[1]) for row in lexicon.mappings[other]}) for other in fitting}
    return max(
        (other for other in fitting if shared[other]),
        key=lambda other: (shared[other], -other),
        default=number,
    )


def _by_role(lexicon: Lexicon, concepts: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    people = [number for number in concepts if lexicon.kinds[number] in _PEOPLE]
    means = [number for number in concepts if lexicon.kinds[number] in _MEANS]
    rest = [number for number in concepts if number not in {*people, *means}]
    return rest, means, people


def _named(lexicon: Lexicon, number: int, world: World, language: str) -> str:
    label = lexicon.label(number, language)
    classes = [code for scheme, code, _, _ in lexicon.mappings[number] if scheme == "NACE2"]
    return f"{label} (NACE {classes[0]})" if world == "industrial" and classes else label


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=64)
def _headings(world: World, language: str) -> _Headings:
    rows = _rows()
    row = rows.get(language) or rows["en"]
    if world == "industrial":
        return _Headings(row["target_group"], row["resources"])
    return _Headings(row["people"], row["means"])


@lru_cache(maxsize=1)
def _rows() -> dict[str, dict[str, str]]:
    with (FOLDER / "wording.csv").open(encoding="utf-8", newline="") as lines:
        return {row["language"]: row for row in csv.DictReader(lines)}
