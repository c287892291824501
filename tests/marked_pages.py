"""Reads a page or a letter rendered in the pseudo-locale and tells which words nobody translated."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

OPEN, CLOSE = "⟦", "⟧"
SAID = ("placeholder", "aria-label", "alt", "title", "data-copied")
UNSAID = {"script", "style", "svg"}
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr", "path", "rect", "circle"}
# The product's name, addresses, and what stands between words; Greek is the language of the tests' own data.
NO_WORDS = re.compile(
    r"Glocal|https?://\S+|\S+@\S+|\b[A-Z]{2}\b|\b\w+\.(?:csv|xlsx|geojson)\b|[\W\d_]|[\u0370-\u03ff\u1f00-\u1fff]"
)


def unmarked(text: str, depth: int = 0) -> tuple[str, int]:
    """Return what stands outside the marks, and how many of them are open at the end."""
    outside = []
    for character in text:
        if character == CLOSE:
            depth -= 1
        if depth == 0 and character not in {OPEN, CLOSE}:
            outside.append(character)
        if character == OPEN:
            depth += 1
    return "".join(outside), depth


class MarkedPage(HTMLParser):
    """Collects the words of a page that did not come through gettext."""

    def __init__(self, html: str, *, data: frozenset[str]) -> None:
        super().__init__()
        self.forgotten: list[str] = []
        self._data = data
        self._depth = 0
        self._open: list[tuple[str, bool]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge what its attributes say, and enter it."""
        said = dict(attrs)
        is_data = said.get("translate") == "no" or ("lang" in said and tag != "html")
        is_exempt = is_data or tag in UNSAID or self._is_exempt
        if not is_exempt:
            values = [said[name] for name in SAID if said.get(name)]
            if tag == "input" and said.get("type") in {"submit", "button"}:
                values.append(said.get("value"))
            for value in values:
                self._judge(unmarked(value or "")[0], f"<{tag}>")
        if tag not in VOID:
            self._open.append((tag, is_exempt))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter it and leave it."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave it, with whatever inside was never closed."""
        while self._open:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        """Judge a text; a mark opened in one may be closed in another."""
        if any(tag in UNSAID for tag, _ in self._open):
            return
        outside, self._depth = unmarked(data, self._depth)
        if not self._is_exempt:
            self._judge(outside, self._open[-1][0] if self._open else "")

    @property
    def _is_exempt(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _judge(self, text: str, where: str) -> None:
        self.forgotten += [f"{where}: {words}" for words in forgotten_in(text, data=self._data)]


def forgotten_in(text: str, *, data: frozenset[str]) -> Iterator[str]:
    """Yield a text outside the marks when it holds words that are neither data nor names."""
    words = " ".join(text.split())
    rest = words
    for known in sorted(data, key=len, reverse=True):
        rest = rest.replace(known, "")
    if NO_WORDS.sub("", rest):
        yield words
