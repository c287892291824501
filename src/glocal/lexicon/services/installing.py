"""Installs official vocabularies into the home from their publishers' files, and removes them."""

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from glocal.core.errors import Invalid
from glocal.lexicon.errors import UnreadableVocabulary
from glocal.lexicon.gateways.catalogue import FORMATS, Reading, format_of, read_vocabulary
from glocal.lexicon.gateways.fetching import Opener, fetch, is_address
from glocal.lexicon.holding import installed
from glocal.lexicon.holding.lexicon import compile_all, open_lexicon
from glocal.lexicon.types import BRIDGE, Vocabulary

Progress = Callable[[str], None]  # told what is being done, for somebody who waits
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,31}")
_MOST_FILES: Final = 2_000


@dataclass(frozen=True, slots=True)
class InstalledVocabulary:
    """What is known of a vocabulary besides its concepts; the last two only just after it was read."""

    name: str
    title: str
    version: str
    licence: str
    source: str
    concepts: int
    mappings: int
    languages: tuple[str, ...]
    left_out: tuple[str, ...] = ()  # files of a folder that hold something else
    notices: tuple[str, ...] = ()  # what was put right, as sentences


def install_vocabulary(
    name: str,
    sources: Sequence[str],
    *,
    open_url: Opener | None = None,
    progress: Progress = lambda _sentence: None,
) -> InstalledVocabulary:
    """Install a vocabulary from its files in place of the one of this name; harmless twice.

    Seconds to a minute: every language it brings is compiled. Until all files are read nothing is changed.

    Args:
        name: one of the catalogue's (esco, cpv, nace2, ...), or any other for a vocabulary in SKOS.
        sources: files, folders, https addresses; what they say is put together.
        open_url: opens addresses; the public internet's where it is not given.
        progress: is told what is being done.

    Raises:
        Invalid: the name is not small letters, digits and hyphens, or is the built-in vocabulary's.
        UnreadableVocabulary: a file is not what it should be, or an address cannot be fetched.
    """
    _require_name(name)
    with tempfile.TemporaryDirectory() as scratch:
        named, found = _files(name, sources, Path(scratch), open_url, progress)
        progress(_("Reading %(count)s files.") % {"count": len(named) + len(found)})
        reading = read_vocabulary(name, named, optional=found)
    vocabulary = replace(reading.vocabulary, source=_sources(sources))
    home = Path(settings.GLOCAL_HOME)
    installed.save_vocabulary(home, vocabulary)
    _compile(home, vocabulary, progress)
    return _card(vocabulary, reading)


def remove_vocabulary(name: str) -> None:
    """Remove an installed vocabulary; its concepts are no longer found in texts.

    Raises:
        UnknownVocabulary: none of this name is installed.
    """
    installed.remove_vocabulary(Path(settings.GLOCAL_HOME), name)


def list_vocabularies() -> list[InstalledVocabulary]:
    """Return what is installed, in alphabetical order; reads no concept."""
    rows = installed.installed_about(Path(settings.GLOCAL_HOME))
    return [InstalledVocabulary(**row | {"languages": tuple(row["languages"])}) for row in rows]


def _require_name(name: str) -> None:
    if name == BRIDGE:
        raise Invalid(_("“%(name)s” is the vocabulary that is always there.") % {"name": name})
    if not _NAME.fullmatch(name):
        raise Invalid(
            _("“%(name)s” is no name for a vocabulary: small letters, digits and hyphens, 2 to 32 of them.")
            % {"name": name[:80]},
            suggestions=list(FORMATS),
        )


def _files(
    name: str, sources: Sequence[str], scratch: Path, open_url: Opener | None, progress: Progress
) -> tuple[list[Path], list[Path]]:
    """Return the files that were named, and those found in folders."""
    named: list[Path] = []
    found: list[Path] = []
    for number, source in enumerate(sources):
        if is_address(source):
            progress(_("Fetching %(url)s.") % {"url": source})
            folder = scratch / str(number)  # two addresses may end in the same name
            folder.mkdir()
            named.append(fetch(source, folder, open_url=open_url))
        elif (path := Path(source)).is_dir():
            found += _inside(path, format_of(name).endings)
        else:
            named.append(path)
    return named, found


def _inside(folder: Path, endings: Sequence[str]) -> list[Path]:
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in endings and path.is_file())
    if not files or len(files) > _MOST_FILES:
        raise UnreadableVocabulary(
            _("%(folder)s holds %(count)s files that could be of this vocabulary (%(endings)s).")
            % {"folder": folder, "count": len(files), "endings": ", ".join(endings)}
        )
    return files


def _sources(sources: Sequence[str]) -> str:
    """Return where a vocabulary is from: addresses whole, of this machine's files the names alone."""
    return ", ".join(one if is_address(one) else Path(one).name for one in sources)[:1_000]


def _compile(home: Path, vocabulary: Vocabulary, progress: Progress) -> None:
    languages = sorted({language for concept in vocabulary.concepts for language in concept.labels})
    opened = open_lexicon(home)
    spoken = [language for language in languages if opened.speaks(language)]
    for number, language in enumerate(spoken, start=1):
        progress(
            _("Compiling %(language)s (%(number)s of %(count)s).")
            % {"language": language, "number": number, "count": len(spoken)}
        )
        opened.tongue(language)
    compile_all(home)


def _card(vocabulary: Vocabulary, reading: Reading) -> InstalledVocabulary:
    return InstalledVocabulary(
        name=vocabulary.name,
        title=vocabulary.title,
        version=vocabulary.version,
        licence=vocabulary.licence,
        source=vocabulary.source,
        concepts=len(vocabulary.concepts),
        mappings=len(vocabulary.mappings),
        languages=tuple(sorted({one for concept in vocabulary.concepts for one in concept.labels})),
        left_out=reading.left_out,
        notices=reading.notices,
    )
