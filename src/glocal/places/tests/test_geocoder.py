"""The online geocoder, against a real server on this machine."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from glocal.places import services
from glocal.places.errors import GeocoderFailed, GeocoderOff
from glocal.places.gateways import geocoder as gateway
from glocal.places.gateways.geocoder import NominatimGeocoder

TORINO = {"lat": "45.0703", "lon": "7.6869", "place_rank": 30, "addresstype": "building"}


class Server(ThreadingHTTPServer):
    """Answers every question with `answer` and remembers what was asked."""

    answer: bytes = json.dumps([TORINO]).encode()
    status: int = 200
    asked: list[dict[str, list[str]]]
    agents: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/search"


class Answering(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(parse_qs(urlsplit(self.path).query))
        self.server.agents.append(self.headers["User-Agent"])
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class calls it so
        """Stay quiet."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Answering) as running:
        running.asked, running.agents = [], []
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def _is_on(server: Server, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.GLOCAL_GEOCODER_URL = server.url
    monkeypatch.setattr(gateway, "SECONDS_BETWEEN_QUESTIONS", 0.0)


def test_it_is_off_unless_configured(settings: Any) -> None:
    settings.GLOCAL_GEOCODER_URL = ""
    with pytest.raises(GeocoderOff, match="No online geocoder is configured"):
        services.geocode_address("Via Po 1, Torino")


@pytest.mark.django_db
@pytest.mark.usefixtures("_is_on")
def test_an_address_is_asked_once_and_remembered(server: Server) -> None:
    first = services.geocode_address("Via Po 1,  Torino", "Italia")
    again = services.geocode_address("VIA PO 1, torino", "IT")

    assert first is not None
    assert (first.point.lat, first.point.lon, first.precision) == (45.0703, 7.6869, "exact")
    assert again == first
    assert len(server.asked) == 1
    assert server.asked[0]["q"] == ["Via Po 1, Torino"]
    assert server.asked[0]["countrycodes"] == ["it"]
    assert server.agents[0].startswith("glocal/")


@pytest.mark.django_db
@pytest.mark.usefixtures("_is_on")
def test_that_nobody_knows_is_remembered_too(server: Server) -> None:
    server.answer = b"[]"
    assert services.geocode_address("Nowhere 7") is None
    assert services.geocode_address("Nowhere 7") is None
    assert services.geocode_address("   ") is None
    assert len(server.asked) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("_is_on")
@pytest.mark.parametrize(
    ("fields", "precision"),
    [
        ({"place_rank": 30}, "exact"), ({"place_rank": 26}, "street"), ({"place_rank": 16}, "town"),
        ({"place_rank": 8}, "region"), ({"place_rank": 21, "addresstype": "postcode"}, "postcode"),
        ({}, "region"),
    ],
)  # fmt: skip
def test_precision_follows_what_was_found(server: Server, fields: dict[str, Any], precision: str) -> None:
    server.answer = json.dumps([{"lat": "45", "lon": "7", **fields}]).encode()
    located = services.geocode_address("Via Po 1")
    assert located is not None
    assert located.precision == precision


@pytest.mark.django_db
@pytest.mark.usefixtures("_is_on")
@pytest.mark.parametrize(
    ("status", "answer", "reason"),
    [
        (500, b"", "HTTP 500"),
        (429, b"", "HTTP 429"),
        (200, b"<html>", "not JSON"),
        (200, b'{"error": "x"}', "list of places"),
        (200, b'[{"lat": "north"}]', "no point"),
        (200, b'[{"lat": "95", "lon": "7"}]', "no point"),
        (200, b'[{"lat": "nan", "lon": "7"}]', "no point"),
        (200, b'["Torino"]', "no point"),
        (200, b"[" + b" " * 2_000_000 + b"]", "not JSON"),
    ],
)
def test_a_failing_server_gives_one_sentence_and_nothing_is_remembered(
    server: Server, status: int, answer: bytes, reason: str
) -> None:
    good, server.status, server.answer = server.answer, status, answer
    with pytest.raises(GeocoderFailed, match=reason):
        services.geocode_address("Via Po 1")

    server.status, server.answer = 200, good
    assert services.geocode_address("Via Po 1") is not None


def test_a_silent_or_strange_address_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GeocoderFailed, match="did not answer"):
        NominatimGeocoder("http://127.0.0.1:9/search", tmp_path).locate("x", "")
    with pytest.raises(GeocoderFailed, match="http"):
        NominatimGeocoder("file:///etc/passwd", tmp_path, sleep=lambda _: None).locate("x", "")


def test_questions_wait_their_turn_across_threads(server: Server, tmp_path: Path) -> None:
    waited: list[float] = []
    sleep: Callable[[float], None] = waited.append
    geocoders = [NominatimGeocoder(server.url, tmp_path, sleep=sleep) for _ in range(4)]
    threads = [threading.Thread(target=one.locate, args=("Via Po", "")) for one in geocoders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(server.asked) == 4
    assert len(waited) == 3  # all but the first
    assert all(0 < seconds <= 1 for seconds in waited)


def test_a_failed_question_counts_as_a_turn(server: Server, tmp_path: Path) -> None:
    waited: list[float] = []
    geocoder = NominatimGeocoder(server.url, tmp_path, sleep=waited.append)
    server.status = 503
    for _ in range(2):
        with pytest.raises(GeocoderFailed):
            geocoder.locate("Via Po", "")
    assert len(waited) == 1


def test_a_spoilt_turn_file_does_not_stop_it(server: Server, tmp_path: Path) -> None:
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / ".geocoder.lock").write_text("yesterday")
    assert NominatimGeocoder(server.url, tmp_path).locate("Via Po", "") is not None
