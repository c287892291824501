"""Putting the answers of several views together, and giving them their cards."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from glocal.atlas.keys import Floats, Ints, kilometres
from glocal.atlas.nearest import Found
from glocal.atlas.types import Hit, Listed
from glocal.atlas.views import View

_new_hit = partial(tuple.__new__, Hit)  # what Hit(*...) does, without a call in Python for each


def hits_of(found: Sequence[tuple[View, Found]], start: int, stop: int) -> list[Hit]:
    """Return the hits from one rank to another, over all views."""
    useful = [(view, part) for view, part in found if len(part.chords)]
    if not useful:
        return []
    if len(useful) == 1:
        view, part = useful[0]
        return _hits(view, Found(part.chords[start:stop], part.positions[start:stop]))
    chords: Floats = np.concatenate([part.chords for _, part in useful])
    ids: Ints = np.concatenate([view.segment.point_owners[part.positions, 0] for view, part in useful])
    hits = [hit for view, part in useful for hit in _hits(view, part)]
    order = np.lexsort((ids, chords))[start:stop]
    return [hits[number] for number in order.tolist()]


def listed_of(views: Sequence[View], organisation_id: int) -> Listed | None:
    """Return one organisation, None when no view shows it."""
    wanted = np.array([organisation_id], dtype=np.int64)
    for view in views:
        for row in view.segment.rows_of(wanted).tolist():
            if row not in view.hidden:
                return listed(view, row)
    return None


def listed(view: View, row: int) -> Listed:
    """Return an organisation at its first site."""
    segment, position = view.segment, view.segment.first_position(row)
    lat, lon = (
        (None, None) if position is None else (float(segment.lat[position]), float(segment.lon[position]))
    )
    return Listed(int(segment.ids[row]), lat, lon, segment.cards[row])


def _hits(view: View, found: Found) -> list[Hit]:
    segment, places = view.segment, found.positions
    ids, starts, ends = segment.point_owners.take(places, axis=0).T.tolist()
    columns = (
        ids,
        kilometres(found.chords).tolist(),
        segment.lat.take(places).tolist(),
        segment.lon.take(places).tolist(),
        segment.cards.between(starts, ends),
    )
    return list(map(_new_hit, zip(*columns, strict=True)))
