"""Organisations in the order of their names, over all views."""

from collections.abc import Sequence

import numpy as np

from glocal.atlas.keys import Places
from glocal.atlas.merging import listed
from glocal.atlas.types import Filter, Listed
from glocal.atlas.views import View
from glocal.core.language import fold

_Named = tuple[bytes, int, View, int]  # name, id, view, row: unique by id, so views are never compared


def listed_by_name(views: Sequence[View], only: Filter, *, start: int, stop: int) -> list[Listed]:
    """Return the organisations of a selection from one rank to another, by name, then id."""
    base, *others = views
    newer = [named for view in others for named in _named(view, view.rows(only, 0, stop))]
    skipped = max(start - len(newer), 0)  # so many of the base surely stand before the page
    window = base.rows(only, skipped, stop)
    if not newer:
        return [listed(base, row) for row in window.tolist()]
    ordered = sorted(newer + _named(base, window), key=_order)[start - skipped : stop - skipped]
    return [listed(view, row) for _, _, view, row in ordered]


def listed_like(views: Sequence[View], text: str, limit: int) -> list[Listed]:
    """Return organisations with every word of a text, those first whose name begins with it."""
    only, beginning = Filter(text=text), fold(text).strip().encode()
    begun: list[_Named] = []
    others: list[_Named] = []
    for view in views:
        first, behind = view.segment.names.beginning_with(beginning)
        before, within, after = view.rows_around(only, first, behind, limit)
        begun += _named(view, within)
        others += _named(view, np.concatenate((before, after))[:limit])
    ordered = sorted(begun, key=_order) + sorted(others, key=_order)
    return [listed(view, row) for _, _, view, row in ordered[:limit]]


def _named(view: View, rows: Places) -> list[_Named]:
    names, ids = view.segment.names, view.segment.ids[rows].tolist()
    return [(names[row], number, view, row) for row, number in zip(rows.tolist(), ids, strict=True)]


def _order(named: _Named) -> tuple[bytes, int]:
    return named[0], named[1]
