"""Bad files of every kind: one clear sentence, status 1, a problem document, and nothing changed."""

import gzip
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from glocal.cli.tests.program import Ask, conversation, new_home

MB = 1024 * 1024


@pytest.fixture(scope="module")
def home(initialised: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home for all of them; nothing may change in it."""
    return new_home(initialised, tmp_path_factory.mktemp("bad"))


@pytest.fixture(scope="module")
def ask(home: Path) -> Iterator[Ask]:
    """Ask the program in that home."""
    with conversation(home) as ask:
        yield ask


def dump(home: Path) -> list[str]:
    """Return the whole database as SQL."""
    with sqlite3.connect(home / "glocal.sqlite3") as database:
        lines = list(database.iterdump())
    database.close()
    return lines


def zip_bomb() -> bytes:
    """Return a workbook whose sheet unpacks to 300 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        names = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        book.writestr("[Content_Types].xml", names)
        book.writestr("xl/workbook.xml", "<workbook/>")
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(300):
                sheet.write(b" " * MB)
    return packed.getvalue()


def polygons() -> bytes:
    """Return a GeoJSON of areas without any name."""
    ring = [[7.0, 45.0], [8.0, 45.0], [8.0, 46.0], [7.0, 45.0]]
    area = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    return json.dumps({"type": "FeatureCollection", "features": [area] * 3}).encode()


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><osm version="0.6"><node id="1" lat="45" lon="7">'
    b'<tag k="name" v="&c;"/></node></osm>'
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY x SYSTEM "file:///etc/passwd">]><osm version="0.6">'
    b'<node id="1" lat="45" lon="7"><tag k="name" v="&x;"/></node></osm>'
)
BAD: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "only spaces": lambda: b" \n\t\n" * 100,
    "binary": lambda: bytes(range(256)) * 400,
    "picture": lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 500,
    "pdf": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "zip bomb": zip_bomb,
    "gzip bomb": lambda: gzip.compress(b"name,town\n" + b"a" * (60 * MB)),
    "broken workbook": lambda: b"PK\x03\x04" + b"\x00" * 2000,
    "one endless line": lambda: b"name," + b"x" * (100 * MB),
    "areas only": polygons,
    "broken json": lambda: b'[{"name": "Ruota", "lat": 45.0, "lon": 7.',
    "deep json": lambda: b"[" * 200_000,
    "entities": lambda: ENTITIES,
    "entities from outside": lambda: OUTSIDE,
    "no name column": lambda: b"lat,lon,colour\n45,7,red\n45,8,blue\n",
    "html page": lambda: b"<!doctype html><html><body><p>404</p></body></html>",
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_with_one_sentence_and_changes_nothing(
    ask: Ask, home: Path, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(BAD[kind]())
    before = dump(home)

    answer = ask("import", path, "--json")

    assert answer.status == 1
    assert {"type", "title", "detail", "errors"} <= set(answer.document)
    assert answer.err == f"glocal: {answer.document['detail']}\n"
    assert "not foreseen" not in answer.err
    assert "root:" not in answer.err
    assert 10 < len(answer.document["detail"]) < 600
    assert dump(home) == before


NAMES = {
    "right to left": "تعاونية الخبز",
    "hebrew": "קואופרטיב השדה",
    "emoji": "Ruota 🌱👩🏽‍🌾",
    "chinese": "合作社 绿色",
    "combining": "Cafe\u0301 Solidaire",
    "quotes": 'The "Wheel", Ltd; \\n',
    "formula": "=HYPERLINK(1)",
}


def test_names_of_all_scripts_come_in_and_go_out_whole(initialised: Path, tmp_path: Path) -> None:
    own = new_home(initialised, tmp_path)
    path, out = tmp_path / "names.jsonl", tmp_path / "out.jsonl"
    rows = [{"id": key, "name": name, "lat": 45.1, "lon": 7.6} for key, name in NAMES.items()]
    rows += [{"id": "nul", "name": "Ruo\x00ta", "lat": 45.1, "lon": 7.6}]
    rows += [{"id": "html", "name": "<script>x</script><b>Forno</b>", "lat": 45.1, "lon": 7.6}]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")

    with conversation(own) as ask:
        told = ask("import", path, "--json").document
        ask("export", out, "--json")

    assert (told["read"], told["created"], told["rejected"]) == (9, 9, 0)
    names = {json.loads(row)["name"] for row in out.read_text(encoding="utf-8").splitlines()}
    assert {"Ruota", "Forno"} <= names
    for name in set(NAMES.values()) - {NAMES["combining"]}:
        assert name in names
    assert "Café Solidaire" in names
    assert any("control" in p["reason"] for p in told["problems"])
    assert any("HTML" in p["reason"] for p in told["problems"])
