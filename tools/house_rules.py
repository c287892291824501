"""Rules of the house no linter knows: no inline script or style, no loose ends, no drawers.

Usage: python -m tools.house_rules [FOLDER]
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.shell import ROOT
from tools.stamps import files_in

TEMPLATE_RULES = (
    # a script element may name a file or carry data, never a program
    (r"<script(?![^>]*\bsrc=)(?![^>]*\btype=\"application/(?:ld\+)?json\")[^>]*>", "an inline script"),
    (r"<style\b", "an inline style sheet"),
    (r"<[a-z][^>]*\sstyle\s*=", "a style attribute"),
    (r"<[a-z][^>]*\son[a-z]+\s*=", "an event handler in an attribute"),
    (r"\b(?:href|src|action)\s*=\s*[\"']?\s*javascript:", "a javascript: address"),
    (r"\bhx-on[:-]", "a script in hx-on"),
    (r"\|\s*safe\b|{%\s*autoescape\s+off", "text that is not escaped"),
)
LOOSE_END = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
DRAWERS = {"utils", "util", "helpers", "helper", "misc", "common"}
TEXT = {".py", ".html", ".txt", ".md", ".toml", ".css", ".ts", ".mjs", ".po", ".sh", ".yml", ".yaml"}
FOLDERS = ("src", "tools", "tests", "docs", "frontend")


def flaws_of_template(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of all that a strict Content-Security-Policy blocks, or that escapes escaping."""
    bare = re.sub(r"{#.*?#}|{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}", _only_lines, text, flags=re.DOTALL)
    for pattern, name in TEMPLATE_RULES:
        for found in re.finditer(pattern, bare, flags=re.IGNORECASE | re.DOTALL):
            yield bare.count("\n", 0, found.start()) + 1, name


def _only_lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def flaws_of_text(text: str) -> Iterator[tuple[int, str]]:
    """Yield every line that says something is unfinished."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := LOOSE_END.search(line):
            yield number, f"a loose end ({found[0]})"


def flaws(root: Path) -> Iterator[str]:
    """Yield a line for everything the house does not want, as `path:line: what`."""
    for file in files_in(root / folder for folder in FOLDERS):
        name = file.relative_to(root)
        if file.suffix == ".py" and file.stem in DRAWERS:
            yield f"{name}:1: a drawer for anything; name the module after what it is about"
        if file.suffix not in TEXT or "dist" in name.parts:
            continue
        text = file.read_text(encoding="utf-8")
        for line, what in flaws_of_text(text):
            yield f"{name}:{line}: {what}"
        if "templates" in name.parts:
            for line, what in sorted(flaws_of_template(text)):
                yield f"{name}:{line}: {what}"


def main(arguments: list[str]) -> int:
    """Print all flaws; return 0 when there are none."""
    found = list(flaws(Path(arguments[0]) if arguments else ROOT))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
