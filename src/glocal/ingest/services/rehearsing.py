"""The order in which a dry run looks at rows, so that it counts like the real run, storing nothing."""

from collections.abc import Iterator
from itertools import groupby

import numpy as np

from glocal.ingest.types import Row


def repeats_last(chunks: Iterator[list[Row]], again: Iterator[Row], size: int) -> Iterator[list[Row]]:
    """Yield the chunks without rows whose id comes more than once; these follow, those of one id together.

    A dry run forgets each chunk, so rows that bear on each other have to be in one. Reads the file once more;
    holds eight bytes per row and the rows that share an id.

    Args:
        chunks: the rows of the file.
        again: the same rows from the beginning.
        size: rows in a chunk of repeated ones, unless one id alone has more.
    """
    repeated = _repeated(again)
    late: list[Row] = []
    for chunk in chunks:
        late += [row for row in chunk if _hash(row) in repeated]
        yield [row for row in chunk if _hash(row) not in repeated]
    late.sort(key=lambda row: (row.proposal.record_id if row.proposal else "", row.number))
    together: list[Row] = []
    for _id, rows in groupby(late, key=lambda row: row.proposal.record_id if row.proposal else ""):
        together += rows
        if len(together) >= size:
            yield together
            together = []
    if together:
        yield together


def _repeated(rows: Iterator[Row]) -> frozenset[int]:
    ids = np.fromiter((_hash(row) for row in rows if row.proposal is not None), dtype=np.int64)
    values, counts = np.unique(ids, return_counts=True)
    return frozenset(values[counts > 1].tolist())


def _hash(row: Row) -> int | None:
    """Return 64 bits of the id; two ids with the same ones are only looked at later, never mixed up."""
    return hash(row.proposal.record_id[:200]) if row.proposal is not None else None
