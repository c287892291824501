"""What changed since the snapshot: two small segments in memory, newer ones hiding what they replace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import numpy as np

from glocal.atlas.columns import gather
from glocal.atlas.indexing import index_of
from glocal.atlas.keys import Ints
from glocal.atlas.segment import Segment, segment_of
from glocal.atlas.texts import in_order
from glocal.atlas.types import Entry
from glocal.atlas.views import View

_RECENT = 512  # so many are indexed anew with every change, which takes some milliseconds; chosen


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """Entries in memory and their view."""

    entries: Mapping[int, Entry] = field(default_factory=dict)
    view: View | None = None

    def without(self, gone: Ints) -> "_Held":
        """Return the same less some organisations, hidden rather than indexed anew."""
        dropped = self.entries.keys() & set(gone.tolist())
        if self.view is None or not dropped:
            return self
        left = {key: entry for key, entry in self.entries.items() if key not in dropped}
        return _Held(left, self.view.hiding(gone))


@dataclass(frozen=True, slots=True, eq=False)
class Delta:
    """A base with all changes since; never changed, only succeeded.

    The recent changes are indexed anew each time; once they are many they join the older ones.
    """

    base: View
    older: _Held = field(default_factory=_Held)
    recent: _Held = field(default_factory=_Held)

    @property
    def views(self) -> tuple[View, ...]:
        """What is to be asked; every organisation is seen in at most one of them."""
        return tuple(view for view in (self.base, self.older.view, self.recent.view) if view is not None)

    @property
    def size(self) -> int:
        """How many changed organisations are held in memory."""
        return len(self.older.entries) + len(self.recent.entries)

    def with_changes(self, changed: Sequence[Entry], removed: Sequence[int]) -> "Delta":
        """Return the state after some more changes; of two for one organisation the last counts.

        Raises:
            ValueError: a tone outside 0..4, or a point off the Earth.
        """
        fresh = {entry.organisation_id: entry for entry in changed}
        gone = np.array(sorted({*fresh, *removed}), dtype=np.int64)
        base, older, recent = self.base.hiding(gone), self.older.without(gone), self.recent.without(gone)
        fresh = {key: entry for key, entry in fresh.items() if key not in set(removed)}
        newest = {**recent.entries, **fresh}
        if len(newest) <= _RECENT:
            return Delta(base, older, _held(newest))
        return Delta(base, _held({**older.entries, **newest}))


def segment_in_memory(entries: Sequence[Entry]) -> Segment:
    """Index entries without writing anything."""
    cards = BytesIO()
    columns = gather(entries, cards)
    made = index_of(columns)
    given = np.frombuffer(cards.getvalue(), dtype=np.uint8)
    laid = b"".join(in_order(given, columns.card_starts, columns.card_sizes, made.card_order))
    return segment_of(made.index, np.frombuffer(laid, dtype=np.uint8))


def _held(entries: Mapping[int, Entry]) -> _Held:
    return _Held(entries, View(segment_in_memory(list(entries.values())))) if entries else _Held()
