"""Reads any vocabulary in SKOS: RDF/XML, Turtle, N-Triples or JSON-LD, whatever the file is called."""

import json
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final
from xml.sax import SAXException

from django.utils.translation import gettext as _
from rdflib import Graph, Literal, URIRef
from rdflib.exceptions import ParserError
from rdflib.namespace import OWL, RDF, SKOS, Namespace
from rdflib.plugins.parsers.notation3 import BadSyntax

from glocal.core.language import is_language_tag
from glocal.lexicon.errors import UnreadableVocabulary
from glocal.lexicon.gateways.drafting import Draft, Drafts
from glocal.lexicon.gateways.iris import code_of_iri
from glocal.lexicon.gateways.tables import check_text, one_sentence
from glocal.lexicon.types import Predicate

MAX_BYTES: Final = 100 * 1024**2  # a graph takes some fifteen times its file; chosen, not measured
_SKOS_XL: Final = Namespace("http://www.w3.org/2008/05/skos-xl#")
_XML: Final = re.compile(r"<(?:\?xml|!--|!DOCTYPE|[\w.-]+(?::[\w.-]+)?[\s>/])")
_SEPARATORS: Final = re.compile(r"[/#:]")
_BASE: Final = (
    "https://vocabulary.invalid/"  # for addresses that are relative to a file that does not say to what
)
_LONGEST_NAME: Final = 120  # of a definition that is a name
_UNSAID: Final = "en"  # the language of labels that do not say theirs
_MATCHES: Final[dict[URIRef, tuple[Predicate, float]]] = {  # how sure a publisher is; chosen, not measured
    SKOS.exactMatch: ("exactMatch", 1.0),
    SKOS.closeMatch: ("closeMatch", 0.9),
    SKOS.broadMatch: ("broadMatch", 0.9),
    SKOS.narrowMatch: ("narrowMatch", 0.9),
    SKOS.relatedMatch: ("relatedMatch", 0.8),
}


def read_skos(path: Path, drafts: Drafts) -> bool:
    """Read the concepts of a graph, without the deprecated ones; False where there are none.

    Raises:
        UnreadableVocabulary: it is no RDF, is too large, or would fetch something from the network.
    """
    graph = _graph(path)
    concepts = sorted(
        one
        for one in graph.subjects(RDF.type, SKOS.Concept, unique=True)
        if isinstance(one, URIRef) and (one, OWL.deprecated, Literal(True)) not in graph
    )
    _name(concepts, drafts)
    for iri in concepts:
        local = drafts.named[str(iri)]
        _read_concept(graph, iri, drafts.concept(local, _notation(graph, iri)))
        _read_matches(graph, iri, local, drafts)
    return bool(concepts)


def join_skos(drafts: Drafts) -> None:
    """Put the neighbours' ids in place of their addresses, now that the concepts of all files are known."""
    for draft in drafts.all:
        draft.broader = _known(draft.broader, drafts)
        draft.related = _known(draft.related, drafts)


def _graph(path: Path) -> Graph:
    encoding = check_text(path)
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableVocabulary(_("%(file)s is larger than 100 MB.") % {"file": path.name})
    with one_sentence(path):
        text = path.read_text(encoding=encoding)
    kind = _format(text)
    try:
        if kind == "json-ld":
            _refuse_contexts_elsewhere(json.loads(text), path)
        # XML says itself how its letters are written, so it is handed over as bytes
        source: Any = path.read_bytes() if kind == "xml" else text
        with warnings.catch_warnings():
            # rdflib's own JSON-LD reader warns of what it uses itself; delete when rdflib 8 no longer does
            warnings.simplefilter("ignore", DeprecationWarning)
            return Graph().parse(data=source, format=kind, publicID=_BASE)
    except (SAXException, BadSyntax, ParserError, ValueError, TypeError, KeyError, RecursionError) as reason:
        raise UnreadableVocabulary(
            _("%(file)s is not a vocabulary in RDF (%(format)s): %(reason)s.")
            % {"file": path.name, "format": kind, "reason": _first_line(reason)}
        ) from reason


def _format(text: str) -> str:
    head = text[:10_000].lstrip("\ufeff \t\r\n")
    if _XML.match(head):
        return "xml"
    return "json-ld" if head.startswith(("{", "[")) and not head.startswith("[]") else "turtle"


def _refuse_contexts_elsewhere(document: Any, path: Path) -> None:
    """Refuse what would make the reader ask a server: nothing is fetched but what a person names."""
    for key, value in _members(document):
        if key == "@import" or (key == "@context" and any(isinstance(one, str) for one in _listed(value))):
            raise UnreadableVocabulary(
                _("%(file)s takes its context from the network; write it into the file, or save as Turtle.")
                % {"file": path.name}
            )


def _members(document: Any) -> Iterator[tuple[str, Any]]:
    stack = [document]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            yield from one.items()
            stack += one.values()
        elif isinstance(one, list):
            stack += one


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _name(concepts: list[URIRef], drafts: Drafts) -> None:
    """Name new concepts by the ends of their addresses: by one step, by more where that is taken."""
    new = [str(iri) for iri in concepts if str(iri) not in drafts.named]
    often = Counter(_steps(iri)[-1] for iri in new)
    taken = {*drafts.named.values(), *(step for step, times in often.items() if times > 1)}
    for iri in new:
        steps = _steps(iri)
        names = ("-".join(steps[-length:]) for length in range(1, len(steps) + 1))
        drafts.named[iri] = next((name for name in names if name not in taken), iri)
        taken.add(drafts.named[iri])


def _steps(iri: str) -> list[str]:
    return [step for step in _SEPARATORS.split(iri) if step] or [iri]


def _read_concept(graph: Graph, iri: URIRef, draft: Draft) -> None:
    for language, label in _names(graph, iri):
        draft.say(language, [label])
    for language, label in _texts(graph, iri, SKOS.hiddenLabel):
        draft.hide(language, [label])
    for predicate in (SKOS.definition, SKOS.scopeNote):
        draft.define(next((text for said, text in _texts(graph, iri, predicate) if said == _UNSAID), ""))
    above = {*graph.objects(iri, SKOS.broader), *graph.subjects(SKOS.narrower, iri)}
    beside = {*graph.objects(iri, SKOS.related), *graph.subjects(SKOS.related, iri)}
    draft.broader.update(dict.fromkeys(sorted(map(str, above))))
    draft.related.update(dict.fromkeys(sorted(map(str, beside))))


def _names(graph: Graph, iri: URIRef) -> Iterator[tuple[str, str]]:
    """Yield preferred labels, then others; of publishers who put codes there, what they define."""
    preferred = _texts(graph, iri, SKOS.prefLabel)
    yield from ((language, label) for language, label in preferred if _has_letters(label))
    coded = {language for language, label in preferred if label.strip() and not _has_letters(label)}
    for language, text in _texts(graph, iri, SKOS.definition):
        if language in coded and len(text) <= _LONGEST_NAME:
            yield language, text
    yield from ((said, label) for said, label in _texts(graph, iri, SKOS.altLabel) if _has_letters(label))


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _texts(graph: Graph, iri: URIRef, predicate: URIRef) -> list[tuple[str, str]]:
    """Return what is said of a concept with its language, in a fixed order; also as SKOS-XL says it."""
    found = list(graph.objects(iri, predicate))
    for label in graph.objects(iri, _SKOS_XL[predicate.removeprefix(str(SKOS))]):
        found += graph.objects(label, _SKOS_XL.literalForm)
    texts = [(one.language or _UNSAID, str(one)) for one in found if isinstance(one, Literal)]
    return sorted((tag.lower(), text) for tag, text in texts if is_language_tag(tag))


def _known(addresses: Iterable[str], drafts: Drafts) -> dict[str, None]:
    return dict.fromkeys(drafts.named[one] for one in addresses if one in drafts.named)


def _notation(graph: Graph, iri: URIRef) -> str:
    return min((str(one) for one in graph.objects(iri, SKOS.notation)), default="")


def _read_matches(graph: Graph, iri: URIRef, local: str, drafts: Drafts) -> None:
    for relation, (predicate, sure) in _MATCHES.items():
        for other in sorted(one for one in graph.objects(iri, relation) if isinstance(one, URIRef)):
            if str(other) not in drafts.named:
                drafts.link(local, predicate, *code_of_iri(str(other)), sure)


def _first_line(reason: Exception) -> str:
    text = " ".join(str(reason).split())[:160]
    return text.rstrip(".") or type(reason).__name__
