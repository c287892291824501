"""Columns in, index out: everything sorted the way it will be asked for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glocal.atlas.columns import Columns, FacetColumn
from glocal.atlas.keys import Floats, Ints, Places, rows_for, unit_vectors
from glocal.atlas.pyramid import pile_of
from glocal.atlas.texts import Texts, packed, sorted_order
from glocal.core.language import fold

Arrays = dict[str, NDArray[np.generic]]
_LOW = (1 << 32) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A whole index: arrays by name, the facets in the order of their numbers, and the height of rows."""

    arrays: Arrays
    facets: tuple[str, ...]
    rows_per_degree: int


@dataclass(frozen=True, slots=True, eq=False)
class Indexed:
    """An index just made, and the order in which its cards have to be laid down: numbers of the columns."""

    index: Index
    card_order: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _Located:
    """Coordinates by position, as `Points` wants them."""

    lat: Floats
    lon: Floats
    vectors: Floats


def index_of(columns: Columns) -> Indexed:
    """Sort columns into an index. Organisations are numbered by name, so that listings need no sorting.

    Cards lie as their organisations lie on the map: who is near is read in one go.

    About 250 bytes of memory per organisation at its peak, plus 30 per word and facet value.
    """
    order = sorted_order(columns.names, columns.ids)
    row_of = np.empty(len(order), dtype=np.int32)
    row_of[order] = np.arange(len(order), dtype=np.int32)
    ids = columns.ids[order]
    by_id = ids.argsort()
    arrays: Arrays = {
        "ids": ids,
        "ids_sorted": ids[by_id],
        "ids_rows": by_id.astype(np.int32),
        "tones": columns.tones[order],
    }
    _put_texts(arrays, "name", columns.names.reordered(order))
    per_degree, starts, places = _index_points(arrays, columns, row_of)
    laid = _first_places(starts, places).argsort(kind="stable")
    _place_cards(arrays, columns.card_sizes[order], laid)
    for number, column in enumerate(columns.facets.values()):
        _index_facet(arrays, f"facet{number}", column, row_of, (starts, places))
    return Indexed(Index(arrays, tuple(columns.facets), per_degree), order[laid])


def _first_places(starts: Ints, places: Places) -> Ints:
    """Return the position of each organisation's first point; those on no map stand behind all others."""
    first = np.full(len(starts) - 1, len(places), dtype=np.int64)
    located = starts[1:] > starts[:-1]
    first[located] = places[starts[:-1][located]]
    return first


def _place_cards(arrays: Arrays, sizes: Ints, laid: NDArray[np.intp]) -> None:
    """Say where each card begins and ends, by organisation and, beside its id, by point."""
    ends = np.empty(len(sizes), dtype=np.int64)
    ends[laid] = sizes[laid].cumsum()
    arrays |= {"card_starts": ends - sizes, "card_ends": ends}
    owners = arrays["point_rows"]
    arrays["point_owners"] = np.stack((arrays["ids"][owners], (ends - sizes)[owners], ends[owners]), axis=1)


def _index_points(arrays: Arrays, columns: Columns, row_of: Places) -> tuple[int, Ints, Places]:
    """Sort the points; return the height of rows, and for each organisation the run of its positions."""
    rows = rows_for(len(columns.lat))
    keys = rows.keys(columns.lat, columns.lon)
    order = np.lexsort((columns.ids[columns.point_owners], keys))
    lat, lon = columns.lat[order], columns.lon[order]
    owners = row_of[columns.point_owners]
    point_rows = owners[order]
    arrays |= {
        "keys": keys[order],
        "lat": lat,
        "lon": lon,
        "vectors": unit_vectors(lat, lon),
        "point_rows": point_rows,
    }
    sites = np.bincount(owners, minlength=len(row_of))
    starts = np.zeros(len(row_of) + 1, dtype=np.int64)
    np.cumsum(sites, out=starts[1:])
    position_of = np.empty(len(order), dtype=np.int32)
    position_of[order] = np.arange(len(order), dtype=np.int32)
    places = position_of[owners.argsort(kind="stable")]
    arrays |= {
        "row_point_starts": starts,
        "row_points": places,
        "several": np.flatnonzero(sites[point_rows] > 1).astype(np.int32),
    }
    located = _Located(lat, lon, np.empty(0))
    tones = np.asarray(arrays["tones"], dtype=np.uint8)[point_rows]
    pile = pile_of(located, np.arange(len(order), dtype=np.int32), tones)
    arrays |= {
        "curve_keys": pile.keys,
        "curve_positions": pile.positions,
        "curve_tones": pile.tones,
        "curve_sums": pile.sums,
    }
    return rows.per_degree, starts, places


def _index_facet(
    arrays: Arrays, name: str, column: FacetColumn, row_of: Places, sites: tuple[Ints, Places]
) -> None:
    """Sort the pairs of a facet by value, once by organisation and once by point."""
    folded = [fold(value).encode() for value in column.values]
    written = [value.encode() for value in column.values]
    order = sorted(range(len(written)), key=lambda number: (folded[number], written[number]))
    _put_texts(arrays, f"{name}_value", packed(written[number] for number in order))
    _put_texts(arrays, f"{name}_folded", packed(folded[number] for number in order))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    pairs = rank[column.codes]
    pairs <<= 32
    pairs |= row_of[column.owners]
    pairs.sort()
    codes, rows = pairs >> 32, pairs & _LOW
    _put_runs(arrays, f"{name}_row", codes, rows, len(order))
    starts, places = sites
    pairs = _by_point(codes, rows, starts, places)
    _put_runs(arrays, f"{name}_point", pairs >> 32, pairs & _LOW, len(order))


def _by_point(codes: Ints, rows: Ints, starts: Ints, places: Places) -> Ints:
    """Return sorted pairs of a value and a position: every pair of value and row, at each of its sites."""
    sites = starts[rows + 1] - starts[rows]
    one, more = sites == 1, sites > 1
    first = (codes[one] << 32) | places[starts[rows[one]]]
    codes, rows, sites = codes[more], rows[more], sites[more]
    ends = sites.cumsum()
    which = np.arange(int(ends[-1]) if len(ends) else 0)
    which += (starts[rows] - ends + sites).repeat(sites)
    pairs = np.concatenate((first, (codes.repeat(sites) << 32) | places[which]))
    pairs.sort()
    return pairs


def _put_runs(arrays: Arrays, name: str, codes: Ints, numbers: Ints, values: int) -> None:
    arrays[f"{name}s"] = numbers.astype(np.int32)
    arrays[f"{name}_starts"] = codes.searchsorted(np.arange(values + 1))


def _put_texts(arrays: Arrays, name: str, texts: Texts) -> None:
    arrays[f"{name}_blob"] = texts.blob
    arrays[f"{name}_starts"] = texts.starts
    arrays[f"{name}_ends"] = texts.ends
