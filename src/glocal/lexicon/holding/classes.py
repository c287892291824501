"""The classes of the official schemes, the words that speak for them, and how far to believe those."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from glocal.lexicon.errors import UnknownScheme
from glocal.lexicon.holding.builtin import FOLDER, function_words
from glocal.lexicon.packing.phrases import Phrase, PhraseIndex, packed_phrases
from glocal.lexicon.text.latin import words_in
from glocal.lexicon.text.stems import pivot_key

CLASSES = FOLDER / "classes"
CALIBRATION = CLASSES / "calibration.json"
SCHEMES = ("sdg", "icnptso", "nace", "essglobal")


class Cue(NamedTuple):
    """A word or phrase of the pivot that speaks for a class (1 to 5) or against it (-3 to -1).

    `share` is how much of what the phrase says in the whole scheme it says for this class; 0..1.
    """

    phrase: str
    weight: float
    code: str
    share: float = 1.0


class Fitted(NamedTuple):
    """The logistic calibration of a scheme: where each class starts, and what the two features add."""

    start: Mapping[str, float]
    of_amount: float
    of_share: float


@dataclass(frozen=True)
class Scheme:
    """One classification: its tree, the cues for its classes and the index that finds cues in a text."""

    name: str
    parent: Mapping[str, str]
    title: Mapping[str, str]
    children: Mapping[str, tuple[str, ...]]
    cues: tuple[Cue, ...]
    index: PhraseIndex

    def top(self, code: str) -> str:
        """Return the class at the top of the tree a class stands in; itself where it is one."""
        return _top(self.parent, code)

    def listed(self, code: str) -> str:
        """Return the class a finer code belongs to (12.3 to goal 12, 56.29 to division 56), "" for none."""
        while code and code not in self.parent:
            code = code.rpartition(".")[0]
        return code


@lru_cache(maxsize=len(SCHEMES))
def scheme(name: str) -> Scheme:
    """Read a classification: some 50 ms the first time.

    Raises:
        UnknownScheme: it is not one of the four.
    """
    if name not in SCHEMES:
        raise UnknownScheme(f"“{name}” is none of {', '.join(SCHEMES)}.", suggestions=SCHEMES)
    with (CLASSES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    parent = {row["code"]: row["parent"] for row in rows}
    cues = _shared(parent, [cue for row in rows for cue in _cues(row["code"], row["cues"])])
    phrases = [Phrase(_stems(cue.phrase), number, 0) for number, cue in enumerate(cues)]
    return Scheme(
        name=name,
        parent=parent,
        title={row["code"]: row["title"] for row in rows},
        children=_children(parent),
        cues=cues,
        index=PhraseIndex(packed_phrases(phrases)),
    )


def fitted(name: str) -> Fitted:
    """Return the calibration of a scheme, as `tools.calibrate` wrote it."""
    return Fitted(**_calibration()[name])


@lru_cache(maxsize=1)
def _calibration() -> Mapping[str, Any]:
    found: Mapping[str, Any] = orjson.loads(CALIBRATION.read_bytes())
    return found


def _top(parent: Mapping[str, str], code: str) -> str:
    while above := parent.get(code):
        code = above
    return code


def _children(parent: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    below: dict[str, list[str]] = {}
    for code, above in parent.items():
        if above:
            below.setdefault(above, []).append(code)
    return {above: tuple(codes) for above, codes in below.items()}


def _shared(parent: Mapping[str, str], cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Give each cue its share: what it says for its class, of what its phrase says for all at the top."""
    said: dict[str, dict[str, float]] = {}
    for cue in cues:
        tops, top = said.setdefault(cue.phrase, {}), _top(parent, cue.code)
        tops[top] = max(cue.weight, tops.get(top, 0.0))
    total = {phrase: sum(tops.values()) for phrase, tops in said.items()}
    return tuple(
        cue._replace(share=said[cue.phrase][_top(parent, cue.code)] / total[cue.phrase])
        if cue.weight > 0
        else cue
        for cue in cues
    )


def _cues(code: str, cell: str) -> Iterator[Cue]:
    for entry in filter(None, cell.split("|")):
        phrase, _, weight = entry.strip().partition("^")
        yield Cue(phrase.strip(), float(weight), code)


def _stems(phrase: str) -> tuple[str, ...]:
    small = function_words()["en"]
    words = words_in(phrase)
    telling = [word for word in words if word.written.lower() not in small]
    return tuple(pivot_key(word.written) for word in (telling if len(telling) > 1 else words))
