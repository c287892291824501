"""What the program says when something goes wrong that no command foresaw."""

import pytest

from glocal.cli.output import explain, refuse
from glocal.core.errors import Flaw, Invalid


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (RuntimeError("no such table: directory_organisation"), "run `glocal init` first"),
        (RuntimeError('relation "directory_organisation" does not exist'), "run `glocal init` first"),
        (
            RuntimeError("table ingest_batch has no column named language"),
            "of an older version; run `glocal init`",
        ),
        (RuntimeError("no such column: ingest_batch.language"), "of an older version; run `glocal init`"),
        (FileNotFoundError(2, "No such file or directory", "x.csv"), "No such file or directory: x.csv"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (ValueError("a\nb"), "not foreseen (ValueError: a b)"),
    ],
)
def test_what_nobody_foresaw_is_a_sentence(failure: Exception, words: str) -> None:
    said = explain(failure)
    assert words in said.message
    assert "\n" not in said.message


def test_where_it_happened_is_shown_on_request(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    explain(ValueError("quietly"))
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("GLOCAL_DEBUG", "1")
    explain(ValueError("loudly"))
    assert "ValueError: loudly" in capsys.readouterr().err


@pytest.mark.parametrize("as_json", [True, False])
def test_a_refusal_names_every_flaw(capsys: pytest.CaptureFixture[str], *, as_json: bool) -> None:
    refuse(Invalid("Two things are wrong.", errors=[Flaw("lat", "95", "too far north")]), as_json=as_json)
    said = capsys.readouterr()
    assert said.err == "glocal: Two things are wrong.\n  lat: '95': too far north\n"
    assert ('"where":"lat"' in said.out) is as_json
