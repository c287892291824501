"""The compiled form: made once, made anew when something changed, never half written."""

import multiprocessing
import os
from pathlib import Path

import orjson
import pytest

from glocal.lexicon.holding import lexicon as holding
from glocal.lexicon.holding.builtin import bridge_vocabulary
from glocal.lexicon.holding.installed import remove_vocabulary, save_vocabulary
from glocal.lexicon.holding.lexicon import Lexicon, Stamps, compile_all, is_compiled, open_lexicon
from glocal.lexicon.meaning.annotating import annotate
from glocal.lexicon.types import Concept, ConceptId, Labels, Vocabulary

CHEESE = {"en": Labels("moon cheese"), "mt": Labels("ġobon tal-qamar")}
MOON = Vocabulary(
    "moon", "Things of the moon", concepts=(Concept(ConceptId("moon:cheese"), "moon", labels=CHEESE),)
)
STAMPS = Stamps("these tables", "", {})


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder for compiled forms, of this test alone."""
    monkeypatch.setenv("GLOCAL_LEXICON_CACHE", str(tmp_path / "compiled"))
    return tmp_path / "compiled"


@pytest.fixture(autouse=True)
def _few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compile the first concepts only, in two languages: how many there are is not what is tested."""
    whole = bridge_vocabulary()
    few = Vocabulary(whole.name, whole.title, concepts=whole.concepts[:20], mappings=())
    small = {"en": frozenset(["the"]), "mt": frozenset(["il"])}
    monkeypatch.setattr(holding, "bridge_vocabulary", lambda: few)
    monkeypatch.setattr(holding, "function_words", lambda: small)
    monkeypatch.setattr(holding, "known_words", lambda _vocabularies: {"en": ["kitchen"], "mt": ["kċina"]})


def files(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}


def kinds(folder: Path) -> list[str]:
    return sorted(file.name.split("-")[0] for file in folder.iterdir())


def test_a_language_is_compiled_when_it_is_first_asked_for_and_kept(home: Path, cache: Path) -> None:
    opened = open_lexicon(home)
    assert kinds(cache) == ["concepts"]
    opened.tongue("mt")
    assert kinds(cache) == ["concepts", "mt"]
    assert opened.identifier.languages == ["en", "mt"]
    assert kinds(cache) == ["concepts", "languages", "mt"]


def test_what_is_compiled_is_read_and_not_made_again(home: Path, cache: Path) -> None:
    first = Lexicon(home, cache, STAMPS)
    labels, guesses = first.tongue("mt").labels, first.identifier.guesses("kitchen")
    before = files(cache)
    again = Lexicon(home, cache, STAMPS)
    assert again.tongue("mt").labels == labels
    assert again.identifier.guesses("kitchen") == guesses
    assert files(cache) == before


def test_it_lies_in_the_home_where_nobody_says_otherwise(
    home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GLOCAL_LEXICON_CACHE")
    open_lexicon(home)
    assert kinds(home / "lexicon" / "compiled") == ["concepts"]
    assert not cache.exists()


def test_the_same_tables_always_give_the_same_bytes(home: Path, tmp_path: Path) -> None:
    compiled = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        Lexicon(home, folder, STAMPS).tongue("mt")
        compiled.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert compiled[0] == compiled[1]


@pytest.mark.parametrize(
    ("changed", "anew"),
    [
        pytest.param(Stamps("other tables", "", {}), {"concepts", "mt", "languages"}, id="the program"),
        pytest.param(Stamps("these tables", "moon", {}), {"concepts", "mt"}, id="what is installed"),
        pytest.param(Stamps("these tables", "", {"mt": "a label"}), {"mt"}, id="a label of the language"),
        pytest.param(Stamps("these tables", "", {"en": "a label"}), {"mt"}, id="a label of the pivot"),
        pytest.param(Stamps("these tables", "", {"bg": "a label"}), set(), id="a label of another language"),
        pytest.param(Stamps("these tables", "", {}), set(), id="nothing"),
    ],
)
def test_only_what_depends_on_a_change_is_made_anew(
    home: Path, cache: Path, changed: Stamps, anew: set[str]
) -> None:
    before: dict[str, int] = {}
    for stamps in (STAMPS, changed):
        before = files(cache) if cache.exists() else {}
        opened = Lexicon(home, cache, stamps)
        assert opened.tongue("mt").labels
        assert opened.identifier.languages
    assert {name.split("-")[0] for name in files(cache).keys() - before.keys()} == anew
    assert before.items() <= files(cache).items()


def test_a_new_format_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {STAMPS.concepts(), STAMPS.languages(), STAMPS.tongue("mt")}
    monkeypatch.setattr(holding, "FORMAT", holding.FORMAT + 1)
    assert not before & {STAMPS.concepts(), STAMPS.languages(), STAMPS.tongue("mt")}


def test_a_vocabulary_that_is_installed_is_spoken_at_once_and_forgotten_at_once(
    home: Path, cache: Path
) -> None:
    bare = open_lexicon(home)
    assert open_lexicon(home) is bare
    assert annotate(bare, "We make moon cheese", "en") == []
    save_vocabulary(home, MOON)
    found = annotate(open_lexicon(home), "We make moon cheese", "en")
    assert [mention.concept for mention in found] == ["moon:cheese"]
    remove_vocabulary(home, "moon")
    assert open_lexicon(home) is bare


@pytest.mark.parametrize("shared", [True, False])
def test_what_nobody_reads_any_more_is_dropped_when_all_is_compiled_unless_others_may_read_it(
    home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, *, shared: bool
) -> None:
    if not shared:
        monkeypatch.delenv("GLOCAL_LEXICON_CACHE")
    folder = cache if shared else home / "lexicon" / "compiled"
    open_lexicon(home).tongue("mt")
    save_vocabulary(home, MOON)
    assert not is_compiled(home)
    compile_all(home)
    assert is_compiled(home)
    old = ["concepts", "mt"] if shared else []
    assert kinds(folder) == sorted(["concepts", "en", "languages", "mt", *old])


def test_a_draft_that_fails_leaves_nothing_behind(
    home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
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
    assert opened.tongue("mt").labels


def _compile(home: Path, start: object) -> None:
    start.wait()  # type: ignore[attr-defined]  # an Event of multiprocessing, whose class has no public name
    lexicon = open_lexicon(home)
    assert len(lexicon.tongue("mt").labels) == len(lexicon.ids)


def test_processes_at_once_do_not_hurt_each_other(home: Path, cache: Path) -> None:
    forked = multiprocessing.get_context("fork")  # they see the few words, too
    start = forked.Event()
    running = [forked.Process(target=_compile, args=(home, start)) for _ in range(3)]
    for one in running:
        one.start()
    start.set()
    for one in running:
        one.join(60)
    assert [one.exitcode for one in running] == [0, 0, 0]
    assert kinds(cache) == ["concepts", "mt"]
    [file] = cache.glob("mt-*")
    assert len(orjson.loads(file.read_bytes())["labels"]) == 20


@pytest.mark.parametrize("broken", [b"", b"{", b"{}"], ids=["empty", "cut", "without what it should hold"])
def test_a_broken_file_is_compiled_anew(home: Path, cache: Path, broken: bytes) -> None:
    Lexicon(home, cache, STAMPS).tongue("mt")
    (cache / STAMPS.tongue("mt")).write_bytes(broken)
    assert Lexicon(home, cache, STAMPS).tongue("mt").labels


def test_a_broken_identifier_is_learnt_anew(home: Path, cache: Path) -> None:
    file = cache / STAMPS.languages()
    assert Lexicon(home, cache, STAMPS).identifier.guesses("kitchen")
    os.truncate(file, file.stat().st_size // 2)
    assert Lexicon(home, cache, STAMPS).identifier.guesses("kitchen")
