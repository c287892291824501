"""What `make test` and `make check` conclude from what they ran."""

import sys
from pathlib import Path

import pytest

from tools.check import Check, carry_out, run_all
from tools.run_tests import Outcome, conclude, outcome_of
from tools.shell import ROOT

REPORT = """<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>"""
GOOD = Outcome("SQLite", passed=10, failed=0, skipped=1, status=0)


def test_counts_are_read_from_the_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT, encoding="utf-8")
    outcome = outcome_of("SQLite", report, 1)
    assert outcome == Outcome("SQLite", passed=3, failed=3, skipped=3, status=1)
    assert outcome.collected == 9


def test_a_run_without_a_report_has_failed(tmp_path: Path) -> None:
    outcome = outcome_of("SQLite", tmp_path / "none.xml", 0)
    assert (outcome.failed, outcome.status) == (1, 1)


@pytest.mark.parametrize(
    ("outcomes", "minimum", "status"),
    [
        pytest.param([GOOD, GOOD], 11, 0, id="as many as before"),
        pytest.param([GOOD, GOOD], 12, 1, id="fewer than before"),
        pytest.param([GOOD, Outcome("PostgreSQL", 10, 1, 0, 1)], 11, 1, id="one failed on PostgreSQL"),
        pytest.param([GOOD, Outcome("PostgreSQL", 11, 0, 0, 3)], 11, 1, id="the runner itself failed"),
    ],
)
def test_the_suite_passes_only_when_complete_and_green(
    outcomes: list[Outcome], minimum: int, status: int
) -> None:
    assert conclude(outcomes, minimum=minimum) == status


def test_a_failing_front_end_fails_everything() -> None:
    assert conclude([GOOD, GOOD], minimum=0, front_end=1) == 1


def test_leaving_out_postgres_is_said_loudly(capsys: pytest.CaptureFixture[str]) -> None:
    conclude([GOOD], minimum=0)
    lines = capsys.readouterr().out.splitlines()
    assert "SQLite: 10 passed, 0 failed, 1 skipped" in lines
    assert "NOT RUN on PostgreSQL, because GLOCAL_SKIP_POSTGRES=1 is set." in lines


def test_a_grown_suite_asks_for_a_higher_minimum(capsys: pytest.CaptureFixture[str]) -> None:
    conclude([GOOD, GOOD], minimum=9)
    assert "collected_minimum.txt says 9; it can be raised to 11." in capsys.readouterr().out
    conclude([GOOD, GOOD], minimum=11)
    assert "raised" not in capsys.readouterr().out


def test_a_failed_check_shows_what_it_said(capsys: pytest.CaptureFixture[str]) -> None:
    good = Check("good", (sys.executable, "-c", "print('fine')"))
    bad = Check("bad", (sys.executable, "-c", "print('line 7 is wrong'); raise SystemExit(2)"))
    assert run_all([good, bad]) == 1
    said = capsys.readouterr().out
    assert "line 7 is wrong" in said
    assert "fine" not in said


def test_a_check_that_says_too_much_is_cut_short_with_a_way_to_see_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run_all([Check("bad", (sys.executable, "-c", "print('wrong\\n' * 100); raise SystemExit(1)"))])
    said = capsys.readouterr().out
    assert said.count("wrong\n") == 60
    assert f"… and 40 more lines; all of them: cd {ROOT} && {sys.executable} -c" in said


def test_checks_do_not_touch_the_users_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOCAL_HOME", "/the/users/home")
    shown = Check("home", (sys.executable, "-c", "import os; print(os.environ['GLOCAL_HOME'])"))
    assert carry_out(shown, str(tmp_path)).output == str(tmp_path)
