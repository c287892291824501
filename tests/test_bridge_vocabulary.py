"""The tables of the bridge vocabulary: whole in every language, without collisions, with sound mappings."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "src" / "glocal" / "lexicon" / "vocabulary"
LANGUAGES = (
    *("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr"),
    *("hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"),
)
KINDS = {
    *("activity", "good", "service", "skill", "beneficiary", "resource"),
    *("cooperation", "crisis", "form", "quality"),
}
SCHEMES = {"NACE2", "NACE21", "ICNPTSO", "ESSGLOBAL", "SDG", "CPV", "ESCO"}
PREDICATES = {f"{strength}Match" for strength in ("exact", "close", "broad", "narrow", "related")}
Row = dict[str, str]


def rows(table: str) -> list[Row]:
    """Return a table of all domains."""
    found: list[Row] = []
    for path in sorted(FOLDER.glob(f"*.{table}.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found += csv.DictReader(lines)
    return found


CONCEPTS = {row["id"]: row for row in rows("concepts")}


def test_there_are_enough_and_each_is_there_once() -> None:
    assert len(CONCEPTS) == len(rows("concepts")) >= 700
    assert {row["id"] for row in rows("labels")} == set(CONCEPTS)
    assert len(rows("labels")) == len(CONCEPTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_has_a_preferred_label_of_its_own(language: str) -> None:
    preferred = [row[language].split("|")[0].strip().casefold() for row in rows("labels")]
    assert "" not in preferred
    assert [label for label, times in Counter(preferred).items() if times > 1] == []


def test_kinds_worlds_and_definitions_are_sound() -> None:
    for concept in CONCEPTS.values():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", concept["id"])
        assert concept["kind"] in KINDS
        assert concept["world"] in {"social", "industrial", "shared"}
        assert concept["definition"].endswith(".")


def test_broader_and_related_lead_somewhere_and_never_in_a_circle() -> None:
    for number, concept in CONCEPTS.items():
        assert {other for other in concept["related"].split("|") if other} <= set(CONCEPTS) - {number}
        passed, at = {number}, concept["broader"]
        while at:
            assert at not in passed, number
            passed.add(at)
            at = CONCEPTS[at]["broader"]


def test_mappings_name_known_schemes_and_are_exact_at_most_once() -> None:
    exact: Counter[tuple[str, str]] = Counter()
    for row in rows("mappings"):
        assert row["subject"] in CONCEPTS
        assert row["scheme"] in SCHEMES
        assert row["predicate"] in PREDICATES
        assert 0.5 <= float(row["confidence"]) <= 0.99
        exact[row["subject"], row["scheme"]] += row["predicate"] == "exactMatch"
    assert [each for each, times in exact.items() if times > 1] == []
