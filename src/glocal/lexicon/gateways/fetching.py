"""Fetches a vocabulary from the web: https only, never from this network's inside, with limits."""

import http.client
import ipaddress
import re
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from glocal.lexicon.errors import UnreadableVocabulary

MAX_BYTES: Final = 200 * 1024**2
TIMEOUT_SECONDS: Final = 30.0  # of silence
DEADLINE_SECONDS: Final = 900.0  # of all
_CHUNK: Final = 1 << 18
_EMBEDDED_IPV4: Final = ipaddress.ip_network("64:ff9b::/96")
_NOT_IN_NAMES: Final = re.compile(r"[^\w.-]")
Opener = Callable[[urllib.request.Request], Any]  # gives a response that can be read and closed
Resolver = Callable[[str, int], list[str]]


def is_address(text: str) -> bool:
    """Say whether a text is meant as a web address rather than as a file."""
    return "://" in text


def fetch(url: str, folder: Path, *, open_url: Opener | None = None, max_bytes: int = MAX_BYTES) -> Path:
    """Fetch a file into a folder, under the name it has on the web.

    Raises:
        UnreadableVocabulary: the address is not a public https one, nothing answers, or it is too large.
    """
    require_https(url)
    target = folder / _name(url)
    request = urllib.request.Request(url, headers={"User-Agent": f"glocal/{version('glocal')}"})  # noqa: S310 -- checked above
    try:
        with (open_url or public_opener())(request) as response, target.open("wb") as file:
            _copy(response, file, max_bytes)
    except (OSError, http.client.HTTPException, ValueError) as reason:
        raise UnreadableVocabulary(
            _("%(url)s could not be fetched: %(reason)s.") % {"url": url, "reason": _why(reason)}
        ) from reason
    return target


def require_https(url: str) -> None:
    """Refuse an address that is not https with a host and nothing else before its path.

    Raises:
        UnreadableVocabulary: it is not.
    """
    try:
        parts = urlsplit(url)
        good = parts.scheme == "https" and parts.hostname and parts.username is None and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise UnreadableVocabulary(
            _("“%(url)s” is no address that begins with https://.") % {"url": url[:200]}
        )


def require_public(addresses: list[str], host: str) -> None:
    """Refuse a host any of whose addresses lies inside a network: it could be made to speak for this machine.

    Raises:
        UnreadableVocabulary: one does.
    """
    if not addresses or not all(map(_is_public, addresses)):
        raise UnreadableVocabulary(_("“%(host)s” is not on the public internet.") % {"host": host})


def public_opener(resolve: Resolver | None = None) -> Opener:
    """Return what opens public https addresses, following redirections to such ones alone.

    Every connection goes to an address that was looked at, so that a name cannot mean another one later.
    Proxies of the environment are not asked: behind them nobody could look.
    """
    director = urllib.request.OpenerDirector()
    for handler in (
        _PublicHandler(resolve or _addresses),
        _OnlyHttps(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        director.add_handler(handler)
    return lambda request: director.open(request, timeout=TIMEOUT_SECONDS)


class _OnlyHttps(urllib.request.HTTPRedirectHandler):
    max_redirections = 5

    def redirect_request(self, *arguments: Any) -> urllib.request.Request | None:
        require_https(arguments[-1])
        return super().redirect_request(*arguments)


class _PublicHandler(urllib.request.HTTPSHandler):
    def __init__(self, resolve: Resolver) -> None:
        super().__init__()
        self._resolve = resolve

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        def connection(host: str, **options: Any) -> _PublicConnection:
            return _PublicConnection(host, resolve=self._resolve, timeout=options["timeout"])

        return self.do_open(connection, req)


class _PublicConnection(http.client.HTTPSConnection):
    """A connection to the very address that was found to be public."""

    def __init__(self, host: str, *, resolve: Resolver, timeout: float) -> None:
        self._trust = ssl.create_default_context()
        super().__init__(host, timeout=timeout, context=self._trust)
        self._resolve = resolve

    def connect(self) -> None:
        addresses = self._resolve(self.host, self.port)
        require_public(addresses, self.host)
        plain = socket.create_connection((addresses[0], self.port), timeout=self.timeout)
        self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)


def _addresses(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(row[4][0]) for row in found]


def _is_public(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _EMBEDDED_IPV4:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            address = inner
    return address.is_global and not address.is_multicast


def _copy(response: Any, file: IO[bytes], max_bytes: int) -> None:
    until = time.monotonic() + DEADLINE_SECONDS
    written = 0
    while piece := response.read(_CHUNK):
        written += len(piece)
        if written > max_bytes:
            raise UnreadableVocabulary(
                _("There is more than %(most)s MB to fetch; that is too much.")
                % {"most": max_bytes // 1024**2}
            )
        if time.monotonic() > until:
            raise TimeoutError(_("it takes too long"))
        file.write(piece)


def _name(url: str) -> str:
    last = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    return _NOT_IN_NAMES.sub("_", last)[-120:].lstrip(".") or "vocabulary"


def _why(reason: Exception) -> str:
    if isinstance(reason, urllib.error.HTTPError):
        return _("the server answered %(status)s") % {"status": reason.code}
    inner = reason.reason if isinstance(reason, urllib.error.URLError) else reason
    if isinstance(inner, TimeoutError):
        return _("no answer in time")
    return str(getattr(inner, "strerror", "") or inner)[:160].rstrip(".")
