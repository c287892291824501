"""Cleans web addresses."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

_HOST = re.compile(r"^(?:[\w](?:[\w-]{0,61}\w)?\.)+[^\W\d_](?:[\w-]{0,61}\w)?$|^\d{1,3}(?:\.\d{1,3}){3}$")
_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*):(?!\d)")
_ONE_SLASH = re.compile(r"^(https?)(?::/{0,3}|/{1,2}:/{0,2})(?=[^/:])", re.IGNORECASE)
_SEPARATOR = re.compile(r"[\s;,|]+(?=https?://|www\.|$)|[\s|]+")
_CLEAN = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?:/[A-Za-z0-9./_~%&=?#+-]*)?$"
)
LONGEST = 500


def clean_website(raw: str) -> str | None:
    """Return an address beginning with http:// or https://, "" for nothing, None for what is no web address.

    >>> clean_website("www.example.coop/about")
    'https://www.example.coop/about'
    >>> clean_website("javascript:alert(1)") is None
    True
    """
    return raw if _CLEAN.match(raw) and len(raw) <= LONGEST else _repaired(raw[: 2 * LONGEST])


@lru_cache(maxsize=4096)
def _repaired(raw: str) -> str | None:
    text = raw.strip().strip("<>\"'()").strip()
    if not text or text.casefold() in {"-", "n/a", "na", "none", "null", "no", "http://", "https://", "nan"}:
        return ""
    text = _SEPARATOR.split(text, maxsplit=1)[0].rstrip(";,|")
    text = _ONE_SLASH.sub(lambda m: m.group(1).lower() + "://", text)
    scheme = _SCHEME.match(text)
    if scheme is None:
        text = "https://" + text.lstrip("/")
    elif scheme.group(1).lower() not in {"http", "https"}:
        return None
    return _checked(text)


def _checked(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return None
    if len(text) > LONGEST or not text.isprintable() or "@" in parts.netloc or not _HOST.match(host):
        return None
    place = host.lower() + (f":{port}" if port else "")
    return parts._replace(netloc=place).geturl()
