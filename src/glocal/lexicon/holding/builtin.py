"""Reads the bridge vocabulary and the general words that come with the program."""

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from glocal.lexicon.types import BRIDGE, Concept, ConceptId, Labels, Mapping, Predicate, Vocabulary, World

FOLDER = Path(__file__).parent.parent / "vocabulary"
_COMPILED = (
    "*.concepts.csv",
    "*.labels.csv",
    "*.mappings.csv",
    "everyday.*.csv",
    "words/*.csv",
    "function_words.csv",
)
Row = dict[str, str]


def builtin_files() -> list[Path]:
    """Return every file the compiled form depends on, in a fixed order."""
    return sorted(file for pattern in _COMPILED for file in FOLDER.glob(pattern))


@lru_cache(maxsize=1)
def bridge_vocabulary() -> Vocabulary:
    """Read the bridge vocabulary: about 0.2 s."""
    everyday = {row["id"]: _parts(row["en"]) for row in _rows("everyday.*.csv")}
    labels = {row["id"]: _labels(row, everyday.get(row["id"], ())) for row in _rows("*.labels.csv")}
    return Vocabulary(
        name=BRIDGE,
        title="Glocal bridge vocabulary",
        version="1",
        licence="EUPL-1.2",
        concepts=tuple(
            _concept(row, path.name.split(".")[0], labels) for path, row in _with_paths("*.concepts.csv")
        ),
        mappings=tuple(_mapping(row) for row in _rows("*.mappings.csv")),
    )


@lru_cache(maxsize=1)
def general_words() -> tuple[dict[str, tuple[str, ...]], ...]:
    """Return rows of general words: by language, what one English word family is called there, best first."""
    return tuple(
        {language: _parts(cell) for language, cell in row.items() if cell} for row in _rows("words/*.csv")
    )


@lru_cache(maxsize=1)
def function_words() -> dict[str, frozenset[str]]:
    """Return by language the small words that carry no meaning of their own, as written, in lower case."""
    return {row["language"]: frozenset(row["words"].split()) for row in _rows("function_words.csv")}


@lru_cache(maxsize=1)
def denying_words() -> dict[str, frozenset[str]]:
    """Return by language the words that deny what follows them ("no", "without"), in lower case."""
    return {row["language"]: frozenset(row["denying"].split()) for row in _rows("function_words.csv")}


def _with_paths(pattern: str) -> Iterator[tuple[Path, Row]]:
    for path in sorted(FOLDER.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as lines:
            yield from ((path, row) for row in csv.DictReader(lines))


def _rows(pattern: str) -> Iterator[Row]:
    return (row for _, row in _with_paths(pattern))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for raw in cell.split("|") if (part := raw.strip()))


def _labels(row: Row, everyday: tuple[str, ...]) -> dict[str, Labels]:
    """Return labels by language; everyday phrases are hidden labels in English."""
    found = {language: _parts(cell) for language, cell in row.items() if language != "id"}
    return {
        language: Labels(said[0], said[1:], everyday if language == "en" else ())
        for language, said in found.items()
        if said
    }


def _concept(row: Row, domain: str, labels: dict[str, dict[str, Labels]]) -> Concept:
    world: World = row["world"]  # type: ignore[assignment]  # the tables' own test knows the three
    return Concept(
        id=ConceptId(row["id"]),
        scheme=BRIDGE,
        kind=row["kind"],
        world=world,
        broader=tuple(map(ConceptId, _parts(row["broader"]))),
        related=tuple(map(ConceptId, _parts(row["related"]))),
        definition=row["definition"],
        domain=domain,
        labels=labels[row["id"]],
    )


def _mapping(row: Row) -> Mapping:
    predicate: Predicate = row["predicate"]  # type: ignore[assignment]  # the tables' own test knows the five
    return Mapping(
        subject=row["subject"],
        predicate=predicate,
        scheme=row["scheme"],
        object=row["object"],
        confidence=float(row["confidence"]),
        justification=row["justification"],
        author="Glocal",
    )
