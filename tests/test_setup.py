"""The set-up behind `make`: does what is needed once, finds what the machine has, says why when it cannot."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import apt, chromium, node, pip, postgres, trust
from tools.shell import ROOT, Stopped, call, saying_why
from tools.stamps import Step, ensure, files_in, fingerprint


def make_program(folder: Path, name: str, prints: str, *, status: int = 0) -> Path:
    """Write a small program that prints a line and ends."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{prints}'\nexit {status}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


class Workshop:
    """One step that copies a file, and how often it was done."""

    def __init__(self, folder: Path) -> None:
        self.source, self.target, self.stamps = folder / "source", folder / "target", folder / "stamps"
        self.source.write_text("one", encoding="utf-8")
        self.times = 0

    def do(self) -> None:
        self.times += 1
        self.target.write_text(self.source.read_text(encoding="utf-8"), encoding="utf-8")

    def ensure(self, *, fact: str = "") -> bool:
        step = Step("copy", "Copying", (self.source,), (fact,), (self.target,), self.do)
        return ensure(step, self.stamps)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def test_a_step_is_done_once_and_then_left_alone(
    workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    assert workshop.ensure()
    capsys.readouterr()

    assert not workshop.ensure()
    assert workshop.times == 1
    assert capsys.readouterr().out == ""


def test_a_newer_date_alone_changes_nothing(workshop: Workshop) -> None:
    workshop.ensure()
    os.utime(workshop.source, (2_000_000_000, 2_000_000_000))
    assert not workshop.ensure()


def test_a_step_is_done_again_when_content_fact_or_result_changed(workshop: Workshop) -> None:
    workshop.ensure()
    workshop.source.write_text("two", encoding="utf-8")
    assert workshop.ensure()
    assert workshop.ensure(fact="another version")
    workshop.target.unlink()
    assert workshop.ensure(fact="another version")
    assert workshop.times == 4


def test_a_failed_step_leaves_no_stamp(workshop: Workshop) -> None:
    workshop.ensure()
    workshop.source.unlink()
    with pytest.raises(FileNotFoundError):
        workshop.ensure()
    workshop.source.write_text("one", encoding="utf-8")
    assert workshop.ensure()


def test_installed_packages_are_no_inputs(tmp_path: Path) -> None:
    for name in ("src/a.ts", "node_modules/x/index.js", "b.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [str(file.relative_to(tmp_path)) for file in files_in([tmp_path])] == ["b.json", "src/a.ts"]


def test_moving_content_between_files_changes_the_fingerprint(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text("ab", encoding="utf-8")
    second.write_text("c", encoding="utf-8")
    before = fingerprint([tmp_path], [])
    first.write_text("a", encoding="utf-8")
    second.write_text("bc", encoding="utf-8")
    assert fingerprint([tmp_path], []) != before


def test_an_old_python_is_told_what_is_needed() -> None:
    pretend = "import sys; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (main)'; import tools"
    done = subprocess.run(
        [sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Glocal needs Python 3.11 or newer and this is 3.9.2.")


def test_a_failing_program_is_shown_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Stopped, match=r"“.*broken” failed"):
        call([make_program(tmp_path, "broken", "no space left", status=3)])
    assert capsys.readouterr().out == "no space left\n"


def test_a_missing_program_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end, saying_why():
        call([tmp_path / "nothing"])
    assert end.value.code == 1
    assert re.fullmatch(r"Stopped: .*/nothing cannot be started .*\.\n", capsys.readouterr().err)


@pytest.mark.parametrize(
    ("version", "is_enough"),
    [("v18.19.1", False), ("v20.0.0", True), ("v24.1.0", True), ("", False), ("nonsense", False)],
)
def test_node_must_be_new_enough(version: str, is_enough: bool) -> None:
    assert node.is_new_enough(version) is is_enough


@pytest.mark.parametrize(
    ("programs", "is_found"),
    [
        pytest.param({}, False, id="none"),
        pytest.param({"node": "v18.0.0", "npm": "9.0.0"}, False, id="too old"),
        pytest.param({"node": "v22.0.0"}, False, id="without npm"),
        pytest.param({"node": "v22.0.0", "npm": "10.0.0"}, True, id="good"),
    ],
)
def test_the_machines_node_is_taken_only_when_it_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, programs: dict[str, str], is_found: bool
) -> None:
    for name, version in programs.items():
        make_program(tmp_path, name, version)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (node.machines_node() is not None) is is_found


def test_pip_is_found_on_a_page_of_the_package_index() -> None:
    page = '<a href="../../files/pip-1.0-py3-none-any.whl#sha256=ab" data-requires-python="&gt;=3">x</a>'
    assert pip.address_in(page, "pip-1.0-py3-none-any.whl") == "../../files/pip-1.0-py3-none-any.whl"
    with pytest.raises(LookupError):
        pip.address_in(page, "pip-2.0-py3-none-any.whl")


def test_another_pip_than_the_known_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pip").mkdir()
    (tmp_path / "pip" / "index.html").write_text(f'<a href="{pip.WHEEL}">pip</a>', encoding="utf-8")
    (tmp_path / "pip" / pip.WHEEL).write_bytes(b"something else")
    pages = {
        f"{tmp_path.as_uri()}/pip/": tmp_path / "pip" / "index.html",
        f"{tmp_path.as_uri()}/pip/{pip.WHEEL}": tmp_path / "pip" / pip.WHEEL,
    }
    monkeypatch.setenv("PIP_INDEX_URL", tmp_path.as_uri())
    monkeypatch.setattr(pip, "_read", lambda url: pages[url].read_bytes())
    with pytest.raises(Stopped, match="not what it should be"):
        pip.fetch_pip(tmp_path)
    assert not (tmp_path / pip.WHEEL).exists()


def test_what_the_user_said_about_authorities_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = tmp_path / "bundle.crt"
    bundle.touch()
    monkeypatch.setattr(trust, "BUNDLES", (tmp_path / "missing", bundle))
    for name in ("SSL_CERT_FILE", "UV_SYSTEM_CERTS", "NODE_EXTRA_CA_CERTS"):
        monkeypatch.delenv(name, raising=False)
    assert trust.machines_authorities() == {"UV_SYSTEM_CERTS": "1", "NODE_EXTRA_CA_CERTS": str(bundle)}

    monkeypatch.setenv("NODE_EXTRA_CA_CERTS", "/mine")
    assert trust.machines_authorities() == {"UV_SYSTEM_CERTS": "1"}

    monkeypatch.setattr(trust, "BUNDLES", ())
    assert trust.machines_authorities() == {}


def test_chromium_is_found_by_its_usual_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    make_program(tmp_path, "chromium", "does not start", status=1)
    chrome = make_program(tmp_path, "google-chrome", "Chrome 150")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.find() == str(chrome)


def test_a_named_chromium_must_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nothing"))
    with pytest.raises(Stopped, match="does not start"):
        chromium.find()


def test_without_any_chromium_the_advice_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "PYTHON", make_program(tmp_path, "python", "no network", status=1))
    with pytest.raises(Stopped, match="apt install chromium"):
        chromium.ensure()


def test_the_newest_postgres_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("9.6", "15", "16", "17-client-only"):
        (tmp_path / version / "bin").mkdir(parents=True)
    for version in ("9.6", "15", "16"):
        make_program(tmp_path / version / "bin", "initdb", version)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    assert postgres.find() == tmp_path / "16" / "bin"


def test_without_any_postgres_the_advice_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    assert not apt.is_possible()
    with pytest.raises(Stopped, match="GLOCAL_SKIP_POSTGRES=1"):
        postgres.ensure()


@pytest.mark.skipif(postgres.find() is None, reason="no PostgreSQL on this machine")
def test_a_private_postgres_answers_and_is_gone_even_after_a_failure() -> None:
    psycopg = pytest.importorskip("psycopg")
    folder = None

    def fail_while_it_runs() -> None:
        nonlocal folder
        with postgres.private_cluster() as url, psycopg.connect(url) as connection:
            folder = Path(connection.execute("show unix_socket_directories").fetchone()[0])
            assert folder.exists()
            raise InterruptedError(url)

    with pytest.raises(InterruptedError) as failure:
        fail_while_it_runs()
    assert folder is not None
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(str(failure.value))


def test_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)
    assert phony
    for target in set(phony[1].split()) - {"help"}:
        assert f"make {target} " in makefile


def test_what_lands_has_passed_checks_and_tests() -> None:
    script = ROOT / ".ci" / "run"
    lines = script.read_text(encoding="utf-8").splitlines()
    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in lines
    assert lines[-2:] == ["make check", "make test"]
