"""The tables of the bridge vocabulary: whole in every language, without collisions, with sound mappings."""

import csv
import json
import re
from collections import Counter
from math import isfinite
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
WORD_LANGUAGES = {*LANGUAGES, "ca", "uk"}
SPOKEN = {*WORD_LANGUAGES, "tr", "ar"}
CLASSIFICATIONS = ("sdg", "icnptso", "nace", "essglobal")
PREDICATES = {f"{strength}Match" for strength in ("exact", "close", "broad", "narrow", "related")}
Row = dict[str, str]


def rows(table: str) -> list[Row]:
    """Return a table of all domains."""
    found: list[Row] = []
    for path in sorted(FOLDER.glob(f"*.{table}.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found += csv.DictReader(lines)
    return found


def cells(*path: str) -> tuple[list[str], list[list[str]]]:
    """Return the heading of a table and its rows as they are written, however many cells each has."""
    with FOLDER.joinpath(*path).open(encoding="utf-8", newline="") as lines:
        heading, *found = csv.reader(lines)
    return heading, found


def dictionaries(*path: str) -> list[Row]:
    """Return the rows of a table by its heading; every row must be as long as that."""
    heading, found = cells(*path)
    return [dict(zip(heading, row, strict=True)) for row in found]


def entries(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def classes(name: str) -> dict[str, Row]:
    return {row["code"]: row for row in dictionaries("classes", f"{name}.csv")}


def known_code(name: str, code: str) -> str:
    """Return the listed class of a code, which may be finer; "" for none."""
    listed = classes(name)
    while code and code not in listed:
        code = code.rpartition(".")[0]
    return code


def top_class(name: str, code: str) -> str:
    listed = classes(name)
    code = known_code(name, code)
    while listed[code]["parent"]:
        code = listed[code]["parent"]
    return code


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


WORD_FILES = sorted(path.name for path in (FOLDER / "words").glob("*.csv"))


@pytest.mark.parametrize("name", WORD_FILES)
def test_general_words_are_told_in_every_language(name: str) -> None:
    heading, found = cells("words", name)
    assert heading[0] == "en"
    assert len(heading) == len(set(heading))
    assert set(heading) == WORD_LANGUAGES
    assert [row[0] for row in found if len(row) != len(heading)] == []
    hollow = [row[0] for row in found for cell in row if not all(map(str.strip, cell.split("|")))]
    assert hollow == []


def test_each_word_family_is_told_once() -> None:
    heads = Counter(
        row[0].split("|")[0].strip().casefold() for name in WORD_FILES for row in cells("words", name)[1]
    )
    assert [head for head, times in heads.items() if times > 1] == []


def test_there_are_enough_general_words() -> None:
    assert sum(len(cells("words", name)[1]) for name in WORD_FILES) >= 4000


def test_small_words_are_told_once_in_every_language() -> None:
    found = dictionaries("function_words.csv")
    assert len(found) == len(SPOKEN)
    assert {row["language"] for row in found} == SPOKEN
    for row in found:
        words = row["words"].split()
        assert len(words) == len(set(words)) >= 100, row["language"]
        assert [word for word in words if word != word.lower()] == [], row["language"]


def test_denials_are_told_once_in_every_language() -> None:
    for row in dictionaries("function_words.csv"):
        words = row["denying"].split()
        assert words
        assert [word for word in words if word != word.lower()] == [], row["language"]
        assert len(words) == len(set(words)), row["language"]


@pytest.mark.parametrize("name", CLASSIFICATIONS)
def test_classes_stand_once_in_a_tree(name: str) -> None:
    listed, found = classes(name), dictionaries("classes", f"{name}.csv")
    assert len(listed) == len(found)
    for code, row in listed.items():
        assert row["title"].strip()
        assert row["parent"] in {"", *listed}
        passed = {code}
        while row["parent"]:
            assert row["parent"] not in passed, code
            passed.add(row["parent"])
            row = listed[row["parent"]]  # noqa: PLW2901 - climbing is what the loop is for


@pytest.mark.parametrize("name", CLASSIFICATIONS)
def test_every_cue_has_a_weight_and_stands_once_in_its_class(name: str) -> None:
    for code, row in classes(name).items():
        cues = [entry.strip() for entry in entries(row["cues"])]
        assert cues, code
        assert [cue for cue in cues if not re.fullmatch(r"[^|^]*[^|^\s]\^(-[1-3]|[1-5])", cue)] == [], code
        phrases = Counter(cue.partition("^")[0] for cue in cues)
        assert [phrase for phrase, times in phrases.items() if times > 1] == [], code


def test_texts_of_the_calibration_have_codes_that_are_listed() -> None:
    texts = dictionaries("calibration.csv")
    assert len({row["text"] for row in texts}) == len(texts) >= 300
    for row in texts:
        assert row["text"].strip()
        assert row["language"] in LANGUAGES
        for name in CLASSIFICATIONS:
            codes = entries(row[name])
            assert len(codes) == len(set(codes))
            assert all(known_code(name, code) for code in codes), row["text"]


def test_texts_of_the_calibration_are_in_every_language() -> None:
    assert {row["language"] for row in dictionaries("calibration.csv")} == set(LANGUAGES)


@pytest.mark.parametrize("name", CLASSIFICATIONS)
def test_the_calibration_knows_every_class_a_text_has(name: str) -> None:
    numbers = json.loads((FOLDER / "classes" / "calibration.json").read_text(encoding="utf-8"))
    assert set(numbers) == set(CLASSIFICATIONS)
    fitted = numbers[name]
    assert set(fitted) == {"start", "of_amount", "of_share"}
    given = {top_class(name, code) for row in dictionaries("calibration.csv") for code in entries(row[name])}
    tops = {code for code, row in classes(name).items() if not row["parent"]}
    assert given <= set(fitted["start"]) <= tops
    assert all(map(isfinite, [*fitted["start"].values(), fitted["of_amount"], fitted["of_share"]]))


def test_headings_of_the_two_wordings_are_complete() -> None:
    found = dictionaries("wording.csv")
    assert set(LANGUAGES) <= {row["language"] for row in found}
    assert len({row["language"] for row in found}) == len(found)
    assert all(cell.strip() for row in found for cell in row.values())
