"""Where an import stands, and what is told of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from glocal.directory.types import OrganisationId

BatchId = NewType("BatchId", int)


class BatchState(StrEnum):
    """The life of an import."""

    UPLOADED = "uploaded"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What is known of a file beside its content."""

    source: str = ""  # empty: the file's name
    licence: str = ""
    country: str = ""
    reader: str = ""  # empty: recognised by content
    mapping: tuple[tuple[str, str], ...] = ()  # (field, column)
    is_dry_run: bool = False
    is_demo: bool = False


@dataclass(slots=True)
class Tally:
    """What became of the rows of a file. read = created + updated + unchanged + rejected."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    possible_duplicates: int = 0
    located: int = 0
    unlocated: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Brought:
    """An organisation an import created (is_new) or changed."""

    organisation_id: OrganisationId
    name: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class BatchReport:
    """An import as its page and the command line show it."""

    id: BatchId | None  # None: a dry run, of which nothing is kept
    file_name: str
    reader: str
    source: str
    licence: str
    country: str
    state: BatchState
    error: str
    tally: Tally
    seconds: float
    progress: float
    started_by_id: int | None
    started_at: str

    @property
    def is_finished(self) -> bool:
        """Say whether nothing more will happen by itself."""
        return self.state not in {BatchState.QUEUED, BatchState.RUNNING}

    @property
    def may_be_undone(self) -> bool:
        """Say whether there is something to take back."""
        return self.state in {BatchState.DONE, BatchState.INTERRUPTED, BatchState.FAILED}
