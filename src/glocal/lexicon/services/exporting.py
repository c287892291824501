"""Writes a vocabulary for other programs: its concepts as SKOS, its mappings as SSSOM."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Dictionary
from pathlib import Path
from typing import Final, Literal

from django.conf import settings
from django.utils.translation import gettext as _

from glocal.core.clock import now
from glocal.core.errors import Invalid
from glocal.lexicon.crosswalks import Link, Node, chains
from glocal.lexicon.gateways.sssom import BY_A_PERSON, BY_CHAINING, BY_ITS_PUBLISHER, Row, sssom_lines
from glocal.lexicon.gateways.turtle import turtle_lines
from glocal.lexicon.holding.builtin import bridge_vocabulary
from glocal.lexicon.holding.installed import load_vocabulary
from glocal.lexicon.holding.lexicon import vocabularies
from glocal.lexicon.types import BRIDGE, Concept, Mapping, Vocabulary

What = Literal["skos", "sssom"]
_BRIDGE_MAPPED_ON: Final = "2026-11-22"  # the day the bridge's mappings were last gone through


def export_vocabulary(file: Path, *, what: What, name: str = BRIDGE) -> int:
    """Write a vocabulary and return how many concepts (skos) or mappings (sssom) it has.

    The mappings are those people stated, and those that follow from two of them, told apart by how they are
    justified. The file is written whole or not at all.

    Raises:
        UnknownVocabulary: none of this name is installed.
        Invalid: the file cannot be written.
    """
    home = Path(settings.GLOCAL_HOME)
    vocabulary = bridge_vocabulary() if name == BRIDGE else load_vocabulary(home, name)
    if what == "skos":
        _write(file, turtle_lines(vocabulary))
        return len(vocabulary.concepts)
    rows = _rows(vocabulary, vocabularies(home))
    _write(file, sssom_lines(vocabulary, rows, published_on=now().date().isoformat()))
    return len(rows)


def _write(file: Path, lines: Iterable[str]) -> None:
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as draft:
            written = Path(draft.name)
            try:
                draft.writelines(lines)
            except BaseException:
                written.unlink()
                raise
        written.chmod(0o644)
        written.replace(file)
    except OSError as reason:
        raise Invalid(
            _("%(file)s cannot be written: %(reason)s.") % {"file": file, "reason": reason.strerror or reason}
        ) from reason


def _rows(vocabulary: Vocabulary, everything: Sequence[Vocabulary]) -> list[Row]:
    concepts: dict[str, Concept] = {concept.id: concept for one in everything for concept in one.concepts}
    labels = {_node(concept): _label(concept) for concept in concepts.values()}
    links = [
        Link(_node(concepts[row.subject]), row.predicate, Node(row.scheme, row.object), row.confidence)
        for one in everything
        for row in one.mappings
        if row.subject in concepts
    ]
    scheme = _scheme(vocabulary.name)
    versions = {_scheme(one.name): one.version for one in everything if one.version}
    stated = [_stated(row, _node(concepts[row.subject]), labels, versions) for row in vocabulary.mappings]
    return [*stated, *_derived(chains(links, scheme), labels, versions)]


def _stated(row: Mapping, source: Node, labels: Dictionary[Node, str], versions: dict[str, str]) -> Row:
    target = Node(row.scheme, row.object)
    is_ours = source.scheme == BRIDGE
    return Row(
        source=source,
        predicate=row.predicate,
        target=target,
        confidence=row.confidence,
        justification=BY_CHAINING if row.derived else BY_A_PERSON if is_ours else BY_ITS_PUBLISHER,
        source_label=labels.get(source, ""),
        target_label=labels.get(target, ""),
        author=row.author,
        date=row.date or (_BRIDGE_MAPPED_ON if is_ours else ""),
        comment=row.justification,
        versions=versions,
    )


def _derived(links: Iterable[Link], labels: Dictionary[Node, str], versions: dict[str, str]) -> Iterator[Row]:
    for link in links:
        through = link.through or link.source
        yield Row(
            source=link.source,
            predicate=link.predicate,
            target=link.target,
            confidence=link.confidence,
            justification=BY_CHAINING,
            source_label=labels.get(link.source, ""),
            target_label=labels.get(link.target, ""),
            author="Glocal",
            date=now().date().isoformat(),
            comment=f"through {through.scheme} {through.code}",
            versions=versions,
        )


def _scheme(name: str) -> str:
    """Return what mapping tables call a vocabulary: the bridge by its name, the others in capitals."""
    return name if name == BRIDGE else name.upper()


def _node(concept: Concept) -> Node:
    return Node(_scheme(concept.scheme), concept.id if concept.scheme == BRIDGE else concept.code)


def _label(concept: Concept) -> str:
    said = concept.labels.get("en") or next(iter(concept.labels.values()), None)
    return said.preferred if said else ""
