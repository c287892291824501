"""The atlas as a child would write it: look at everybody. What the fast one is compared with."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import shapely

from glocal.atlas.types import EVERYTHING, Entry, Filter
from glocal.core.geo import Box, GeoPoint, distance_km
from glocal.core.language import fold, words_of

TOLERANCE_KM = 1e-6  # a millimetre: two formulas for one distance


@dataclass(frozen=True)
class PlainAtlas:
    """Everybody, in a list."""

    entries: tuple[Entry, ...]

    def chosen(self, only: Filter) -> Iterable[tuple[Entry, tuple[tuple[float, float], ...]]]:
        """Organisations of a selection with those of their points that count."""
        for entry in self.entries:
            if _has_facets(entry, only) and _has_words(entry, only.text):
                points = tuple(point for point in entry.points if _is_inside(point, only.polygon))
                if only.polygon is None or points:
                    yield entry, points

    def distances(
        self, point: GeoPoint, only: Filter = EVERYTHING, box: Box | None = None
    ) -> dict[int, float]:
        """Distance to the nearest site of each organisation."""
        found: dict[int, float] = {}
        for entry, points in self.chosen(only):
            near = [
                distance_km(point, GeoPoint(*site)) for site in points if box is None or in_box(site, box)
            ]
            if near:
                found[entry.organisation_id] = min(near)
        return found

    def sites(self, only: Filter = EVERYTHING) -> list[tuple[Entry, tuple[float, float]]]:
        """Every site with its organisation."""
        return [(entry, point) for entry, points in self.chosen(only) for point in points]

    def names(self, only: Filter = EVERYTHING) -> list[int]:
        """Ids by sort name."""
        ordered = sorted((entry.sort_name.encode(), entry.organisation_id) for entry, _ in self.chosen(only))
        return [number for _, number in ordered]

    def values(self, facet: str, prefix: str) -> list[tuple[str, int]]:
        """Values by frequency."""
        counts = Counter(
            value
            for entry in self.entries
            for value in set(entry.facets.get(facet, ()))
            if fold(value).startswith(fold(prefix))
        )
        return sorted(counts.items(), key=lambda pair: (-pair[1], fold(pair[0]), pair[0]))


def in_box(site: tuple[float, float], box: Box) -> bool:
    """Both sides of the antimeridian are one line."""
    lat, lon = site
    if not box.south <= lat <= box.north:
        return False
    same = (lon, -lon) if abs(lon) == 180 else (lon,)
    west, east = box.west, box.east
    return any(west <= one <= east if west <= east else one >= west or one <= east for one in same)


def _has_facets(entry: Entry, only: Filter) -> bool:
    return all(not wanted or set(wanted) & set(entry.facets.get(name, ())) for name, wanted in only.facets)


def _has_words(entry: Entry, text: str) -> bool:
    here = set(words_of(entry.words))
    *whole, begun = words_of(text) or [""]
    return set(whole) <= here and (not begun or any(word.startswith(begun) for word in here))


def _is_inside(point: tuple[float, float], polygon: bytes | None) -> bool:
    return polygon is None or bool(shapely.contains_xy(shapely.from_wkb(polygon), point[1], point[0]))
