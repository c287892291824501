"""Opens the tables vocabularies are published as: CSV in Unicode, whatever its separator."""

import codecs
import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from glocal.lexicon.errors import UnreadableVocabulary

MAX_BYTES: Final = 200 * 1024**2
_HEAD_BYTES: Final = 4_096
_LANGUAGE: Final = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_NAMED_AFTER: Final = re.compile(r"[_.-]([a-z]{2})(?:[-_][a-z]{2,4})?$", re.IGNORECASE)
Row = dict[str, str]


class Table:
    """A table with one header line; headings are known by their letters and digits, in lower case."""

    def __init__(self, path: Path, headings: list[str], lines: Iterator[list[str]]) -> None:
        self._path = path
        self._lines = lines
        self.headings = headings
        self.keys = [heading_key(heading) for heading in headings]

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield the rows by heading, trimmed, with their number as a spreadsheet shows it; empty ones not.

        Raises:
            UnreadableVocabulary: a row has more or fewer cells than there are headings.
        """
        for number, cells in enumerate(self._lines, start=2):
            if any(cells):
                if len(cells) != len(self.keys):
                    raise UnreadableVocabulary(
                        _("%(file)s, row %(row)s: %(cells)s cells, not %(headings)s; was the file cut off?")
                        % {
                            "file": self._path.name,
                            "row": number,
                            "cells": len(cells),
                            "headings": len(self.keys),
                        }
                    )
                yield number, {key: cell.strip() for key, cell in zip(self.keys, cells, strict=True)}

    def languages(self) -> dict[str, str]:
        """Return by key the language of every column that is called like one."""
        return {
            key: heading.strip().lower().replace("_", "-")
            for key, heading in zip(self.keys, self.headings, strict=True)
            if _LANGUAGE.fullmatch(heading.strip())
        }


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Open a table; what is wrong while it is read becomes one sentence.

    Raises:
        UnreadableVocabulary: it is no table in Unicode.
    """
    encoding = check_text(path)
    with one_sentence(path), path.open(encoding=encoding, newline="") as text:
        first = text.readline()
        text.seek(0)
        lines = csv.reader(text, delimiter=max(",;\t|", key=first.count))
        yield Table(path, next(lines, []), lines)


def check_text(path: Path) -> str:
    """Return how the letters of a file are written.

    Raises:
        UnreadableVocabulary: it is missing, empty, too large, packed, or no text.
    """
    with one_sentence(path):
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    name = {"file": path.name}
    if size > MAX_BYTES:
        raise UnreadableVocabulary(_("%(file)s is larger than 200 MB.") % name)
    if not head.strip():
        raise UnreadableVocabulary(_("%(file)s is empty.") % name)
    if head.startswith((b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf")):
        raise UnreadableVocabulary(_("%(file)s is packed; unpack it first.") % name)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        raise UnreadableVocabulary(_("%(file)s is not a text file.") % name)
    return "utf-8-sig"


@contextmanager
def one_sentence(path: Path) -> Iterator[None]:
    """Turn what discs, letters and tables throw into one sentence.

    Raises:
        UnreadableVocabulary: the file cannot be read.
    """
    try:
        yield
    except OSError as reason:
        raise UnreadableVocabulary(
            _("%(file)s cannot be read: %(reason)s.")
            % {"file": path.name, "reason": reason.strerror or reason}
        ) from reason
    except UnicodeError as reason:
        raise UnreadableVocabulary(
            _("The letters of %(file)s cannot be read; save it as UTF-8.") % {"file": path.name}
        ) from reason
    except csv.Error as reason:
        raise UnreadableVocabulary(
            _("%(file)s is not a table: %(reason)s.") % {"file": path.name, "reason": reason}
        ) from reason


def heading_key(heading: str) -> str:
    """Return a heading without what differs between editions: case, spaces, points.

    >>> heading_key("NACE.Rev..2.1.Code"), heading_key("NACE Rev. 2.1 Code")
    ('nacerev21code', 'nacerev21code')
    """
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


def language_in_name(path: Path) -> str:
    """Return the language at the end of a file's name ("occupations_en.csv").

    Raises:
        UnreadableVocabulary: there is none.
    """
    found = _NAMED_AFTER.search(path.stem)
    if found is None:
        raise UnreadableVocabulary(
            _("The name of %(file)s does not end in a language; call it like %(example)s.")
            % {"file": path.name, "example": f"{path.stem}_en{path.suffix}"}
        )
    return found.group(1).lower()
