"""A Chromium for the browser tests: found, or installed in the way this machine allows."""

import os
import shutil

from tools import apt
from tools.node import version_of
from tools.shell import PYTHON, Stopped, call, doing

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "the browser tests need Chromium, and it could neither be found nor installed. "
    "Install it (Debian, as root: apt install chromium) or name it: CHROMIUM=/path/to/chromium make test"
)


def find() -> str | None:
    """Return the path of a Chromium that starts: the one $CHROMIUM names, or one of the usual names.

    Raises:
        Stopped: $CHROMIUM names something that does not start.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        if not version_of(named):
            raise Stopped(f"CHROMIUM={named} does not start.")
        return named
    paths = (shutil.which(name) for name in NAMES)
    return next((path for path in paths if path and version_of(path)), None)


def ensure() -> dict[str, str]:
    """Return the environment that tells the tests which Chromium to drive; empty for Playwright's own.

    Raises:
        Stopped: there is none and none can be installed.
    """
    found = find()
    if found is None and apt.is_possible():
        apt.install("chromium")
        found = find()
    if found:
        return {"CHROMIUM": found}
    try:
        with doing("Installing Chromium with Playwright"):
            call([PYTHON, "-m", "playwright", "install", "chromium"])
    except Stopped as reason:
        raise Stopped(ADVICE) from reason
    return {}
