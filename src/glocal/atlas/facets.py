"""The values of a facet with how many organisations have each, over all views."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from glocal.atlas.views import View
from glocal.core.language import fold


def facet_values(views: Sequence[View], facet: str, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Return the most frequent values that begin with a prefix, most frequent first, then by name."""
    base, *others = views
    newer: Counter[str] = Counter()
    for view in others:
        newer.update(dict(_counted(view, facet, prefix, None)))
    best = Counter(dict(_counted(base, facet, prefix, limit + len(newer))))
    for value, count in newer.items():
        best[value] = best[value] + count if value in best else _count_of(base, facet, value) + count
    ordered = sorted(best.items(), key=lambda pair: (-pair[1], fold(pair[0]), pair[0]))
    return ordered[:limit]


def _counted(view: View, facet: str, prefix: str, limit: int | None) -> list[tuple[str, int]]:
    """Return values with counts above zero; with a limit, the most frequent and all their equals."""
    postings = view.segment.facets.get(facet)
    if postings is None:
        return []
    first, behind = postings.beginning_with(prefix)
    counts = view.facet_counts(facet, first, behind)
    chosen = np.flatnonzero(counts)
    if limit is not None and limit < len(chosen):
        # values stand in the order of names, so a stable sort keeps equals in it
        chosen = chosen[np.argsort(-counts[chosen], kind="stable")[:limit]]
    return [
        (postings.values[first + number].decode(), count)
        for number, count in zip(chosen.tolist(), counts[chosen].tolist(), strict=True)
    ]


def _count_of(view: View, facet: str, value: str) -> int:
    postings = view.segment.facets.get(facet)
    number = None if postings is None else postings.find(value)
    return 0 if number is None else int(view.facet_counts(facet, number, number + 1)[0])
