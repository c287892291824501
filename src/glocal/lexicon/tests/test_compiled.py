"""The compiled form: made once, made anew when something changed, never half written."""

import multiprocessing
import os
from pathlib import Path

import orjson
import pytest

from glocal.lexicon.holding import lexicon as holding
from glocal.lexicon.holding.installed import remove_vocabulary, save_vocabulary
from glocal.lexicon.holding.lexicon import Lexicon, compile_all, open_lexicon
from glocal.lexicon.meaning.annotating import annotate
from glocal.lexicon.types import Concept, ConceptId, Labels, Vocabulary

MOON = Vocabulary("moon", "Things of the moon", concepts=(
    Concept(ConceptId("moon:cheese"), "moon", labels={"en": Labels("moon cheese"), "mt": Labels("ġobon tal-qamar")}),
))  # fmt: skip


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder for compiled forms, of this test alone."""
    monkeypatch.setenv("GLOCAL_LEXICON_CACHE", str(tmp_path / "compiled"))
    return tmp_path / "compiled"


@pytest.fixture
def few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compile the first concepts only: what is tested here does not depend on how many there are."""
    whole = holding.bridge_vocabulary()
    few = Vocabulary(whole.name, whole.title, concepts=whole.concepts[:20], mappings=())
    monkeypatch.setattr(holding, "bridge_vocabulary", lambda: few)


def files(folder: Path) -> dict[str, int]:
    return {str(file.relative_to(folder)): file.stat().st_mtime_ns for file in folder.rglob("*.*")}


def test_a_language_is_compiled_when_it_is_first_asked_for_and_kept(
    home: Path, cache: Path, few_words: None
) -> None:
    opened = open_lexicon(home)
    assert [file.name for file in cache.glob("*/*")] == ["concepts.json"]
    opened.tongue("mt")
    before = files(cache)
    assert {Path(name).name for name in before} == {"concepts.json", "mt.json"}
    again = Lexicon(home, next(cache.iterdir()))
    assert again.tongue("mt").known_words() == opened.tongue("mt").known_words()
    assert files(cache) == before


def test_it_lies_in_the_home_where_nobody_says_otherwise(
    home: Path, cache: Path, few_words: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GLOCAL_LEXICON_CACHE")
    open_lexicon(home)
    assert [file.name for file in (home / "lexicon" / "compiled").glob("*/*")] == ["concepts.json"]
    assert not cache.exists()


def test_the_same_tables_always_give_the_same_bytes(
    home: Path, tmp_path: Path, cache: Path, few_words: None
) -> None:
    compiled = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        Lexicon(home, folder).tongue("mt")
        compiled.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert compiled[0] == compiled[1]


def test_opening_again_is_free_until_something_changes(
    home: Path, cache: Path, few_words: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_lexicon(home)
    assert open_lexicon(home) is first
    monkeypatch.setattr(holding, "FORMAT", holding.FORMAT + 1)
    second = open_lexicon(home)
    assert second is not first
    assert len(list(cache.iterdir())) == 2


def test_a_vocabulary_that_is_installed_is_spoken_at_once_and_forgotten_at_once(
    home: Path, cache: Path, few_words: None
) -> None:
    bare = open_lexicon(home)
    assert annotate(bare, "We make moon cheese", "en") == []
    save_vocabulary(home, MOON)
    found = annotate(open_lexicon(home), "We make moon cheese", "en")
    assert [mention.concept for mention in found] == ["moon:cheese"]
    remove_vocabulary(home, "moon")
    assert open_lexicon(home) is bare


def test_what_nobody_reads_any_more_is_dropped_when_all_is_compiled(
    home: Path, cache: Path, few_words: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_lexicon(home)
    save_vocabulary(home, MOON)
    monkeypatch.setattr(holding, "function_words", lambda: {"en": frozenset(["the"]), "mt": frozenset(["il"])})
    monkeypatch.setattr(holding, "known_words", lambda _vocabularies: {"en": ["kitchen"], "mt": ["kċina"]})
    compile_all(home)
    [left] = cache.iterdir()
    assert {file.name for file in left.iterdir()} == {"concepts.json", "en.json", "mt.json", "languages.bin"}


def test_a_draft_that_fails_leaves_nothing_behind(
    home: Path, cache: Path, few_words: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_lexicon(home)
    before = files(cache)

    def fails(*_anything: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(holding, "packed_tongue", fails)
        with pytest.raises(OSError, match="No space"):
            opened.tongue("mt")
    assert files(cache) == before
    assert [path.name for folder in cache.iterdir() for path in folder.iterdir()] == ["concepts.json"]
    assert opened.tongue("mt").labels


def _compile(home: Path, start: object) -> None:
    start.wait()  # type: ignore[attr-defined]  # an Event of multiprocessing, whose class has no public name
    lexicon = open_lexicon(home)
    assert len(lexicon.tongue("mt").labels) == len(lexicon.ids)


def test_two_processes_at_once_do_not_hurt_each_other(home: Path, cache: Path, few_words: None) -> None:
    forked = multiprocessing.get_context("fork")  # they see the few words, too
    start = forked.Event()
    running = [forked.Process(target=_compile, args=(home, start)) for _ in range(3)]
    for one in running:
        one.start()
    start.set()
    for one in running:
        one.join(60)
    assert [one.exitcode for one in running] == [0, 0, 0]
    [folder] = cache.iterdir()
    assert sorted(file.name for file in folder.iterdir()) == ["concepts.json", "mt.json"]
    assert len(orjson.loads((folder / "mt.json").read_bytes())["labels"]) == 20


@pytest.mark.xfail(strict=True, reason="a file that cannot be read is not compiled anew")
@pytest.mark.parametrize("broken", [b"", b"{", b"{}"], ids=["empty", "cut", "without what it should hold"])
def test_a_broken_file_is_compiled_anew(home: Path, cache: Path, few_words: None, broken: bytes) -> None:
    Lexicon(home, cache / "x").tongue("mt")
    (cache / "x" / "mt.json").write_bytes(broken)
    assert Lexicon(home, cache / "x").tongue("mt").labels


@pytest.mark.xfail(strict=True, reason="a file that cannot be read is not compiled anew")
def test_a_broken_identifier_is_learnt_anew(
    home: Path, cache: Path, few_words: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "known_words", lambda _vocabularies: {"en": ["kitchen"], "mt": ["kċina"]})
    file = cache / "x" / "languages.bin"
    assert Lexicon(home, cache / "x").identifier.guesses("kitchen")
    os.truncate(file, file.stat().st_size // 2)
    assert Lexicon(home, cache / "x").identifier.guesses("kitchen")
