"""Many short texts in one array of bytes."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from glocal.atlas.keys import Ints

Bytes = NDArray[np.uint8]
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Texts(Sequence[bytes]):
    """Texts by number; sorted ones can be searched."""

    blob: Bytes
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> list[bytes]: ...
    def __getitem__(self, number: int | slice) -> bytes | list[bytes]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        return self.blob[self.starts[number] : self.ends[number]].tobytes()

    def between(self, starts: Iterable[int], ends: Iterable[int]) -> list[bytes]:
        """Return texts whose first byte and byte behind the last are known."""
        blob = self.blob.data
        return [blob[start:end].tobytes() for start, end in zip(starts, ends, strict=True)]

    def reordered(self, order: NDArray[np.integer]) -> "Texts":
        """Return the same texts in another order."""
        return Texts(self.blob, self.starts[order], self.ends[order])

    def place(self, text: bytes) -> int:
        """Return how many texts stand before this one (texts sorted)."""
        return bisect_left(self, text)

    def beginning_with(self, prefix: bytes) -> tuple[int, int]:
        """Return the first text that begins with the prefix and the one behind the last (texts sorted)."""
        first = bisect_left(self, prefix)
        return first, bisect_right(self, prefix, lo=first, key=lambda text: text[: len(prefix)])


def in_order(blob: Bytes, starts: Ints, sizes: Ints, order: NDArray[np.integer]) -> Iterator[bytes]:
    """Yield texts one after the other in an order, some thousands at a time."""
    content = blob.data
    for first in range(0, len(order), _PIECE):
        some = order[first : first + _PIECE]
        begins = starts[some]
        spans = zip(begins.tolist(), (begins + sizes[some]).tolist(), strict=True)
        yield b"".join([content[begin:end] for begin, end in spans])


def packed(texts: Iterable[bytes]) -> Texts:
    """Put texts together in their order."""
    given = list(texts)
    starts = np.zeros(len(given) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, given), dtype=np.int64, count=len(given)), out=starts[1:])
    return Texts(np.frombuffer(b"".join(given), dtype=np.uint8), starts[:-1], starts[1:])


def sorted_order(texts: Texts, ties: Ints) -> NDArray[np.intp]:
    """Return the order of texts by bytes, then by `ties`; eight bytes at a time, as fast as numbers."""
    order = np.arange(len(texts))
    where, group = order.copy(), np.zeros(len(texts), dtype=np.int64)
    longest = int((texts.ends - texts.starts).max(initial=0))
    for offset in range(0, longest + 8, 8):
        which = order[where]
        chunk = _eight_bytes(texts, which, offset) if offset < longest else _unsigned(ties[which])
        inner = np.lexsort((chunk, group)) if offset else chunk.argsort()
        order[where] = which[inner]
        chunk, group = chunk[inner], group[inner]
        fresh: NDArray[np.bool_] = np.ones(len(where), dtype=np.bool_)
        fresh[1:] = (chunk[1:] != chunk[:-1]) | (group[1:] != group[:-1])
        shared = ~fresh
        shared[:-1] |= ~fresh[1:]
        where, group = where[shared], fresh.cumsum()[shared]
        if not len(where):
            break
    return order


def _unsigned(numbers: Ints) -> NDArray[np.uint64]:
    """Return unsigned numbers in the same order."""
    return numbers.view(np.uint64) ^ np.uint64(1 << 63)


def _eight_bytes(texts: Texts, which: NDArray[np.intp], offset: int) -> NDArray[np.uint64]:
    """Return bytes offset..offset+8 of texts as numbers that order like them; what is missing counts as 0."""
    padded = np.concatenate((texts.blob, np.zeros(8, dtype=np.uint8)))
    numbers = np.ndarray(len(texts.blob) + 1, dtype=">u8", buffer=padded.data, strides=(1,))
    begins = texts.starts[which] + offset
    room = np.clip(texts.ends[which] - begins, 0, 8)
    value = numbers[np.minimum(begins, len(texts.blob))].astype(np.uint64)
    missing = (8 * (8 - room)).astype(np.uint64)
    value[room == 0] = 0
    missing = np.minimum(missing, 63)
    kept: NDArray[np.uint64] = (value >> missing) << missing
    return kept
