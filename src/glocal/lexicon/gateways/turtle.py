"""Writes a vocabulary as SKOS in Turtle, concept by concept."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from glocal.lexicon.gateways.iris import has_own_addresses, iri
from glocal.lexicon.types import Concept, ConceptId, Mapping, Vocabulary

_ESCAPED: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TO_ESCAPE: Final = re.compile(r'[\\"\n\r\t]')
_PREFIXES: Final = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .

"""


def turtle_lines(vocabulary: Vocabulary) -> Iterator[str]:
    """Yield a vocabulary as Turtle: its scheme, then every concept with labels, neighbours and mappings."""
    addresses = {concept.id: concept_iri(concept) for concept in vocabulary.concepts}
    mappings: dict[str, list[Mapping]] = {}
    for row in vocabulary.mappings:
        mappings.setdefault(row.subject, []).append(row)
    scheme = f"<urn:glocal:vocabulary:{vocabulary.name}>"
    yield _PREFIXES
    yield _block(scheme, _about(vocabulary))
    for concept in vocabulary.concepts:
        statements = [
            ("a", "skos:Concept"),
            ("skos:inScheme", scheme),
            *_words(concept),
            *_neighbours(concept, addresses),
            *_matches(mappings.get(concept.id, ())),
        ]
        yield _block(f"<{addresses[concept.id]}>", statements)


def concept_iri(concept: Concept) -> str:
    """Return the address of a concept on the web."""
    if has_own_addresses(concept.scheme):
        return iri(concept.scheme, concept.code)
    return iri(concept.scheme, concept.id.removeprefix(f"{concept.scheme}:"))


def _about(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    yield "a", "skos:ConceptScheme"
    yield "dct:title", f"{_quoted(vocabulary.title)}@en"
    for predicate, text in (("dct:hasVersion", vocabulary.version), ("dct:rights", vocabulary.licence),
                            ("dct:source", vocabulary.source)):  # fmt: skip
        if text:
            yield predicate, _quoted(text)


def _words(concept: Concept) -> Iterator[tuple[str, str]]:
    if concept.code:
        yield "skos:notation", _quoted(concept.code)
    for language, said in concept.labels.items():
        yield "skos:prefLabel", f"{_quoted(said.preferred)}@{language}"
        yield from (("skos:altLabel", f"{_quoted(one)}@{language}") for one in said.others)
        yield from (("skos:hiddenLabel", f"{_quoted(one)}@{language}") for one in said.hidden)
    if concept.definition:
        yield "skos:definition", f"{_quoted(concept.definition)}@en"


def _neighbours(concept: Concept, addresses: dict[ConceptId, str]) -> Iterator[tuple[str, str]]:
    for predicate, others in (("skos:broader", concept.broader), ("skos:related", concept.related)):
        yield from ((predicate, f"<{addresses[one]}>") for one in others if one in addresses)


def _matches(rows: Iterable[Mapping]) -> Iterator[tuple[str, str]]:
    for row in rows:
        yield f"skos:{row.predicate}", f"<{iri(row.scheme, row.object)}>"


def _block(subject: str, statements: Iterable[tuple[str, str]]) -> str:
    return (
        subject + " " + " ;\n    ".join(f"{predicate} {value}" for predicate, value in statements) + " .\n\n"
    )


def _quoted(text: str) -> str:
    return '"' + _TO_ESCAPE.sub(lambda found: _ESCAPED[found.group()], text) + '"'
