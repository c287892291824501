"""Takes labels apart that name two genders at once: "técnico/técnica de sonido"."""

import re
from typing import Final

from glocal.core.language import fold

_SLASH: Final = re.compile(
    r"(?<!-)\s*/\s*(?!-)"
)  # "import-/export" and "B&B-vert/-vertinne" are one word each
_ENDING_LETTERS: Final = 2  # "direktor/direktorica/n": the last is an ending that goes with what is not said


def both_forms(label: str) -> tuple[str, ...]:
    """Return the labels a label with a slash stands for, the first as preferred; itself where unclear.

    What both share is said once or twice; it belongs to both.

    >>> both_forms("técnico/técnica de sonido")
    ('técnico de sonido', 'técnica de sonido')
    >>> both_forms("import/export manager")
    ('import/export manager',)
    """
    parts = [part for part in _SLASH.split(label.strip()) if part]
    if len(parts) > 2:
        parts = _halves([part for part in parts if len(part) > _ENDING_LETTERS])
    if len(parts) != 2:
        return tuple(parts) if len(parts) == 1 else (label.strip(),)
    if len(parts[1]) <= _ENDING_LETTERS:
        return (parts[0],)
    return _both(parts[0].split(), parts[1].split()) or (label.strip(),)


def _halves(parts: list[str]) -> list[str]:
    """Put four parts together to two: "operatore import/export/operatrice import/export"."""
    half = len(parts) // 2
    return ["/".join(parts[:half]), "/".join(parts[half:])] if len(parts) % 2 == 0 and half > 1 else parts


def _both(first: list[str], second: list[str]) -> tuple[str, ...]:
    starts, ends = _are_alike(first[0], second[0]), _are_alike(first[-1], second[-1])
    if not starts and not ends and len(first) > 1 and _are_alike(first[-1], second[0]):
        return " ".join([*first, *second[1:]]), " ".join([*first[:-1], *second])
    if len(first) == len(second):
        return " ".join(first), " ".join(second)
    shorter = min(len(first), len(second))
    if all(_are_alike(one, other) for one, other in zip(first, second, strict=False)):
        return " ".join([*first, *second[shorter:]]), " ".join([*second, *first[shorter:]])
    return (" ".join(first), " ".join(second)) if starts and ends and shorter > 1 else ()


def _are_alike(one: str, other: str) -> bool:
    """Say whether two words may be the two genders of one: the first half of the shorter is the same."""
    one, other = fold(one), fold(other)
    length = max(3, (min(len(one), len(other)) + 1) // 2)
    return one[:length] == other[:length]
