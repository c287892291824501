"""The arrays behind: nearest by brute force, boxes, labels, building anew, regions and countries."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from glocal.core.geo import Box, GeoPoint
from glocal.core.language import fold
from glocal.places.errors import GazetteerUnavailable
from glocal.places.gazetteer import compile as compiling
from glocal.places.gazetteer.countries import country_code
from glocal.places.gazetteer.endonyms import local_names
from glocal.places.gazetteer.names import is_quarter, key_of, misspellings
from glocal.places.gazetteer.nearby import distances_km, nearest_town, towns_in_box
from glocal.places.gazetteer.regions import region_code, region_names
from glocal.places.gazetteer.store import Gazetteer, gazetteer_folder, open_gazetteer
from glocal.places.queries import gazetteer, labels_in, resolve_place

lats, lons = st.floats(-90, 90), st.floats(-180, 180)


@settings(deadline=None)
@given(lat=lats, lon=lons)
def test_the_nearest_town_is_the_nearest_of_all(lat: float, lon: float) -> None:
    point = GeoPoint(lat, lon)
    every = np.arange(len(gazetteer().lat))
    _town, distance = nearest_town(gazetteer(), point)
    assert distance == pytest.approx(distances_km(gazetteer(), every, point).min(), abs=1e-6)


@settings(deadline=None)
@given(west=lons, east=lons, one=lats, other=lats)
def test_a_box_holds_exactly_the_towns_inside(west: float, east: float, one: float, other: float) -> None:
    box = Box(west, min(one, other), east, max(one, other))
    lat, lon = gazetteer().lat, gazetteer().lon
    between = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    expected = np.flatnonzero((lat >= box.south) & (lat <= box.north) & between)
    assert sorted(towns_in_box(gazetteer(), box)) == list(expected)


def test_keys_are_sorted_so_that_search_may_halve(towns: Gazetteer) -> None:
    keys = [towns.keys[row] for row in range(0, len(towns.keys), 997)]
    assert keys == sorted(keys)


@settings(deadline=None)
@given(row=st.integers(0, 800_000))
def test_every_filed_name_is_found_again(row: int) -> None:
    assert row in gazetteer().entries_of(gazetteer().keys.text(row))
    assert row in gazetteer().entries_from(gazetteer().keys.text(row)[:3])


def test_labels_are_the_large_towns_of_the_view() -> None:
    europe = labels_in(Box(-10, 36, 30, 60), 4)
    piedmont = labels_in(Box(6.6, 44.4, 8.9, 46.0), 8)

    assert {"Paris", "Madrid", "Berlin", "Roma"} <= {label.name for label in europe}
    assert piedmont[0].name == "Torino"
    assert labels_in(Box(6.6, 44.4, 8.9, 46.0), 8, are_local=False)[0].name == "Turin"
    assert [label.rank for label in europe] == list(range(len(europe)))


def test_local_names_are_names_of_their_towns(towns: Gazetteer) -> None:
    named = local_names(towns)
    assert len(named) > 40
    for town, name in named.items():
        assert town in {int(towns.entry_town[entry]) for entry in towns.entries_of(key_of(name))}, name
        assert towns.names.text(town) != name


def test_labels_hold_the_limit_and_the_view_even_across_the_antimeridian() -> None:
    pacific = Box(170, -25, -170, -10)
    labels = labels_in(pacific, 6)

    assert len(labels_in(Box(-180, -85, 180, 85), 2, limit=5)) == 5
    assert labels
    assert all(label.lon >= 170 or label.lon <= -170 for label in labels)


def test_labels_stay_when_the_map_is_dragged() -> None:
    before = labels_in(Box(5.0, 43.0, 12.0, 47.0), 7, limit=500)
    after = labels_in(Box(6.0, 43.5, 13.0, 47.5), 7, limit=500)
    shared = {label.name for label in before if 6.5 < label.lon < 11.5 and 44 < label.lat < 46.5}
    assert shared <= {label.name for label in after}


@pytest.mark.parametrize("kept_bytes", [0, 100, 1_000_000, None])
def test_a_damaged_gazetteer_is_built_anew(
    gazetteer_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept_bytes: int | None
) -> None:
    whole = gazetteer_folder(gazetteer_home)
    broken = gazetteer_folder(tmp_path)
    shutil.copytree(whole, broken)
    content = (broken / "lat.npy").read_bytes()
    (broken / "lat.npy").write_bytes(content[:kept_bytes] + b"spoilt")
    rebuilt: list[Path] = []

    def build(target: Path) -> None:
        rebuilt.append(target)
        shutil.rmtree(target)
        shutil.copytree(whole, target)

    monkeypatch.setattr("glocal.places.gazetteer.store.compile_gazetteer", build)
    assert len(open_gazetteer(tmp_path).lat) > 200_000
    assert rebuilt == [broken]


@pytest.mark.parametrize("manifest", ["", "{}", '{"sizes": {}}', "[]"])
def test_a_damaged_manifest_is_noticed(
    gazetteer_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, manifest: str
) -> None:
    def refuse(target: Path) -> None:
        raise OSError(f"{target} is full")

    folder = gazetteer_folder(tmp_path)
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(manifest)
    monkeypatch.setattr("glocal.places.gazetteer.store.compile_gazetteer", refuse)
    with pytest.raises(GazetteerUnavailable, match="is full"):
        open_gazetteer(tmp_path)


def test_a_small_gazetteer_is_compiled_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def town(number: int, name: str, lat: float, lon: float, *others: str) -> dict[str, object]:
        return {
            "geonameid": number, "name": name, "latitude": lat, "longitude": lon, "countrycode": "XX",
            "population": number, "admin1code": "", "alternatenames": list(others),
        }  # fmt: skip

    north, south = (
        town(1, "Nordstadt", 89.9, 180.0, "Nordville", "nol si ta"),
        town(2, "Südstadt", -90.0, -180.0, "SUD"),
    )
    monkeypatch.setattr(compiling, "_read_towns", lambda: [south, north])
    compiling.compile_gazetteer(gazetteer_folder(tmp_path))
    compiling.compile_gazetteer(gazetteer_folder(tmp_path))  # replaces the first in one step
    small = open_gazetteer(tmp_path)

    assert [small.keys.text(row) for row in range(len(small.keys))] == [
        "nordstadt",
        "nordville",
        "sud",
        "sudstadt",
    ]
    assert nearest_town(small, GeoPoint(90, 0))[0] == 1
    assert [path.name for path in gazetteer_folder(tmp_path).parent.iterdir() if path.is_dir()] == [
        gazetteer_folder(tmp_path).name
    ]


@pytest.mark.parametrize(
    ("country", "region", "capital"),
    [
        ("IT", "Piemonte", "Torino"), ("IT", "Tuscany", "Firenze"), ("DE", "Bayern", "München"),
        ("DE", "Saxony", "Leipzig"), ("ES", "Euskadi", "Bilbao"), ("FR", "Hauts-de-France", "Lille"),
        ("PT", "Porto", "Porto"), ("AT", "Steiermark", "Graz"), ("CH", "Ticino", "Lugano"),
        ("PL", "Śląskie", "Katowice"), ("NL", "Noord-Holland", "Amsterdam"), ("SE", "Skåne", "Malmö"),
        ("CA", "Ontario", "Toronto"), ("GB", "Scotland", "Glasgow"), ("US", "Texas", "Austin"),
        ("BE", "Wallonia", "Charleroi"), ("IE", "Munster", "Cork"), ("GB", "Cymru", "Cardiff"),
    ],
)  # fmt: skip
def test_regions_hold_their_capitals(country: str, region: str, capital: str, towns: Gazetteer) -> None:
    place = resolve_place(capital, country=country)
    code = region_code(region, country) or region_code("Wales", country)
    assert place.region == region_names(country)[code]


def test_no_quarter_is_taken_for_a_town(towns: Gazetteer) -> None:
    assert is_quarter("Circoiscrizione II")
    assert not is_quarter("Bezirksamt")
    assert not any(is_quarter(towns.names.text(row)) for row in range(0, len(towns.lat), 7))


@pytest.mark.parametrize(
    ("text", "code"),
    [("Deutschland", "DE"), ("ITALIA", "IT"), ("Ελλάδα", "GR"), ("EL", "GR"), ("UK", "GB"),
     ("United Kingdom", "GB"),
     ("ita", "IT"), ("España", "ES"), ("Česko", "CZ"), ("日本", "JP"),
     ("المغرب", "MA"), ("", ""), ("Narnia", "")],
)  # fmt: skip
def test_countries_by_any_name(text: str, code: str) -> None:
    assert country_code(text) == code


@settings(deadline=None)
@given(st.text(max_size=30))
def test_a_key_is_its_own_key(text: str) -> None:
    assume(fold(fold(text)) == fold(text))
    assert key_of(key_of(text)) == key_of(text)


@settings(deadline=None, max_examples=30)
@given(st.text(alphabet="abcdefgh", min_size=4, max_size=8), st.data())
def test_misspelling_is_mutual(key: str, choice: st.DataObject) -> None:
    other = choice.draw(st.sampled_from(sorted(set(misspellings(key)))))
    assert key in set(misspellings(other))
