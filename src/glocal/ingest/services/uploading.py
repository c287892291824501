"""A file that comes through the page: kept, looked at, run in the background, thrown away."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from glocal.core.actor import SYSTEM, Actor
from glocal.core.clock import now
from glocal.core.errors import DomainError, Invalid
from glocal.ingest import rules
from glocal.ingest.errors import BatchNotFound, FileBrokeOff, NotWaitingForColumns
from glocal.ingest.models import Batch
from glocal.ingest.queries import report_of
from glocal.ingest.readers import choose_reader, open_file
from glocal.ingest.services.running import import_file
from glocal.ingest.states import BatchId, BatchReport, BatchState, ImportOptions
from glocal.ingest.types import Column, ReadOptions, Row

PREVIEW = 8
BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Look:
    """What an upload looks like before it is run."""

    report: BatchReport
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def keep_upload(
    *, actor: Actor, name: str, content: BinaryIO, source: str, licence: str, country: str
) -> BatchId:
    """Keep an uploaded file until somebody has looked at its columns.

    Raises:
        NotAllowed: they may not import.
        Invalid: it is too large, or cannot be read; nothing is kept.
    """
    rules.require_may_import(actor)
    with transaction.atomic():
        batch = Batch.objects.create(
            file_name=Path(name).name[:300],
            source=source[:120] or Path(name).name.split(".")[0][:120],
            licence=licence[:120],
            country=country.upper()[:2],
            state=BatchState.UPLOADED,
            started_by_id=actor.user_id,
            touched_at=now(),
        )
        file = _uploads() / f"{batch.pk}"
        try:
            _copy(content, file)
            batch.reader = choose_reader(open_file(file)).name
        except DomainError:
            file.unlink(missing_ok=True)
            raise
        batch.stored_as = file.name
        batch.save()
    return BatchId(batch.pk)


def _uploads() -> Path:
    folder = Path(settings.GLOCAL_HOME) / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _copy(content: BinaryIO, file: Path) -> None:
    limit, written = settings.GLOCAL_MAX_UPLOAD_BYTES, 0
    with file.open("wb") as out:
        while block := content.read(BLOCK):
            written += len(block)
            if written > limit:
                raise Invalid(_("The file is larger than %(limit)d MB.") % {"limit": limit // (1024 * 1024)})
            out.write(block)


def look_at_upload(*, actor: Actor, batch_id: BatchId, mapping: dict[str, str] | None = None) -> Look:
    """Return the columns of a waiting upload with what they were taken for, and its first rows read so.

    Raises:
        NotAllowed: they may not import.
        NotWaitingForColumns: it was started or thrown away already.
        Invalid: it cannot be read with this mapping.
    """
    rules.require_may_import(actor)
    batch = _waiting(batch_id)
    opened = open_file(_uploads() / batch.stored_as)
    reader = choose_reader(opened, batch.reader)
    options = ReadOptions(mapping=mapping or {}, country=batch.country)
    rows = tuple(islice(reader.rows(opened, options), PREVIEW))
    return Look(report_of(batch), tuple(reader.columns(opened)), rows)


def _waiting(batch_id: BatchId) -> Batch:
    batch = Batch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise BatchNotFound(_("There is no import number %(number)s.") % {"number": batch_id})
    if batch.state != BatchState.UPLOADED:
        raise NotWaitingForColumns(_("This upload was started or thrown away already."))
    return batch


@transaction.atomic
def start_upload(*, actor: Actor, batch_id: BatchId, mapping: dict[str, str]) -> None:
    """Put a waiting upload in the queue of the background worker, once.

    Raises:
        NotAllowed: they may not import.
        NotWaitingForColumns: it was started or thrown away already.
        Invalid: it cannot be read with this mapping.
    """
    look_at_upload(actor=actor, batch_id=batch_id, mapping=mapping)
    is_first = Batch.objects.filter(pk=batch_id, state=BatchState.UPLOADED).update(
        state=BatchState.QUEUED, mapping=mapping, language=get_language() or "", touched_at=now()
    )
    if not is_first:
        raise NotWaitingForColumns(_("This upload was started or thrown away already."))


def run_upload(batch_id: BatchId) -> BatchReport:
    """Run a queued upload; for the background worker. A second run completes what a first one left.

    Whatever is finished stays as it is.

    Raises:
        Invalid: the file cannot be read; the batch says so.
    """
    batch = Batch.objects.get(pk=batch_id)
    if batch.state not in {BatchState.QUEUED, BatchState.RUNNING, BatchState.INTERRUPTED}:
        return report_of(batch)  # a task that comes twice: done, failed or undone stays so
    options = ImportOptions(
        source=batch.source,
        licence=batch.licence,
        country=batch.country,
        reader=batch.reader,
        mapping=tuple(batch.mapping.items()),
    )
    try:
        with override(batch.language or "en"):
            return import_file(_uploads() / batch.stored_as, options, actor=SYSTEM, batch_id=batch_id)
    except FileBrokeOff:
        raise  # the run itself has noted it
    except DomainError as refusal:
        Batch.objects.filter(pk=batch_id).update(state=BatchState.FAILED, error=refusal.message[:500])
        raise


@transaction.atomic
def forget_upload(*, actor: Actor, batch_id: BatchId) -> None:
    """Throw a waiting upload away.

    Raises:
        NotAllowed: they may not import.
        NotWaitingForColumns: it was started or thrown away already.
    """
    rules.require_may_import(actor)
    batch = _waiting(batch_id)
    (_uploads() / batch.stored_as).unlink(missing_ok=True)
    batch.delete()
