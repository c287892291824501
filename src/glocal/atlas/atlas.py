"""The atlas: who is near, who is in the box, what stands on the map; several threads may ask at once."""

from collections.abc import Sequence
from dataclasses import replace
from math import pi
from pathlib import Path

from glocal.atlas.areas import Circle, Rectangle
from glocal.atlas.delta import Delta
from glocal.atlas.facets import facet_values
from glocal.atlas.keys import squared_chord_of
from glocal.atlas.listings import listed_by_name, listed_like
from glocal.atlas.markers import markers_in
from glocal.atlas.merging import hits_of, listed_of
from glocal.atlas.nearest import Search
from glocal.atlas.reasons import reasons_of
from glocal.atlas.snapshot import open_snapshot
from glocal.atlas.types import EVERYTHING, Entry, Filter, Hit, Listed, Marker, Reason
from glocal.atlas.views import View
from glocal.core.geo import EARTH_RADIUS_KM, Box, GeoPoint, Km


class Atlas:
    """A snapshot and the changes since, as one immutable value; `with_changes` returns the next one."""

    def __init__(self, delta: Delta, *, version: str, change_no: int) -> None:
        self._delta = delta
        self._views = delta.views
        self.version = version
        self.change_no = change_no

    @classmethod
    def open(cls, folder: Path, *, verify: bool = False) -> "Atlas":
        """Map the current snapshot of a folder; milliseconds, whatever its size.

        Args:
            folder: where snapshots are kept.
            verify: read every byte and compare checksums as well.

        Raises:
            SnapshotMissing: there is none, or the one named is gone.
            SnapshotDamaged: it is not what was written, or in another format.
        """
        segment, manifest = open_snapshot(folder, verify=verify)
        return cls(Delta(View(segment)), version=manifest["version"], change_no=manifest["change_no"])

    @property
    def organisation_count(self) -> int:
        """How many organisations there are, on the map or not."""
        return sum(view.organisations for view in self._views)

    @property
    def point_count(self) -> int:
        """How many sites there are."""
        return sum(view.points for view in self._views)

    @property
    def delta_size(self) -> int:
        """How many changed organisations are held in memory; beyond about 20,000 a new snapshot is due."""
        return self._delta.size

    def with_changes(self, changed: Sequence[Entry], removed: Sequence[int], change_no: int) -> "Atlas":
        """Return the atlas after some changes; this one stays as it is.

        Some milliseconds; every 512 changes up to half a second.

        Raises:
            ValueError: a tone outside 0..4, or a point off the Earth.
        """
        return Atlas(self._delta.with_changes(changed, removed), version=self.version, change_no=change_no)

    def nearest(
        self, point: GeoPoint, *, k: int, within: Km | None = None, only: Filter = EVERYTHING, skip: int = 0
    ) -> list[Hit]:
        """Return organisations by the distance of their nearest site, equally near ones by id.

        Args:
            point: where to look from.
            k: at most so many.
            within: not farther than this.
            only: which organisations are meant.
            skip: leave out so many of the first.
        """
        limit = 4.0 if within is None else squared_chord_of(_angle(within))
        return self._hits(Search(point.lat, point.lon, k + skip, limit), only, skip)

    def count_within(self, point: GeoPoint, radius: Km, only: Filter = EVERYTHING) -> int:
        """Count the organisations that have a site within a radius."""
        circle = Circle(point.lat, point.lon, _angle(radius))
        return sum(view.organisations_in(circle, only) for view in self._views)

    def in_box(self, box: Box, *, k: int, only: Filter = EVERYTHING, skip: int = 0) -> list[Hit]:
        """Return organisations with a site in a box, edges included, by distance from its centre."""
        centre = box.centre
        inside = Rectangle(box)
        search = Search(centre.lat, centre.lon, k + skip, squared_chord_of(inside.reach), inside)
        return self._hits(search, only, skip)

    def count_in_box(self, box: Box, only: Filter = EVERYTHING) -> int:
        """Count the organisations that have a site in a box (edges included)."""
        area = Rectangle(box)
        return sum(view.organisations_in(area, only) for view in self._views)

    def listing(self, *, k: int, only: Filter = EVERYTHING, skip: int = 0) -> list[Listed]:
        """Return organisations by sort name, then id, whether they are on the map or not.

        Of a text with meanings those come first that have its own words.
        """
        if not only.meanings:
            return listed_by_name(self._views, only, start=skip, stop=skip + k)
        said, meant = replace(only, meanings=()), replace(only, only_meant=True)
        own = self.count(said)
        first = listed_by_name(self._views, said, start=min(skip, own), stop=min(skip + k, own))
        start, stop = max(skip - own, 0), max(skip + k - own, 0)
        return first + (listed_by_name(self._views, meant, start=start, stop=stop) if stop else [])

    def count(self, only: Filter = EVERYTHING) -> int:
        """Count organisations, whether they are on the map or not."""
        return sum(view.count(only) for view in self._views)

    def values(self, facet: str, *, prefix: str = "", limit: int = 50) -> list[tuple[str, int]]:
        """Return values of a facet with how many organisations have each.

        Those that begin with a prefix, accents and case aside; the most frequent first, equally frequent
        ones by name.
        """
        return facet_values(self._views, facet, prefix, limit)

    def names_like(self, text: str, *, limit: int) -> list[Listed]:
        """Return organisations that have every word of a text, the last one only begun.

        Those come first whose sort name begins with the folded text; otherwise by sort name.
        """
        return listed_like(self._views, text, limit)

    def viewport(self, box: Box, *, only: Filter = EVERYTHING, max_markers: int = 200) -> list[Marker]:
        """Return at most so many markers for what lies in a box; they count sites.

        Few sites are returned one by one (several at the same spot as one marker). Many are counted in the
        cells of the deepest zoom level that has at most `max_markers` cells over the box; cells on the edge
        count whole.
        """
        return markers_in(self._views, box, only, max_markers)

    def reasons(self, organisation_ids: Sequence[int], only: Filter) -> list[tuple[Reason, ...]]:
        """Return for each organisation its words that mean words of the text; () where it says them itself.

        Some tenths of a millisecond for a page of answers.
        """
        return reasons_of(self._views, organisation_ids, only)

    def get(self, organisation_id: int) -> Listed | None:
        """Return one organisation, None when it is not here."""
        return listed_of(self._views, organisation_id)

    def _hits(self, search: Search, only: Filter, skip: int) -> list[Hit]:
        if search.k <= skip:
            return []
        return hits_of([(view, view.nearest(search, only)) for view in self._views], skip, search.k)


def _angle(distance: Km) -> float:
    return min(max(distance / EARTH_RADIUS_KM, 0.0), pi)
