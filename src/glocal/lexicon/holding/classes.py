"""The classes of the official schemes, the words that speak for them, and how far to believe those."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

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
    """A word or phrase of the pivot that speaks for a class (1 to 5) or against it (-3 to -1)."""

    phrase: str
    weight: float
    code: str


@dataclass(frozen=True)
class Scheme:
    """One classification: its classes, the cues for them and the index that finds cues in a text."""

    name: str
    parent: Mapping[str, str]
    title: Mapping[str, str]
    cues: tuple[Cue, ...]
    index: PhraseIndex

    def top(self, code: str) -> str:
        """Return the class at the top of the tree a class stands in; itself where it is one."""
        while self.parent.get(code):
            code = self.parent[code]
        return code


@lru_cache(maxsize=len(SCHEMES))
def scheme(name: str) -> Scheme:
    """Read a classification: some 20 ms the first time.

    Raises:
        UnknownScheme: it is not one of the four.
    """
    if name not in SCHEMES:
        raise UnknownScheme(f"“{name}” is none of {', '.join(SCHEMES)}.", suggestions=SCHEMES)
    with (CLASSES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    cues = tuple(cue for row in rows for cue in _cues(row["code"], row["cues"]))
    phrases = [Phrase(_stems(cue.phrase), number, 0) for number, cue in enumerate(cues)]
    return Scheme(
        name=name,
        parent={row["code"]: row["parent"] for row in rows},
        title={row["code"]: row["title"] for row in rows},
        cues=cues,
        index=PhraseIndex(packed_phrases(phrases)),
    )


@lru_cache(maxsize=1)
def coefficients() -> Mapping[str, tuple[float, float, float]]:
    """Return for each scheme the three numbers of its logistic calibration."""
    return {name: tuple(numbers) for name, numbers in orjson.loads(CALIBRATION.read_bytes()).items()}


def _cues(code: str, cell: str) -> Iterator[Cue]:
    for entry in filter(None, cell.split("|")):
        phrase, _, weight = entry.strip().partition("^")
        yield Cue(phrase.strip(), float(weight), code)


def _stems(phrase: str) -> tuple[str, ...]:
    small = function_words()["en"]
    words = words_in(phrase)
    telling = [word for word in words if word.written.lower() not in small]
    return tuple(pivot_key(word.written) for word in telling or words)
