"""Keeps vocabularies people installed in the home: one folder each, readable by anyone who opens the file."""

import filecmp
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from glocal.lexicon.errors import UnknownVocabulary
from glocal.lexicon.types import Concept, ConceptId, Labels, Mapping, Vocabulary

_ABOUT, _CONCEPTS, _MAPPINGS = "about.json", "concepts.jsonl", "mappings.jsonl"


_changed = 0


def changes() -> int:
    """Return how often this process changed what is installed or accepted."""
    return _changed


def note_change() -> None:
    """Let this process look again at what is installed and accepted."""
    global _changed  # noqa: PLW0603 - one count for the process is what is meant
    _changed += 1


def installed_folder(home: Path) -> Path:
    """Return the folder of installed vocabularies; it need not exist."""
    return home / "lexicon" / "installed"


def installed_names(home: Path) -> list[str]:
    """Return the names of installed vocabularies in alphabetical order."""
    folders = (path.parent.name for path in installed_folder(home).glob(f"*/{_ABOUT}"))
    return sorted(name for name in folders if not name.startswith("."))  # a draft is none yet


def installed_about(home: Path) -> list[dict[str, Any]]:
    """Return what is known of each installed vocabulary without reading its concepts."""
    folder = installed_folder(home)
    return [orjson.loads((folder / name / _ABOUT).read_bytes()) for name in installed_names(home)]


def installed_stamp(home: Path) -> str:
    """Return a text that changes whenever a vocabulary is installed, replaced or removed."""
    files = [installed_folder(home) / name / _ABOUT for name in installed_names(home)]
    return "|".join(f"{file.parent.name}:{file.stat().st_mtime_ns}" for file in files)


def save_vocabulary(home: Path, vocabulary: Vocabulary) -> None:
    """Write a vocabulary into the home whole or not at all, in place of one of the same name.

    One that is there already, word for word, stays as it is: nothing has to be compiled again.
    """
    folder = installed_folder(home) / vocabulary.name
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".") as scratch:
        draft, before = Path(scratch) / "new", Path(scratch) / "before"
        _write_all(draft, vocabulary)
        if _are_same(draft, folder):
            return
        if folder.exists():
            folder.rename(before)
        draft.rename(folder)
    note_change()


def _write_all(draft: Path, vocabulary: Vocabulary) -> None:
    draft.mkdir()
    _write(draft / _CONCEPTS, vocabulary.concepts)
    _write(draft / _MAPPINGS, vocabulary.mappings)
    languages = sorted({language for concept in vocabulary.concepts for language in concept.labels})
    about = {
        "name": vocabulary.name,
        "title": vocabulary.title,
        "version": vocabulary.version,
        "licence": vocabulary.licence,
        "source": vocabulary.source,
        "concepts": len(vocabulary.concepts),
        "mappings": len(vocabulary.mappings),
        "languages": languages,
    }
    (draft / _ABOUT).write_bytes(orjson.dumps(about))


def _are_same(draft: Path, folder: Path) -> bool:
    names = [_ABOUT, _CONCEPTS, _MAPPINGS]
    same, _, _ = filecmp.cmpfiles(draft, folder, names, shallow=False)
    return len(same) == len(names)


def load_vocabulary(home: Path, name: str) -> Vocabulary:
    """Read an installed vocabulary.

    Raises:
        UnknownVocabulary: none of this name is installed.
    """
    folder = installed_folder(home) / name
    if name not in installed_names(home):
        raise UnknownVocabulary(f"No vocabulary “{name}” is installed.", suggestions=installed_names(home))
    about = orjson.loads((folder / _ABOUT).read_bytes())
    return Vocabulary(
        name=name,
        title=about["title"],
        version=about["version"],
        licence=about["licence"],
        source=about["source"],
        concepts=tuple(_concept(row) for row in _read(folder / _CONCEPTS)),
        mappings=tuple(Mapping(**row) for row in _read(folder / _MAPPINGS)),
    )


def remove_vocabulary(home: Path, name: str) -> None:
    """Delete an installed vocabulary.

    Raises:
        UnknownVocabulary: none of this name is installed.
    """
    if name not in installed_names(home):
        raise UnknownVocabulary(f"No vocabulary “{name}” is installed.", suggestions=installed_names(home))
    shutil.rmtree(installed_folder(home) / name)
    note_change()


def _write(file: Path, rows: Iterable[Concept | Mapping]) -> None:
    with file.open("wb") as out:
        out.writelines(orjson.dumps(asdict(row), option=orjson.OPT_APPEND_NEWLINE) for row in rows)


def _read(file: Path) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in file.read_bytes().splitlines()]


def _concept(row: dict[str, Any]) -> Concept:
    labels = {language: Labels(said["preferred"], tuple(said["others"]), tuple(said["hidden"]))
              for language, said in row.pop("labels").items()}  # fmt: skip
    broader, related = (tuple(map(ConceptId, row.pop(name))) for name in ("broader", "related"))
    return Concept(**row, broader=broader, related=related, labels=labels)
