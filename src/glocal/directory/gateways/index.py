"""The index every reader asks: opened once per process, kept fresh, rebuilt when damaged."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from glocal.atlas.atlas import Atlas
from glocal.atlas.errors import SnapshotDamaged, SnapshotMissing
from glocal.atlas.snapshot import build_snapshot
from glocal.directory.gateways import feed
from glocal.directory.gateways.rows import CHUNK, entries
from glocal.directory.models import Gone, Organisation
from glocal.directory.types import Status

DELTA_LIMIT = 20_000  # changes kept in memory before the snapshot is written anew; judged, not measured
log = logging.getLogger(__name__)


def folder() -> Path:
    """Return where the snapshots lie."""
    return Path(settings.GLOCAL_HOME) / "atlas"


@dataclass(frozen=True, slots=True)
class _Held:
    """An atlas and how often it had rung before it was read: one value, so that no thread mixes two."""

    atlas: Atlas
    rings: int

    @property
    def is_fresh(self) -> bool:
        """Say whether it has not rung since. One system call."""
        return feed.rings() == self.rings


class _Index:
    """What one process holds open."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: _Held | None = None

    def if_fresh(self) -> Atlas | None:
        held = self._held
        return held.atlas if held is not None and held.is_fresh else None

    def current(self) -> Atlas:
        if atlas := self.if_fresh():
            return atlas
        with self._lock:
            return self.if_fresh() or self._refresh()

    def _refresh(self) -> Atlas:
        rings = feed.rings()  # before anything is read: what rings from now on is read again
        atlas = _newest(self._held.atlas if self._held else None)
        if atlas.delta_size + _changed_since(atlas.change_no) > DELTA_LIMIT:
            atlas = rebuild()
        self._held = _Held(_with_changes(atlas), rings)
        return self._held.atlas

    def forget(self) -> None:
        with self._lock:
            self._held = None


_index = _Index()
_pinned: ContextVar[Atlas | None] = ContextVar("pinned", default=None)


def current() -> Atlas:
    """Return the index with every committed change in it. One system call when nothing changed."""
    return _pinned.get() or _index.current()


@contextmanager
def pinned() -> Iterator[bool]:
    """Answer the whole block from what is open, if that is fresh; yields whether it is.

    A block that is told yes never asks the database, although it may ring meanwhile.
    """
    atlas = _index.if_fresh()
    token = _pinned.set(atlas)
    try:
        yield atlas is not None
    finally:
        _pinned.reset(token)


def forget() -> None:
    """Let go of what is open, so that the next question opens it anew."""
    _index.forget()


def rebuild() -> Atlas:
    """Write a new snapshot from the database and open it. Minutes for millions; readers keep the old one."""
    change_no = feed.last_change_no()  # before anything is read: what changes meanwhile is read again
    build_snapshot(folder(), entries(_published()), change_no=change_no)
    return Atlas.open(folder())


def is_rebuild_due() -> bool:
    """Say whether more has changed since the newest snapshot than should be held in memory for long."""
    return _changed_since(_newest(None).change_no) > DELTA_LIMIT // 4


def _changed_since(change_no: int) -> int:
    return (
        Organisation.objects.filter(change_no__gt=change_no).count()
        + Gone.objects.filter(change_no__gt=change_no).count()
    )


def _published() -> Iterator[Organisation]:
    last = 0
    while True:
        rows = list(Organisation.objects.published().filter(pk__gt=last).order_by("pk")[:CHUNK])
        if not rows:
            return
        yield from rows
        last = rows[-1].pk


def _newest(held: Atlas | None) -> Atlas:
    """Open the newest snapshot unless it is the one held; build one where there is none or it is damaged."""
    try:
        newest = Atlas.open(folder(), verify=held is None)  # every byte once per process
    except SnapshotMissing:
        return rebuild()
    except SnapshotDamaged as damage:
        log.warning("the index is rebuilt: %s", damage.message)
        return rebuild()
    if newest.change_no > feed.last_change_no():
        log.warning("the index is newer than the database; it is rebuilt")
        return rebuild()
    if held is not None and held.version == newest.version:
        return held
    return newest


def _with_changes(atlas: Atlas) -> Atlas:
    # no transaction: it would wait for writers, and need not be one, for what changes while this reads has a
    # number above `last` and is read again
    last = feed.last_change_no()
    changed = list(Organisation.objects.filter(change_no__gt=atlas.change_no).order_by("change_no"))
    gone = list(Gone.objects.filter(change_no__gt=atlas.change_no))
    if not changed and not gone:
        return atlas
    public = [row for row in changed if row.status == Status.PUBLISHED]
    hidden = [row.pk for row in changed if row.status != Status.PUBLISHED]
    return atlas.with_changes(
        list(entries(public)), [*hidden, *(row.organisation_id for row in gone)], change_no=last
    )
