"""Word lists in many languages, as text files: headings, kinds, countries, registers."""

from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@lru_cache(maxsize=8)
def sections(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the sections of a word list in their order: what stands in brackets, and the words under it."""
    found: list[tuple[str, list[str]]] = []  # lines may break inside a phrase
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            found.append((line.strip("[]"), []))
        elif line and not line.startswith("#"):
            found[-1][1].append(line)
    return tuple((head, tuple(part.strip() for part in " ".join(lines).split(","))) for head, lines in found)
