"""Fetches pip for a Python that came without it, as Debian's does without python3-venv."""

import hashlib
import os
import re
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from tools.shell import Stopped

INDEX = "https://pypi.org/simple"
WHEEL = "pip-26.3-py3-none-any.whl"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"


def fetch_pip(folder: Path) -> Path:
    """Download one known pip from the package index (PIP_INDEX_URL or PyPI) into a folder; return its wheel.

    Raises:
        Stopped: the index cannot be reached, does not have it, or sends something else under its name.
    """
    page = os.environ.get("PIP_INDEX_URL", INDEX).rstrip("/") + "/pip/"
    try:
        content = _read(urljoin(page, address_in(_read(page).decode(), WHEEL)))
    except (urllib.error.URLError, LookupError) as error:
        raise Stopped(
            f"this Python has no pip, and {WHEEL} cannot be had from {page} ({error}). "
            "Install it (Debian and Ubuntu, as root: apt install python3-venv) and try again."
        ) from error
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise Stopped(f"what {page} sent as {WHEEL} is not what it should be.")
    wheel = folder / WHEEL
    wheel.write_bytes(content)
    return wheel


def address_in(page: str, name: str) -> str:
    """Return where a page of a simple package index says the file of that name is.

    Raises:
        LookupError: it does not list the file.
    """
    for address in re.findall(r"""<a\s[^>]*href=["']([^"']+)["']""", page):
        plain = str(urldefrag(address).url)
        if plain.rsplit("/", 1)[-1] == name:
            return plain
    raise LookupError("not listed there")


def _read(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return bytes(answer.read())
