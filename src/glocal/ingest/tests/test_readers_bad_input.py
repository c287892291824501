"""Whatever is thrown at the readers comes back as rows or as one sentence."""

import gzip
import io
import json
import resource
import zipfile
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glocal.core.errors import Invalid
from glocal.ingest.readers import READERS, choose_reader, open_file
from glocal.ingest.tests.reading import read_proposals, read_rows, write
from glocal.ingest.types import ReadOptions


def zipped(**parts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


CONTENT_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><osm version="0.6">'
    b'<node id="1" lat="1" lon="1"><tag k="name" v="&b;"/></node></osm>'
)
REFUSED = {
    "empty": b"",
    "blank": b" \n\r\n\t",
    "only a byte order mark": b"\xef\xbb\xbf",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "exe": b"MZ\x90\x00\x03\x00" + b"\x00" * 100,
    "old excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "noise": bytes((n * 97 + n // 7) % 256 for n in range(5000)),
    "word document": zipped(word__document=b"<w/>"),
    "plain zip": zipped(a=b"id,name\n1,A\n"),
    "cut zip": zipped(xl__workbook=b"x" * 1000)[:-30],
    "workbook without parts": zipped(xl__workbook=b"<x/>"),
    "bomb in a workbook": zipped(xl__workbook=b"<x/>", xl__worksheets__sheet1=b"0" * 30_000_000),
    "cut gz": gzip.compress(b"id,name\n" + b"1,A\n" * 100_000)[:-20],
    "damaged gz": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"\xff" * 200,
    "bomb in gz": gzip.compress(b"id,name\n" + b"0" * 60_000_000),
    "header only": b"id,name,town\n",
    "prose": b"Dear friends, we met on Monday.\nIt was good.\n",
    "html": b"<!doctype html><html><body><table><tr><td>name</td></tr></table></body></html>",
    "xml with entities": ENTITIES,
    "cut xml": b'<osm version="0.6"><node id="1" lat="1" lon="1"><tag k="name"',
    "cut json": b'[{"id": 1, "name": "A"}, {"id": 2, "na',
    "json of numbers only": b"[]",
    "deep json": b'[{"a":' * 100_000,
    "deep array": b"[" * 200_000,
    "wide table": ",".join(f"c{n}" for n in range(10_000)).encode() + b"\n1\n",
    "feature collection of nothing": b'{"type": "FeatureCollection", "features": []}',
    "a line of 20 million": b"id,name\n1," + b"x" * 20_000_000,
    "one long json string": b'[{"name": "' + b"x" * 40_000_000 + b'"}]',
    "a number without end": b"[" + b"1" * 100_000 + b"]",
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path, content)
    with pytest.raises(Invalid) as refusal:
        read_rows(path)
    sentence = refusal.value.message
    assert sentence.endswith((".", "…"))
    assert len(sentence) < 700
    assert "Error" not in sentence


def test_a_bomb_of_short_lines_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="beyond all measure"):
        read_rows(write(tmp_path, gzip.compress(b"id,name\n" + b"1,A\n" * 10_000_000)))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(Invalid):
            open_file(path)


def test_an_unknown_reader_is_told_which_are_known(tmp_path: Path) -> None:
    opened = open_file(write(tmp_path, "id,name\n1,A\n"))
    with pytest.raises(Invalid, match=r"csv"):
        choose_reader(opened, "yaml")
    assert choose_reader(opened, "csv").name == "csv"


def test_a_huge_line_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with path.open("wb") as stream:
        stream.write(b"id,name\n1,")
        for _turn in range(100):
            stream.write(b"x" * 1_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Invalid, match="line"):
        read_rows(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    import tracemalloc

    path = write(
        tmp_path, b"id,name,town\n" + b"".join(b"%d,Rete %d,Torino\n" % (n, n) for n in range(30_000))
    )
    opened = open_file(path)
    rows = choose_reader(opened).rows(opened, ReadOptions())
    for _row in islice(rows, 12_000):  # fills the bounded caches
        pass
    tracemalloc.start()
    for _row in rows:
        pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000


def test_an_open_quote_costs_rows_and_says_so(tmp_path: Path) -> None:
    text = 'id,name\n1,A\n2,"B\n' + "".join(f"{n},Rete {n}\n" for n in range(3, 30_000))
    rows = read_rows(write(tmp_path, text))
    assert rows[0].proposal is not None
    refused = [row for row in rows if row.proposal is None]
    assert "quotation mark" in refused[0].problems[0].reason
    assert rows[-1].proposal is not None


def test_nul_bytes_markup_and_steering_signs_are_cleaned_and_said(tmp_path: Path) -> None:
    path = write(tmp_path, "id,name\n1,Ban\x00co <b>Verde</b> &amp; Co\n2,A\u202eB\n")
    first, second = read_rows(path)
    assert first.proposal is not None
    assert first.proposal.name == "Banco Verde & Co"
    assert {problem.field for problem in first.problems} == {"name"}
    assert second.proposal is not None
    assert second.proposal.name == "AB"


@pytest.mark.parametrize(
    "name",
    [
        "جمعية الأمل",
        "אגודה שיתופית",
        "合作社 🌱",
        "👩‍🌾 Ferme",
        "تعاونی کار\u200cآفرینان",
        "ΑΒΓ",
        "=SUM(A1)",
        "a < b > c",
    ],
)
def test_names_of_every_script_survive(tmp_path: Path, name: str) -> None:
    assert read_proposals(write(tmp_path, json.dumps([{"id": 1, "name": name}])))[0].name == name


def test_wrong_words_about_letters_do_not_mislead(tmp_path: Path) -> None:
    node = '<node id="1" lat="45.0703" lon="7.6869"><tag k="name" v="Caffè"/></node>'
    text = f'<?xml version="1.0"?><osm version="0.6">{node}</osm>'
    assert read_proposals(write(tmp_path, text.encode("cp1252")))[0].name == "Caffè"


def test_a_row_of_a_hundred_thousand_cells_costs_only_itself(tmp_path: Path) -> None:
    rows = read_rows(write(tmp_path, "id,name\n1,A\n" + "x," * 100_000 + "\n3,C\n"))
    assert [row.proposal is not None for row in rows] == [True, False, True]


_PIECES = st.sampled_from(
    [b"id,name,lat,lon\n", b"1;2;3\n", b'{"type": "FeatureCollection", "features": [',
    b'{"name": "A", "lat": 1}', b",", b"]", b"}", b"[", b'"', b"\n",
     b"<osm>", b'<node id="1">', b"</osm>", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"1e999", b"NaN", b"\\u",
     b"const a = ", b'"elements": [', b'"tags": {"a": "b"}',
     b'"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [', b'"linked_schemas": ["o"],',
     b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00"]
)  # fmt: skip


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.lists(st.one_of(_PIECES, st.binary(max_size=8)), max_size=20).map(b"".join),
    ),
    forced=st.integers(0, len(READERS)),
)
def test_any_bytes_become_rows_or_a_refusal(tmp_path: Path, content: bytes, forced: int) -> None:
    path = write(tmp_path, content)
    try:
        opened = open_file(path)
        reader = READERS[forced] if forced < len(READERS) else choose_reader(opened)
        reader.columns(opened)
        numbers = [row.number for row in reader.rows(opened, ReadOptions())]
    except Invalid:
        return
    assert numbers == list(range(1, len(numbers) + 1))


_VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(
    ["name", "id", "lat", "lon", "geometry", "properties", "type", "coordinates", "tags", "address",
     "website", "founded", "country", "topics", "sites", "postcode", "x"]),
    inner, max_size=6), max_leaves=25)  # fmt: skip


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(values=st.lists(_VALUES, min_size=1, max_size=5), forced=st.integers(0, len(READERS)))
def test_any_json_becomes_one_row_per_element_or_a_refusal(
    tmp_path: Path, values: list[object], forced: int
) -> None:
    path = write(tmp_path, json.dumps([{"name": "sure"}, *values]))
    try:
        opened = open_file(path)
        reader = READERS[forced] if forced < len(READERS) else choose_reader(opened)
        rows = list(reader.rows(opened, ReadOptions()))
    except Invalid:
        return
    if reader.name not in {"csv", "jsonl"}:
        assert len(rows) == len(values) + 1
