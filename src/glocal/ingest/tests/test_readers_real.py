"""The real files of others, read where they are present: nothing lost, nothing misread."""

import os
from collections import Counter
from pathlib import Path

import pytest

from glocal.core.errors import Invalid
from glocal.ingest.readers import choose_reader, open_file
from glocal.ingest.types import ReadOptions, Row

FOLDER = os.environ.get("GLOCAL_QUALITY_DATA", "")
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not FOLDER, reason="GLOCAL_QUALITY_DATA is not set: the real files are NOT checked"),
]


def rows_of(name: str, **options: str) -> list[Row]:
    opened = open_file(Path(FOLDER) / name)
    return list(choose_reader(opened).rows(opened, ReadOptions(**options)))  # type: ignore[arg-type]  # country and language only


@pytest.mark.parametrize(
    ("name", "reader", "rows", "refused", "located"),
    [
        ("susy_transformap/susy_initiatives.geojson", "geojson", 1098, 0, 1098),
        ("coopsuk/organisations_2017-06.csv", "csv", 8371, 0, 0),
        ("coopsuk/outlets_2019-06.csv", "csv", 5966, 0, 0),
        ("coopsuk/workers_coop_2023-06.csv", "csv", 387, 0, 0),
        ("ofdb_sample/search_results.json", "openfairdb", 100, 0, 100),
        ("transiscope_niort/transiscope.json", "gogocarto", 100, 0, 100),
        ("transiscope_niort/economie_solidaire.js", "geojson", 3, 0, 3),
        ("hackerspaces_osm/hackerspaces.json", "osm", 352, 4, 348),
        ("schools_saxony/schools.json", "json", 1421, 0, 1421),
        ("ica_youth_coops/Youth-ledCoops.csv", "csv", 97, 0, 97),
        ("ess_numerique_fr/x_label_studio.csv", "csv", 3667, 0, 0),
        ("healthcare_eu/all.csv", "csv", 15181, 0, 15181),
    ],
)  # fmt: skip
def test_every_element_of_a_real_file_is_a_row(
    name: str, reader: str, rows: int, refused: int, located: int
) -> None:
    opened = open_file(Path(FOLDER) / name)
    assert choose_reader(opened).name == reader
    found = rows_of(name)
    assert len(found) == rows
    assert sum(row.proposal is None for row in found) == refused
    assert (
        sum(row.proposal is not None and any(s.lat is not None for s in row.proposal.sites) for row in found)
        == located
    )


def test_the_british_register_keeps_numbers_dates_and_postcodes() -> None:
    proposals = [row.proposal for row in rows_of("coopsuk/organisations_2017-06.csv") if row.proposal]
    assert len({p.record_id for p in proposals}) == len(proposals)
    assert sum(bool(p.closed_on) for p in proposals) == 1550
    assert sum(bool(p.sites and p.sites[0].postcode) for p in proposals) == 8363
    assert {p.country for p in proposals} == {"GB", "JE", "GG"}
    schemes = Counter(scheme for p in proposals for scheme, _value in p.identifiers)
    assert schemes["GB-MPR"] > 6000
    assert schemes["GB-COH"] > 1000


def test_the_initiatives_have_countries_languages_and_topics() -> None:
    proposals = [row.proposal for row in rows_of("susy_transformap/susy_initiatives.geojson") if row.proposal]
    assert all(p.country and p.topics and p.sites[0].precision for p in proposals)
    languages = Counter(language for p in proposals for language, _text in p.descriptions)
    assert languages["de"] >= 90
    assert languages["es"] >= 50


def test_a_map_of_regions_is_refused() -> None:
    with pytest.raises(Invalid, match="areas"):
        rows_of("nuts2021/NUTS_RG_60M_2021_4326.geojson")
