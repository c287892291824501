"""Streams the elements of JSON of any outer shape: array, object around an array, lines, sequences."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from django.utils.translation import gettext as _

from glocal.ingest import limits
from glocal.ingest.errors import UnreadableFile

CHUNK_CHARACTERS = 1 << 18
_BLANK = re.compile(r"[\s\x1e\ufeff]*")
_ASSIGNMENT = re.compile(
    r"[\s\ufeff]*(?:export\s+default\b|(?:export\s+)?(?:const|let|var)\s+[\w$]+\s*=|(?:window|module)\.[\w$.]+\s*=)\s*"
)
_SCRIPT_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])')
_decoder = json.JSONDecoder(parse_constant=lambda _name: None)  # NaN and Infinity are no values


@dataclass(slots=True)
class Element:
    """One element of an outer array, with the key the array stood under ("" for none)."""

    value: Any
    key: str = ""
    line: int = 0
    flaw: str = ""  # why there is no value


@dataclass(slots=True)
class Envelope:
    """What stood around the elements: the plain members of the outer object met so far."""

    members: dict[str, Any] = field(default_factory=dict)


class _Text:
    """A sliding window over a stream of characters."""

    def __init__(self, stream: io.TextIOBase) -> None:
        self.stream = stream
        self.text = ""
        self.at = 0
        self.passed = 0  # characters dropped from the window
        self.is_done = False

    def more(self) -> bool:
        """Drop what was read and load as much again; say whether anything came."""
        self.passed += self.at
        rest = self.text[self.at :]
        if len(rest) > limits.MAX_ELEMENT_CHARACTERS:
            raise UnreadableFile(_("One element of this file is too long to be an organisation."))
        piece = self.stream.read(max(CHUNK_CHARACTERS, len(rest)))
        self.is_done = not piece
        self.text, self.at = rest + piece, 0
        return not self.is_done

    def peek(self) -> str:
        """Return the next character that is not blank, "" at the end."""
        while True:
            self.at = _skip(self.text, self.at)
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def take(self, expected: str) -> None:
        """Step over one expected character."""
        if self.peek() != expected:
            raise self.broken()
        self.at += 1

    def value(self) -> Any:
        """Decode the next value, loading more while it is incomplete."""
        self.peek()
        while True:
            try:
                value, end = _decoder.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                is_cut = error.pos >= len(self.text) - 16 or error.msg.startswith(
                    ("Unterminated", "Invalid \\u")
                )
                if is_cut and self.more():
                    continue
                raise self.broken(error.pos) from error
            except (RecursionError, ValueError) as error:
                raise UnreadableFile(
                    _("The file nests too deeply or holds numbers too long to be read.")
                ) from error
            if end == len(self.text) and not self.is_done and self.more():
                continue  # a number might go on
            self.at = end
            return value

    def broken(self, at: int | None = None) -> UnreadableFile:
        """Return the sentence for a file that stops being JSON here."""
        place = self.passed + (self.at if at is None else at) + 1
        if (at or self.at) >= len(self.text):
            return UnreadableFile(_("The JSON ends too early, at character %(place)s.") % {"place": place})
        return UnreadableFile(_("The JSON is broken at character %(place)s.") % {"place": place})


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def elements(stream: IO[str], envelope: Envelope | None = None) -> Iterator[Element]:
    """Yield the elements of every outer array; a lone object, or objects in a row, are elements too.

    Raises:
        UnreadableFile: the JSON is broken, or one element is too long or too deep.
    """
    window = _Text(_plain_json(stream))
    envelope = envelope if envelope is not None else Envelope()
    is_first = True
    while (ahead := window.peek()) != "":
        if ahead == "[" and is_first:
            yield from _array(window, "")
        elif ahead == "{" and is_first:
            yield from _outer_object(window, envelope)
        elif ahead in ",;" and not is_first:
            window.at += 1
        else:
            yield Element(window.value())
        is_first = False


def _array(window: _Text, key: str) -> Iterator[Element]:
    window.take("[")
    if window.peek() == "]":
        window.at += 1
        return
    while True:
        yield Element(window.value(), key)
        if window.peek() == "]":
            window.at += 1
            return
        window.take(",")


def _outer_object(window: _Text, envelope: Envelope) -> Iterator[Element]:
    """Walk the outer object; when no member was an array of objects, the object itself is the one element."""
    window.take("{")
    found = False
    arrays: dict[str, list[Any]] = {}
    while window.peek() != "}":
        key = window.value()
        if not isinstance(key, str):
            raise window.broken()
        window.take(":")
        if window.peek() == "[" and _holds_objects(window):
            if _is_inner(envelope.members):
                arrays[key] = window.value()
            else:
                found = True
                yield from _array(window, key)
        else:
            envelope.members[key] = window.value()
        if window.peek() != "}":
            window.take(",")
    window.at += 1
    if not found:
        yield Element({**envelope.members, **arrays})


def _is_inner(members: dict[str, Any]) -> bool:
    """Say whether the members so far are those of one element (a feature, a profile), not of an envelope."""
    return (
        members.get("type") == "Feature"
        or "linked_schemas" in members
        or ("name" in members and "id" in members)
    )


def _holds_objects(window: _Text) -> bool:
    while (at := _skip(window.text, window.at + 1)) >= len(window.text):
        if not window.more():
            return False
    return window.text[at] in "{]"


def _plain_json(stream: IO[str]) -> io.TextIOBase:
    """Take the script around data away (`const places = {...};` with commas too many), when there is one."""
    start = stream.read(400)
    match = _ASSIGNMENT.match(start)
    if match is None:
        return _Chained(start, stream)
    body = start[match.end() :] + stream.read(limits.MAX_SCRIPT_CHARACTERS)
    if stream.read(1):
        raise UnreadableFile(_("This script is too long; save its data as JSON."))
    return io.StringIO(_SCRIPT_COMMA.sub(lambda found: found.group(1) or "", body).rstrip().rstrip(";"))


class _Chained(io.TextIOBase):
    """A stream with a piece put back in front of it."""

    def __init__(self, start: str, stream: IO[str]) -> None:
        super().__init__()
        self._start = start
        self._stream = stream

    def read(self, size: int | None = -1, /) -> str:
        start, self._start = self._start, ""
        return start or self._stream.read(-1 if size is None else size)


def json_lines(stream: IO[str]) -> Iterator[Element]:
    """Yield one element per line; a broken line is an element with a flaw, and the next is read on."""
    number = 0
    while line := stream.readline(limits.MAX_ELEMENT_CHARACTERS):
        number += 1
        text = line.strip("\x1e\ufeff \t\r\n")
        if len(line) == limits.MAX_ELEMENT_CHARACTERS:
            raise UnreadableFile(_("Line %(line)s is too long to be an organisation.") % {"line": number})
        if not text:
            continue
        try:
            yield Element(_decoder.decode(text), line=number)
        except (ValueError, RecursionError):
            yield Element(None, line=number, flaw=_("This line is not valid JSON."))
