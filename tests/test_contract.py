"""The command line as other people's scripts rely on it: field names, statuses, one document on stdout."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from glocal.cli.tests.program import Answer, Ask, conversation, new_home, run
from glocal.ingest.tests.bringing import line, write_list

PROBLEM = {"type", "title", "detail", "errors"}
CARD = {
    *("id", "name", "kind", "world", "distance_km", "lat", "lon", "place", "country", "topics", "source"),
}


@pytest.fixture(scope="module")
def ask(initialised: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask commands that only read, in a home with thirty organisations."""
    folder = tmp_path_factory.mktemp("filled")
    home = new_home(initialised, folder)
    kinds = ("cooperative", "school", "company")
    lines = [line(n, kind=kinds[n % 3], topics="bread" if n % 2 else "solar") for n in range(30)]
    with conversation(home) as ask:
        assert ask("import", write_list(folder, lines), "--json").document["created"] == 30
        yield ask


def refused(answer: Answer) -> dict[str, Any]:
    """Check that a refusal is one sentence and one problem document; return the document."""
    assert answer.status == 1
    assert answer.err.startswith("glocal: ")
    assert len(answer.err.splitlines()[0]) > 20
    assert set(answer.document) >= PROBLEM
    assert answer.document["detail"] in answer.err
    return answer.document


def test_init_makes_a_home_and_is_harmless_twice(initialised: Path, tmp_path: Path) -> None:
    home = new_home(initialised, tmp_path)
    (home / "glocal.sqlite3").unlink()

    first, second = run(home, "init", "--json"), run(home, "init", "--json")

    assert (first.status, second.status) == (0, 0)
    assert any("database" in deed for deed in first.document["done"])
    assert second.document == {"done": []}
    assert "Nothing to do" in run(home, "init").out


def test_the_demonstration_is_loaded_and_harmless_twice(own: Path) -> None:
    first, second = run(own, "demo", "--no-serve", "--json"), run(own, "demo", "--no-serve", "--json")

    assert (first.status, second.status) == (0, 0)
    assert first.document["organisations"] == second.document["organisations"] >= 500
    near = run(own, "near", "Bilbao", "-k", "3", "--km", "30", "--json").document
    assert [card["is_demo"] for card in near["organisations"]] == [True] * 3
    assert run(own, "near", "--json", "-k", "1").document["count"] == first.document["organisations"]


def test_import_tells_what_became_of_every_row_and_undo_takes_it_back(own: Path, tmp_path: Path) -> None:
    path = write_list(tmp_path, [line(1), line(2, name=""), line(3, lat="12345")])

    rehearsed = run(own, "import", path, "--dry-run", "--json").document
    told = run(own, "import", path, "--json").document
    again = run(own, "import", path, "--json").document

    assert set(told) >= {
        *("batch", "reader", "read", "created", "updated", "unchanged", "possible_duplicates", "rejected"),
        *("located", "unlocated", "seconds", "problems"),
    }
    assert rehearsed["batch"] is None
    assert [rehearsed[name] for name in ("read", "created", "rejected")] == [3, 2, 1]
    assert [told[name] for name in ("reader", "read", "created", "rejected")] == ["csv", 3, 2, 1]
    assert [again[name] for name in ("created", "updated", "unchanged", "rejected")] == [0, 0, 2, 1]
    assert {problem["row"] for problem in told["problems"]} == {2, 3}
    assert all(set(problem) >= {"row", "field", "value", "reason"} for problem in told["problems"])
    undone = run(own, "undo", told["batch"], "--json")
    assert (undone.status, undone.document["state"]) == (0, "undone")
    refused(run(own, "undo", told["batch"], "--json"))
    assert run(own, "near", "--json").document["count"] == 0


def test_import_obeys_its_options(own: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_text("Wer;Was;Wo\nRuota;7;Torino\n", encoding="utf-8")

    answer = run(
        *(own, "import", path, "--reader", "csv", "--map", "name=Wer", "--map", "town=Wo"),
        *("--source", "My list", "--licence", "CC0-1.0", "--country", "it", "--json"),
    )

    assert (answer.status, answer.document["located"]) == (0, 1)
    [card] = run(own, "near", "Torino", "--km", "20", "--json").document["organisations"]
    assert (card["name"], card["source"], card["country"]) == ("Ruota", "My list", "IT")


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        pytest.param(["45.05,7.65"], 30, id="point"),
        pytest.param(["-33.9,18.4"], 30, id="southern point"),
        pytest.param(["Torino"], 30, id="town"),
        pytest.param(["Torino", "--km", "0.5"], 0, id="too near"),
        pytest.param(["45.05,7.65", "--km", "100", "--kind", "school"], 10, id="kind"),
        pytest.param(["45.05,7.65", "--kind", "school", "--kind", "company"], 20, id="two kinds"),
        pytest.param(["--box", "7,45,8,46"], 30, id="box"),
        pytest.param(["--box", "-8,45,-7,46"], 0, id="western box"),
        pytest.param(["45.05,7.65", "--topic", "bread"], 15, id="topic"),
        pytest.param(["45.05,7.65", "--text", "ruota n7"], 1, id="words"),
        pytest.param(["45.05,7.65", "--text", "nobody"], 0, id="nobody"),
        pytest.param([], 30, id="everybody"),
    ],
)
def test_near_answers_with_the_fields_scripts_rely_on(ask: Ask, asked: list[str], count: int) -> None:
    answer = ask("near", *asked, "-k", "7", "--json")

    assert (answer.status, answer.err) == (0, "")
    found = answer.document
    assert set(found) >= {"centre", "count", "organisations", "coverage"}
    assert set(found["coverage"]) >= {"known", "estimate", "low", "high", "method"}
    assert (found["count"], found["coverage"]["known"]) == (count, count)
    assert len(found["organisations"]) == min(7, count)
    assert all(set(card) >= CARD for card in found["organisations"])
    distances = [card["distance_km"] for card in found["organisations"]]
    if found["centre"] is None:
        assert set(distances) <= {None}
    else:
        assert set(found["centre"]) == {"lat", "lon", "label"}
        assert distances == sorted(distances)


def test_near_prints_lines_for_people(ask: Ask) -> None:
    answer = ask("near", "Torino", "-k", "2")
    assert answer.out.splitlines()[0].startswith("30 organisations known near Torino")
    assert len(answer.out.splitlines()) == 3


@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson", "jsonl", "jsonld"])
def test_export_writes_what_the_filters_find(ask: Ask, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"

    answer = ask("export", path, "--near", "Torino", "--kind", "school", "--json")

    assert (answer.status, answer.document) == (0, {"written": 10})
    content = path.read_bytes()
    assert (content[:2] == b"PK") if ending == "xlsx" else (b"Cooperativa Ruota n1" in content)
    if ending == "geojson":
        assert len(json.loads(content)["features"]) == 10


def test_an_export_that_fails_leaves_what_was_there(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "out.doc"
    path.write_text("mine")
    refused(ask("export", path, "--json"))
    refused(ask("export", tmp_path / "nowhere" / "out.csv", "--json"))
    refused(ask("export", tmp_path / "out.csv", "--near", "Nowheretown", "--json"))
    assert path.read_text() == "mine"
    assert not (tmp_path / "out.csv").exists()


def test_places_are_found_by_name(ask: Ask) -> None:
    answer = ask("places", "find", "Turin", "--json")
    assert (answer.status, answer.document["places"][0]["country"]) == (0, "IT")


def test_the_doctor_says_what_is_well_and_tick_is_harmless_twice(ask: Ask) -> None:
    doctor = ask("doctor", "--json")
    checks = doctor.document["checks"]
    assert doctor.status == (0 if all(check["ok"] for check in checks) else 1)
    assert {"home", "database", "index"} <= {check["what"] for check in checks if check["ok"]}
    assert [ask("tick", "--json").document for _ in range(2)] == [{"done": []}] * 2


def test_without_init_every_command_says_so(initialised: Path, tmp_path: Path) -> None:
    home = new_home(initialised, tmp_path)
    (home / "glocal.sqlite3").unlink()
    path = write_list(tmp_path, [line(1)])

    for command in (
        ["near", "Torino"],
        ["import", path],
        ["undo", "1"],
        ["export", tmp_path / "x.csv"],
        ["tick"],
    ):
        assert "glocal init" in refused(run(home, *command, "--json"))["detail"]
    serve = run(home, "serve", "--port", "1")
    assert (serve.status, "glocal init" in serve.err) == (1, True)
    assert run(home, "doctor").status == 1


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(["nonsense"], id="unknown command"),
        pytest.param(["near", "--nonsense"], id="unknown option"),
        pytest.param(["near", "Torino", "-k", "0"], id="too few"),
        pytest.param(["near", "Torino", "--kind", "club"], id="unknown kind"),
        pytest.param(["near", "Torino", "--km", "far"], id="no number"),
        pytest.param(["import"], id="no file"),
        pytest.param(["import", "/no/such/file.csv"], id="missing file"),
        pytest.param(["undo", "last"], id="no batch number"),
        pytest.param(["export"], id="nowhere to"),
        pytest.param(["bench", "nonsense"], id="unknown measurement"),
    ],
)
def test_wrong_usage_is_status_two(ask: Ask, wrong: list[str]) -> None:
    answer = ask(*wrong)
    assert (answer.status, answer.out) == (2, "")
    assert "Usage: glocal" in answer.err


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(["near", "Nowheretown"], id="unknown place"),
        pytest.param(["near", "Torino", "--km", "-3"], id="negative radius"),
        pytest.param(["near", "Torino", "--km", "nan"], id="no radius"),
        pytest.param(["near", "--box", "1,2,3"], id="three edges"),
        pytest.param(["near", "Torino", "--territory", "nowhere"], id="unknown territory"),
        pytest.param(["undo", "4711"], id="unknown batch"),
        pytest.param(["import", __file__, "--map", "nonsense=x"], id="unknown field"),
        pytest.param(["import", __file__, "--country", "Italia"], id="no country code"),
        pytest.param(["import", __file__, "--reader", "nonsense"], id="unknown reader"),
    ],
)
def test_a_refusal_is_status_one_a_sentence_and_a_document(ask: Ask, asked: list[str]) -> None:
    refused(ask(*asked, "--json"))
    in_words = ask(*asked)
    assert (in_words.status, in_words.out) == (1, "")


@pytest.mark.parametrize(
    "command", ["near", "import", "undo", "export", "bench", "serve", "demo", "doctor", "tick"]
)
def test_every_command_explains_itself(ask: Ask, command: str) -> None:
    answer = ask(command, "--help")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith(f"Usage: glocal {command}")
