"""The server as it runs: two halves, files, a worker beside it, and an end that leaves nothing running."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from glocal.cli.tests.program import PATIENCE_SECONDS, conversation, new_home, run, start
from glocal.ingest.tests.bringing import line, write_list


class Server(NamedTuple):
    """A running server."""

    address: str
    process: subprocess.Popen[str]


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path, *options: str) -> Iterator[Server]:
    """Serve until the block ends."""
    port = free_port()
    process = start(home, "serve", "--port", str(port), *options)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_it_answers(address, process)
        yield Server(address, process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def wait_until_it_answers(address: str, process: subprocess.Popen[str]) -> None:
    """Wait for the first answer."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        try:
            httpx.get(f"{address}/api/v1/near?lat=45&lon=7", timeout=30)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not answer")


@pytest.fixture(scope="module")
def home(initialised: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with five organisations."""
    folder = tmp_path_factory.mktemp("served")
    home = new_home(initialised, folder)
    with conversation(home) as ask:
        ask("import", write_list(folder, [line(n) for n in range(5)]))
        added = ask("person", "add", "sofia@example.org", "--steward", "--password", "correct horse battery")
        assert added.status == 0, added.err
    return home


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """Return the address of a server, for tests that only read."""
    with serving(home) as server:
        yield server.address


@pytest.mark.parametrize(
    ("path", "status", "content"),
    [
        ("/", 200, "text/html"),
        ("/near/?lat=45.05&lon=7.65", 200, "text/html"),
        ("/api/v1/near?lat=45.05&lon=7.65", 200, "application/json"),
        ("/api/v1/near?lat=nonsense&lon=7", 422, "application/problem+json"),
        ("/import/", 302, "text/html"),
        ("/nothing/here/", 404, "text/html"),
    ],
)
def test_both_halves_answer(address: str, path: str, status: int, content: str) -> None:
    answer = httpx.get(address + path, timeout=60)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith(content)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_near_answer_is_the_one_of_the_command_line(address: str, home: Path) -> None:
    served = httpx.get(f"{address}/api/v1/near?lat=45.05&lon=7.65&k=3", timeout=60).json()
    told = run(home, "near", "45.05,7.65", "-k", "3", "--json").document
    assert served.pop("centre")["lat"] == told.pop("centre")["lat"] == 45.05
    assert served == told
    assert served["count"] == 5


def test_a_page_names_files_that_are_there_and_may_be_kept(address: str) -> None:
    page = httpx.get(f"{address}/", timeout=60).text
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    if not files:
        pytest.skip("the front end was not built: the files were NOT tried")
    for file in files:
        answer = httpx.get(address + file, timeout=60)
        assert answer.status_code == 200
        assert "max-age=" in answer.headers["Cache-Control"]
    missing = httpx.get(f"{address}/static/nothing-ABCDEFGH.js", timeout=60)
    assert missing.status_code == 404
    assert "immutable" not in missing.headers.get("Cache-Control", "")
    assert httpx.get(f"{address}/static/../../settings.py", timeout=60).status_code == 404


def children_of(pid: int) -> list[int]:
    """Return the processes a process has started, and theirs."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
        if parent == pid:
            child = int(status.parent.name)
            found += [child, *children_of(child)]
    return found


def is_running(pid: int) -> bool:
    """Say whether a process is still at work."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
def test_the_end_of_the_server_is_the_end_of_its_worker_and_nothing_stays_behind(own: Path) -> None:
    with serving(own) as server:
        children = children_of(server.process.pid)
        assert len(children) >= 2  # a web process and the worker
        server.process.send_signal(signal.SIGTERM)
        out, err = server.process.communicate(timeout=60)
    assert (server.process.returncode, out) == (0, "")
    assert "Traceback" not in err
    assert [pid for pid in children if is_running(pid)] == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
def test_a_worker_whose_server_was_killed_does_not_stay_behind(own: Path) -> None:
    with serving(own) as server:
        children = children_of(server.process.pid)
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.communicate(timeout=60)
        give_up = time.monotonic() + 60
        while any(map(is_running, children)) and time.monotonic() < give_up:
            time.sleep(0.1)
    assert [pid for pid in children if is_running(pid)] == []


def signed_in(address: str) -> httpx.Client:
    """Return a browser the steward has signed in with."""
    browser = httpx.Client(base_url=address, timeout=60, follow_redirects=True)
    form = {"login": "sofia@example.org", "password": "correct horse battery"}
    post(browser, "/account/login/", form)
    assert browser.get("/import/").status_code == 200
    return browser


def post(browser: httpx.Client, path: str, form: dict[str, str], **more: object) -> httpx.Response:
    """Send the form of a page as a browser does, with its token."""
    page = browser.get(path)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token is not None
    headers = {"Referer": str(page.url), "Origin": str(browser.base_url)}
    return browser.post(path, data={**form, "csrfmiddlewaretoken": token[1]}, headers=headers, **more)  # type: ignore[arg-type]  # files, where there are any


def test_what_one_of_two_web_processes_takes_in_both_find_at_the_next_request(
    home: Path, tmp_path: Path
) -> None:
    own = new_home(home, tmp_path)
    with serving(own, "--workers", "2") as server, closing(signed_in(server.address)) as browser:
        assert counts(server.address) == {5}
        content = write_list(tmp_path, [line(n) for n in range(100, 107)]).read_bytes()
        columns = post(browser, "/import/", {"source": "seven"}, files={"file": ("list.csv", content)})
        started = post(browser, columns.url.path, {"start": "1", "column-0": "name", "field-0": "name"})
        wait_until_it_is_done(browser, started.url.path)
        assert counts(server.address) == {12}


def counts(address: str) -> set[int]:
    """Return how many organisations forty new connections hear of; both web processes are among them."""
    return {
        int(httpx.get(f"{address}/api/v1/near?lat=45&lon=7", timeout=60).json()["count"]) for _ in range(40)
    }


def wait_until_it_is_done(browser: httpx.Client, path: str) -> None:
    """Ask for the report until nothing more will come."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        report = browser.get(path, headers={"HX-Request": "true"}).text
        if "hx-get" not in report:
            assert "broke off" not in report
            return
        time.sleep(0.2)
    pytest.fail("the worker did not finish")
