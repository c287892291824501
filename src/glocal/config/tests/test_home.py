"""The home folder and the secret in it."""

import stat
import threading
from pathlib import Path

import pytest

from glocal.config.home import home_folder, is_demo, secret_key


def test_the_home_is_named_by_the_environment_else_it_is_var(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GLOCAL_HOME", str(tmp_path / "x"))
    assert home_folder() == tmp_path / "x"
    monkeypatch.delenv("GLOCAL_HOME")
    monkeypatch.chdir(tmp_path)
    assert home_folder() == tmp_path / "var"


def test_the_secret_is_made_once_and_is_its_owners_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GLOCAL_SECRET_KEY", raising=False)
    first = secret_key(tmp_path / "new")
    assert len(first) >= 50
    assert secret_key(tmp_path / "new") == first
    assert secret_key(tmp_path / "other") != first
    assert stat.S_IMODE((tmp_path / "new" / "secret_key").stat().st_mode) == 0o600
    monkeypatch.setenv("GLOCAL_SECRET_KEY", "shared")
    assert secret_key(tmp_path / "new") == "shared"


def test_processes_that_start_together_get_one_secret(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GLOCAL_SECRET_KEY", raising=False)
    found: list[str] = []
    together = threading.Barrier(8)

    def ask() -> None:
        together.wait()
        found.append(secret_key(tmp_path))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_home_with_the_mark_is_a_demonstration(tmp_path: Path) -> None:
    assert not is_demo(tmp_path)
    (tmp_path / "demo").write_text("x")
    assert is_demo(tmp_path)
