"""Starting the web server and, beside it, the worker that does what takes longer."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS_TO_STOP = 10  # for what is being answered, and for the task at hand
SECONDS_BETWEEN_LOOKS = 1.0
SERVER = "GLOCAL_SERVER_PID"  # tells the processes of a server whose they are
# granian's own would write to stdout, which may be somebody's JSON
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"generic": {"format": "[%(levelname)s] %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "generic"}},
    "loggers": {"_granian": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}


def serve(*, host: str, port: int, workers: int) -> None:
    """Serve until stopped. Each worker is a process with its own view of the index."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ[SERVER] = str(os.getpid())
    server = Granian(
        "glocal.config.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=LOGGING,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_STOP,
    )
    server.serve()


@contextmanager
def background_worker() -> Iterator[None]:
    """Run the task worker as a child for as long as the block lasts."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "glocal.config.settings", SERVER: str(os.getpid())}
    child = subprocess.Popen([sys.executable, "-m", "glocal.cli.main", "worker"], env=environment)
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            child.kill()


def leave_with_server() -> None:
    """End this process when the server that started it is gone, even by kill -9, so that the port is free."""
    server = int(os.environ.get(SERVER, "0"))
    if server:
        threading.Thread(target=_leave_with, args=(server,), daemon=True).start()


def _leave_with(server: int) -> None:
    while os.getppid() == server:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    # the system keeps its word even where something holds the interpreter and never lets go
    signal.setitimer(signal.ITIMER_REAL, SECONDS_TO_STOP)
    os.kill(os.getpid(), signal.SIGTERM)
