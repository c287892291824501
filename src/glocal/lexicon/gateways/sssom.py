"""Writes mappings as SSSOM: a table with what holds for all of it in YAML above."""

import csv
import io
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from typing import Final

import yaml

from glocal.lexicon.gateways.iris import base_iri, iri, prefix
from glocal.lexicon.types import Predicate, Vocabulary

_FIXED: Final = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "author": "urn:glocal:author:",
}
_COLUMNS: Final = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification",
    "author_id", "author_label", "mapping_date", "subject_source_version", "object_source_version",
    "confidence", "comment",
)  # fmt: skip
_LICENCES: Final = {
    "EUPL-1.2": "https://spdx.org/licenses/EUPL-1.2",
    "CC-BY-4.0": "https://spdx.org/licenses/CC-BY-4.0",
    "CC-BY-3.0": "https://spdx.org/licenses/CC-BY-3.0",
}
_VERSIONS: Final = {"NACE2": "2", "NACE21": "2.1", "CPV": "2008", "ICNPTSO": "2018", "SDG": "2015"}
BY_A_PERSON, BY_CHAINING, BY_ITS_PUBLISHER = (
    "semapv:ManualMappingCuration",
    "semapv:MappingChaining",
    "semapv:UnspecifiedMatching",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A mapping with all that a reader of the table wants to know of it."""

    source: tuple[str, str]  # scheme and code
    predicate: Predicate
    target: tuple[str, str]
    confidence: float
    justification: str
    source_label: str = ""
    target_label: str = ""
    author: str = ""
    date: str = ""
    comment: str = ""
    versions: Dictionary[str, str] = field(default_factory=dict)  # of installed vocabularies, by scheme


def sssom_lines(vocabulary: Vocabulary, rows: Iterable[Row], *, published_on: str) -> Iterator[str]:
    """Yield the mappings of a vocabulary as SSSOM."""
    rows = list(rows)
    schemes = sorted({end[0] for row in rows for end in (row.source, row.target)})
    prefixes = _prefixes(schemes)
    header = _header(vocabulary, published_on) | {
        "curie_map": _FIXED | {prefixes[scheme]: _base(scheme) for scheme in schemes}
    }
    written = yaml.safe_dump(header, allow_unicode=True, sort_keys=False, width=1_000)
    yield from (f"#{line}\n" for line in written.splitlines())
    yield _line(_COLUMNS)
    yield from (_line(_cells(row, prefixes)) for row in rows)


def _prefixes(schemes: list[str]) -> dict[str, str]:
    """Return what addresses are written short with; schemes without a name of their own are numbered."""
    nameless = [scheme for scheme in schemes if "://" in scheme]
    numbered = {scheme: f"ns{number}" for number, scheme in enumerate(nameless, start=1)}
    return {scheme: numbered.get(scheme) or prefix(scheme) for scheme in schemes}


def _base(scheme: str) -> str:
    return scheme if "://" in scheme else base_iri(scheme)


def _header(vocabulary: Vocabulary, published_on: str) -> dict[str, object]:
    header: dict[str, object] = {
        "mapping_set_id": f"urn:glocal:mappings:{vocabulary.name}",
        "mapping_set_title": f"{vocabulary.title}: mappings",
        "mapping_set_version": vocabulary.version,
        "license": _LICENCES.get(vocabulary.licence, ""),
        "other": "" if vocabulary.licence in _LICENCES else vocabulary.licence,
        "mapping_tool": "Glocal",
        "publication_date": published_on,
    }
    return {name: value for name, value in header.items() if value}


def _cells(row: Row, prefixes: Dictionary[str, str]) -> tuple[str, ...]:
    return (
        _short(row.source, prefixes),
        row.source_label,
        f"skos:{row.predicate}",
        _short(row.target, prefixes),
        row.target_label,
        row.justification,
        f"author:{row.author}" if row.author else "",
        row.author,
        row.date,
        _version(row, row.source[0]),
        _version(row, row.target[0]),
        f"{row.confidence:.4g}",
        row.comment,
    )


def _version(row: Row, scheme: str) -> str:
    return row.versions.get(scheme) or _VERSIONS.get(scheme, "")


def _short(node: tuple[str, str], prefixes: Dictionary[str, str]) -> str:
    scheme, code = node
    return f"{prefixes[scheme]}:{iri(scheme, code).removeprefix(_base(scheme))}"


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\n").writerow([" ".join(cell.split()) for cell in cells])
    return text.getvalue()
