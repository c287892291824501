"""Installing packages of Debian and its relatives, where we may."""

import functools
import os
import shutil

from tools.shell import call, doing, environment

SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")


def is_possible() -> bool:
    """Say whether this is root on a machine with apt."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str) -> None:
    """Install the packages without asking anything.

    Raises:
        Stopped: apt failed; what it printed has been shown.
    """
    with doing(f"Installing {', '.join(packages)} with apt"):
        _update()
        call(["apt-get", "install", "--yes", "--no-install-recommends", *packages], env=_environment())


@functools.cache
def _update() -> None:
    call(["apt-get", "update", "--quiet"], env=_environment())


def _environment() -> dict[str, str]:
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), *SYSTEM_FOLDERS))  # dpkg insists on sbin
    return environment({"DEBIAN_FRONTEND": "noninteractive", "PATH": path})
