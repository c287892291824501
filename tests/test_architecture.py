"""The borders between rooms: each contract is broken once on purpose, and exactly that one must complain."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"

STACK = "Domains stack: a domain may use those below it, never those above"
INSIDE = "Inside a domain: surfaces, services, queries, rules, tables, words"
INSIDE_PLACES = "Inside places: questions, naming and locating, postcodes, gazetteer"
INSIDE_INGEST = "Inside ingest: surfaces, services, readers, mapping, cleaning, words"
PRIVATE_TABLES = "Tables are private"
NO_DJANGO = "The core, the index and the arithmetic know nothing of Django"
NO_TABLES_ON_PAGES = "Pages, API, CLI and live feeds never touch tables directly"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package's Python files and of the contracts, to be broken."""
    root = tmp_path_factory.mktemp("architecture")
    only_python = shutil.ignore_patterns("static", "templates", "locale", "demo", "__pycache__", "*.jsonl")
    shutil.copytree(ROOT / "src" / "glocal", root / "src" / "glocal", ignore=only_python)
    shutil.copy(ROOT / "pyproject.toml", root)
    return root / "src" / "glocal"


def broken_contracts(package: Path) -> set[str]:
    """Lint the copy and return the names of the contracts that are not kept."""
    root = package.parent.parent
    lint = [sys.executable, "-c", LINT, "--no-logo", "--cache-dir", str(root / "cache")]
    env = os.environ | {"PYTHONPATH": str(package.parent), "COLUMNS": "200", "NO_COLOR": "1"}
    done = subprocess.run(lint, cwd=root, env=env, capture_output=True, text=True, check=False)
    broken = set(re.findall(r"^(.*?) BROKEN\b", done.stdout, flags=re.MULTILINE))
    assert re.search(r"^Contracts: \d+ kept, \d+ broken\.", done.stdout, flags=re.MULTILINE), done.stdout
    assert (done.returncode == 0) == (not broken), done.stdout
    return broken


@pytest.fixture(scope="module")
def already_broken(package: Path) -> set[str]:
    """What is broken without our help, so that one real break is one failing test."""
    return broken_contracts(package)


def test_every_border_is_kept(already_broken: set[str]) -> None:
    assert already_broken == set()


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        pytest.param("core/intruder.py", "import glocal.audit.types", STACK, id="the core looks up"),
        pytest.param("places/queries.py", "import glocal.directory.labels", STACK, id="places look up"),
        pytest.param("audit/services.py", "import glocal.accounts.queries", STACK, id="the record looks up"),
        pytest.param("directory/queries.py", "import glocal.web.apps", STACK, id="a domain uses the frame"),
        pytest.param("newroom/__init__.py", "", STACK, id="a room without a place"),
        pytest.param("directory/queries.py", "import glocal.directory.services", INSIDE, id="query serves"),
        pytest.param("audit/intruder.py", "", INSIDE, id="a file name of its own"),
        pytest.param("places/errors.py", "import glocal.places.postcodes", INSIDE_PLACES, id="errors ask"),
        pytest.param("ingest/limits.py", "import glocal.ingest.sniff", INSIDE_INGEST, id="limits sniff"),
        pytest.param(
            "ingest/services/intruder.py",
            "import glocal.directory.models",
            PRIVATE_TABLES,
            id="foreign tables",
        ),
        pytest.param("core/intruder.py", "import django.conf", NO_DJANGO, id="Django in the core"),
        pytest.param("atlas/intruder.py", "import django.db", NO_DJANGO, id="Django in the index"),
        pytest.param("audit/types.py", "import django.http", NO_DJANGO, id="Django in the words"),
        pytest.param(
            "directory/views/intruder.py",
            "import glocal.directory.models",
            NO_TABLES_ON_PAGES,
            id="a page reads a table",
        ),
    ],
)
def test_a_broken_border_is_reported_by_its_own_contract_alone(
    package: Path, already_broken: set[str], file: str, line: str, contract: str
) -> None:
    if contract in already_broken:
        pytest.skip("this border is broken already")
    broken = package / file
    before = broken.read_text(encoding="utf-8") if broken.exists() else None
    had_folder = broken.parent.exists()
    try:
        broken.parent.mkdir(exist_ok=True)
        broken.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")

        assert broken_contracts(package) - already_broken == {contract}
    finally:
        if before is not None:
            broken.write_text(before, encoding="utf-8")
        elif had_folder:
            broken.unlink()
        else:
            shutil.rmtree(broken.parent)
