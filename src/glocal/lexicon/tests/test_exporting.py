"""Vocabularies written for other programs: SKOS that is read back equal, SSSOM telling derived rows."""

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS

from glocal.core.errors import Invalid
from glocal.lexicon.errors import UnknownVocabulary
from glocal.lexicon.gateways.catalogue import read_vocabulary
from glocal.lexicon.holding.builtin import bridge_vocabulary
from glocal.lexicon.holding.installed import save_vocabulary
from glocal.lexicon.services.exporting import export_vocabulary
from glocal.lexicon.types import Concept, ConceptId, Labels, Mapping, Vocabulary

QUOTED = 'Moon "cheese"\\ <of> the\tmoon'


NACE = next(row.object for row in bridge_vocabulary().mappings if row.scheme == "NACE2")


def concept(local: str, label: str, **more: Any) -> Concept:
    return Concept(ConceptId(f"moon:{local}"), "moon", code=local, labels={"en": Labels(label)}, **more)


@pytest.fixture
def moon(home: Path) -> Vocabulary:
    """Install a vocabulary with labels, neighbours and mappings of every kind."""
    above = ConceptId("moon:a b")
    vocabulary = Vocabulary(
        "moon",
        "Of the moon",
        version="3",
        concepts=(
            concept("a b", QUOTED, definition="Line\nby line"),
            concept("c", "Soft", broader=(above,), related=(above,)),
        ),
        mappings=(
            Mapping("moon:c", "exactMatch", "NACE2", NACE, 0.9, author="Luna"),
            Mapping("moon:c", "closeMatch", "http://m.example/x#", "http://m.example/x#7 <8>", 0.8),
        ),
    )
    save_vocabulary(home, vocabulary)
    return vocabulary


def table(file: Path) -> tuple[dict[str, Any], list[dict[str, str]]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    header = yaml.safe_load("\n".join(line.removeprefix("#") for line in lines if line.startswith("#")))
    rows = csv.DictReader([line for line in lines if not line.startswith("#")], delimiter="\t")
    return header, list(rows)


def test_the_bridge_as_skos_is_read_back_equal(tmp_path: Path) -> None:
    file = tmp_path / "bridge.ttl"
    bridge = bridge_vocabulary()
    assert export_vocabulary(file, what="skos") == len(bridge.concepts)

    graph = Graph().parse(file, format="turtle")
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == len(bridge.concepts)
    assert len(list(graph.subject_objects(SKOS.prefLabel))) == sum(len(one.labels) for one in bridge.concepts)
    assert len(list(graph.subject_objects(SKOS.broader))) == sum(len(one.broader) for one in bridge.concepts)
    assert len(list(graph.subject_objects(SKOS.exactMatch))) == sum(
        row.predicate == "exactMatch" for row in bridge.mappings
    )


@pytest.mark.usefixtures("moon")
def test_skos_holds_what_breaks_turtle(tmp_path: Path) -> None:
    file = tmp_path / "moon.ttl"
    assert export_vocabulary(file, what="skos", name="moon") == 2
    graph = Graph().parse(file, format="turtle")
    above, below = URIRef("urn:glocal:moon:a%20b"), URIRef("urn:glocal:moon:c")
    assert (above, SKOS.prefLabel, Literal(QUOTED, lang="en")) in graph
    assert (above, SKOS.definition, Literal("Line\nby line", lang="en")) in graph
    assert (below, SKOS.broader, above) in graph
    assert (below, SKOS.exactMatch, URIRef(f"urn:glocal:nace2:{NACE}")) in graph
    assert (below, SKOS.closeMatch, URIRef("http://m.example/x#7%20%3C8%3E")) in graph


def test_what_is_exported_can_be_installed(tmp_path: Path, moon: Vocabulary) -> None:
    file = tmp_path / "moon.ttl"
    export_vocabulary(file, what="skos", name="moon")
    again = read_vocabulary("moon", [file]).vocabulary
    assert {one.labels["en"].all() for one in again.concepts} != set()
    assert len(again.concepts) == len(moon.concepts)
    assert again.concepts[1].broader == (again.concepts[0].id,)


def test_stated_and_derived_mappings_are_told_apart(tmp_path: Path, moon: Vocabulary) -> None:
    file = tmp_path / "moon.tsv"
    written = export_vocabulary(file, what="sssom", name="moon")
    header, rows = table(file)

    assert header["mapping_set_id"] == "urn:glocal:mappings:moon"
    assert header["curie_map"]["skos"] == "http://www.w3.org/2004/02/skos/core#"
    assert header["curie_map"]["ns1"] == "http://m.example/x#"
    assert written == len(rows) > len(moon.mappings)
    stated = rows[0]
    assert stated["subject_id"] == "MOON:c"
    assert stated["predicate_id"] == "skos:exactMatch"
    assert stated["object_id"] == f"NACE2:{NACE}"
    assert stated["mapping_justification"] == "semapv:UnspecifiedMatching"
    assert (stated["author_label"], stated["confidence"], stated["object_source_version"]) == (
        "Luna",
        "0.9",
        "2",
    )
    derived = [row for row in rows if row["mapping_justification"] == "semapv:MappingChaining"]
    assert len(derived) == len(rows) - len(moon.mappings)
    assert all(row["comment"] == f"through NACE2 {NACE}" for row in derived)  # the bridge maps to it, too
    assert all(row["mapping_date"] and row["author_id"] == "author:Glocal" for row in derived)


def test_every_name_of_the_bridge_s_mappings_is_declared_and_sure(tmp_path: Path) -> None:
    file = tmp_path / "bridge.tsv"
    assert export_vocabulary(file, what="sssom") >= len(bridge_vocabulary().mappings)
    header, rows = table(file)
    prefixes = {
        row[key].partition(":")[0] for row in rows for key in ("subject_id", "object_id", "author_id")
    }
    assert prefixes <= set(header["curie_map"])
    assert {row["mapping_justification"] for row in rows} <= {
        "semapv:ManualMappingCuration", "semapv:MappingChaining"
    }  # fmt: skip
    assert all(0 < float(row["confidence"]) <= 1 and row["mapping_date"] for row in rows)
    assert len({(row["subject_id"], row["predicate_id"], row["object_id"]) for row in rows}) == len(rows)


def test_no_concept_of_the_bridge_is_exactly_two_things_of_one_scheme(tmp_path: Path) -> None:
    file = tmp_path / "bridge.tsv"
    export_vocabulary(file, what="sssom")
    exact = [
        (row["subject_id"], row["object_id"].partition(":")[0])
        for row in table(file)[1]
        if row["predicate_id"] == "skos:exactMatch"
    ]
    assert len(exact) == len(set(exact))


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="cannot be written"):
        export_vocabulary(tmp_path / "nowhere" / "x.ttl", what="skos")
    with pytest.raises(UnknownVocabulary):
        export_vocabulary(tmp_path / "x.ttl", what="skos", name="cpv")
    assert list(tmp_path.glob("*.ttl")) == []
