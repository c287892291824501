"""Reads texts to be classified: a csv file with a header, whatever its separator and encoding."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from glocal.lexicon.errors import UnreadableTexts

_SAMPLE_BYTES = 1_000_000


def rows_of(file: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of a csv file; missing cells are empty.

    Raises:
        UnreadableTexts: the file has no such column, or is no text.
    """
    try:
        with file.open(encoding=_encoding(file), newline="") as lines:
            header = lines.readline()
            lines.seek(0)
            rows = csv.DictReader(lines, delimiter=_separator(header))
            missing = [column for column in columns if column not in (rows.fieldnames or ())]
            if missing:
                raise UnreadableTexts(
                    _("%(file)s has no column “%(column)s”.") % {"file": file.name, "column": missing[0]},
                    suggestions=list(rows.fieldnames or ()),
                )
            for row in rows:
                yield {column: row[column] or "" for column in columns}
    except (UnicodeDecodeError, csv.Error) as broken:
        raise UnreadableTexts(_("%(file)s is not a csv file of texts.") % {"file": file.name}) from broken


def _encoding(file: Path) -> str:
    """Return the encoding of a file: UTF-8 with or without a mark where it is, else the likeliest."""
    with file.open("rb") as begun:
        sample = begun.read(_SAMPLE_BYTES)
    try:
        sample[:-4].decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(sample).best()
        return best.encoding if best else "utf-8"
    return "utf-8-sig"


def _separator(header: str) -> str:
    return max(",;\t|", key=header.count)
