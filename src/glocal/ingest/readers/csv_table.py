"""Reads CSV in its many dialects."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import IO

from django.utils.translation import gettext as _

from glocal.ingest import limits
from glocal.ingest.errors import UnreadableFile
from glocal.ingest.readers.base import RecordReader
from glocal.ingest.readers.headers import find_header, known_headings, unique_headings
from glocal.ingest.readers.records import Element, Record
from glocal.ingest.types import OpenedFile

SEPARATORS = (",", ";", "\t", "|")
_LOOK_LINES = 60
_NOT_A_TABLE = ("{", "[", "<")
Split = list[list[str]]


class CsvReader(RecordReader):
    """Comma, semicolon, tab or pipe; quoted line breaks; lines of prose before the header."""

    name = "csv"

    def recognises(self, opened: OpenedFile) -> float:
        """Return a middling confidence for text that falls into columns, so that surer readers go first."""
        if opened.is_zip or opened.head_text.lstrip().startswith(_NOT_A_TABLE):
            return 0.0
        separator, header = _dialect(opened.head_text)
        known = known_headings(header)
        if not separator:
            return 0.3 if known == 1 and len(header) == 1 else 0.0
        return min(0.9, 0.5 + 0.1 * known) if len(header) > 1 else 0.0

    def elements(self, opened: OpenedFile) -> Iterator[Element]:
        """Yield the data rows; blank ones are nothing and have no number."""
        separator, header = _dialect(opened.head_text)
        with opened.text() as stream:
            rows = _rows(stream, separator or ",")
            headings = unique_headings(_skip_to_header(rows, header))
            number = 0
            for row in rows:
                if isinstance(row, str):
                    number += 1
                    yield Element(number, None, row)
                elif any(row):
                    number += 1
                    yield _element(number, row, headings)


def _rows(stream: IO[str], separator: str) -> Iterator[list[str] | str]:
    """Yield rows of cells; a sentence in place of a row the csv module cannot read."""
    rows = csv.reader(_lines(stream), delimiter=separator)
    while True:
        try:
            yield from rows
        except csv.Error:
            yield _("A quotation mark is opened here and not closed, or a cell is far too long.")
            continue
        return


def _lines(stream: IO[str]) -> Iterator[str]:
    read = stream.readline
    most = limits.MAX_LINE_CHARACTERS
    while line := read(most):
        if len(line) >= most and not line.endswith("\n"):
            raise UnreadableFile(_("A line of this file is too long to be a row of a table."))
        yield line


def _element(number: int, row: list[str], headings: Sequence[str]) -> Element:
    width = len(headings)
    if len(row) == width:
        return Element(number, dict(zip(headings, row, strict=True)))
    counts = {"cells": len(row), "columns": width}
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        reason = (
            _("The row has %(cells)s cells where the header has %(columns)s; they cannot be told apart.")
            % counts
        )
        return Element(number, None, reason, value="; ".join(row[:4]))
    record: Record = dict(zip(headings, row, strict=False))
    if len(row) > width:
        return Element(number, record)
    reason = _(
        "The row has %(cells)s cells where the header has %(columns)s; the missing ones are taken as empty."
    )
    return Element(number, record, note=reason % counts, value="; ".join(row[-2:]))


def _dialect(head: str) -> tuple[str, list[str]]:
    """Return the separator ("" for a single column) and the header row."""
    lines = head.removeprefix("\ufeff").splitlines(keepends=True)
    whole = lines[:_LOOK_LINES] if len(lines) > 1 else lines
    best: tuple[float, str, list[str]] = (0.0, "", [])
    for separator in SEPARATORS:
        rows = _try(whole, separator)
        score, header = _score(rows)
        if score > best[0]:
            best = (score, separator, header)
    if best[1]:
        return best[1], best[2]
    first = next((line.strip() for line in whole if line.strip()), "")
    return "", [first.strip('"')]


def _try(lines: Sequence[str], separator: str) -> Split:
    rows: Split = []
    try:
        rows.extend(
            row for row in csv.reader(lines, delimiter=separator) if any(cell.strip() for cell in row)
        )
    except csv.Error:
        return rows  # the rows before the flaw are enough to judge the separator
    return rows


def _score(rows: Split) -> tuple[float, list[str]]:
    """Judge a separator: how many rows agree on how many columns, and whether the header is understood."""
    if not rows:
        return 0.0, []
    width, agreeing = Counter(len(row) for row in rows).most_common(1)[0]
    if width < 2:
        candidates = [row for row in rows[:1] if len(row) > 1]
        return (0.1, candidates[0]) if candidates else (0.0, [])
    header = find_header([row for row in rows[:25] if len(row) >= max(2, width - 1)])
    known = known_headings(header)
    return agreeing / len(rows) + min(known, 6) + min(width, 50) / 100, header


def _skip_to_header(rows: Iterator[list[str] | str], header: Sequence[str]) -> list[str]:
    wanted = [cell.strip() for cell in header]
    for row in rows:
        cells = [cell.removeprefix("\ufeff").strip() for cell in row] if isinstance(row, list) else []
        if cells == wanted or [cell.strip('"') for cell in cells] == wanted:
            return cells
    raise UnreadableFile(_("The header of this table cannot be read."))
