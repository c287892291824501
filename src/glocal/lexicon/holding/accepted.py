"""Reads the labels stewards accepted, from the file in the home that accepting writes."""

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from glocal.lexicon.types import Concept, Labels


class Accepted(NamedTuple):
    """A label that was accepted; `rank` is "preferred" or "other"."""

    id: str
    language: str
    rank: str
    label: str


def accepted_file(home: Path) -> Path:
    """Return where accepted labels lie; the file need not exist."""
    return home / "lexicon" / "accepted.csv"


def accepted_labels(home: Path) -> tuple[Accepted, ...]:
    """Return every accepted label of a home in the order they were accepted."""
    file = accepted_file(home)
    if not file.exists():
        return ()
    with file.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Accepted(row["id"], row["language"], row["rank"], row["label"]) for row in csv.DictReader(lines)
        )


def accepted_stamp(rows: Sequence[Accepted], language: str) -> str:
    """Return a text that changes whenever the accepted labels of a language do."""
    said = repr([row for row in rows if row.language == language])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def with_accepted(concepts: Sequence[Concept], rows: Sequence[Accepted]) -> tuple[Concept, ...]:
    """Return concepts with accepted labels in their places; a former preferred label stays as another."""
    by_concept: dict[str, list[Accepted]] = {}
    for row in rows:
        by_concept.setdefault(row.id, []).append(row)
    return tuple(_with(concept, by_concept.get(concept.id, [])) for concept in concepts)


def _with(concept: Concept, rows: Sequence[Accepted]) -> Concept:
    if not rows:
        return concept
    labels = dict(concept.labels)
    for row in rows:
        known = labels.get(row.language)
        if known is None:
            labels[row.language] = Labels(row.label)
        elif row.rank == "preferred":
            labels[row.language] = Labels(row.label, (known.preferred, *known.others), known.hidden)
        else:
            labels[row.language] = Labels(known.preferred, (*known.others, row.label), known.hidden)
    return replace(concept, labels=labels)
