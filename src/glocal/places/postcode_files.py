"""Reads a user's postcode table from CSV, whatever its columns are called."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from glocal.core.errors import Flaw
from glocal.core.geo import GeoPoint
from glocal.core.language import words_of
from glocal.places.errors import UnreadablePostcodes
from glocal.places.postcodes import Points, normal_postcode

_COLUMNS: Final = {
    "postcode": ("postcode", "postcodes", "postal code", "postalcode", "post code", "pcd", "pcds", "pcd7",
                 "pcd8", "zip", "zipcode", "zip code", "plz", "postleitzahl", "cap", "code postal",
                 "codigo postal", "codice postale", "kod pocztowy"),
    "lat": ("lat", "latitude", "latitud", "latitudine", "breite", "breitengrad", "y"),
    "lon": ("lon", "lng", "long", "longitude", "longitud", "longitudine", "lange", "langengrad", "x"),
}  # fmt: skip
_LONGEST: Final = 10
_SHOWN_FLAWS: Final = 5
_MAX_BYTES: Final = 1 << 30


def read_postcodes(path: Path) -> Points:
    """Read a postcode table: one header line, and columns for postcode, latitude and longitude.

    Comma, semicolon or tab; UTF-8 or Latin-1; decimal comma or point. Rows without a usable point are left
    out, several rows of one postcode give their mean.

    Raises:
        UnreadablePostcodes: no such file, no such columns, or not one usable row.
    """
    text = _text_of(path)
    header = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",;\t|", key=header.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        columns = _columns_of(next(rows, []))
        return _points_of(rows, columns)
    except csv.Error as reason:
        raise UnreadablePostcodes(
            _("%(file)s is not a table: %(reason)s.") % {"file": path.name, "reason": reason}
        ) from reason


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UnreadablePostcodes(_("%(file)s is larger than a gigabyte.") % {"file": path.name})
        content = path.read_bytes()
    except OSError as reason:
        raise UnreadablePostcodes(
            _("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": reason.strerror}
        ) from reason
    if b"\0" in content[:4096]:
        raise UnreadablePostcodes(_("%(file)s is not a text file.") % {"file": path.name})
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _columns_of(header: Sequence[str]) -> tuple[int, int, int]:
    keys = [" ".join(words_of(name)) for name in header]
    found = [next((keys.index(name) for name in names if name in keys), None) for names in _COLUMNS.values()]
    code, lat, lon = found
    if code is None or lat is None or lon is None:
        missing = [word for word, at in zip(_COLUMNS, found, strict=True) if at is None]
        raise UnreadablePostcodes(
            _("The first line names no column for %(missing)s; it reads: %(header)s.")
            % {"missing": ", ".join(missing), "header": ", ".join(header)[:200] or "—"}
        )
    return code, lat, lon


def _points_of(rows: Iterator[list[str]], columns: tuple[int, int, int]) -> Points:
    sums: dict[str, tuple[float, float, int]] = {}
    flaws: list[Flaw] = []
    for number, row in enumerate(rows, start=2):
        fact = _fact_of(row, columns)
        if fact is None:
            flaws.append(Flaw(f"row {number}", ",".join(row)[:80], _("no usable postcode and point")))
            del flaws[_SHOWN_FLAWS:]
            continue
        code, point = fact
        lat, lon, count = sums.get(code, (0.0, 0.0, 0))
        sums[code] = (lat + point.lat, lon + point.lon, count + 1)
    if not sums:
        raise UnreadablePostcodes(_("Not one row holds a postcode and a point."), errors=flaws)
    return {code: (lat / count, lon / count) for code, (lat, lon, count) in sums.items()}


def _fact_of(row: Sequence[str], columns: tuple[int, int, int]) -> tuple[str, GeoPoint] | None:
    if len(row) <= max(columns):
        return None
    code, lat, lon = (row[at] for at in columns)
    code = normal_postcode(code)
    if not code or not code.isascii() or len(code) > _LONGEST:
        return None
    try:
        point = GeoPoint(float(lat.replace(",", ".")), float(lon.replace(",", ".")))
    except ValueError:
        return None
    return (code, point) if (point.lat, point.lon) != (0, 0) else None
