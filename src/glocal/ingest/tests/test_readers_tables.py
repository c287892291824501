"""CSV and XLSX in the shapes people send them."""

import gzip
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from glocal.core.errors import Invalid
from glocal.ingest.readers import open_file
from glocal.ingest.tests.reading import columns_of, read_proposals, read_rows, reader_of, write

HEADER = "id;name;cap;comune;lat;lon\n"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_separator_is_found(tmp_path: Path, separator: str) -> None:
    text = (
        separator.join(["id", "nome", "comune"])
        + "\n"
        + separator.join(["1", "Banco Verde", "Torino"])
        + "\n"
    )
    path = write(tmp_path, text)
    assert reader_of(path) == "csv"
    (proposal,) = read_proposals(path)
    assert (proposal.record_id, proposal.name, proposal.sites[0].town) == ("1", "Banco Verde", "Torino")


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "Caffè Österreich"), ("utf-8-sig", "Città d’Érables"), ("utf-16", "Coopérative"),
        ("utf-16-le", "Coopérative"),
        ("cp1252", "Coopérative Città"), ("cp1250", "Spółdzielnia Łódź społeczna"),
        ("cp1250", "Društvo Škofja Loka"),
        ("cp1253", "Κοινωνική Συνεταιριστική Επιχείρηση"), ("cp1251", "Кооперация София"),
    ],
)  # fmt: skip
def test_letters_survive_whatever_wrote_them(tmp_path: Path, encoding: str, name: str) -> None:
    path = write(tmp_path, f"id,name,town\n1,{name},X\n2,{name} due,Y\n".encode(encoding))
    assert [p.name for p in read_proposals(path)] == [name, f"{name} due"]


def test_latin_letters_far_behind_an_ascii_beginning_are_found(tmp_path: Path) -> None:
    rows = b"".join(b"%d,Rete numero %d\n" % (n, n) for n in range(9000))
    path = write(tmp_path, b"id,nome\n" + rows + "9000,Caffè\n".encode("latin-1"))
    assert read_proposals(path)[-1].name == "Caffè"


def test_decimal_commas_and_quoted_line_breaks_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, 'id;nome;indirizzo;lat;lon\n1;"Orto; Sole";"Via Po 1\nscala B";45,0703;7,6869\n')
    (proposal,) = read_proposals(path)
    assert proposal.name == "Orto; Sole"
    site = proposal.sites[0]
    assert (site.lat, site.lon, site.street, site.precision) == (
        45.0703,
        7.6869,
        "Via Po 1, scala B",
        "exact",
    )


def test_ragged_rows_are_reported_and_nothing_is_lost(tmp_path: Path) -> None:
    path = write(tmp_path, "id,name,town\n1,A,X\n2,B\n3,C,Y,too,many\n4,D,Z,,\n")
    rows = read_rows(path)
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert [row.proposal is not None for row in rows] == [True, True, False, True]
    assert "2 cells" in rows[1].problems[0].reason
    assert "5 cells" in rows[2].problems[0].reason


def test_prose_before_the_header_is_skipped(tmp_path: Path) -> None:
    path = write(tmp_path, "Elenco delle cooperative, 2024\n\nid;nome;comune\n1;Alfa;Torino\n2;Beta;Asti\n")
    assert [p.name for p in read_proposals(path)] == ["Alfa", "Beta"]


def test_columns_with_one_name_are_told_apart(tmp_path: Path) -> None:
    path = write(tmp_path, "id,name,name,\n1,A,B,c\n")
    assert list(columns_of(path)) == ["id", "name", "name (2)", "column 4"]


def test_a_row_without_a_name_is_refused_and_says_so(tmp_path: Path) -> None:
    rows = read_rows(write(tmp_path, "id,name,town\n1,,X\n2,B,Y\n"))
    assert rows[0].proposal is None
    assert rows[0].problems[0].field == "name"
    assert rows[1].proposal is not None


def test_mapping_overrides_and_unmaps(tmp_path: Path) -> None:
    path = write(tmp_path, "id,name,label,town\n1,A,B,X\n")
    assert read_proposals(path, mapping={"name": "label", "town": ""})[0].name == "B"
    assert read_proposals(path, mapping={"town": ""})[0].sites == ()
    with pytest.raises(Invalid, match="no column"):
        read_rows(path, mapping={"name": "nowhere"})
    with pytest.raises(Invalid, match="no field"):
        read_rows(path, mapping={"colour": "name"})


def test_a_file_without_a_name_column_says_what_it_has(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"hold the name.*lat"):
        read_rows(write(tmp_path, "lat,lon\n45.1234,7.1234\n"))


def test_contacts_are_named_as_ignored_and_never_read(tmp_path: Path) -> None:
    path = write(tmp_path, "id,name,E-Mail,Telefono,Ansprechpartner\n1,A,a@b.org,011 123,Anna\n")
    columns = columns_of(path)
    assert all(
        columns[name].ignored_because and not columns[name].samples
        for name in ("E-Mail", "Telefono", "Ansprechpartner")
    )
    assert "a@b.org" not in repr(read_rows(path))


def test_a_repeated_id_is_no_record_id(tmp_path: Path) -> None:
    path = write(tmp_path, "Organisation ID,Outlet Name,Postcode\nR1,Shop A,AA1\nR1,Shop B,BB1\n")
    first, second = read_proposals(path)
    assert first.record_id != second.record_id
    assert first.record_id.startswith("fp:")
    assert first.identifiers == (("Organisation ID", "R1"),)


def test_a_fingerprint_is_stable_and_tells_places_apart(tmp_path: Path) -> None:
    path = write(tmp_path, "name,town\nA,X\nA,Y\n")
    once, again = ([p.record_id for p in read_proposals(path)] for _turn in range(2))
    assert once == again
    assert len(set(once)) == 2


def test_registrar_and_status_speak(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "id,Registered Number,Registrar,Registered Name,Trading Name,Registered Status,"
        "Incorporation Date,Dissolved Date\nR1,525R,FCA,Alfa Limited,Alfa,Live,11/8/1863,\n"
        "R2,09,Companies House,Beta Limited,Beta,Dead,25/1/1971,30/3/2011\n",
    )
    alfa, beta = read_proposals(path)
    assert (alfa.identifiers, alfa.founded_on, alfa.closed_on) == ((("GB-MPR", "525R"),), "1863-08-11", "")
    assert (beta.identifiers, beta.closed_on, beta.other_names) == (
        (("GB-COH", "09"),),
        "2011-03-30",
        (("", "Beta"),),
    )


def test_a_month_first_column_betrays_itself(tmp_path: Path) -> None:
    path = write(tmp_path, "name,founded\nA,3/4/2009\nB,3/25/2010\n")
    assert [p.founded_on for p in read_proposals(path)] == ["2009-03-04", "2010-03-25"]


def test_packed_files_are_read_and_counted(tmp_path: Path) -> None:
    path = write(tmp_path, gzip.compress(b"id,name\n" + b"".join(b"%d,N%d\n" % (n, n) for n in range(5000))))
    opened = open_file(path)
    assert opened.packing == "gz"
    assert len(read_rows(path)) == 5000


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    from glocal.ingest.readers import choose_reader
    from glocal.ingest.types import ReadOptions

    path = write(tmp_path, b"id,name\n" + b"".join(b"%d,N%d\n" % (n, n) for n in range(50_000)))
    opened = open_file(path)
    seen = [opened.consumed_bytes for _row in choose_reader(opened).rows(opened, ReadOptions())]
    assert seen == sorted(seen)
    assert seen[0] < seen[-1] == opened.size_bytes


def workbook(folder: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["Elenco"])
    sheet = book.create_sheet("dati")
    for row in rows:
        sheet.append(row)
    path = folder / "file"
    with path.open("wb") as stream:
        book.save(stream)
    return path


def test_a_workbook_is_read_from_its_first_sheet_with_a_header(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, ["Registro"],
        ["ID", "Denominazione", "CAP", "Latitudine", "Longitudine", "Anno di fondazione"],
        [1, "Banco Verde", 10121.0, 45.0703, 7.6869, date(2009, 5, 12)], [None] * 6,
        [2, "=1+1", "00184", "45,1", None, 2011],
    )  # fmt: skip
    assert reader_of(path) == "xlsx"
    first, second = read_rows(path)
    assert first.proposal is not None
    assert (first.proposal.name, first.proposal.founded_on, first.proposal.sites[0].postcode) == (
        "Banco Verde",
        "2009-05-12",
        "10121",
    )
    assert second.proposal is None  # a formula without a kept value is no name
