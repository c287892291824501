"""Headings people use, in many languages, and the fields they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.ingest.errors import ImpossibleMapping
from glocal.ingest.mapping import MANY, assign, guess_field

TABLES: dict[str, dict[str, str | None]] = {
    "en": {"Record ID": "record_id", "Organisation Name": "name", "Trading Name": "other_name",
    "Registered Postcode": "postcode", "Registered City": "town", "Legal Form": "legal_form",
    "Web site": "website", "Dissolved Date": "closed_on", "Companies House Number": "identifier"},
    "it": {"Codice": "record_id", "Denominazione": "name", "Indirizzo": "street", "CAP": "postcode",
    "Comune": "town", "Provincia": "region", "Forma giuridica": "legal_form", "Sito web": "website",
    "Anno di fondazione": "founded_on", "Partita IVA": "identifier", "Latitudine": "lat",
    "Longitudine": "lon"},
    "es": {"Identificador": "record_id", "Nombre": "name", "Dirección": "street",
    "Código postal": "postcode", "Municipio": "town", "Provincia": "region",
    "Forma jurídica": "legal_form", "Página web": "website", "Descripción": "description",
    "Sector": "topics", "NIF": "identifier"},
    "fr": {"Identifiant": "record_id", "Nom de la structure": "name", "Adresse": "street",
    "Code postal": "postcode", "Commune": "town", "Département": "region", "Forme juridique": "legal_form",
    "Site internet": "website", "Date de création": "founded_on", "Mots-clés": "topics",
    "SIREN": "identifier", "Courriel": None},
    "de": {"Kennung": "record_id", "Bezeichnung": "name", "Straße": "street", "Hausnummer": "house_number",
    "PLZ": "postcode", "Ort": "town", "Bundesland": "region", "Rechtsform": "legal_form",
    "Webseite": "website", "Gründungsjahr": "founded_on", "Breitengrad": "lat", "Längengrad": "lon",
    "Telefon": None},
    "pt": {"Identificador": "record_id", "Nome": "name", "Morada": "street", "Código Postal": "postcode",
    "Concelho": "town", "Distrito": "region", "Forma jurídica": "legal_form", "Descrição": "description",
    "NIPC": "identifier"},
    "nl": {"Naam": "name", "Straat": "street", "Huisnummer": "house_number", "Postcode": "postcode",
    "Plaats": "town", "Rechtsvorm": "legal_form", "Omschrijving": "description", "KvK": "identifier",
    "Land": "country"},
    "pl": {"Nazwa": "name", "Ulica": "street", "Kod pocztowy": "postcode", "Miejscowość": "town",
    "Województwo": "region", "Forma prawna": "legal_form", "Opis": "description", "KRS": "identifier",
    "Strona www": "website"},
    "sl": {"Naziv": "name", "Naslov": "street", "Poštna številka": "postcode", "Kraj": "town",
    "Pravna oblika": "legal_form", "Opis": "description", "Matična številka": "identifier",
    "Spletna stran": "website", "Država": "country"},
    "eu": {"Izena": "name", "Helbidea": "street", "Posta kodea": "postcode", "Herria": "town"},
    "osm": {"@id": "record_id", "name": "name", "addr:street": "street", "addr:housenumber": "house_number",
    "addr:postcode": "postcode", "addr:city": "town", "contact:website": "website",
    "description:de": "description", "contact:phone": None},
    "paths": {"properties.name": "name", "address.postalCode": "postcode",
    "address.addressLocality": "town", "geo.latitude": "lat", "geo.longitude": "lon"},
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_headings_are_understood(table: dict[str, str | None]) -> None:
    chosen = assign(list(table))
    assert {heading: chosen.field_of(heading) for heading in table} == table


@pytest.mark.parametrize(
    "heading", ["E-Mail", "contact:email", "Telefonnummer", "N° de teléfono", "Ansprechpartner", "PEC"]
)
def test_headings_of_contacts_are_known_as_such(heading: str) -> None:
    assert guess_field(heading).is_contact


def test_a_field_has_one_column_and_a_column_one_field() -> None:
    chosen = assign(["name", "Name", "nom", "town", "city", "description", "description:de"])
    used = [column for columns in chosen.columns.values() for column in columns]
    assert len(used) == len(set(used))
    assert all(len(columns) == 1 for name, columns in chosen.columns.items() if name not in MANY)
    assert chosen.columns["description"] == ["description", "description:de"]


def test_corrections_win_and_may_be_spelt_loosely() -> None:
    chosen = assign(["Name", "Label"], {"name": "label", "town": ""})
    assert chosen.columns == {"name": ["Label"], "other_name": ["Name"]}


@pytest.mark.parametrize("wrong", [{"colour": "Name"}, {"name": "Missing"}, {"name": "Name", "town": "Name"}])
def test_impossible_corrections_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ImpossibleMapping):
        assign(["Name"], wrong)


@given(st.lists(st.text(max_size=30), max_size=20, unique=True))
def test_any_headings_can_be_assigned(headings: list[str]) -> None:
    chosen = assign(headings)
    assert set(chosen.guesses) == set(headings)
    assert all(0 <= guess_field(heading).confidence <= 1 for heading in headings)
