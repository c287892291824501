"""Real files of other systems: nothing is lost, twice changes nothing, undone is before, near is exact."""

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner

from glocal.core.actor import SYSTEM
from glocal.core.geo import GeoPoint, distance_km
from glocal.directory.commands import near
from glocal.directory.models import Organisation, Site
from glocal.ingest import services
from glocal.ingest.services import running
from glocal.ingest.tests.bringing import bring_in, counts, stored
from glocal.places import services as places

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
CENTRES = 12  # per file and filter
FILES = [
    pytest.param("susy_transformap/susy_initiatives.geojson", "", 1098, 1.0, id="susy"),
    pytest.param("coopsuk/organisations_2017-06.csv", "GB", 8371, 0.99, id="coopsuk"),
    pytest.param("ofdb_sample", "", 100, 1.0, id="openfairdb"),
    pytest.param("transiscope_niort", "FR", 100, 0.9, id="transiscope"),
    pytest.param("hackerspaces_osm", "", 352, 1.0, id="hackerspaces"),
    pytest.param("schools_saxony", "DE", 1421, 0.9, id="schools"),
]


def file_in(place: Path) -> Path:
    """Return the file, or the largest one where a folder is named."""
    return place if place.is_file() else max(place.glob("*.*"), key=lambda file: file.stat().st_size)


@pytest.mark.parametrize(("name", "country", "rows", "least_located"), FILES)
def test_a_real_file_comes_in_twice_is_found_exactly_and_is_taken_back(
    real_data: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    country: str,
    rows: int,
    least_located: float,
) -> None:
    # another process would not see this test's transaction
    monkeypatch.setattr(running, "SNAPSHOT_AFTER", 10**9)
    if country == "GB":
        places.install_postcodes(file_in(real_data / "gb_postcodes"), "GB")
    path, before = file_in(real_data / name), stored()

    first = bring_in(path, country=country)
    again = bring_in(path, country=country)

    assert counts(first)[0] == rows
    assert first.tally.located >= least_located * (rows - first.tally.rejected)
    assert counts(again) == (rows, 0, 0, rows - first.tally.rejected, first.tally.rejected)
    check_near_against_all(name)
    assert first.id is not None
    services.undo_batch(actor=SYSTEM, batch_id=first.id)
    assert stored() == before


def check_near_against_all(name: str) -> None:
    """Ask `glocal near` around random places and compare with measuring the way to every site."""
    chance = random.Random(name)
    kinds = dict(Organisation.objects.values_list("pk", "kind"))
    points: dict[int, list[GeoPoint]] = {}
    for pk, lat, lon in Site.objects.exclude(lat=None).values_list("organisation_id", "lat", "lon"):
        points.setdefault(pk, []).append(GeoPoint(float(lat or 0), float(lon or 0)))
    sites = [point for several in points.values() for point in several]
    for kind in (None, chance.choice(sorted(set(kinds.values())))):
        for _ in range(CENTRES):
            some = chance.choice(sites)
            centre = GeoPoint(
                max(-90.0, min(90.0, some.lat + chance.gauss(0, 1))),
                max(-180.0, min(180.0, some.lon + chance.gauss(0, 1))),
            )
            ways = {
                pk: min(distance_km(centre, point) for point in several)
                for pk, several in points.items()
                if kind in {None, kinds[pk]}
            }
            check_near_against(centre, kind, ways)


def check_near_against(centre: GeoPoint, kind: str | None, ways: Mapping[int, float]) -> None:
    """Compare one answer, with and without a radius, with the ways measured one by one."""
    found = ask_near(centre, kind, "-k", "20")
    assert [card["distance_km"] for card in found["organisations"]] == pytest.approx(
        sorted(ways.values())[:20], abs=0.0011
    )
    for card in found["organisations"]:
        assert card["distance_km"] == pytest.approx(ways[int(card["id"])], abs=0.0011)
    ordered = sorted(ways.values())
    radius = ordered[min(30, len(ordered) - 1)] + 0.01
    within = ask_near(centre, kind, "-k", "1000", "--km", f"{radius:.6f}")
    assert within["count"] == sum(way <= float(f"{radius:.6f}") for way in ordered)


def ask_near(centre: GeoPoint, kind: str | None, *options: str) -> Any:
    """Run `glocal near`."""
    arguments = [f"{centre.lat:.9f},{centre.lon:.9f}", *options, "--json"]
    if kind is not None:
        arguments += ["--kind", kind]
    answer = CliRunner().invoke(near, arguments)
    assert answer.exit_code == 0, answer.output
    return orjson.loads(answer.stdout)
