"""Writing organisations into files other programs read: CSV, XLSX, GeoJSON, JSON lines, JSON-LD."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from glocal.core.errors import Invalid
from glocal.directory import queries
from glocal.directory.exports.shapes import feature, flat, full, linked
from glocal.directory.types import OrganisationId, OrganisationProfile, Search

CHUNK = 500
SHEET_ROWS = 2**20 - 1  # what a worksheet holds below its headings
COLUMNS = (
    *("id", "name", "other_names", "kind", "worlds", "description", "description_lang", "topics", "concepts"),
    *("street", "postcode", "town", "region", "country", "lat", "lon", "precision", "distance_km", "website"),
    *("identifiers", "legal_form", "size_class", "founded_on", "closed_on", "confirmed_at", "source"),
    *("licence", "source_date", "is_demo"),
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write(search: Search, file: Path) -> int:
    """Write every organisation the search finds, in its order; the file's ending says the form.

    Three SQL queries per 500 organisations; memory does not grow with their number.

    Raises:
        Invalid: an ending that is none of the known ones, or more than a worksheet holds.
    """
    form = file.suffix.lstrip(".").lower()
    writer = WRITERS.get(form)
    if writer is None:
        raise Invalid(
            _("“%(name)s” does not end in one of: %(known)s.")
            % {"name": file.name, "known": ", ".join(WRITERS)}
        )
    if form == "xlsx" and queries.find_hits(search).count > SHEET_ROWS:
        raise Invalid(_("A spreadsheet holds %(rows)d rows; take the CSV.") % {"rows": SHEET_ROWS})
    return writer(file, _found(search))


def _found(search: Search) -> Iterator[tuple[OrganisationProfile, float | None]]:
    chunk: list[tuple[OrganisationId, float | None]] = []
    for card in queries.every_card(search):
        chunk.append((card.id, card.distance_km))
        if len(chunk) == CHUNK:
            yield from _profiles(chunk)
            chunk = []
    yield from _profiles(chunk)


def _profiles(
    chunk: list[tuple[OrganisationId, float | None]],
) -> Iterator[tuple[OrganisationProfile, float | None]]:
    known = queries.profiles_by_id(organisation_id for organisation_id, _km in chunk)
    return ((known[organisation_id], km) for organisation_id, km in chunk if organisation_id in known)


def disarmed(value: Any) -> Any:
    """Put an apostrophe before text a spreadsheet would run as a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return "" if value is None else value


def _for_a_cell(value: Any) -> Any:
    """Leave out the control characters a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value


def _write_csv(file: Path, found: Iterator[tuple[OrganisationProfile, float | None]]) -> int:
    count = 0
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for profile, km in found:
            row = flat(profile, km)
            writer.writerow([disarmed(row[name]) for name in COLUMNS])
            count += 1
    return count


def _write_xlsx(file: Path, found: Iterator[tuple[OrganisationProfile, float | None]]) -> int:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("organisations")
    sheet.append(list(COLUMNS))
    count = 0
    for profile, km in found:
        row = flat(profile, km)
        sheet.append([_for_a_cell(disarmed(row[name])) for name in COLUMNS])
        count += 1
    book.save(file)
    return count


def _write_geojson(file: Path, found: Iterator[tuple[OrganisationProfile, float | None]]) -> int:
    count = 0
    with file.open("wb") as out:
        out.write(b'{"type":"FeatureCollection","features":[')
        for profile, km in found:
            out.write(b",\n" if count else b"\n")
            out.write(orjson.dumps(feature(profile, km)))
            count += 1
        out.write(b"\n]}\n")
    return count


def _write_jsonl(file: Path, found: Iterator[tuple[OrganisationProfile, float | None]]) -> int:
    count = 0
    with file.open("wb") as out:
        for profile, km in found:
            out.write(orjson.dumps(full(profile, km)) + b"\n")
            count += 1
    return count


def _write_jsonld(file: Path, found: Iterator[tuple[OrganisationProfile, float | None]]) -> int:
    count = 0
    with file.open("wb") as out:
        out.write(b'{"@context":"https://schema.org","@graph":[')
        for profile, _km in found:
            out.write(b",\n" if count else b"\n")
            out.write(orjson.dumps(linked(profile)))
            count += 1
        out.write(b"\n]}\n")
    return count


WRITERS: dict[str, Callable[[Path, Iterator[tuple[OrganisationProfile, float | None]]], int]] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "geojson": _write_geojson,
    "jsonl": _write_jsonl,
    "jsonld": _write_jsonld,
}
