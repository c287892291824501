"""Splits what a file says about topics into single ones."""

import re
from functools import lru_cache
from typing import Any

from glocal.ingest import limits
from glocal.ingest.cleaning.text import clean_line
from glocal.ingest.readers.records import as_text

_HARD = re.compile(r"[;|\n]+")
_COMMA = re.compile(r"\s*,\s*")
_NOTHING = frozenset({"", "-", "none", "null", "nan", "n/a", "true", "false", "yes", "no"})
LONGEST_TAG_WORDS = 4  # a part with more words is a sentence, so its commas are not separators; chosen


def split_topics(raw: Any, *, by_comma: bool) -> tuple[str, ...]:
    """Return the topics in a value, in their order.

    >>> split_topics("Food;Buying local", by_comma=False), split_topics("community_garden", by_comma=False)
    (('Food', 'Buying local'), ('community garden',))
    """
    if isinstance(raw, list):
        return tuple(topic for item in raw for topic in _split(as_text(item)[:2000], by_comma=False))
    return _split(as_text(raw)[:8000], by_comma=by_comma)


@lru_cache(maxsize=2048)
def _split(text: str, *, by_comma: bool) -> tuple[str, ...]:
    parts = _HARD.split(text.strip("[]{}"))
    if by_comma and len(parts) == 1 and "," in text:
        pieces = _COMMA.split(parts[0])
        if all(len(piece.split()) <= LONGEST_TAG_WORDS for piece in pieces):
            parts = pieces
    cleaned = (clean_line(part.strip(" '\"#").replace("_", " "), limits.MAX_TOPIC).text for part in parts)
    return tuple(topic for topic in cleaned if topic.casefold() not in _NOTHING and "://" not in topic)
