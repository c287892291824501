"""A demonstration of one's own, served by the real command on a free port."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE_SECONDS = 120  # for a loaded machine; usually it answers within three


@dataclass(frozen=True, slots=True)
class Site:
    """A served demonstration: where it answers, and the password its people share."""

    url: str
    password: str
    home: Path


def demonstration(folder: Path, gazetteer: Path) -> Path:
    """Return a home with the demonstration, loaded once for all processes that share the folder.

    Args:
        folder: shared by the processes of one test run.
        gazetteer: where other tests keep the compiled gazetteer; taken from there where it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    home = folder / "home"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "is-loaded").exists():
            for compiled in gazetteer.glob("places/gazetteer-*"):  # whole: half-made ones begin with a dot
                shutil.copytree(compiled, home / "places" / compiled.name)
            run_glocal(home, "demo", "--no-serve")
            (folder / "is-loaded").touch()
    return home


def environment(home: Path) -> dict[str, str]:
    """Return an environment in which Glocal lives in this home and nowhere else."""
    foreign = {name for name in os.environ if name.startswith(("GLOCAL_", "DJANGO_"))}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return {**kept, "GLOCAL_HOME": str(home)}


def run_glocal(home: Path, *words: str) -> None:
    """Run the command line to its end; what it said is shown where it fails."""
    command = [sys.executable, "-m", "glocal.cli.main", *words]
    done = subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"glocal {' '.join(words)} ended with {done.returncode}:\n{done.stderr}")


@contextmanager
def serving(home: Path) -> Iterator[Site]:
    """Serve a home for as long as the block lasts."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "glocal.cli.main", "serve", "--port", str(port)]
    log = home / "serve.log"
    with log.open("w") as out:
        server = subprocess.Popen(command, env=environment(home), stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_until_it_answers(url, server, log)
        yield Site(url, (home / "demo").read_text(encoding="utf-8").strip(), home)
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def free_port() -> int:
    """Return a port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_it_answers(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return once the home page is served.

    Raises:
        RuntimeError: the server ended or never answered; with what it said.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(url, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer:\n{log.read_text(encoding='utf-8')}")
