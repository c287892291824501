"""Reads plain JSON: arrays of objects, objects around an array, one object per line."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from glocal.ingest.readers.base import RecordReader
from glocal.ingest.readers.json_stream import elements as json_elements
from glocal.ingest.readers.json_stream import json_lines
from glocal.ingest.readers.records import Element, flatten
from glocal.ingest.types import OpenedFile

_LINES = re.compile(r"^[\s\x1e\ufeff]*\{.*\}[ \t]*\r?\n[\s\x1e]*\{")
_SCRIPT = re.compile(r"^[\s\ufeff]*(?:export|const|let|var|window|module)\b[^\n]{0,200}?=?\s*[\[{]")


def looks_like_json(opened: OpenedFile) -> bool:
    """Say whether a file begins like JSON, or like a script around JSON."""
    return opened.head_text.lstrip("\ufeff\x1e \t\r\n")[:1] in {"{", "["} or bool(
        _SCRIPT.match(opened.head_text)
    )


def object_element(number: int, value: Any) -> Element:
    """Return one JSON object as an element; anything else is none."""
    if isinstance(value, dict):
        return Element(number, flatten(value))
    return Element(
        number, None, _("This element is not an object with named fields."), json.dumps(value)[:80]
    )


class JsonReader(RecordReader):
    """Objects with any field names; nested ones flattened, lists of places as sites."""

    name = "json"

    def recognises(self, opened: OpenedFile) -> float:
        """Take whatever begins like JSON and nobody knows better."""
        return 0.4 if looks_like_json(opened) and not opened.is_zip else 0.0

    def elements(self, opened: OpenedFile) -> Iterator[Element]:
        """Yield every object of every outer array."""
        with opened.text() as stream:
            for number, found in enumerate(json_elements(stream), start=1):
                yield self.element(number, found.value)

    def element(self, number: int, value: Any) -> Element:
        """Return one value as an element; formats of known shape say more here."""
        return object_element(number, value)


class JsonLinesReader(RecordReader):
    """One object per line; a broken line costs only itself."""

    name = "jsonl"

    def recognises(self, opened: OpenedFile) -> float:
        """Look for two lines that are objects each."""
        return 0.5 if not opened.is_zip and _LINES.match(opened.head_text) else 0.0

    def elements(self, opened: OpenedFile) -> Iterator[Element]:
        """Yield every line that is not blank."""
        number = 0
        with opened.text() as stream:
            for found in json_lines(stream):
                number += 1
                yield Element(number, None, found.flaw) if found.flaw else object_element(number, found.value)
