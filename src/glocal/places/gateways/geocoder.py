"""Asks an online geocoder where an address lies: off by default, one question a second, answers kept."""

import fcntl
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from math import isfinite
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _

from glocal.core.clock import now
from glocal.core.geo import GeoPoint
from glocal.core.language import fold
from glocal.places.errors import GeocoderFailed, GeocoderOff
from glocal.places.models import GeocodeAnswer
from glocal.places.types import Located

SECONDS_BETWEEN_QUESTIONS: Final = 1.0
TIMEOUT_SECONDS: Final = 10.0
MAX_ANSWER_BYTES: Final = 1_000_000
MAX_QUESTION_LENGTH: Final = 300

_HOUSE_RANK, _STREET_RANK, _TOWN_RANK = (
    28,
    26,
    13,
)  # of Nominatim's place_rank, from the world (0) to a house (30)


class Geocoder(Protocol):
    """Whoever can say where an address lies."""

    def locate(self, text: str, country: str) -> Located | None:
        """Return where an address lies, or None when nobody knows; country is ISO 3166-1 alpha-2 or empty."""
        ...


class NoGeocoder:
    """The closed door: every question is refused with one clear sentence."""

    def locate(self, text: str, country: str) -> Located | None:  # noqa: ARG002 -- the interface's
        """Refuse.

        Raises:
            GeocoderOff: always.
        """
        raise GeocoderOff(_("No online geocoder is configured; set GLOCAL_GEOCODER_URL to use one."))


class NominatimGeocoder:
    """A server that speaks Nominatim's search; never asked more than once a second from this home."""

    def __init__(self, url: str, home: Path, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._url = url
        self._home = home
        self._sleep = sleep

    def locate(self, text: str, country: str) -> Located | None:
        """Ask the server, after waiting for this home's turn.

        Raises:
            GeocoderFailed: it did not answer in time, or not sensibly.
        """
        question = {"q": text, "format": "jsonv2", "limit": "1"} | (
            {"countrycodes": country.lower()} if country else {}
        )
        with self._turn():
            answers = self._ask(f"{self._url}?{urlencode(question)}")
        try:
            return _located(answers[0]) if answers else None
        except (KeyError, TypeError, ValueError) as reason:
            raise GeocoderFailed(_("The online geocoder gave an answer that is no point.")) from reason

    def _ask(self, url: str) -> list[Any]:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise GeocoderFailed(_("The address of the online geocoder must begin with http:// or https://."))
        request = urllib.request.Request(url, headers={"User-Agent": f"glocal/{version('glocal')}"})  # noqa: S310 -- checked above
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310 -- checked above
                answers = json.loads(response.read(MAX_ANSWER_BYTES))
        except (OSError, http.client.HTTPException, ValueError) as reason:
            raise GeocoderFailed(
                _("The online geocoder did not answer: %(reason)s.") % {"reason": _why(reason)}
            ) from reason
        if not isinstance(answers, list):
            raise GeocoderFailed(_("The online geocoder did not answer with a list of places."))
        return answers

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold this home's turn; whoever waits for it, in any thread or process, comes a second later."""
        self._home.joinpath("places").mkdir(parents=True, exist_ok=True)
        with (self._home / "places" / ".geocoder.lock").open("a+", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            lock.seek(0)
            since_last = time.monotonic() - _instant(lock.read())
            if 0 <= since_last < SECONDS_BETWEEN_QUESTIONS:
                self._sleep(SECONDS_BETWEEN_QUESTIONS - since_last)
            try:
                yield
            finally:
                lock.truncate(0)
                lock.write(repr(time.monotonic()))
                lock.flush()


class CachedGeocoder:
    """Remembers every answer, also that there was none, so that nothing is asked twice."""

    def __init__(self, geocoder: Geocoder) -> None:
        self._geocoder = geocoder

    def locate(self, text: str, country: str) -> Located | None:
        """Answer from the table, else ask and remember.

        Raises:
            GeocoderFailed: the geocoder behind did not answer; nothing is remembered.
        """
        text = " ".join(text.replace("\0", "").split())[:MAX_QUESTION_LENGTH]
        if not text:
            return None
        question = f"{country}:{fold(text)}"[:400]
        known = GeocodeAnswer.objects.filter(question=question).first()
        if known is None:
            located = self._geocoder.locate(text, country)
            point = located.point if located else None
            known, _created = GeocodeAnswer.objects.get_or_create(
                question=question,
                defaults={
                    "lat": point.lat if point else None,
                    "lon": point.lon if point else None,
                    "precision": located.precision if located else "",
                    "answered_at": now(),
                },
            )
        if known.lat is None or known.lon is None:
            return None
        return Located(GeoPoint(known.lat, known.lon), known.precision, "online geocoder")


def _instant(text: str) -> float:
    """Read when the last question was asked; a file that says nothing sensible says long ago."""
    try:
        return float(text)
    except ValueError:
        return float("-inf")


def _located(answer: dict[str, Any]) -> Located:
    lat, lon = float(answer["lat"]), float(answer["lon"])
    if not (isfinite(lat) and isfinite(lon)):
        raise ValueError(f"{lat}, {lon} is no point")
    return Located(GeoPoint(lat, lon), _precision(answer), "online geocoder")


def _precision(answer: dict[str, Any]) -> str:
    if "postcode" in {answer.get("addresstype"), answer.get("type")}:
        return "postcode"
    rank = int(answer.get("place_rank", 0))
    ranked = [(_HOUSE_RANK, "exact"), (_STREET_RANK, "street"), (_TOWN_RANK, "town")]
    return next((precision for least, precision in ranked if rank >= least), "region")


def _why(reason: Exception) -> str:
    if isinstance(reason, urllib.error.HTTPError):
        return f"HTTP {reason.code}"
    if isinstance(reason, TimeoutError) or isinstance(getattr(reason, "reason", None), TimeoutError):
        return _("no answer within %(seconds)d seconds") % {"seconds": TIMEOUT_SECONDS}
    if isinstance(reason, ValueError):
        return _("not JSON")
    return str(getattr(reason, "reason", reason)) or type(reason).__name__
