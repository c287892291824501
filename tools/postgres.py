"""A private PostgreSQL for the tests: made in a temporary folder, reached by a socket, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tools import apt
from tools.shell import Stopped, environment, say

DEBIAN = Path("/usr/lib/postgresql")
USER = "glocal"
UNPRIVILEGED = ("postgres", "nobody")
# speed instead of safety: this cluster never outlives a test run
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "100",
}
ADVICE = (
    "the tests also run on PostgreSQL, and it could neither be found nor installed. "
    "Install it (Debian, as root: apt install postgresql), or name a running one: "
    "GLOCAL_TEST_DATABASE_URL=postgres://user@host/database, "
    "or leave it out for once: GLOCAL_SKIP_POSTGRES=1 make test"
)


def find() -> Path | None:
    """Return the folder of the newest PostgreSQL server programs on this machine, or None."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    versions = [folder for folder in DEBIAN.glob("*/bin") if (folder / "initdb").exists()]
    return max(versions, key=lambda folder: int(folder.parent.name.split(".")[0]), default=None)


def ensure() -> Path:
    """Return the folder of PostgreSQL's server programs, installing them where we may.

    Raises:
        Stopped: there are none and they cannot be installed.
    """
    programs = find()
    if programs is None and apt.is_possible():
        apt.install("postgresql")
        programs = find()
    if programs is None:
        raise Stopped(ADVICE)
    return programs


def unprivileged_user() -> pwd.struct_passwd | None:
    """Return who runs the server: nobody special when we are root, as PostgreSQL refuses root; else None, us.

    Raises:
        Stopped: we are root and the machine has no other user for it.
    """
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        with suppress(KeyError):  # not on this machine: try the next
            return pwd.getpwnam(name)
    raise Stopped("PostgreSQL does not run as root, and this machine has no user postgres or nobody.")


@contextmanager
def private_cluster() -> Iterator[str]:
    """Start a cluster of our own and yield its address (a database URL); stop and remove it afterwards.

    Raises:
        Stopped: PostgreSQL is missing, or does not start.
    """
    programs, user = ensure(), unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="glocal-pg-", dir="/tmp"))  # a socket's path must be short
    try:
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        cluster = folder / "data"
        locale = ("--encoding=UTF8", "--no-locale")
        _as(user, programs / "initdb", "-D", cluster, "-U", USER, "--auth=trust", "--no-sync", *locale)
        settings = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        options = f"{settings} -c unix_socket_directories='{folder}'"
        control = (programs / "pg_ctl", "-D", cluster, "-w", "-t", "60")
        _as(user, *control, "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgres://{USER}@{quote(str(folder), safe='')}/postgres"
        finally:
            _as(user, *control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as(user: pwd.struct_passwd | None, *command: str | Path) -> None:
    identity: dict[str, Any] = (
        {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    )
    done = subprocess.run(
        [str(part) for part in command],
        cwd="/",
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **identity,
    )
    if done.returncode:
        say(done.stdout)
        raise Stopped(f"PostgreSQL's {Path(command[0]).name} failed; the lines above say why.")
