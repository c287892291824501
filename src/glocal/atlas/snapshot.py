"""The snapshot folder: written whole, named by CURRENT only when it is safely on disk, checked when opened.

Files are flushed to disk before the folder gets its name and the folder before CURRENT names it, so a crash
or a power cut never leaves a half-written snapshot behind CURRENT. Sizes, shapes and the manifest's own
checksum are checked at every opening; the checksums of all bytes on demand (a second per gigabyte), against
failing disks.
"""

import fcntl
import json
import os
import secrets
import shutil
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from glocal.atlas.columns import Columns, gather
from glocal.atlas.errors import SnapshotDamaged, SnapshotMissing
from glocal.atlas.indexing import Arrays, Index, index_of
from glocal.atlas.segment import Segment, segment_of
from glocal.atlas.texts import Bytes, in_order
from glocal.atlas.types import Entry
from glocal.core.clock import now

FORMAT = 3
CURRENT = "CURRENT"
_CARDS = "cards.bin"
_GATHERED = "cards.gathered"
_MANIFEST = "manifest.json"
_ARRAY = ".array"
_BUILDING = ".building-"
_CHUNK = 1 << 22


def build_snapshot(folder: Path, entries: Iterable[Entry], *, change_no: int) -> Path:
    """Stream entries into a new snapshot and make it the current one; waits for another builder to finish.

    Per million organisations with ten words each about 1 GB of memory and half a minute.

    Returns:
        The snapshot's folder.

    Raises:
        ValueError: an id twice, a tone outside 0..4, or a point off the Earth; the old snapshot stays.
    """
    with _building(folder) as draft:
        with (draft / _GATHERED).open("wb") as cards:
            columns = gather(entries, cards)
        given = _map(draft / _GATHERED, "|u1", ((draft / _GATHERED).stat().st_size,))
        (draft / _GATHERED).unlink()
        return _publish(folder, draft, columns, given, change_no)


def build_snapshot_from_columns(folder: Path, columns: Columns, cards: Bytes, *, change_no: int) -> Path:
    """Make a snapshot of columns without an object per organisation; the rest as `build_snapshot`.

    Raises:
        ValueError: an id twice, a tone outside 0..4, or a point off the Earth; the old snapshot stays.
    """
    columns.require_sound()
    with _building(folder) as draft:
        return _publish(folder, draft, columns, cards, change_no)


def open_snapshot(folder: Path, *, verify: bool = False) -> tuple[Segment, dict[str, Any]]:
    """Map the current snapshot without reading it; milliseconds, whatever its size.

    Args:
        folder: where snapshots are kept.
        verify: read every byte and compare the checksums as well.

    Raises:
        SnapshotMissing: there is none, or the one named is gone.
        SnapshotDamaged: it is not what was written, or in another format.
    """
    try:
        name = (folder / CURRENT).read_text(encoding="utf-8").strip()
        place = folder / name
        manifest = _manifest(place)
        for file, written in manifest["files"].items():
            _check(place / file, written, verify=verify)
        return _mapped(place, manifest), manifest
    except FileNotFoundError as missing:
        raise SnapshotMissing(
            "There is no snapshot of the atlas here; build one.", folder=str(folder)
        ) from missing
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as damage:
        raise SnapshotDamaged(
            f"The snapshot of the atlas is damaged ({damage}); build it again.", folder=str(folder)
        ) from damage


def _manifest(place: Path) -> dict[str, Any]:
    if not (place / _MANIFEST).exists():
        if place.is_dir():
            raise ValueError("its manifest is gone")
        raise FileNotFoundError(place)
    seal, _, body = (place / _MANIFEST).read_bytes().partition(b"\n")
    if seal != b"%08x" % zlib.crc32(body):
        raise ValueError("its manifest was altered")
    manifest: dict[str, Any] = json.loads(body)
    if manifest["format"] != FORMAT:
        raise ValueError(f"it has format {manifest['format']}, this program reads {FORMAT}")
    return manifest


def _check(path: Path, written: dict[str, int], *, verify: bool) -> None:
    if not path.exists():
        raise ValueError(f"{path.name} is gone")
    if path.stat().st_size != written["bytes"]:
        raise ValueError(f"{path.name} has another size")
    if verify and _checksum(path) != written["crc32"]:
        raise ValueError(f"{path.name} has another checksum")


def _mapped(place: Path, manifest: dict[str, Any]) -> Segment:
    arrays: Arrays = {}
    for file, written in manifest["files"].items():
        if file == _CARDS:
            continue
        arrays[file.removesuffix(_ARRAY)] = _map(place / file, written["dtype"], tuple(written["shape"]))
    cards = _map(place / _CARDS, "|u1", (manifest["files"][_CARDS]["bytes"],))
    return segment_of(Index(arrays, tuple(manifest["facets"]), manifest["rows_per_degree"]), cards)


def _map(path: Path, dtype: str, shape: tuple[int, ...]) -> NDArray[Any]:
    """Map the bare numbers of a file; the manifest knows their shape, so that nothing has to be parsed."""
    if 0 in shape:
        return np.empty(shape, dtype)
    mapped = np.memmap(path, dtype, "r", shape=shape)
    if mapped.nbytes != path.stat().st_size:
        raise ValueError(f"{path.name} has another shape")
    return mapped.view(np.ndarray)


@contextmanager
def _building(folder: Path) -> Iterator[Path]:
    """Hold the folder's lock and a fresh draft folder, which is gone afterwards unless it was renamed."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for stale in folder.glob(f"{_BUILDING}*"):
            shutil.rmtree(stale)  # its builder died: whoever lives would hold the lock
        draft = folder / f"{_BUILDING}{secrets.token_hex(4)}"
        draft.mkdir()
        try:
            yield draft
        finally:
            if draft.exists():
                shutil.rmtree(draft)


def _publish(folder: Path, draft: Path, columns: Columns, cards: Bytes, change_no: int) -> Path:
    """Index columns, write everything, and let CURRENT name it."""
    made = index_of(columns)
    index = made.index
    with (draft / _CARDS).open("wb") as file:
        file.writelines(in_order(cards, columns.card_starts, columns.card_sizes, made.card_order))
        _flush(file)
    files: dict[str, dict[str, Any]] = {}
    for name, array in index.arrays.items():
        path = draft / f"{name}{_ARRAY}"
        with path.open("wb") as file:
            np.ascontiguousarray(array).tofile(file)
            _flush(file)
        files[path.name] = {"shape": list(array.shape), "dtype": array.dtype.str}
    files[_CARDS] = {}
    for file_name, written in files.items():
        path = draft / file_name
        written |= {"bytes": path.stat().st_size, "crc32": _checksum(path)}
    built_at = now()
    version = f"{built_at:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    manifest = {
        "format": FORMAT,
        "version": version,
        "built_at": built_at.isoformat(),
        "change_no": change_no,
        "organisations": len(columns.ids),
        "points": len(columns.lat),
        "facets": list(index.facets),
        "rows_per_degree": index.rows_per_degree,
        "files": files,
    }
    body = json.dumps(manifest, indent=1).encode()
    _write(draft / _MANIFEST, b"%08x\n" % zlib.crc32(body) + body)
    _flush_folder(draft)
    place = folder / f"snapshot-{version}"
    draft.rename(place)
    previous = _named(folder)
    _write(folder / f"{CURRENT}.new", place.name.encode())
    (folder / f"{CURRENT}.new").replace(folder / CURRENT)
    _flush_folder(folder)
    _tidy(folder, keep={place.name, previous})
    return place


def _named(folder: Path) -> str:
    current = folder / CURRENT
    return current.read_text(encoding="utf-8").strip() if current.exists() else ""


def _tidy(folder: Path, keep: set[str]) -> None:
    """Remove what nobody opens any more; who has it open keeps reading, for the system keeps mapped files."""
    for place in folder.glob("snapshot-*"):
        if place.name not in keep:
            shutil.rmtree(place)


def _checksum(path: Path) -> int:
    total = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            total = zlib.crc32(chunk, total)
    return total


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        _flush(file)


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
