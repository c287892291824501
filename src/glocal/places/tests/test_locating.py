"""Rows without coordinates: postcodes, towns, and silence where it is not clear."""

import csv
from pathlib import Path

import pytest

from glocal.core.geo import distance_km
from glocal.places import services
from glocal.places.errors import UnknownPostcodeTable, UnreadablePostcodes
from glocal.places.queries import locate, postcode_tables, resolve_place, why_not_located


@pytest.fixture
def british_postcodes(tmp_path: Path) -> Path:
    table = tmp_path / "postcodes.csv"
    table.write_text("postcode,lat,lng\nM60 0AG,53.488,-2.237\nm60 1zz,53.490,-2.239\nEH1 1AA,55.95,-3.19\n")
    services.install_postcodes(table, "GB")
    return table


@pytest.mark.parametrize("postcode", ["M60 0AG", "m600ag", " M60  0ag ", "M60-0AG", "M60 OAG"])
@pytest.mark.parametrize("country", ["GB", "UK", "Scotland", ""])
def test_a_british_postcode_is_found_however_it_is_written(
    british_postcodes: Path, postcode: str, country: str
) -> None:
    if country == "" and "OAG" in postcode:
        pytest.skip("without a country nothing is mended")
    located = locate(postcode=postcode, country=country)
    assert located is not None
    assert located.precision == "postcode"
    assert (located.point.lat, located.point.lon) == (53.488, -2.237)


@pytest.mark.parametrize("postcode", ["M60 9XX", "M60", "M60 9"])
def test_an_unknown_postcode_falls_back_to_the_mean_of_its_district(
    british_postcodes: Path, postcode: str
) -> None:
    located = locate(postcode=postcode, country="GB")
    assert located is not None
    assert located.precision == "town"
    assert (located.point.lat, located.point.lon) == pytest.approx((53.489, -2.238))


def test_a_postcode_counts_before_the_town_and_the_town_before_nothing(british_postcodes: Path) -> None:
    by_postcode = locate(postcode="M60 0AG", town="London", country="GB")
    by_town = locate(postcode="ZZ99 9ZZ", town="London", country="GB")
    assert by_postcode is not None
    assert by_postcode.precision == "postcode"
    assert by_town is not None
    assert by_town.precision == "town"


def test_digits_alone_are_nobodys_postcode(british_postcodes: Path, tmp_path: Path) -> None:
    table = tmp_path / "cap.csv"
    table.write_text("CAP;Latitudine;Longitudine\n10121;45,07;7,68\n10121;45,09;7,70\n")
    assert services.install_postcodes(table, "Italia") == 1

    located = locate(postcode="10121", country="IT")
    assert located is not None
    assert (located.point.lat, located.point.lon) == pytest.approx((45.08, 7.69))
    assert locate(postcode="10121") is None
    assert locate(postcode="M60") is None
    assert locate(postcode="10121", country="DE") is None


def test_installing_again_replaces_and_removing_forgets(british_postcodes: Path) -> None:
    british_postcodes.write_text("postcode,lat,lng\nM60 0AG,50.0,-2.0\n")
    assert services.install_postcodes(british_postcodes, "GB") == 1
    located = locate(postcode="M60 0AG", country="GB")
    assert located is not None
    assert located.point.lat == 50.0
    assert [(table.country, table.postcodes) for table in postcode_tables()] == [("GB", 1)]

    services.remove_postcodes("GB")
    assert postcode_tables() == []
    assert locate(postcode="M60 0AG", country="GB") is None
    with pytest.raises(UnknownPostcodeTable):
        services.remove_postcodes("GB")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "no column", id="empty"),
        pytest.param(b"postcode,name\nM1,x\n", "no column for lat, lon", id="no coordinates"),
        pytest.param(b"postcode,lat,lon\nM1 1AA,north,west\n", "Not one row", id="words for numbers"),
        pytest.param(b"postcode,lat,lon\nM1 1AA,99,0\n", "Not one row", id="impossible latitude"),
        pytest.param(b"postcode,lat,lon\nM1 1AA,0,0\n", "Not one row", id="null island"),
        pytest.param(b"PK\x03\x04\0\0", "not a text file", id="a zip"),
        pytest.param(b'postcode,lat,lon\n"' + b"x" * 200_000, "not a table", id="one endless field"),
    ],
)
def test_an_unreadable_table_is_refused_and_changes_nothing(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes(content)
    with pytest.raises(UnreadablePostcodes, match=reason):
        services.install_postcodes(table, "GB")
    assert postcode_tables() == []


def test_headers_in_other_words_and_encodings_are_understood(tmp_path: Path) -> None:
    table = tmp_path / "plz.csv"
    table.write_bytes("Postleitzahl\tBreite\tLänge\n01067\t51,06\t13,72\n".encode("latin-1"))
    assert services.install_postcodes(table, "DE") == 1
    assert locate(postcode="01067", country="Deutschland") is not None


@pytest.mark.parametrize(
    ("town", "country", "name"),
    [
        ("Torino", "IT", "Torino"), ("10121 Torino (TO)", "Italia", "Torino"), ("TORINO TO", "IT", "Torino"),
        ("Lille", "BE", "Lille"), ("Lille", "FR", "Lille"), ("PARIS CEDEX 12", "FR", "Paris"),
        ("Frankfurt/Main", "DE", "Frankfurt am Main"), ("St. Gallen", "CH", "Sankt Gallen"),
        ("Αθήνα", "GR", "Αθήνα"), ("Łódź", "PL", "Łódź"), ("München", "DE", "München"),
        ("Newcastle", "GB", "Newcastle upon Tyne"), ("Bilbo", "ES", "Bilbao"),
    ],
)  # fmt: skip
def test_a_town_is_located_in_its_country(town: str, country: str, name: str) -> None:
    located = locate(town=town, country=country)
    expected = resolve_place(name, country=country)
    assert located is not None
    assert located.precision == "town"
    assert located.point == expected.point


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param({"town": "Santiago"}, "Several towns", id="great namesakes in the world"),
        pytest.param({"town": "Richmond", "country": "GB"}, "Several towns", id="namesakes in a country"),
        pytest.param(
            {"town": "Newport", "region": "Isle of Wight", "country": "GB"},
            "Several towns",
            id="unknown region",
        ),
        pytest.param({"town": "Ljubljana", "country": "IT"}, "No town", id="another country's town"),
        pytest.param({"town": "Brighton", "country": "Narnia"}, "not a country", id="no such country"),
        pytest.param({"postcode": "XX1 1XX", "country": "GB"}, "No installed table", id="no table"),
        pytest.param({}, "neither a postcode nor a town", id="empty row"),
        pytest.param(
            {"town": "Ivrea", "region": "Sicilia", "country": "IT"}, "stated region", id="wrong region"
        ),
    ],
)
def test_what_is_not_clear_is_not_located_and_says_why(row: dict[str, str], reason: str) -> None:
    assert locate(**row) is None
    assert reason in why_not_located(**row)


def test_without_a_country_only_a_town_that_stands_out_is_located() -> None:
    lille = locate(town="Lille")
    assert lille is not None
    assert lille.how == "town Lille, FR"
    assert why_not_located(town="Lille") == ""


@pytest.mark.parametrize(
    ("town", "region", "country", "near"),
    [
        ("Castro", "Puglia", "IT", "Lecce"),
        ("Castro", "Bergamo", "IT", "Bergamo"),
        ("Richmond", "California", "US", "San Francisco"),
        ("Springfield", "MO", "US", "Springfield, Missouri"),
        ("Newbridge", "Edinburgh, City of", "GB", "Edinburgh"),
    ],
)
def test_the_region_tells_namesakes_apart(town: str, region: str, country: str, near: str) -> None:
    located = locate(town=town, region=region, country=country)
    assert located is not None
    assert distance_km(located.point, resolve_place(near, country=country).point) < 80


@pytest.mark.real_data
def test_british_cooperatives_are_located_by_their_postcodes(real_data: Path) -> None:
    assert (
        services.install_postcodes(real_data / "gb_postcodes" / "gb_postcode_centroids.csv", "GB") == 14_870
    )
    with (real_data / "coopsuk" / "organisations_2017-06.csv").open(
        encoding="utf-8", errors="replace"
    ) as stream:
        rows = [
            {"postcode": r["Registered Postcode"], "town": r["Registered City"], "country": "GB"}
            for r in csv.DictReader(stream)
        ]
    located = [locate(**row) for row in rows]

    assert sum(found is not None and found.precision == "postcode" for found in located) >= 0.9 * len(rows)
    assert sum(found is not None for found in located) >= 0.985 * len(rows)
    by_town = [locate(town=row["town"], country="GB") for row in rows]
    gaps = [
        distance_km(a.point, b.point)
        for a, b in zip(located, by_town, strict=True)
        if a and b and a.precision == "postcode"
    ]
    assert sum(gap > 50 for gap in gaps) <= 0.02 * len(gaps)
