"""What was brought in, how it went, and what was wrong."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from glocal.core.actor import Actor
from glocal.core.clock import now
from glocal.directory import queries as directory
from glocal.directory.types import OrganisationId
from glocal.ingest import rules
from glocal.ingest.errors import BatchNotFound
from glocal.ingest.models import Batch, Change, Record, RowProblem
from glocal.ingest.states import BatchId, BatchReport, BatchState, Brought, Tally
from glocal.ingest.types import Problem

SILENT_FOR = timedelta(minutes=2)  # a run that stored nothing for so long has died; judged, not measured


def report_of(batch: Batch, *, tally: Tally | None = None) -> BatchReport:
    """Return a batch as it is told."""
    state = BatchState(batch.state)
    if state is BatchState.RUNNING and now() - batch.touched_at > SILENT_FOR:
        state = BatchState.INTERRUPTED
    return BatchReport(
        id=BatchId(batch.pk) if batch.pk else None,
        file_name=batch.file_name,
        reader=batch.reader,
        source=batch.source,
        licence=batch.licence,
        country=batch.country,
        state=state,
        error=batch.error,
        tally=tally or Tally(**{name: getattr(batch, name) for name in Tally.__dataclass_fields__}),
        seconds=batch.seconds,
        progress=batch.progress,
        started_by_id=batch.started_by_id,
        started_at=batch.started_at.isoformat() if batch.started_at else "",
    )


def batches(*, actor: Actor, limit: int = 100) -> list[BatchReport]:
    """Return the last imports, newest first. One SQL query.

    Raises:
        NotAllowed: they may not import.
    """
    rules.require_may_import(actor)
    return [report_of(batch) for batch in Batch.objects.all()[:limit]]


def batch(*, actor: Actor, batch_id: BatchId) -> BatchReport:
    """Return one import.

    Raises:
        NotAllowed: they may not import.
        BatchNotFound: no such batch.
    """
    rules.require_may_import(actor)
    found = Batch.objects.filter(pk=batch_id).first()
    if found is None:
        raise BatchNotFound(_("There is no import number %(number)s.") % {"number": batch_id})
    return report_of(found)


def problems(
    *, actor: Actor, batch_id: BatchId, skip: int = 0, limit: int = 100
) -> tuple[int, list[Problem]]:
    """Return how many problems an import had, and a page of them in the order of the rows. Two SQL queries.

    Raises:
        NotAllowed: they may not import.
    """
    rules.require_may_import(actor)
    found = RowProblem.objects.filter(batch_id=batch_id).order_by("row", "pk")
    return found.count(), [_problem(row) for row in found[skip : skip + limit]]


def brought(*, actor: Actor, batch_id: BatchId, limit: int = 20) -> list[Brought]:
    """Return the first organisations an import created, then those it changed. At most three SQL queries.

    Raises:
        NotAllowed: they may not import.
    """
    rules.require_may_import(actor)
    made = Record.objects.filter(created_in_id=batch_id, made_organisation=True).order_by("pk")
    created = list(made.values_list("organisation_id", flat=True)[:limit])
    changes = Change.objects.filter(batch_id=batch_id, restored_as=None).order_by("pk")
    updated = list(changes.values_list("organisation_id", flat=True)[: 2 * limit])
    ids = [OrganisationId(number) for number in dict.fromkeys((*created, *updated))]
    names = directory.names_of(ids)
    new = set(created)
    return [Brought(each, names[each], is_new=each in new) for each in ids if each in names][:limit]


def every_problem(batch_id: BatchId) -> Iterator[Problem]:
    """Yield every problem of an import; memory does not grow with their number."""
    for row in RowProblem.objects.filter(batch_id=batch_id).order_by("pk").iterator(chunk_size=1000):
        yield _problem(row)


def _problem(row: RowProblem) -> Problem:
    return Problem(row.row, row.field, row.value, row.reason, row.suggestion)
