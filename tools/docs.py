"""Writes docs/cli.md from the program itself, and checks every link between the documents.

Usage: python -m tools.docs [--check]
    --check    write nothing; fail when docs/cli.md is out of date
"""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from tools.shell import ROOT, say

CLI_PAGE = ROOT / "docs" / "cli.md"
INTRODUCTION = """# The command line

This page is written by `make docs` from the program's own help; do not edit it by hand.
"""
LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)|\b(?:src|href)=\"([^\"]+)\"")
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def cli_page(group: click.Command) -> str:
    """Return the page that shows the help of a command and of all commands below it."""
    parts = [INTRODUCTION]
    for depth, context in contexts(group, click.Context(group, info_name="glocal", terminal_width=100)):
        text = re.sub(r"[ \t]+$", "", context.get_help(), flags=re.MULTILINE)
        parts.append(f"{'#' * min(depth + 2, 6)} {context.command_path}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def contexts(
    command: click.Command, context: click.Context, depth: int = 0
) -> Iterator[tuple[int, click.Context]]:
    """Yield the command and everything below it, with its depth; hidden commands are left out."""
    yield depth, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None and not child.hidden:
                yield from contexts(child, click.Context(child, context, name, terminal_width=100), depth + 1)


def documents(root: Path) -> list[Path]:
    """Return all Markdown documents: those at the top and those below docs/."""
    return sorted([*root.glob("*.md"), *(root / "docs").rglob("*.md")])


def anchors(text: str) -> set[str]:
    """Return the anchors of a document's headings, as code hosts make them."""
    found: set[str] = set()
    for heading in HEADING.findall(FENCED.sub("", text)):
        plain = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower())
        anchor, number = plain.replace(" ", "-"), 1
        while anchor in found:
            anchor, number = f"{plain.replace(' ', '-')}-{number}", number + 1
        found.add(anchor)
    return found


def broken_links(document: Path, root: Path) -> Iterator[str]:
    """Yield a line for each link to a file or heading that is not there; the web is not asked."""
    text = FENCED.sub("", document.read_text(encoding="utf-8"))
    for found in LINK.finditer(text):
        target = found[1] or found[2]
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists():
            yield f"{document.relative_to(root)}: no such file: {target}"
        elif anchor and file.suffix == ".md" and anchor not in anchors(file.read_text(encoding="utf-8")):
            yield f"{document.relative_to(root)}: no such heading: {target}"


def main(arguments: list[str]) -> int:
    """Write or check the command line's page, then check all links; return the exit status."""
    os.environ.setdefault("GLOCAL_SECRET_KEY", "only to read help")  # or a home would be made for it
    from glocal.cli.main import cli

    page, is_check = cli_page(cli), arguments == ["--check"]
    is_current = CLI_PAGE.exists() and CLI_PAGE.read_text(encoding="utf-8") == page
    flaws = []
    if is_check and not is_current:
        flaws.append(f"{CLI_PAGE.relative_to(ROOT)} is out of date; run make docs")
    elif not is_current:
        CLI_PAGE.write_text(page, encoding="utf-8")
    flaws += [flaw for document in documents(ROOT) for flaw in broken_links(document, ROOT)]
    say("\n".join(flaws) or "documents are in order")
    return 1 if flaws else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
