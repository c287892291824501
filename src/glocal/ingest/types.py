"""What the readers hand over: proposals, rows, problems, columns, and the shape of a reader."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

FIELDS: tuple[str, ...] = (
    "record_id", "name", "other_name", "kind", "world", "description", "topics", "website",
    "street", "house_number", "postcode", "town", "region", "country", "lat", "lon", "point", "sites",
    "founded_on", "closed_on", "status", "size_class", "legal_form", "identifier", "registrar",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one row: where, what it says, why it cannot be, and perhaps what was meant."""

    row: int  # 1-based number of the data row or element
    field: str
    value: str  # shortened to 80 characters
    reason: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class SiteProposal:
    """One place a foreign row names, with or without a point."""

    lat: float | None = None
    lon: float | None = None
    precision: str = ""  # exact, street, postcode, town, region; "" without a point
    street: str = ""
    postcode: str = ""
    town: str = ""
    region: str = ""
    country: str = ""  # ISO 3166-1 alpha-2 or ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a foreign row says, cleaned, as typed values; the directory decides what becomes of it."""

    row: int
    record_id: str  # the source's own id, or "fp:" and a fingerprint of name, place and country
    name: str
    other_names: tuple[tuple[str, str], ...] = ()  # (language or "", name)
    kind: str = "other"
    worlds: tuple[str, ...] = ()  # empty: the default of the kind
    descriptions: tuple[tuple[str, str], ...] = ()  # (language or "", text)
    topics: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()  # (org-id scheme like GB-COH, or free; value)
    website: str = ""
    founded_on: str = ""  # partial ISO date: "2009", "2009-05", "2009-05-12", or ""
    closed_on: str = ""
    size_class: str = ""
    legal_form: str = ""
    sites: tuple[SiteProposal, ...] = ()
    country: str = ""  # ISO 3166-1 alpha-2 or ""


@dataclass(frozen=True, slots=True)
class Row:
    """One element of a file: a proposal with warnings, or the problems it was rejected for."""

    number: int
    proposal: Proposal | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file, the field it was taken for (None: none) and three of its values."""

    name: str
    field: str | None
    samples: tuple[str, ...] = ()
    confidence: float = 0.0  # 0..1
    ignored_because: str = ""  # why it is never imported (personal contacts); "" otherwise


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the person importing knows better than the file.

    Args of note: `mapping` goes from field to column and overrides the guesses; an empty column
    unmaps the field. `country` (alpha-2) and `language` (BCP 47) hold where a row says nothing.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    language: str = ""


class OpenedFile(Protocol):
    """A file that was looked at and can be read from its beginning as often as one likes."""

    path: Path
    size_bytes: int
    packing: str  # gz, bz2, xz or ""
    encoding: str
    is_zip: bool  # an office document, perhaps a workbook
    head: bytes  # its first bytes, unpacked
    head_text: str

    @property
    def consumed_bytes(self) -> int:
        """How many bytes of the file on disk the latest stream has read, for a progress bar."""
        ...

    def binary(self) -> IO[bytes]:
        """Return a fresh stream of unpacked bytes."""
        ...

    def text(self) -> IO[str]:
        """Return a fresh stream of characters."""
        ...


class Reader(Protocol):
    """One kind of file: recognised by content, read as a stream."""

    name: str

    def recognises(self, opened: OpenedFile) -> float:
        """Return how sure the reader is, 0..1, that this file is of its kind. Looks at the head only."""
        ...

    def columns(self, opened: OpenedFile) -> list[Column]:
        """Return the columns with guessed fields and samples.

        Raises:
            Invalid: the file has no readable columns.
        """
        ...

    def rows(self, opened: OpenedFile, options: ReadOptions) -> Iterator[Row]:
        """Yield every element of the file as a row, in constant memory.

        Raises:
            Invalid: the file breaks off or cannot be read on; rows before that were good.
        """
        ...
