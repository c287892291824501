"""Collects what is to be said about the current row."""

from django.utils.translation import gettext as _

from glocal.ingest import limits
from glocal.ingest.types import Problem

MOST_PER_ROW = 20


class Remarks:
    """The problems of one row after the other."""

    def __init__(self) -> None:
        self._row = 0
        self._found: list[Problem] = []

    def start(self, row: int) -> None:
        """Begin with the next row."""
        self._row = row
        if self._found:
            self._found = []

    def add(self, field: str, value: str, reason: str, suggestion: str = "") -> None:
        """Note one problem; a row with very many keeps the first ones."""
        if len(self._found) < MOST_PER_ROW:
            self._found.append(Problem(self._row, field, shortened(value), reason, suggestion))

    def deed(self, field: str, value: str, deed: str, longest: int) -> None:
        """Note what cleaning had to do to a text."""
        self.add(field, value, _sentence(deed, longest))

    def taken(self) -> tuple[Problem, ...]:
        """Return the problems of the row."""
        return tuple(self._found) if self._found else ()


def shortened(value: str) -> str:
    """Return a value as it may be quoted in a report: one line, printable, at most 80 characters."""
    shown = "".join(ch if ch.isprintable() else " " for ch in value[: limits.SHOWN_VALUE * 2])
    shown = " ".join(shown.split())
    return shown if len(shown) <= limits.SHOWN_VALUE else shown[: limits.SHOWN_VALUE - 1] + "…"


def _sentence(deed: str, longest: int) -> str:
    sentences = {
        "control": _("Invisible control characters were taken out."),
        "steering": _("Signs that turn the reading direction were taken out."),
        "unreadable": _("Some letters could not be read; the file's encoding may be wrong here."),
        "markup": _("HTML was taken out."),
        "mail": _("A personal e-mail address was hidden."),
        "cut": _("It is longer than %(longest)s characters; the rest was cut off.") % {"longest": longest},
    }
    return sentences[deed]
