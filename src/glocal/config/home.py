"""The home folder: where the embedded database, the index and the secrets live."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def home_folder() -> Path:
    """Return the folder named by GLOCAL_HOME, by default `./var`; it need not exist yet."""
    return Path(os.environ.get("GLOCAL_HOME", "var")).absolute()


def secret_key(home: Path) -> str:
    """Return this installation's secret, made once and readable only by its owner.

    `GLOCAL_SECRET_KEY` takes precedence, so that several hosts can share one.
    """
    given = os.environ.get("GLOCAL_SECRET_KEY")
    if given:
        return given
    file = home / "secret_key"
    if not file.exists():
        _make_secret(file)
    return file.read_text(encoding="ascii")


def _make_secret(file: Path) -> None:
    """Write a new secret whole or not at all; where two processes try at once, the first one's stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent)  # readable by its owner alone
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(50))
    with suppress(FileExistsError):
        file.hardlink_to(draft)
    Path(draft).unlink()


def is_demo(home: Path) -> bool:
    """Say whether this home holds the demonstration territory, from which no mail is ever sent."""
    return (home / "demo").exists()
