"""`glocal translate` and `glocal classify`, as other people's scripts call them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from glocal.cli.main import main
from glocal.lexicon.types import CODE_SCHEMES

NEED = "Cerchiamo una cucina professionale, senza cella frigorifera"
FOOD_BANK = "Banco alimentare che raccoglie eccedenze per le famiglie povere"


class Answer(NamedTuple):
    """What the program said."""

    status: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the program in this process."""

    def run(*words: str | Path) -> Answer:
        with pytest.raises(SystemExit) as ended:
            main([*map(str, words)])
        code = ended.value.code
        return Answer(code if isinstance(code, int) else 0, *capsys.readouterr())

    return run


def lines(answer: Answer) -> list[dict[str, Any]]:
    assert (answer.status, answer.err) == (0, "")
    return [json.loads(line) for line in answer.out.splitlines()]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "texts.csv"
    file.write_text(
        f'nr,name,about\nb1,Arca,"{FOOD_BANK}"\nb2,Himmel,Der Himmel ist blau\nb3,,\n', encoding="utf-8"
    )
    return file


def test_a_text_is_translated_into_one_document(run: Run) -> None:
    [document] = lines(run("translate", NEED, "--json"))
    assert set(document) >= {"language", "concepts", "wordings"}
    assert document["language"] == "it"
    assert set(document["wordings"]) == {"social", "industry"}
    by_id = {concept["id"]: concept for concept in document["concepts"]}
    kitchen = by_id["commercial-kitchen"]
    assert kitchen["label"] == "cucina professionale"
    assert 0 < kitchen["score"] <= 1
    assert [NEED[start:end] for start, end in kitchen["spans"]] == ["cucina professionale"]
    assert set(kitchen["codes"]) == set(CODE_SCHEMES)
    assert all(isinstance(code, str) for codes in kitchen["codes"].values() for code in codes)
    assert not kitchen["negated"]
    assert by_id["cold-store"]["negated"]


def test_it_is_told_in_the_language_asked_for(run: Run) -> None:
    [document] = lines(run("translate", NEED, "--to", "de", "--json"))
    assert document["language"] == "it"
    assert "Großküche" in document["wordings"]["industry"]
    [believed] = lines(run("translate", "food bank", "--lang", "en", "--json"))
    assert believed["language"] == "en"


def test_people_read_a_page(run: Run) -> None:
    answer = run("translate", NEED, "--to", "en")
    assert answer.status == 0
    assert "language  it" in answer.out
    assert "commercial kitchen" in answer.out
    assert "industry  " in answer.out


@pytest.mark.parametrize("text", ["", "2026", "Il cielo è blu"])
def test_a_text_about_nothing_has_no_concepts(run: Run, text: str) -> None:
    [document] = lines(run("translate", text, "--json"))
    assert document["concepts"] == []
    assert document["wordings"] == {"social": "", "industry": ""}


@pytest.mark.parametrize("option", ["--lang", "--to"])
def test_a_language_nobody_speaks_is_refused_with_a_sentence(run: Run, option: str) -> None:
    answer = run("translate", NEED, option, "xx")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert "“xx”" in answer.err
    problem = json.loads(run("translate", NEED, option, "xx", "--json").out)
    assert problem["detail"]
    assert problem["type"].endswith("unknown_language")


def test_a_file_of_texts_is_classified_line_by_line(run: Run, table: Path) -> None:
    bank, sky, empty = lines(run("classify", "icnptso", table, "--text", "about", "--id", "nr"))
    assert [line["id"] for line in (bank, sky, empty)] == ["b1", "b2", "b3"]
    assert (bank["language"], sky["language"]) == ("it", "de")
    assert bank["codes"][0]["code"] == "D31"
    scores = [code["score"] for code in bank["codes"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert sky["codes"] == empty["codes"] == []


def test_rows_without_an_id_are_numbered_and_only_the_best_codes_are_said(run: Run, table: Path) -> None:
    answer = lines(run("classify", "sdg", table, "--text", "about", "--top", "1"))
    assert [line["id"] for line in answer] == ["1", "2", "3"]
    assert len(answer[0]["codes"]) == 1
    assert len(lines(run("classify", "sdg", table, "--text", "about"))[0]["codes"]) > 1


def test_several_columns_are_read_together(run: Run, table: Path) -> None:
    [bank, *_] = lines(run("classify", "sdg", table, "--text", "name", "--text", "about", "--id", "nr"))
    assert bank["codes"][0]["code"] == "2"


@pytest.mark.parametrize("name", ["sdg", "icnptso", "nace", "essglobal"])
def test_every_scheme_of_the_contract_answers(run: Run, table: Path, name: str) -> None:
    assert lines(run("classify", name, table, "--text", "about"))[0]["codes"]


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        pytest.param(["sdg", "TABLE", "--text", "nowhere"], 1, "nowhere", id="no such column"),
        pytest.param(["sdg", "TABLE", "--text", "about", "--id", "nowhere"], 1, "nowhere", id="no such id"),
        pytest.param(["sdg", "TABLE", "--text", "about", "--lang", "xx"], 1, "“xx”", id="no such language"),
        pytest.param(["xx", "TABLE", "--text", "about"], 2, "xx", id="no such scheme"),
        pytest.param(["sdg", "TABLE"], 2, "--text", id="no column"),
        pytest.param(["sdg", "nowhere.csv", "--text", "about"], 2, "nowhere.csv", id="no such file"),
        pytest.param(["sdg", "TABLE", "--text", "about", "--top", "0"], 2, "--top", id="none at most"),
    ],
)
def test_what_cannot_be_done_is_refused(
    run: Run, table: Path, words: list[str], status: int, sentence: str
) -> None:
    answer = run("classify", *(table if word == "TABLE" else word for word in words))
    assert (answer.status, answer.out) == (status, "")
    assert sentence in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("content", "separator"),
    [
        pytest.param("﻿about;nr\nFood bank for poor families;1\n".encode(), ";", id="with a mark"),
        pytest.param(
            "about\tnr\nFood bank for poor families — “free”\t1\n".encode("cp1252"), "\t", id="old Windows"
        ),
    ],
)  # fmt: skip
def test_files_come_as_spreadsheets_write_them(
    run: Run, tmp_path: Path, content: bytes, separator: str
) -> None:
    file = tmp_path / "texts.csv"
    file.write_bytes(content)
    [line] = lines(run("classify", "sdg", file, "--text", "about", "--id", "nr"))
    assert line["id"] == "1"
    assert "2" in [code["code"] for code in line["codes"]]
    assert separator in content.decode("cp1252")


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02\xff\xfe", b"about\n\x00\n"], ids=["empty", "binary", "nul"]
)
def test_a_file_that_is_no_table_does_not_crash(run: Run, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "texts.csv"
    file.write_bytes(content)
    answer = run("classify", "sdg", file, "--text", "about")
    assert answer.status in {0, 1}
    assert "not foreseen" not in answer.err
