"""Why a foreign file cannot be read."""

from glocal.core.errors import Conflict, Invalid, NotFound


class UnreadableFile(Invalid):
    """The file is empty, broken, dangerous or of no kind that is known here."""

    code = "ingest.unreadable"


class UnknownReader(Invalid):
    """No reader knows this content, or none has this name."""

    code = "ingest.unknown_reader"


class ImpossibleMapping(Invalid):
    """A field or column was named that does not exist, or one that is needed is missing."""

    code = "ingest.mapping"


class FileBrokeOff(UnreadableFile):
    """The file could be read only so far; the rows before that are in."""

    code = "ingest.broke_off"


class BatchNotFound(NotFound):
    """No such import."""

    code = "ingest.batch_not_found"


class NothingToUndo(Conflict):
    """The import was undone already, never ran, or still runs."""

    code = "ingest.nothing_to_undo"


class EditedSinceImport(Conflict):
    """Somebody changed what the import brought; undoing it would lose their work."""

    code = "ingest.edited_since"


class NotWaitingForColumns(Conflict):
    """The upload was started, or thrown away, already."""

    code = "ingest.not_waiting"
