"""The command group `lexicon`: one JSON document each, refusals left to the one who prints them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from glocal.core.errors import DomainError
from glocal.lexicon.commands.vocabularies import lexicon
from glocal.lexicon.errors import UnknownVocabulary, UnreadableVocabulary
from glocal.lexicon.services import installing


@pytest.fixture(autouse=True)
def _without_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "_compile", lambda *_arguments: None)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "cpv.csv"
    file.write_text("CODE,EN,DE\n98000000-1,Moon cheese,Mondkäse\n", encoding="utf-8")
    return file


def run(*words: str | Path) -> Any:
    result = CliRunner().invoke(lexicon, [*map(str, words), "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return json.loads(result.stdout)


def said(*words: str | Path) -> str:
    result = CliRunner().invoke(lexicon, [*map(str, words)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_vocabulary_is_installed_listed_exported_and_removed(table: Path, tmp_path: Path) -> None:
    card = run("install", "cpv", table)
    assert {"name": "cpv", "concepts": 1, "mappings": 0, "languages": ["de", "en"]}.items() <= card.items()
    listed = run("list")["vocabularies"]
    assert [(one["name"], one["version"], one["source"]) for one in listed] == [("cpv", "2008", "cpv.csv")]
    file = tmp_path / "cpv.ttl"
    assert run("export", file, "--what", "skos", "--name", "cpv")["written"] == 1
    assert "http://data.europa.eu/cpv/cpv/98000000" in file.read_text(encoding="utf-8")
    assert run("remove", "cpv") == {"removed": "cpv"}
    assert run("list") == {"vocabularies": []}


def test_people_are_told_in_words(table: Path, tmp_path: Path) -> None:
    assert said("list") == "None installed.\n"
    assert said("install", "cpv", table) == "1 concepts and 0 mappings installed.\n"
    assert "Common Procurement Vocabulary" in said("list")
    assert "mappings written" in said("export", tmp_path / "x.tsv", "--what", "sssom")
    assert said("remove", "cpv") == "Removed.\n"


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (["install", "cpv", "nowhere.csv"], UnreadableVocabulary),
        (["install", "cpv", "http://web.example/cpv.csv"], UnreadableVocabulary),
        (["install", "Not a name", "nowhere.csv"], DomainError),
        (["remove", "cpv"], UnknownVocabulary),
        (["export", "x.ttl", "--what", "skos", "--name", "cpv"], UnknownVocabulary),
    ],
)
def test_refusals_are_left_to_the_program(words: list[str], refusal: type[DomainError]) -> None:
    with pytest.raises(refusal):
        CliRunner().invoke(lexicon, words, catch_exceptions=False)


@pytest.mark.parametrize("words", [["install", "cpv"], ["export", "x.ttl"], ["export", "x", "--what", "owl"]])
def test_wrong_usage_is_told(words: list[str]) -> None:
    assert CliRunner().invoke(lexicon, words).exit_code == 2
