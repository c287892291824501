"""Finds the header of a table and names its columns."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from glocal.ingest import limits
from glocal.ingest.errors import UnreadableFile
from glocal.ingest.mapping import guess_field


def known_headings(cells: Sequence[str]) -> int:
    """Count the cells that read like the heading of a known field."""
    return sum(
        len(cell) <= limits.LONGEST_HEADING and guess_field(cell).field is not None
        for cell in cells[: limits.MAX_COLUMNS]
    )


def find_header(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the first row with two known headings, else the first as wide as most rows are."""
    if not rows:
        return []
    known = next((row for row in rows if known_headings(row) >= 2), None)
    if known is not None:
        return list(known)
    width = Counter(len(row) for row in rows).most_common(1)[0][0]
    return list(next((row for row in rows if len(row) >= max(1, width - 1)), rows[0]))


def unique_headings(cells: Sequence[str]) -> list[str]:
    """Name every column: nameless ones by their place, repeated ones by a number.

    Raises:
        UnreadableFile: there are more columns than any list of organisations has.
    """
    if len(cells) > limits.MAX_COLUMNS:
        message = _("The table has %(columns)s columns; more than %(most)s are not read.")
        raise UnreadableFile(message % {"columns": len(cells), "most": limits.MAX_COLUMNS})
    seen: Counter[str] = Counter()
    headings = []
    for at, cell in enumerate(cells, start=1):
        heading = cell[: limits.LONGEST_HEADING] or f"column {at}"
        seen[heading] += 1
        headings.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return headings
