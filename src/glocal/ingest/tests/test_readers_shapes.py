"""JSON, GeoJSON, OpenStreetMap and the maps of others."""

import json
from pathlib import Path
from typing import Any

import pytest

from glocal.core.errors import Invalid
from glocal.ingest.tests.reading import read_proposals, read_rows, reader_of, write


def feature(name: str | None, geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name, **properties}, "geometry": geometry}


def collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


POINT = {"type": "Point", "coordinates": [7.6869, 45.0703]}
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[7.0, 45.0], [7.001, 45.0], [7.001, 45.001], [7.0, 45.001], [7.0, 45.0]]],
}
LAND = {"type": "Polygon", "coordinates": [[[7.0, 45.0], [9.0, 45.0], [9.0, 47.0], [7.0, 47.0], [7.0, 45.0]]]}


def test_geojson_points_shapes_and_no_geometry(tmp_path: Path) -> None:
    path = write(tmp_path, collection(feature("A", POINT), feature("B", SQUARE), feature("C", None)))
    assert reader_of(path) == "geojson"
    a, b, c = read_rows(path)
    assert a.proposal is not None
    assert a.proposal.sites[0].lat == 45.0703
    assert b.proposal is not None
    assert b.proposal.sites[0].lat == pytest.approx(45.0005)
    assert "Polygon" in b.problems[0].reason
    assert c.proposal is not None
    assert c.proposal.sites == ()


@pytest.mark.parametrize("between", ["\n", "\n\x1e", "  "])
def test_features_in_a_row_are_read(tmp_path: Path, between: str) -> None:
    path = write(tmp_path, between.join(json.dumps(feature(name, POINT)) for name in "ABC"))
    assert [p.name for p in read_proposals(path)] == ["A", "B", "C"]


def test_a_script_around_geojson_is_read(tmp_path: Path) -> None:
    text = (
        'const x = {"type": "FeatureCollection", "features": [{"type": "Feature", '
        '"properties": {"name": "A, }",}, '
        '"geometry": {"type": "Point", "coordinates": [7.6869, 45.0703,]}},]};'
    )
    assert [p.name for p in read_proposals(write(tmp_path, text))] == ["A, }"]


def test_a_map_of_territories_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="areas"):
        read_rows(write(tmp_path, collection(feature("Piemonte", LAND), feature("Lombardia", LAND))))


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": []},
        {"type": "Polygon", "coordinates": [[1]]},
        {"type": "Star"},
        "x",
        [1],
    ],
)
def test_a_broken_geometry_costs_only_the_point(tmp_path: Path, geometry: Any) -> None:
    rows = read_rows(write(tmp_path, collection(feature("A", geometry), feature("B", POINT))))
    assert rows[0].proposal is not None
    assert rows[0].proposal.sites == ()
    assert rows[1].proposal is not None
    assert rows[1].proposal.sites


def test_a_broken_line_costs_only_itself(tmp_path: Path) -> None:
    path = write(tmp_path, '{"id": 1, "name": "A"}\n{"id": 2, "name": \n\n{"id": 3, "name": "C"}\n')
    assert reader_of(path) == "jsonl"
    assert [(row.number, row.proposal is not None) for row in read_rows(path)] == [
        (1, True),
        (2, False),
        (3, True),
    ]


def test_lists_of_places_become_sites(tmp_path: Path) -> None:
    buildings = [
        {"street": "Via Po 1", "postcode": "10121", "latitude": 45.0703, "longitude": 7.6869},
        {"street": "Via Roma 2", "postcode": "10100", "latitude": 45.0603, "longitude": 7.6769},
    ]
    text = json.dumps(
        [
            {"id": 7, "name": "Scuola Sole", "buildings": buildings},
            {"id": 8, "name": "Scuola Luna", "buildings": []},
        ]
    )
    first, second = read_proposals(write(tmp_path, text))
    assert [site.street for site in first.sites] == ["Via Po 1", "Via Roma 2"]
    assert (first.kind, second.sites) == ("school", ())


def test_nested_objects_nan_and_repeated_keys_are_read(tmp_path: Path) -> None:
    address = '{"city": "Asti", "geo": {"lat": NaN, "lng": Infinity}}'
    text = f'{{"total": 1, "items": [{{"id": 1, "name": "X", "name": "A", "address": {address}}}]}}'
    (proposal,) = read_proposals(write(tmp_path, text))
    assert (proposal.name, proposal.sites[0].town, proposal.sites[0].lat) == ("A", "Asti", None)


def test_openfairdb_reads_both_lists(tmp_path: Path) -> None:
    entry = {
        "id": "a",
        "lat": 51.95532,
        "lng": 7.63747,
        "title": "Laden",
        "description": "x",
        "categories": ["77b3c33a92554bcf8e8c2c86cedd6f6f"],
        "tags": ["bio"],
    }
    text = json.dumps({"visible": [entry], "invisible": [{**entry, "id": "b", "title": "Werkhof eG"}]})
    path = write(tmp_path, text)
    assert reader_of(path) == "openfairdb"
    assert [(p.record_id, p.kind, p.topics) for p in read_proposals(path)] == [
        ("a", "company", ("bio",)),
        ("b", "cooperative", ("bio",)),
    ]


def test_gogocarto_takes_categories_and_leaves_contacts(tmp_path: Path) -> None:
    element = {
        "id": "3p", "title": "Épi", "summary": "Magasin", "location": {"lat": 46.13373, "lon": 0.10912},
        "email": "x@y.fr", "telephone": "06",
        "categories": [{"id": 3, "name": "Alimentation"}],
        "address": {"city": "Melle", "country": "FR", "postalCode": "79190", "street": "6 rue A"},
    }  # fmt: skip
    path = write(tmp_path, json.dumps([element]))
    assert reader_of(path) == "gogocarto"
    (proposal,) = read_proposals(path)
    assert (proposal.topics, proposal.sites[0].postcode, proposal.country) == (
        ("Alimentation",),
        "79190",
        "FR",
    )
    assert "x@y.fr" not in repr(proposal)


def test_newer_gogocarto_is_read_too(tmp_path: Path) -> None:
    element = {
        "id": 1, "name": "Épi", "geo": {"latitude": 46.13373, "longitude": 0.10912},
        "categories": ["Alimentation"],
        "address": {"streetAddress": "6 rue A", "addressLocality": "Melle", "postalCode": "79190",
        "addressCountry": "FR"},
    }  # fmt: skip
    (proposal,) = read_proposals(write(tmp_path, json.dumps({"licence": "x", "data": [element]})))
    assert (proposal.name, proposal.sites[0].town, proposal.sites[0].lat, proposal.topics) == (
        "Épi",
        "Melle",
        46.13373,
        ("Alimentation",),
    )


OSM_JSON = {
    "version": 0.6,
    "generator": "Overpass API",
    "elements": [
        {
            "type": "node",
            "id": 1,
            "lat": 45.0703,
            "lon": 7.6869,
            "tags": {
                "name": "Lab",
                "leisure": "hackerspace",
                "addr:street": "Via Po",
                "addr:housenumber": "1",
            },
        },
        {
            "type": "way",
            "id": 1,
            "center": {"lat": 45.0803, "lon": 7.6969},
            "tags": {"name": "Liceo Volta", "amenity": "school"},
        },
        {"type": "way", "id": 2, "tags": {"name:it": "Sede", "office": "association", "phone": "011"}},
        {"type": "node", "id": 2, "lat": 45.1, "lon": 7.7},
    ],
}
OSM_XML = """<?xml version="1.0" encoding="UTF-8"?><osm version="0.6"><bounds minlat="1"/>
<node id="1" lat="45.0703" lon="7.6869"><tag k="name" v="Lab"/><tag k="leisure" v="hackerspace"/>
<tag k="addr:street" v="Via Po"/><tag k="addr:housenumber" v="1"/></node>
<way id="1"><center lat="45.0803" lon="7.6969"/><nd ref="1"/>
<tag k="name" v="Liceo Volta"/><tag k="amenity" v="school"/></way>
<way id="2"><tag k="name:it" v="Sede"/><tag k="office" v="association"/></way>
<node id="2" lat="45.1" lon="7.7"/></osm>"""


@pytest.mark.parametrize("text", [json.dumps(OSM_JSON), OSM_XML], ids=["json", "xml"])
def test_osm_nodes_and_ways_are_read(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    assert reader_of(path) == "osm"
    rows = read_rows(path)
    assert [row.proposal.record_id if row.proposal else None for row in rows] == [
        "node/1",
        "way/1",
        "way/2",
        None,
    ]
    kinds = [row.proposal.kind for row in rows if row.proposal]
    assert kinds == ["makerspace", "school", "association"]
    assert rows[0].proposal is not None
    assert rows[0].proposal.sites[0].street == "Via Po 1"
    assert rows[1].proposal is not None
    assert rows[1].proposal.sites[0].lat == 45.0803
    assert rows[2].proposal is not None
    assert rows[2].problems[0].field == "point"


PROFILE = {
    "linked_schemas": ["organizations_schema-v1.0.0"], "name": "Alfa", "nickname": "A",
    "primary_url": "alfa.org", "tags": ["food", "co-op"],
    "urls": [{"name": "x", "url": "https://x.org"}], "geolocation": {"lat": 45.0703, "lon": 7.6869},
    "country_iso_3166": "IT", "locality": "Torino",
    "description": "Good people", "email": "a@b.org",
}  # fmt: skip


@pytest.mark.parametrize("shape", ["single", "list", "index"])
def test_murmurations_profiles_are_read_in_every_wrapping(tmp_path: Path, shape: str) -> None:
    person = {"linked_schemas": ["people_schema-v0.1.0"], "name": "Anna"}
    value: Any = {
        "single": PROFILE,
        "list": [PROFILE, person],
        "index": {"data": [PROFILE, person], "meta": {}},
    }[shape]
    path = write(tmp_path, json.dumps(value))
    assert reader_of(path) == "murmurations"
    rows = read_rows(path)
    proposal = rows[0].proposal
    assert proposal is not None
    assert (proposal.name, proposal.other_names, proposal.website, proposal.country) == (
        "Alfa",
        (("", "A"),),
        "https://alfa.org",
        "IT",
    )
    assert (proposal.record_id, proposal.sites[0].town, proposal.sites[0].lat) == (
        "alfa.org",
        "Torino",
        45.0703,
    )
    assert all(row.proposal is None for row in rows[1:])


def test_names_and_descriptions_keep_their_languages(tmp_path: Path) -> None:
    text = json.dumps(
        [{"id": 1, "name": "A", "description:de": "Laden", "description": "Shop", "name:it": "Bottega"}]
    )
    (proposal,) = read_proposals(write(tmp_path, text), language="en")
    assert dict(proposal.descriptions) == {"de": "Laden", "en": "Shop"}
    assert proposal.other_names == (("it", "Bottega"),)
