"""One run of an import: read, turn into facts, store chunk by chunk, report."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from glocal.audit import services as audit
from glocal.core.actor import Actor
from glocal.core.clock import now
from glocal.core.errors import DomainError, Unavailable
from glocal.directory import services as directory
from glocal.ingest import rules
from glocal.ingest.errors import FileBrokeOff
from glocal.ingest.models import Batch
from glocal.ingest.queries import report_of
from glocal.ingest.readers import choose_reader, open_file
from glocal.ingest.services import remembering
from glocal.ingest.services.rehearsing import repeats_last
from glocal.ingest.services.storing import Run, store_chunk
from glocal.ingest.states import BatchId, BatchReport, BatchState, ImportOptions
from glocal.ingest.types import OpenedFile, Problem, ReadOptions, Row

log = logging.getLogger(__name__)
CHUNK = 1000  # rows stored in one transaction
SNAPSHOT_AFTER = 5_000  # changes from which on the index is written anew; judged, not measured

Progress = Callable[[float, int], None]  # share done 0..1, rows read
OnProblem = Callable[[Problem], None]


def _silent(_share: float, _rows: int) -> None:
    """Report to nobody."""


def _unheard(_problem: Problem) -> None:
    """Tell nobody."""


def import_file(
    path: Path,
    options: ImportOptions,
    *,
    actor: Actor,
    batch_id: BatchId | None = None,
    on_progress: Progress = _silent,
    on_problem: OnProblem = _unheard,
) -> BatchReport:
    """Bring a file in. What was reported is stored even when the process dies; a second run completes it.

    Good rows go in although others are refused. May take minutes; call it from a task or the command line.

    `batch_id` is the waiting upload this runs, if it came through the page. `on_problem` is told of every
    problem as it is found; those of a real run are kept as well.

    Raises:
        NotAllowed: they may not import.
        Invalid: the file cannot be read at all; nothing changed.
        FileBrokeOff: it could be read only so far; the rows before that are in.
    """
    rules.require_may_import(actor)
    opened = open_file(path)
    reader = choose_reader(opened, options.reader or None)
    read_options = ReadOptions(mapping=dict(options.mapping), country=options.country)
    rows = reader.rows(opened, read_options)
    first = list(islice(rows, CHUNK))  # a file that cannot be read is refused before anything is written
    chunks = _chunks(first, rows)
    if options.is_dry_run:
        chunks = repeats_last(chunks, reader.rows(opened, read_options), CHUNK)
    run = _begun(batch_id, path, options, reader.name, actor)
    return _run(run, chunks, opened, actor, on_progress, on_problem)


def _begun(batch_id: BatchId | None, path: Path, options: ImportOptions, reader: str, actor: Actor) -> Run:
    batch = Batch.objects.get(pk=batch_id) if batch_id else Batch(file_name=path.name)
    is_resumed = batch.read > 0
    batch.source = options.source or batch.source or path.name.split(".")[0][:120]
    batch.licence, batch.country = options.licence, options.country
    batch.mapping, batch.reader = dict(options.mapping), reader
    batch.state, batch.touched_at, batch.error = BatchState.RUNNING, now(), ""
    batch.started_by_id = batch.started_by_id or actor.user_id
    run = Run(batch, options.licence, options.is_dry_run, options.is_demo, is_resumed)
    if not run.is_dry:
        with transaction.atomic():
            if is_resumed:
                remembering.forget_seen(batch)
            batch.save()
    return run


def _chunks(first: list[Row], rest: Iterator[Row]) -> Iterator[list[Row]]:
    chunk = first
    while chunk:
        yield chunk
        chunk = list(islice(rest, CHUNK))


def _run(
    run: Run,
    chunks: Iterator[list[Row]],
    opened: OpenedFile,
    actor: Actor,
    on_progress: Progress,
    on_problem: OnProblem,
) -> BatchReport:
    began = time.monotonic()
    try:
        for chunk in chunks:
            problems = _store(run, chunk, began, opened)
            for problem in problems:
                on_problem(problem)
            on_progress(run.batch.progress, run.tally.read)
    except DomainError as refusal:
        _stop(run, BatchState.FAILED, refusal.message)
        raise _broke_off(run, refusal) from refusal
    except BaseException:
        with suppress(DatabaseError):  # without a database the batch shows as interrupted by its silence
            _stop(run, BatchState.INTERRUPTED)
        raise
    finally:
        _let_be_found(run)
    _finish(run, began, actor)
    return report_of(run.batch, tally=run.tally)


def _store(run: Run, chunk: list[Row], began: float, opened: OpenedFile) -> list[Problem]:
    """Store one chunk with its problems and counts in one transaction; a dry run takes it back at once."""
    with transaction.atomic():
        if run.is_dry:
            run.batch.save(force_insert=True)
        problems = store_chunk(run, chunk)
        run.batch.progress = min(0.99, opened.consumed_bytes / max(1, opened.size_bytes))
        run.batch.seconds = round(time.monotonic() - began, 3)
        if run.is_dry:
            transaction.set_rollback(True)
            run.batch.pk = None
            return problems
        remembering.keep_problems(run.batch, problems)
        _note(run)
    return problems


def _note(run: Run) -> None:
    for name, value in run.tally.as_dict().items():
        setattr(run.batch, name, value)
    run.batch.touched_at = now()
    run.batch.save()


def _stop(run: Run, state: BatchState, sentence: str = "") -> None:
    """Note that nothing more will come; the counts stay those of the last chunk that was stored."""
    if not run.is_dry:
        Batch.objects.filter(pk=run.batch.pk).update(state=state, error=sentence[:500], touched_at=now())


def _broke_off(run: Run, refusal: DomainError) -> DomainError:
    """Say of a file that broke off half-way that its beginning is in, and how to take that back."""
    if run.is_dry or not run.tally.read:
        return refusal
    words = {"reason": refusal.message, "count": run.tally.read, "batch": run.batch.pk}
    sentence = _("%(reason)s The first %(count)d rows are in; take them back with: glocal undo %(batch)d.")
    return FileBrokeOff(sentence % words, batch=str(run.batch.pk))


def _finish(run: Run, began: float, actor: Actor) -> None:
    run.batch.state, run.batch.progress = BatchState.DONE, 1.0
    run.batch.seconds = round(time.monotonic() - began, 3)
    if run.is_dry:
        return
    with transaction.atomic():
        _note(run)
        counts = {name: str(value) for name, value in run.tally.as_dict().items()}
        audit.record(actor=actor, act="ingest.batch.imported", subject=f"batch:{run.batch.pk}", **counts)


def _let_be_found(run: Run) -> None:
    if not run.is_dry:
        let_be_found(run.tally.created + run.tally.updated)


def let_be_found(changed: int) -> None:
    """Tell the index of so many changes; after very many it is written anew.

    Where that fails the rows are in all the same, and the index takes them in when it is next asked.
    """
    if changed > SNAPSHOT_AFTER:
        try:
            directory.take_in_snapshot_apart()
        except Unavailable as failure:
            log.warning("%s", failure.message)
        else:
            return
    if changed:
        directory.ring()
