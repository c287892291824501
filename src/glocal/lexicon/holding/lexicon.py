"""The open lexicon: concepts by number, languages loaded when first asked for, compiled once and kept."""

import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from glocal.lexicon.errors import UnknownLanguage
from glocal.lexicon.holding import installed
from glocal.lexicon.holding.accepted import accepted_labels, accepted_stamp, with_accepted
from glocal.lexicon.holding.builtin import bridge_vocabulary, builtin_files, function_words
from glocal.lexicon.holding.compiling import PIVOT, known_words, packed_concepts, packed_tongue
from glocal.lexicon.holding.tongue import Tongue
from glocal.lexicon.text.identifying import (
    Identifier,
    is_whole,
    learn_languages,
    load_identifier,
    save_identifier,
)
from glocal.lexicon.types import Concept, ConceptId, Vocabulary, World

FORMAT = 5  # raise it whenever the compiled form changes
_MOST_OPEN = 4
_LOOK_AGAIN_SECONDS = 1.0  # another process may have installed something


class Stamps(NamedTuple):
    """What the compiled form depends on: the program's own files, installed vocabularies, accepted labels."""

    builtin: str
    installed: str
    accepted: Mapping[str, str]

    def of(self, *parts: str) -> str:
        """Return a short name for what depends on these parts."""
        return hashlib.sha256("|".join((str(FORMAT), self.builtin, *parts)).encode()).hexdigest()[:16]

    def concepts(self) -> str:
        """Return the name of the list of concepts."""
        return f"concepts-{self.of(self.installed)}.json"

    def languages(self) -> str:
        """Return the name of what tells languages apart."""
        return f"languages-{self.of()}.bin"

    def tongue(self, language: str) -> str:
        """Return the name of one language; it also learns from the labels of the pivot."""
        said = (self.accepted.get(language, ""), self.accepted.get(PIVOT, ""))
        return f"{language}-{self.of(self.installed, *said)}.json"


class Lexicon:
    """The built-in vocabulary and all installed ones. Open it with `open_lexicon`."""

    def __init__(self, home: Path, folder: Path, stamps: Stamps) -> None:
        self._home = home
        self._folder = folder
        self._stamps = stamps
        self._tongues: dict[str, Tongue] = {}
        packed = self._compiled(stamps.concepts(), lambda: packed_concepts(self._vocabularies))
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
        """Return one language; a few milliseconds the first time, half a second where it must be compiled.

        Raises:
            UnknownLanguage: the lexicon does not speak it.
        """
        if language not in self._tongues:
            if not self.speaks(language):
                raise UnknownLanguage(f"The lexicon does not speak “{language}”.")
            name = self._stamps.tongue(language)
            packed = self._compiled(name, lambda: packed_tongue(language, self._vocabularies))
            self._tongues[language] = Tongue(language, packed)
        return self._tongues[language]

    def label(self, number: int, language: str) -> str:
        """Return what a concept is called: in the language, else in English, else its id."""
        return self.tongue(language).labels[number] or self.tongue(PIVOT).labels[number] or self.ids[number]

    @cached_property
    def identifier(self) -> Identifier:
        """What tells languages apart."""
        file = self._folder / self._stamps.languages()
        if not is_whole(file):
            learnt = learn_languages(known_words([bridge_vocabulary()]), function_words())
            with _whole(file) as draft:
                save_identifier(learnt, draft)
        return load_identifier(file)

    def concept(self, concept_id: ConceptId) -> Concept | None:
        """Return all that is known of a concept, None for none; reads the vocabularies the first time."""
        number = self.number.get(concept_id)
        return None if number is None else self._concepts[number]

    @cached_property
    def _concepts(self) -> Sequence[Concept]:
        return [concept for vocabulary in self._vocabularies for concept in vocabulary.concepts]

    @cached_property
    def _vocabularies(self) -> Sequence[Vocabulary]:
        return vocabularies(self._home)

    def _compiled(self, name: str, make: Callable[[], Any]) -> Any:
        file = self._folder / name
        if not (packed := _read(file)):
            with _whole(file) as draft:
                draft.write_bytes(orjson.dumps(make()))
            packed = _read(file)
        return packed


def vocabularies(home: Path) -> list[Vocabulary]:
    """Read the built-in vocabulary and all installed ones, with the labels stewards accepted."""
    accepted = accepted_labels(home)
    read = [
        bridge_vocabulary(),
        *(installed.load_vocabulary(home, one) for one in installed.installed_names(home)),
    ]
    if not accepted:
        return read
    return [replace(one, concepts=with_accepted(one.concepts, accepted)) for one in read]


_seen: dict[Path, tuple[float, int, Lexicon]] = {}


def open_lexicon(home: Path) -> Lexicon:
    """Open the lexicon of a home; free after the first call as long as nothing was installed or accepted.

    What this process installs is seen at once, what another one does within a second.
    """
    known = _seen.get(home)
    if known and known[1] == installed.changes() and time.monotonic() - known[0] < _LOOK_AGAIN_SECONDS:
        return known[2]
    lexicon = _opened(home, _stamped(home))
    if len(_seen) >= _MOST_OPEN:
        _seen.clear()
    _seen[home] = (time.monotonic(), installed.changes(), lexicon)
    return lexicon


def is_compiled(home: Path) -> bool:
    """Say whether every language can be opened at once."""
    folder = _compiled_folder(home)
    return all((folder / name).exists() for name in _names(_stamps(home)))


def compile_all(home: Path) -> None:
    """Compile every language now, and drop what nobody of this home reads any more; a quarter of a minute."""
    lexicon = open_lexicon(home)
    for language in (*lexicon.identifier.languages, PIVOT):
        lexicon.tongue(language)
    if not os.environ.get("GLOCAL_LEXICON_CACHE"):  # others may read from a shared one
        kept = _names(_stamps(home))
        for file in _compiled_folder(home).iterdir():
            if file.is_file() and file.name not in kept:
                file.unlink(missing_ok=True)


def _names(stamps: Stamps) -> set[str]:
    return {stamps.concepts(), stamps.languages(), *map(stamps.tongue, function_words())}


def _stamped(home: Path) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    accepted = accepted_labels(home)
    spoken = sorted({row.language for row in accepted})
    said = tuple((language, accepted_stamp(accepted, language)) for language in spoken)
    return _builtin_stamp(), installed.installed_stamp(home), said


def _stamps(home: Path) -> Stamps:
    builtin, others, accepted = _stamped(home)
    return Stamps(builtin, others, dict(accepted))


@lru_cache(maxsize=_MOST_OPEN)
def _opened(home: Path, stamped: tuple[str, str, tuple[tuple[str, str], ...]]) -> Lexicon:
    builtin, others, accepted = stamped
    return Lexicon(home, _compiled_folder(home), Stamps(builtin, others, dict(accepted)))


def _compiled_folder(home: Path) -> Path:
    return Path(os.environ.get("GLOCAL_LEXICON_CACHE") or home / "lexicon" / "compiled")


@lru_cache(maxsize=1)
def _builtin_stamp() -> str:
    seen = [(file.name, file.stat()) for file in builtin_files()]
    return "|".join(f"{name}:{stat.st_size}:{stat.st_mtime_ns}" for name, stat in seen)


def _read(file: Path) -> Any:
    """Return a compiled document, None where there is none or it was cut short by a full disk."""
    try:
        return orjson.loads(file.read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return None


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """Give a draft that becomes the file when all went well; of two processes at once, either's stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent) as scratch:
        draft = Path(scratch) / file.name
        yield draft
        draft.replace(file)
