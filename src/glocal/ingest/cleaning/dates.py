"""Reads days, months and years in many shapes as partial ISO dates."""

import re
from datetime import date
from functools import lru_cache

from glocal.core.language import fold
from glocal.ingest.words import sections

EARLIEST_YEAR = 1000
LATEST_YEAR = 2100

_ISO = re.compile(r"^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ].*)?$")
_YEAR = re.compile(r"^(\d{4})(?:\.0+)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_YEAR_FIRST = re.compile(r"^(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?$")
_DAY_MONTH_YEAR = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})(?:[ T].*)?$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{4})$")
_ANY_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_MONTHS: dict[str, int] = {start: int(number) for number, starts in sections("months") for start in starts}


@lru_cache(maxsize=4096)
def clean_date(raw: str, *, month_first: bool = False) -> str | None:
    """Return "2009", "2009-05" or "2009-05-12"; "" for nothing, None for what is no date.

    Args:
        raw: the date as the file has it.
        month_first: read 3/4/2009 as March 4th; impossible orders are turned round in either case.

    >>> clean_date("11/8/1863"), clean_date("5 maggio 2009"), clean_date("c. 1998")
    ('1863-08-11', '2009-05-05', '1998')
    """
    text = raw.strip()
    if not text or text.casefold() in {"-", "n/a", "na", "none", "null", "nan", "unknown", "?", "nat"}:
        return ""
    if found := _ISO.match(text) or _YEAR_FIRST.match(text) or _COMPACT.match(text):
        year, month, day = (int(part) if part else None for part in found.groups())
        return _partial(year or 0, month, day)
    if found := _YEAR.match(text):
        return _partial(int(found.group(1)), None, None)
    if found := _DAY_MONTH_YEAR.match(text):
        first, second, year = (int(part) for part in found.groups())
        return _ordered(first, second, year, month_first=month_first)
    if found := _MONTH_YEAR.match(text):
        return _partial(int(found.group(2)), int(found.group(1)), None)
    return _in_words(text)


def _ordered(first: int, second: int, year: int, *, month_first: bool) -> str | None:
    day, month = (second, first) if month_first else (first, second)
    if month > 12 and day <= 12:
        day, month = month, day
    return _partial(year, month, day)


def _partial(year: int, month: int | None, day: int | None) -> str | None:
    """Keep as much of a date as exists; an impossible day leaves the month, an impossible month the year."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    if not month or not 1 <= month <= 12:
        return f"{year:04}"
    if not day:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return f"{year:04}-{month:02}"


def _in_words(text: str) -> str | None:
    years = _ANY_YEAR.findall(text)
    if not years:
        return None
    month = next((m for m in map(_month_of, _WORD.findall(text)) if m), None)
    if month is None or len(set(years)) > 1:
        return _partial(int(years[0]), None, None)
    days = _NUMBER.findall(text)
    return _partial(int(years[0]), month, int(days[0]) if len(days) == 1 else None)


@lru_cache(maxsize=512)
def _month_of(word: str) -> int | None:
    folded = fold(word)
    return next(
        (_MONTHS[folded[:n]] for n in (6, 5, 4, 3) if len(folded) >= n and folded[:n] in _MONTHS), None
    )
