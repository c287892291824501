"""Installing and removing vocabularies: whole or not at all, harmless twice, found in texts at once."""

import io
from pathlib import Path
from typing import Any

import pytest

from glocal.core.errors import Invalid
from glocal.lexicon.errors import UnknownVocabulary, UnreadableVocabulary
from glocal.lexicon.holding.installed import installed_folder, installed_names, load_vocabulary
from glocal.lexicon.holding.lexicon import open_lexicon
from glocal.lexicon.meaning.annotating import annotate
from glocal.lexicon.services import installing
from glocal.lexicon.services.installing import install_vocabulary, list_vocabularies, remove_vocabulary

TABLE = "CODE,EN,DE\n98000000-1,Moon cheese,Mondkäse\n98100000-2,Lunar bread,Mondbrot\n"
TAGS = "Code,tag,Category,Subcategory,Level,Notes,Related ICNPTSO code\nMO,Moon,Moon,,1,,E21\n"


@pytest.fixture(autouse=True)
def _compile_only_what_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the languages a small vocabulary does not bring: each takes a second."""
    monkeypatch.setattr(installing, "compile_all", lambda _home: None)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "cpv.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


@pytest.fixture
def without_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "_compile", lambda *_arguments: None)


def test_what_was_installed_is_found_in_texts_and_gone_when_removed(
    table: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOCAL_LEXICON_CACHE", str(home / "compiled"))
    told: list[str] = []
    card = install_vocabulary("cpv", [str(table)], progress=told.append)

    assert (card.name, card.concepts, card.languages) == ("cpv", 2, ("de", "en"))
    assert any("Compiling de (1 of 2)" in sentence for sentence in told)
    compiled = {file.stem.partition("-")[0] for file in (home / "compiled").rglob("*.*")}
    assert compiled >= {"de", "en"}  # not only when asked
    found = annotate(open_lexicon(home), "frischer Mondkäse", "de", schemes=frozenset({"cpv"}))
    assert [mention.concept for mention in found] == ["cpv:98000000"]

    remove_vocabulary("cpv")
    assert "cpv:98000000" not in open_lexicon(home).number
    assert list_vocabularies() == []


@pytest.mark.usefixtures("without_compiling")
def test_installing_twice_changes_nothing(table: Path, home: Path) -> None:
    first = install_vocabulary("cpv", [str(table)])
    about = installed_folder(home) / "cpv" / "about.json"
    written_at = about.stat().st_mtime_ns
    assert install_vocabulary("cpv", [str(table)]) == first
    assert about.stat().st_mtime_ns == written_at  # so nothing is compiled again
    assert [path.name for path in installed_folder(home).iterdir()] == ["cpv"]


@pytest.mark.usefixtures("without_compiling")
def test_a_newer_file_takes_the_place_of_the_older(table: Path, home: Path) -> None:
    install_vocabulary("cpv", [str(table)])
    table.write_text("CODE,EN\n98000000-1,Mars cheese\n", encoding="utf-8")
    install_vocabulary("cpv", [str(table)])
    concepts = load_vocabulary(home, "cpv").concepts
    assert [concept.labels["en"].preferred for concept in concepts] == ["Mars cheese"]


@pytest.mark.usefixtures("without_compiling")
def test_a_bad_file_changes_nothing(table: Path, home: Path, tmp_path: Path) -> None:
    install_vocabulary("cpv", [str(table)])
    before = load_vocabulary(home, "cpv")
    broken = tmp_path / "broken.csv"
    broken.write_text("CODE,EN\nnonsense,x\n", encoding="utf-8")
    for sources in ([broken], [table, broken], [tmp_path / "nowhere.csv"]):
        with pytest.raises(UnreadableVocabulary):
            install_vocabulary("cpv", [str(one) for one in sources])
    assert load_vocabulary(home, "cpv") == before
    assert installed_names(home) == ["cpv"]


@pytest.mark.usefixtures("without_compiling")
def test_of_a_folder_what_is_something_else_is_left_out(table: Path, tmp_path: Path) -> None:
    (tmp_path / "ukcat.csv").write_text(TAGS, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\0")
    card = install_vocabulary("ukcat", [str(tmp_path)])
    assert (card.concepts, card.mappings, card.left_out) == (1, 1, ("cpv.csv",))
    assert card.source == tmp_path.name  # not where it lies on this machine


def test_a_folder_without_a_fitting_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableVocabulary, match="0 files"):
        install_vocabulary("sdg", [str(tmp_path)])


@pytest.mark.usefixtures("without_compiling")
def test_an_address_is_fetched_and_kept_as_the_source() -> None:
    asked: list[str] = []

    def open_url(request: Any) -> Any:
        asked.append(request.full_url)
        return io.BytesIO(TABLE.encode())

    card = install_vocabulary("cpv", ["https://web.example/cpv.csv"], open_url=open_url)
    assert asked == ["https://web.example/cpv.csv"]
    assert card.source == "https://web.example/cpv.csv"
    assert [one.name for one in list_vocabularies()] == ["cpv"]


@pytest.mark.parametrize("name", ["bridge", "", "a", "CPV", "../evil", "a/b", "x" * 40, ".cpv"])
def test_names_that_could_be_something_else_are_refused(name: str, table: Path, home: Path) -> None:
    with pytest.raises(Invalid, match=r"no name|always there"):
        install_vocabulary(name, [str(table)])
    assert not installed_folder(home).exists()


@pytest.mark.parametrize("name", ["cpv", "..", "bridge"])
def test_what_is_not_installed_is_not_removed(name: str) -> None:
    with pytest.raises(UnknownVocabulary):
        remove_vocabulary(name)
