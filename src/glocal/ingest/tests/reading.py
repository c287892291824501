"""Short words for the tests of readers: write a file, read it whole."""

from pathlib import Path

from glocal.ingest.readers import choose_reader, open_file
from glocal.ingest.types import Column, Proposal, ReadOptions, Row


def write(folder: Path, content: str | bytes, name: str = "file") -> Path:
    """Write a file whose name says nothing."""
    path = folder / name
    path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    return path


def read_rows(path: Path, **options: object) -> list[Row]:
    """Read every row of a file."""
    opened = open_file(path)
    return list(choose_reader(opened).rows(opened, ReadOptions(**options)))  # type: ignore[arg-type]  # tests pass the three fields by name


def read_proposals(path: Path, **options: object) -> list[Proposal]:
    """Read the proposals of a file."""
    return [row.proposal for row in read_rows(path, **options) if row.proposal is not None]


def columns_of(path: Path) -> dict[str, Column]:
    """Return the columns of a file by name."""
    opened = open_file(path)
    return {column.name: column for column in choose_reader(opened).columns(opened)}


def reader_of(path: Path) -> str:
    """Return the name of the reader that recognises a file."""
    return choose_reader(open_file(path)).name
