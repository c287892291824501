"""What the lexicon speaks of: concepts, labels, mappings, and what is understood of a text."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from typing import Literal, NewType

ConceptId = NewType(
    "ConceptId", str
)  # "food-bank" of the bridge vocabulary, "cpv:63121110" of an installed one
World = Literal["social", "industrial", "shared", ""]
Predicate = Literal["exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"]

BRIDGE = "bridge"  # the scheme of the built-in vocabulary
CODE_SCHEMES: tuple[str, ...] = ("nace", "icnptso", "essglobal", "sdg", "cpv", "esco")


@dataclass(frozen=True, slots=True)
class Labels:
    """What a concept is called in one language: the preferred label, others people use, hidden spellings."""

    preferred: str
    others: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Return every label, the preferred one first."""
        return (self.preferred, *self.others, *self.hidden)


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing people mean, in SKOS shape; `world` says whose word it is."""

    id: ConceptId
    scheme: str
    kind: str = ""
    world: World = ""
    broader: tuple[ConceptId, ...] = ()
    related: tuple[ConceptId, ...] = ()
    definition: str = ""
    code: str = ""  # the notation in an official scheme
    domain: str = ""
    labels: Dictionary[str, Labels] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A row of SSSOM: one concept told in the terms of another scheme; confidence 0..1."""

    subject: str
    predicate: Predicate
    scheme: str  # of the object: NACE2, NACE21, ICNPTSO, ESSGLOBAL, SDG, CPV, ESCO
    object: str  # the code there
    confidence: float
    justification: str = ""
    author: str = ""
    date: str = ""
    derived: bool = False  # by chaining two rows, not by a person


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A vocabulary as it is read from its files: concepts with labels, and mappings to other schemes."""

    name: str
    title: str
    version: str = ""
    licence: str = ""
    source: str = ""
    concepts: tuple[Concept, ...] = ()
    mappings: tuple[Mapping, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A code of an official scheme with how sure it is (0..1) and what it is called where that is known."""

    code: str
    score: float
    label: str = ""
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Classified:
    """The codes of a text in one scheme, likeliest first, and the language it was read in."""

    language: str
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept found in a text: where, how surely (0..1), by which words, and whether the text denies it."""

    concept: ConceptId
    score: float
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a text: its language and the concepts in it, best first."""

    language: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Translated:
    """A text in the words of the two worlds, in the language asked for."""

    language: str
    mentions: tuple[Mention, ...]
    labels: Dictionary[ConceptId, str]
    codes: Dictionary[ConceptId, Dictionary[str, tuple[str, ...]]]
    social: str
    industry: str
