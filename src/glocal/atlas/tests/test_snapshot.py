"""A snapshot is whole or it is not served."""

import json
import multiprocessing
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from glocal.atlas.atlas import Atlas
from glocal.atlas.errors import SnapshotDamaged, SnapshotMissing
from glocal.atlas.snapshot import build_snapshot
from glocal.atlas.tests.making import entry
from glocal.atlas.types import Entry
from glocal.core.geo import GeoPoint

ENTRIES = [entry(number, (45.0, 9 + number / 100), text=f"coop {number}") for number in range(1, 30)]
HERE = GeoPoint(45, 9)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build_snapshot(tmp_path, ENTRIES, change_no=12)
    return tmp_path


def current(folder: Path) -> Path:
    return folder / (folder / "CURRENT").read_text()


def test_what_was_written_is_read(folder: Path) -> None:
    atlas = Atlas.open(folder, verify=True)
    assert (atlas.change_no, atlas.organisation_count, atlas.point_count) == (12, 29, 29)
    assert atlas.nearest(HERE, k=1)[0].card == b'{"id":"1"}'
    assert current(folder).name == f"snapshot-{atlas.version}"


def test_an_empty_snapshot_is_a_snapshot(tmp_path: Path) -> None:
    build_snapshot(tmp_path, [], change_no=0)
    assert Atlas.open(tmp_path, verify=True).nearest(HERE, k=1) == []


def test_without_a_snapshot_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(SnapshotMissing):
        Atlas.open(tmp_path)


def test_a_current_that_points_nowhere_is_missing(folder: Path) -> None:
    (folder / "CURRENT").write_text("snapshot-of-yesterday")
    with pytest.raises(SnapshotMissing):
        Atlas.open(folder)


@pytest.mark.parametrize("name", ["keys.array", "cards.bin", "facet0_rows.array", "manifest.json"])
def test_a_truncated_file_is_damage(folder: Path, name: str) -> None:
    whole = (current(folder) / name).read_bytes()
    (current(folder) / name).write_bytes(whole[:-3])
    with pytest.raises(SnapshotDamaged):
        Atlas.open(folder)


@pytest.mark.parametrize("name", ["lat.array", "cards.bin", "manifest.json"])
def test_a_lost_file_is_damage(folder: Path, name: str) -> None:
    (current(folder) / name).unlink()
    with pytest.raises(SnapshotDamaged):
        Atlas.open(folder)


def test_a_flipped_bit_is_found_when_looked_for(folder: Path) -> None:
    path = current(folder) / "lon.array"
    content = bytearray(path.read_bytes())
    content[-5] ^= 1
    path.write_bytes(content)
    Atlas.open(folder)
    with pytest.raises(SnapshotDamaged, match=r"lon\.array"):
        Atlas.open(folder, verify=True)


def test_a_snapshot_of_another_format_is_not_read(folder: Path) -> None:
    path = current(folder) / "manifest.json"
    manifest = json.loads(path.read_bytes().partition(b"\n")[2]) | {"format": 99}
    body = json.dumps(manifest).encode()
    path.write_bytes(b"%08x\n" % zlib.crc32(body) + body)
    with pytest.raises(SnapshotDamaged, match="format 99"):
        Atlas.open(folder)


def test_an_interrupted_build_leaves_the_old_one(folder: Path) -> None:
    def dying() -> Iterator[Entry]:
        yield ENTRIES[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_snapshot(folder, dying(), change_no=13)
    assert Atlas.open(folder, verify=True).change_no == 12
    assert not list(folder.glob(".building-*"))


def test_what_a_killed_builder_left_is_swept_by_the_next(folder: Path) -> None:
    (folder / ".building-dead").mkdir()
    (folder / ".building-dead" / "keys.array").write_bytes(b"half")
    build_snapshot(folder, ENTRIES, change_no=13)
    assert not list(folder.glob(".building-*"))


def test_an_id_given_twice_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="given twice"):
        build_snapshot(folder, [ENTRIES[0], ENTRIES[0]], change_no=13)
    assert Atlas.open(folder).change_no == 12


def test_an_open_atlas_reads_on_while_two_newer_ones_come(folder: Path) -> None:
    old = Atlas.open(folder)
    first = current(folder)
    for change_no in (13, 14):
        build_snapshot(folder, ENTRIES[:3], change_no=change_no)
    assert not first.exists()
    assert len(list(folder.glob("snapshot-*"))) == 2
    assert len(old.nearest(HERE, k=50)) == 29
    assert len(Atlas.open(folder).nearest(HERE, k=50)) == 3


def _build(folder: Path, change_no: int) -> None:
    build_snapshot(folder, ENTRIES, change_no=change_no)


def test_two_builders_at_once_take_turns(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    builders = [context.Process(target=_build, args=(tmp_path, number)) for number in (1, 2)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    assert [builder.exitcode for builder in builders] == [0, 0]
    assert len(Atlas.open(tmp_path, verify=True).nearest(HERE, k=50)) == 29
