"""How well rows are placed by town alone: their own coordinates are hidden and then compared."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from glocal.core.geo import GeoPoint, distance_km
from glocal.ingest.readers import choose_reader, open_file
from glocal.ingest.types import ReadOptions, SiteProposal
from glocal.places import queries as places

FILES = ("susy_transformap/susy_initiatives.geojson", "healthcare_eu/all.csv", "schools_saxony/schools.json")
RIGHT_KM = 15.0  # nearer than this, the town was the right one; judged: most towns are smaller across


def measure_locating(folder: Path) -> list[dict[str, Any]]:
    """Return for each file: the share placed, the share of those right, and the median error in km.

    The baseline takes the largest town of the world that carries the name.
    """
    rows = []
    for name in FILES:
        if (folder / name).exists():
            rows += _rows(name.partition("/")[0], list(_sites(folder / name)))
    return rows


def _sites(file: Path) -> Iterator[SiteProposal]:
    opened = open_file(file)
    for row in choose_reader(opened).rows(opened, ReadOptions()):
        for site in row.proposal.sites if row.proposal else ():
            if site.lat is not None and site.town:
                yield site


def _rows(what: str, sites: list[SiteProposal]) -> list[dict[str, Any]]:
    ours = [_error(site, _placed(site)) for site in sites]
    naive = [_error(site, _largest(site)) for site in sites]
    figures = [
        ("share placed", _share_placed(ours), _share_placed(naive)),
        (f"share of placed within {RIGHT_KM:g} km", _share_right(ours), _share_right(naive)),
        ("median error in km", _median(ours), _median(naive)),
    ]
    return [
        {"what": f"{what}: town to point", "metric": m, "value": v, "baseline": b, "n": len(sites)}
        for m, v, b in figures
    ]


def _placed(site: SiteProposal) -> GeoPoint | None:
    found = places.locate(town=site.town, region=site.region, country=site.country)
    return found.point if found else None


def _largest(site: SiteProposal) -> GeoPoint | None:
    found = places.find_places(site.town, limit=1)
    return found[0].point if found else None


def _error(site: SiteProposal, point: GeoPoint | None) -> float | None:
    if point is None or site.lat is None or site.lon is None:
        return None
    return distance_km(GeoPoint(site.lat, site.lon), point)


def _share_placed(errors: list[float | None]) -> float:
    return round(sum(error is not None for error in errors) / max(1, len(errors)), 4)


def _share_right(errors: list[float | None]) -> float:
    placed = [error for error in errors if error is not None]
    return round(sum(error <= RIGHT_KM for error in placed) / max(1, len(placed)), 4)


def _median(errors: list[float | None]) -> float:
    placed = [error for error in errors if error is not None]
    return round(median(placed), 2) if placed else 0.0
