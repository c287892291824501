"""Cleaners: what they keep, what they change, what they refuse."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.ingest.cleaning.coordinates import read_degrees, read_place, split_point
from glocal.ingest.cleaning.countries import clean_country
from glocal.ingest.cleaning.dates import clean_date
from glocal.ingest.cleaning.identifiers import clean_identifier, scheme_of_heading
from glocal.ingest.cleaning.kinds import KINDS, kind_of_name, kind_of_type, worlds_of
from glocal.ingest.cleaning.text import clean_line, clean_text
from glocal.ingest.cleaning.websites import clean_website


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  a \t b\n c ", "a b c"), ("Cafe\u0301", "Café"), ("<script>alert(1)</script>Orto", "Orto"),
        ("<b>A</b><br>B", "A B"),
        ("A &amp;amp; B", "A & B"), ("&lt;script&gt;x&lt;/script&gt;Y", "Y"),
        ("5 < 6 & 7 > 2", "5 < 6 & 7 > 2"), ("a\x07b", "ab"),
        ("x\u202ey\u2066z", "xyz"), ("👩‍🌾", "👩‍🌾"), ("\ufeffA\u00adB", "AB"), ("<!-- no -->A", "A"),
        ("a\xa0b", "a b"), ("<script>open", ""),
    ],
)  # fmt: skip
def test_a_line_is_cleaned(raw: str, clean: str) -> None:
    assert clean_line(raw, 300).text == clean


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_line(text, 100).text
    again = clean_line(once, 100).text
    assert len(once) <= 100
    assert unicodedata.is_normalized("NFC", once)
    if "<" not in text and "&" not in text:
        assert again == once


@given(st.text(alphabet="<>&;/!-scriptab= \n", max_size=400))
def test_markup_soup_ends_without_tags(text: str) -> None:
    assert "<script" not in clean_text(text, 500).text.lower()


def test_markup_without_end_is_cleaned_in_linear_time() -> None:
    assert clean_text("<script" * 20_000, 20_000).text == ""
    assert clean_text("<!--" * 40_000, 20_000).text == ""
    assert clean_text("<a" * 80_000, 20_000).text


def test_personal_addresses_are_hidden_and_those_of_offices_stay() -> None:
    cleaned = clean_text("anna.rossi@example.org or info@example.org", 200)
    assert cleaned.text == "[e-mail] or info@example.org"
    assert "mail" in cleaned.done


def test_too_long_a_text_is_cut_at_a_word() -> None:
    cleaned = clean_line("word " * 100, 50)
    assert cleaned.text.endswith("word…")
    assert "cut" in cleaned.done


@pytest.mark.parametrize(
    ("raw", "degrees"),
    [
        ("45.0703", 45.0703), ("45,0703", 45.0703), (" -7.5 ", -7.5), ("−7.5", -7.5),
        ("45°4'13\"N", 45.070278), ("45° 4′ 13″ S", -45.070278),
        ("N 45.07", 45.07), ("7.69 W", -7.69), ("7°41'E", 7.683333), (45, 45.0), ("1e1", 10.0),
        ("45.070.312", None), ("north", None), ("", None),
        ("45° 61' N", None), (float("nan"), None), (float("inf"), None), (True, None),
    ],
)  # fmt: skip
def test_degrees_in_many_spellings(raw: str | float, degrees: float | None) -> None:
    found = read_degrees(raw)
    assert (found[0] if found else None) == (
        pytest.approx(degrees, abs=1e-5) if degrees is not None else None
    )


@pytest.mark.parametrize(
    "raw",
    ["POINT(7.69 45.07)", "point (7.69 45.07 0)", "SRID=4326;POINT(7.69 45.07)", "45.07,7.69",
    "45.07, 7.69", "45.07 7.69", "45,07; 7,69", "(45.07, 7.69)",
     '{"type": "Point", "coordinates": [7.69, 45.07]}', "https://maps.example.org/@45.07,7.69,12z",
     "7.69 E, 45.07 N", {"lat": 45.07, "lng": 7.69}, [7.69, 45.07]],
)  # fmt: skip
def test_one_value_can_hold_both(raw: str | dict[str, object] | list[object]) -> None:
    pair = split_point(raw)
    assert pair is not None
    place = read_place(pair[0], pair[1])
    assert (place.lat, place.lon) == (45.07, 7.69)


@pytest.mark.parametrize(
    ("lat", "lon", "country", "precision", "words"),
    [
        ("45.0703", "7.6869", "IT", "exact", ""), ("45.07", "7.69", "IT", "town", "cut short"),
        ("45", "7", "IT", "region", "cut short"),
        ("45.0", "7.0", "", "region", "cut short"), ("7.6869", "45.0703", "IT", "", "swapped"),
        ("0", "0", "IT", "", "Africa"),
        ("95.1234", "200.1234", "", "", "outside"), ("120.1234", "45.1234", "", "", "outside"),
        ("45.070.312", "7.686.900", "IT", "", "not coordinates"),
        ("45.0703", "", "IT", "", "missing"), ("", "", "IT", "", ""),
        ("-33.8688", "151.2093", "IT", "exact", "far outside"),
        ("-20.9466", "55.3053", "FR", "exact", ""), ("69.7268", "30.0458", "NO", "exact", ""),
    ],
)  # fmt: skip
def test_coordinates_are_believed_or_not(
    lat: str, lon: str, country: str, precision: str, words: str
) -> None:
    place = read_place(lat, lon, country)
    assert place.precision == precision
    assert (place.lat is not None) == bool(precision)
    assert words in place.reason if words else not place.reason


def test_a_swap_and_broken_thousands_come_with_a_suggestion() -> None:
    assert "45.0703, 7.6869" in read_place("7.6869", "45.0703", "IT").suggestion
    assert "45.070312, 7.686900" in read_place("45.070.312", "7.686.900", "IT").suggestion


def test_other_rows_testify_when_no_country_is_stated() -> None:
    assert "swapped" in read_place("7.6869", "45.0703", "", (3.0, 41.0, 12.0, 49.0)).reason
    assert read_place("45.0703", "7.6869", "", (3.0, 41.0, 12.0, 49.0)).precision == "exact"


@given(st.floats(-89, 89), st.floats(-179, 179))
def test_degrees_written_out_come_back(lat: float, lon: float) -> None:
    pair = split_point(f"{lat:.6f}, {lon:.6f}")
    assert pair is not None
    found = [read_degrees(part) for part in pair]
    assert [part[0] for part in found if part] == [pytest.approx(lat, abs=1e-6), pytest.approx(lon, abs=1e-6)]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("IT", "IT"), ("it", "IT"), ("ITA", "IT"), ("Österreich", "AT"), ("Deutschland", "DE"),
        ("Royaume-Uni", "GB"), ("UK", "GB"), ("Reino Unido", "GB"),
        ("España", "ES"), ("Ελλάδα", "GR"), ("Wales", "GB"), ("Pays-Bas", "NL"), ("Holandia", "NL"),
        ("Hrvatska", "HR"), ("Slovenija", "SI"), ("Polska", "PL"),
        ("Éire", "IE"), ("Suomi", "FI"), ("United States of America", "US"),
        ("http://example.org/iso/GB", "GB"), ("Italia (IT)", "IT"), ("", ""), ("n/a", ""),
        ("Atlantis", None),
    ],
)  # fmt: skip
def test_countries_in_many_languages(raw: str, code: str | None) -> None:
    assert clean_country(raw) == code


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("2009", "2009"), ("2009.0", "2009"), ("2009-05", "2009-05"), ("2009-05-12", "2009-05-12"),
        ("2009-05-12T00:00:00Z", "2009-05-12"), ("12/5/2009", "2009-05-12"),
        ("12.05.2009", "2009-05-12"), ("25/1/1971", "1971-01-25"), ("1/25/1971", "1971-01-25"),
        ("11/8/1863", "1863-08-11"), ("05/2009", "2009-05"), ("20090512", "2009-05-12"),
        ("12 maggio 2009", "2009-05-12"), ("May 12, 2009", "2009-05-12"), ("12. Mai 2009", "2009-05-12"),
        ("août 1998", "1998-08"), ("c. 1998", "1998"), ("1998-2003", "1998"),
        ("2009/05/12", "2009-05-12"), ("31/2/2009", "2009-02"), ("", ""), ("unknown", ""), ("soon", None),
        ("12/5/09", None), ("9999", None),
    ],
)  # fmt: skip
def test_dates_in_many_shapes(raw: str, iso: str | None) -> None:
    assert clean_date(raw) == iso


@given(st.dates())
def test_iso_dates_come_back_as_they_are(day: object) -> None:
    text = str(day)
    year = int(text[:4])
    assert clean_date(text) == (text if 1000 <= year <= 2100 else None)


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("www.a.coop", "https://www.a.coop"), ("http://A.Org/Path", "http://a.org/Path"),
        ("https://a.org", "https://a.org"), ("http:/a.org", "http://a.org"),
        ("http//:a.org", "http://a.org"),
        ("a.org; b.org", "https://a.org"),
        ("https://m.facebook.com/gruppo", "https://m.facebook.com/gruppo"),
        ("https://käse.de/", "https://käse.de/"), ("", ""), ("-", ""),
        ("javascript:alert(1)", None), ("data:text/html,x", None), ("anna@a.org", None),
        ("https://user:pw@a.org", None), ("nothing here", None), ("http://[::1", None), ("https://", ""),
    ],
)  # fmt: skip
def test_web_addresses(raw: str, address: str | None) -> None:
    assert clean_website(raw) == address


@given(st.text(max_size=60))
def test_a_web_address_is_safe_or_refused(text: str) -> None:
    address = clean_website(text)
    assert not address or (
        address.startswith(("http://", "https://"))
        and address.isprintable()
        and clean_website(address) == address
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("cooperative", "cooperative"), ("Società cooperativa sociale", "cooperative"),
        ("Soc. Coop. a r.l.", "cooperative"), ("eG", "cooperative"), ("SCIC", "cooperative"),
        ("Spółdzielnia socjalna", "cooperative"),
        ("Zadruga z.o.o.", "cooperative"), ("Community Benefit Society", "cooperative"),
        ("Kooperativ förening", "cooperative"), ("Association loi 1901", "association"),
        ("e.V.", "association"), ("ONLUS", "association"),
        ("Asociación", "association"), ("Stowarzyszenie", "association"), ("Društvo", "association"),
        ("9220", "association"), ("Stiftung", "foundation"), ("Fundación", "foundation"),
        ("Fundacja", "foundation"),
        ("Mutuelle", "mutual"), ("Community Interest Company", "social_enterprise"),
        ("Impresa sociale", "social_enterprise"), ("gGmbH", "social_enterprise"), ("GmbH", "company"),
        ("S.r.l.", "company"), ("Limited", "company"),
        ("d.o.o.", "company"), ("Sp. z o.o.", "company"), ("Grundschule", "school"),
        ("Universität", "university_research"), ("Hackerspace", "makerspace"),
        ("informal initiative", "informal_initiative"), ("something", ""),
    ],
)  # fmt: skip
def test_kinds_from_legal_forms_and_type_words(text: str, kind: str) -> None:
    assert kind_of_type(text) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Fondazione Aurora", "foundation"), ("Bäckerei Blau eG", "cooperative"),
        ("Förderverein der Grundschule Nord e.V.", "association"), ("84. Grundschule Leipzig", "school"),
        ("Lycée Jean Moulin", "school"),
        ("Universidade do Porto", "university_research"), ("Comune di Asti", "public_authority"),
        ("FabLab Torino", "makerspace"), ("Winsham Shop Limited", "company"), ("Blue Door", ""),
        ("Die Eg von Nebenan", ""),
        ("Coop. Agricola Sole", "cooperative"), ("Ελληνικός Συνεταιρισμός", "cooperative"),
        ("Spa Resort Montagna", ""),
    ],
)  # fmt: skip
def test_kinds_from_names(name: str, kind: str) -> None:
    assert kind_of_name(name) == kind


@given(st.text(max_size=80))
def test_a_guessed_kind_is_one_of_the_kinds(text: str) -> None:
    assert kind_of_name(text) in {*KINDS, ""}
    assert kind_of_type(text) in {*KINDS, ""}
    assert set(worlds_of(text)) <= {"social", "industrial", "knowledge", "public"}


def test_register_numbers_get_their_zeros_back() -> None:
    assert clean_identifier("62201199.0", "FR-INSEE") == "062201199"
    assert clean_identifier(" 525R ", "GB-MPR") == "525R"
    assert clean_identifier("nan", "FR-RNA") == ""
    assert scheme_of_heading("N° SIREN") == "FR-INSEE"
    assert scheme_of_heading("Commune principale") == ""
