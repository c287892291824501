"""The open lexicon: concepts by number, languages loaded when first asked for, compiled once and kept."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import orjson

from glocal.lexicon.errors import UnknownLanguage
from glocal.lexicon.holding.builtin import bridge_vocabulary, builtin_files, function_words
from glocal.lexicon.holding.compiling import PIVOT, known_words, packed_concepts, packed_tongue
from glocal.lexicon.holding.installed import installed_names, installed_stamp, load_vocabulary
from glocal.lexicon.holding.tongue import Tongue
from glocal.lexicon.text.identifying import Identifier, learn_languages, load_identifier, save_identifier
from glocal.lexicon.types import Concept, ConceptId, Vocabulary, World

FORMAT = 4  # raise it whenever the compiled form changes


class Lexicon:
    """The built-in vocabulary and all installed ones. Open it with `open_lexicon`."""

    def __init__(self, home: Path, folder: Path) -> None:
        self._home = home
        self._folder = folder
        self._tongues: dict[str, Tongue] = {}
        packed = self._compiled("concepts", lambda: packed_concepts(self._vocabularies))
        self.ids: list[ConceptId] = packed["ids"]
        self.schemes: list[str] = packed["schemes"]
        self.kinds: list[str] = packed["kinds"]
        self.worlds: list[World] = packed["worlds"]
        self.domains: list[str] = packed["domains"]
        self.codes: list[str] = packed["codes"]
        self.broader: list[list[int]] = packed["broader"]
        self.related: list[list[int]] = packed["related"]
        self.mappings: list[list[tuple[str, str, str, float]]] = packed["mappings"]

    @cached_property
    def number(self) -> Mapping[ConceptId, int]:
        """Numbers of concepts by their ids."""
        return {concept: number for number, concept in enumerate(self.ids)}

    def speaks(self, language: str) -> bool:
        """Say whether texts in this language are understood."""
        return language in function_words()

    def tongue(self, language: str) -> Tongue:
        """Return one language; a few milliseconds the first time, a second or two where it must be compiled.

        Raises:
            UnknownLanguage: the lexicon does not speak it.
        """
        if language not in self._tongues:
            if not self.speaks(language):
                raise UnknownLanguage(f"The lexicon does not speak “{language}”.")
            packed = self._compiled(language, lambda: packed_tongue(language, self._vocabularies))
            self._tongues[language] = Tongue(language, packed)
        return self._tongues[language]

    def label(self, number: int, language: str) -> str:
        """Return what a concept is called: in the language, else in English, else its id."""
        return self.tongue(language).labels[number] or self.tongue("en").labels[number] or self.ids[number]

    @cached_property
    def identifier(self) -> Identifier:
        """What tells languages apart."""
        file = self._folder / "languages.bin"
        if not file.exists():
            learnt = learn_languages(known_words(self._vocabularies[:1]), function_words())
            with _whole(file) as draft:
                save_identifier(learnt, draft)
        return load_identifier(file)

    @property
    def concepts(self) -> Iterator[Concept]:
        """Every concept with all that its vocabulary says of it; reads the vocabularies the first time."""
        return (concept for vocabulary in self._vocabularies for concept in vocabulary.concepts)

    @cached_property
    def _vocabularies(self) -> Sequence[Vocabulary]:
        return vocabularies(self._home)

    def _compiled(self, name: str, make: Callable[[], Any]) -> Any:
        file = self._folder / f"{name}.json"
        if not file.exists():
            with _whole(file) as draft:
                draft.write_bytes(orjson.dumps(make()))
        return orjson.loads(file.read_bytes())


def vocabularies(home: Path) -> list[Vocabulary]:
    """Read the built-in vocabulary and all installed ones."""
    return [bridge_vocabulary(), *(load_vocabulary(home, name) for name in installed_names(home))]


def open_lexicon(home: Path) -> Lexicon:
    """Open the lexicon of a home; free after the first call as long as nothing was installed or removed."""
    return _opened(home, _stamp(home))


def is_compiled(home: Path) -> bool:
    """Say whether every language can be opened at once."""
    folder = _compiled_folder(home) / _stamp(home)
    names = [f"{language}.json" for language in function_words()]
    return all((folder / name).exists() for name in ("concepts.json", "languages.bin", *names))


def compile_all(home: Path) -> None:
    """Compile every language now, and drop compiled forms nobody reads any more; a quarter of a minute."""
    lexicon = open_lexicon(home)
    languages = [*lexicon.identifier.languages, PIVOT]
    for language in languages:
        lexicon.tongue(language)
    for folder in _compiled_folder(home).iterdir():
        if folder.name != _stamp(home):
            shutil.rmtree(folder, ignore_errors=True)


@lru_cache(maxsize=4)
def _opened(home: Path, stamp: str) -> Lexicon:
    return Lexicon(home, _compiled_folder(home) / stamp)


def _compiled_folder(home: Path) -> Path:
    return Path(os.environ.get("GLOCAL_LEXICON_CACHE") or home / "lexicon" / "compiled")


def _stamp(home: Path) -> str:
    return hashlib.sha256(f"{FORMAT}|{_builtin_stamp()}|{installed_stamp(home)}".encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _builtin_stamp() -> str:
    return "|".join(
        f"{file.name}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in builtin_files()
    )


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """Give a draft that becomes the file when all went well; of two processes at once, either's stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent) as scratch:
        draft = Path(scratch) / file.name
        yield draft
        draft.replace(file)
