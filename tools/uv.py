"""uv, the installer of Python packages, from PyPI into an environment of its own."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.pip import fetch_pip
from tools.shell import ROOT, TOOLS, call, environment
from tools.stamps import Step

FOLDER = TOOLS / "uv"
UV = FOLDER / "bin" / "uv"
OWN_PYTHON = FOLDER / "bin" / "python"
REQUIREMENTS = ROOT / "tools" / "requirements.txt"


def uv_step() -> Step:
    """Describe installing uv and what else the set-up itself needs."""
    outputs = (UV, OWN_PYTHON)
    facts = (str(ROOT),)
    return Step(
        "uv", "Installing uv, which installs everything else", (REQUIREMENTS,), facts, outputs, install
    )


def install() -> None:
    """Make the environment and install into it, with the best pip this Python offers.

    Raises:
        Stopped: the environment cannot be made, or PyPI cannot be reached.
    """
    shutil.rmtree(FOLDER, ignore_errors=True)
    wanted: list[str | Path] = ["install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS]
    if _has("ensurepip"):
        call([sys.executable, "-m", "venv", FOLDER])
        call([OWN_PYTHON, "-m", "pip", *wanted])
        return
    # Debian's python3 without python3-venv: environments can be made, but nothing puts pip into them
    call([sys.executable, "-m", "venv", "--without-pip", FOLDER])
    with tempfile.TemporaryDirectory() as folder:
        wheel = fetch_pip(Path(folder))
        call([OWN_PYTHON, "-m", "pip", *wanted], env=environment({"PYTHONPATH": wheel}))


def _has(module: str) -> bool:
    done = subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True, check=False)
    return done.returncode == 0
