"""Postcode tables the user supplies: read from CSV once, kept as sorted arrays, looked up in microseconds."""

import json
import re
import shutil
import tempfile
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from glocal.core.geo import GeoPoint
from glocal.places.errors import UnknownPostcodeTable
from glocal.places.types import PostcodeTableCard

_GB_FULL: Final = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?)[0-9][A-Z]{2}$")
_GB_SECTOR: Final = re.compile(r"^([A-Z]{1,2}[0-9]{2})[0-9]$")  # “KT12 4”, cut short
_GB_OUTWARD: Final = re.compile(r"^[A-Z]{1,2}[0-9][A-Z0-9]?$")

Points = dict[str, tuple[float, float]]


@dataclass(frozen=True, eq=False)
class PostcodeTable:
    """Sorted postcodes (or districts) of one country with their points."""

    codes: memoryview
    width: int
    lat: memoryview
    lon: memoryview

    def point(self, code: str) -> GeoPoint | None:
        """The point of a normalised postcode, or None when the table does not know it."""
        wanted = code.encode("ascii", "replace").ljust(self.width, b"\0")
        at = bisect_left(range(len(self.lat)), wanted, key=self._code)
        if at == len(self.lat) or self._code(at) != wanted:
            return None
        return GeoPoint(self.lat[at], self.lon[at])

    def _code(self, at: int) -> bytes:
        return bytes(self.codes[at * self.width : (at + 1) * self.width])


def normal_postcode(text: str, country: str = "") -> str:
    """Return a postcode without spaces and dashes, in capitals; in a British one, O and 0 set right.

    >>> normal_postcode(" m60 0ag "), normal_postcode("WF2 OLP", "GB"), normal_postcode("S021 2NR", "GB")
    ('M600AG', 'WF20LP', 'SO212NR')
    """
    code = "".join(ch for ch in text.upper() if ch.isalnum())
    if country == "GB" and len(code) >= 5 and not _GB_FULL.match(code):
        mended = code[:-3] + code[-3:].replace("O", "0", 1) if code[-3] == "O" else code
        mended = mended[0] + "O" + mended[2:] if mended[1] == "0" else mended
        return mended if _GB_FULL.match(mended) else code
    return code


def outward_code(code: str, country: str) -> str:
    """Return the district of a normalised British postcode ("M60" of "M600AG" and of "M60"), else "".

    >>> outward_code("M600AG", "GB"), outward_code("SW1A", "GB"), outward_code("10121", "IT")
    ('M60', 'SW1A', '')
    """
    if country != "GB":
        return ""
    longer = _GB_FULL.match(code) or _GB_SECTOR.match(code)
    return longer.group(1) if longer else code if _GB_OUTWARD.match(code) else ""


def postcode_folder(home: Path, country: str) -> Path:
    """Where the table of a country lies under this home."""
    return home / "places" / f"postcodes-{country}"


def write_table(home: Path, country: str, rows: Points) -> None:
    """Store a country's table, replacing the one before in one step.

    Raises:
        OSError: the home cannot be written.
    """
    target = postcode_folder(home, country)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        _write_arrays(draft, "postcode", rows)
        _write_arrays(draft, "district", _districts(rows, country))
        (draft / "card.json").write_text(json.dumps({"country": country, "postcodes": len(rows)}))
        draft.chmod(0o755)
        _set_aside(target)
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_arrays(folder: Path, name: str, rows: Points) -> None:
    codes = sorted(code.encode() for code in rows)
    np.save(folder / f"{name}.npy", np.array(codes, dtype=f"S{max(map(len, codes), default=1)}"))
    points = np.array([rows[code.decode()] for code in codes], dtype=np.float64).reshape(-1, 2)
    np.save(folder / f"{name}_lat.npy", np.ascontiguousarray(points[:, 0]))
    np.save(folder / f"{name}_lon.npy", np.ascontiguousarray(points[:, 1]))


def _districts(rows: Points, country: str) -> Points:
    members: dict[str, list[tuple[float, float]]] = {}
    for code, point in rows.items():
        if district := outward_code(code, country):
            members.setdefault(district, []).append(point)
    return {
        district: (sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points))
        for district, points in members.items()
    }


def open_table(home: Path, country: str, name: str = "postcode") -> PostcodeTable | None:
    """Open a country's postcodes, or with name "district" its districts; None when none is installed."""
    folder = postcode_folder(home, country)
    try:
        written_at = (folder / "card.json").stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _opened(folder, name, written_at)


@lru_cache(maxsize=128)
def _opened(folder: Path, name: str, _written_at: int) -> PostcodeTable:
    codes = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    lat, lon = (np.load(folder / f"{name}_{axis}.npy", mmap_mode="r") for axis in ("lat", "lon"))
    return PostcodeTable(
        memoryview(codes.view(np.uint8)), codes.dtype.itemsize, memoryview(lat), memoryview(lon)
    )


def table_cards(home: Path) -> list[PostcodeTableCard]:
    """The installed tables, by country."""
    cards = [json.loads(path.read_text()) for path in sorted((home / "places").glob("postcodes-*/card.json"))]
    return [PostcodeTableCard(card["country"], card["postcodes"]) for card in cards]


def remove_table(home: Path, country: str) -> None:
    """Forget a country's table.

    Raises:
        UnknownPostcodeTable: none is installed.
    """
    if not _set_aside(postcode_folder(home, country)):
        raise UnknownPostcodeTable(f"No postcode table of {country} is installed.")


def _set_aside(folder: Path) -> bool:
    if not folder.exists():
        return False
    doomed = Path(tempfile.mkdtemp(prefix=".removed-", dir=folder.parent))
    folder.rename(doomed / "table")
    shutil.rmtree(doomed, ignore_errors=True)
    return True
