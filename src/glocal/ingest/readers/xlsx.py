"""Reads the first sheet with a header of an Excel workbook; values only, never formulas."""

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from glocal.ingest import limits
from glocal.ingest.errors import UnreadableFile
from glocal.ingest.mapping import guess_field
from glocal.ingest.readers.base import RecordReader
from glocal.ingest.readers.headers import find_header, unique_headings
from glocal.ingest.readers.records import Element, as_text
from glocal.ingest.types import OpenedFile

_HEADER_ROWS = 30
_MOST_ROWS = 1_048_576  # a sheet cannot have more
_OTHER_DOCUMENTS = (("word/", "Word"), ("ppt/", "PowerPoint"), ("content.xml", "OpenDocument"))


class XlsxReader(RecordReader):
    """Workbooks as Excel, LibreOffice and exporters write them."""

    name = "xlsx"

    def recognises(self, opened: OpenedFile) -> float:
        """Look into the package for a workbook."""
        return 0.99 if opened.is_zip else 0.0

    def elements(self, opened: OpenedFile) -> Iterator[Element]:
        """Yield the rows under the header of the first sheet that has one."""
        check_package(opened)
        with _spoken(), opened.path.open("rb") as stream, warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # openpyxl warns of styles and filters, which are of no interest here
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            try:
                yield from _sheet_elements(_choose_sheet(book))
            finally:
                book.close()


def check_package(opened: OpenedFile) -> None:
    """Look at the list of parts before anything is unpacked.

    Raises:
        UnreadableFile: no workbook, damaged, or a bomb.
    """
    try:
        with zipfile.ZipFile(opened.path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFile(_("The workbook is damaged; save it again.")) from error
    names = {part.filename for part in parts}
    if not any(name.startswith("xl/") for name in names):
        document = next(
            (kind for start, kind in _OTHER_DOCUMENTS if any(n.startswith(start) for n in names)), "ZIP"
        )
        message = _("This is a %(kind)s file, not a list of organisations; save it as CSV or XLSX.")
        raise UnreadableFile(message % {"kind": document})
    for part in parts:
        is_bomb = part.file_size > limits.MIN_BOMB_BYTES and part.file_size > limits.MAX_UNPACK_RATIO * max(
            1, part.compress_size
        )
        most = limits.MAX_STRINGS_BYTES if "sharedStrings" in part.filename else limits.MAX_SHEET_BYTES
        if is_bomb or part.file_size > most:
            raise UnreadableFile(_("The file grows beyond all measure when unpacked, so it was not read."))


@contextmanager
def _spoken() -> Iterator[None]:
    try:
        yield
    except UnreadableFile:
        raise
    except MemoryError as error:
        raise UnreadableFile(_("The workbook is too big to be read here.")) from error
    except Exception as error:
        raise UnreadableFile(
            _("The workbook is damaged or holds what is not safe to read; save it again.")
        ) from error


def _choose_sheet(book: Any) -> Any:
    """Return the first sheet whose header names a known field, else the first that has two columns."""
    fallback = None
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        header = find_header(_head(sheet))
        if any(guess_field(cell).field is not None for cell in header):
            return sheet
        if fallback is None and header:
            fallback = sheet
    if fallback is None:
        raise UnreadableFile(_("No sheet of this workbook has a header with columns."))
    return fallback


def _head(sheet: Any) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in sheet.iter_rows(values_only=True, max_row=_HEADER_ROWS):
        cells = [as_text(_plain(cell)).strip() for cell in _trimmed(row)]
        if any(cells):
            rows.append(cells)
    return rows


def _sheet_elements(sheet: Any) -> Iterator[Element]:
    header = find_header(_head(sheet))
    headings: list[str] = []
    number = 0
    for at, row in enumerate(sheet.iter_rows(values_only=True)):
        if at > _MOST_ROWS:
            raise UnreadableFile(_("The sheet claims more rows than a sheet can have."))
        cells = _trimmed(row)
        if not cells:
            continue
        if not headings:
            if [as_text(_plain(cell)).strip() for cell in cells] == header:
                headings = unique_headings(header)
            continue
        number += 1
        yield _element(number, cells, headings)


def _element(number: int, cells: Sequence[Any], headings: Sequence[str]) -> Element:
    record = {
        heading: _plain(cell) for heading, cell in zip(headings, cells, strict=False) if cell is not None
    }
    if len(cells) <= len(headings):
        return Element(number, record)
    reason = _("The row has cells beyond the last heading; they were left out.")
    return Element(number, record, note=reason, value=as_text(_plain(cells[len(headings)]))[:80])


def _trimmed(row: Sequence[Any]) -> list[Any]:
    """Return the cells up to the last one that holds something."""
    last = len(row)
    while last and (row[last - 1] is None or row[last - 1] == ""):
        last -= 1
    return list(row[:last])


def _plain(cell: Any) -> Any:
    """Return a cell as text or number; days as ISO dates."""
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat() if not (cell.hour or cell.minute) else cell.isoformat(timespec="minutes")
        )
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if cell is None or isinstance(cell, str | int | float):
        return cell if cell is not None else ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)
