"""Taking an import back: what it created is gone, what it changed is as before."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from glocal.audit import services as audit
from glocal.core.actor import Actor
from glocal.core.clock import now
from glocal.directory import services as directory
from glocal.directory.types import Before, Description, Facts, OrganisationId, SiteFacts
from glocal.ingest import rules
from glocal.ingest.errors import BatchNotFound, EditedSinceImport, NothingToUndo
from glocal.ingest.models import Batch, Change, Record
from glocal.ingest.queries import report_of
from glocal.ingest.services.running import let_be_found
from glocal.ingest.states import BatchId, BatchReport, BatchState

CHUNK = 1000
NAMES_SHOWN = 5


def undo_batch(*, actor: Actor, batch_id: BatchId) -> BatchReport:
    """Bring everything back to how it was before the batch; nothing at all where somebody edited since.

    Raises:
        NotAllowed: they may not import, so neither undo.
        BatchNotFound: no such batch.
        NothingToUndo: it was undone already, or is still running.
        EditedSinceImport: somebody changed what it brought; names them.
    """
    rules.require_may_import(actor)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().filter(pk=batch_id).first()
        if batch is None:
            raise BatchNotFound(_("There is no import number %(number)s.") % {"number": batch_id})
        if not report_of(batch).may_be_undone:
            raise NothingToUndo(_("This import has nothing that could be taken back."))
        _refuse_edited(batch)
        touched = _restore(batch)
        _forget(batch)
        batch.state, batch.touched_at = BatchState.UNDONE, now()
        batch.save()
        audit.record(actor=actor, act="ingest.batch.undone", subject=f"batch:{batch.pk}")
    let_be_found(touched)
    return report_of(batch)


def _refuse_edited(batch: Batch) -> None:
    edited: list[str] = []
    for befores in _befores(batch):
        edited += directory.touched_since(befores)
    if not edited:
        return
    names = ", ".join(f"“{name}”" for name in edited[:NAMES_SHOWN])
    more = (
        _(" and %(count)d more") % {"count": len(edited) - NAMES_SHOWN} if len(edited) > NAMES_SHOWN else ""
    )
    raise EditedSinceImport(
        _("Nothing was undone, because somebody changed %(names)s%(more)s since.")
        % {"names": names, "more": more}
    )


def _restore(batch: Batch) -> int:
    count = 0
    for befores in _befores(batch):
        directory.restore(befores)
        _note_restored(batch, [before for before in befores if before.facts is not None])
        count += len(befores)
    return count


def _note_restored(batch: Batch, befores: list[Before]) -> None:
    """Note which version says again what an older one had said, so that older imports can still be undone."""
    restored_as = {int(before.organisation_id): before.version_after + 1 for before in befores}
    kept: dict[int, Change] = {}
    for change in Change.objects.filter(batch=batch, organisation_id__in=list(restored_as)):
        kept.setdefault(change.organisation_id, change)
    for organisation_id, change in kept.items():
        change.restored_as, change.before = restored_as[organisation_id], {}
    Change.objects.bulk_update(kept.values(), ["restored_as", "before"], batch_size=200)


def _befores(batch: Batch) -> Iterator[list[Before]]:
    """Yield how things stood before: first what the batch created, then what it only changed."""
    created = Record.objects.filter(created_in=batch, made_organisation=True)
    made = created.values_list("organisation_id", flat=True).iterator(chunk_size=CHUNK)
    while ids := list(islice(made, CHUNK)):
        last = _last_versions(batch, ids)
        yield _as_of_now([Before(OrganisationId(i), last.get(i, 1), None) for i in ids])
    made_here = created.values("organisation_id")
    changes = Change.objects.filter(batch=batch, restored_as=None).exclude(organisation_id__in=made_here)
    first = changes.order_by("organisation_id", "pk")
    seen: dict[int, Before] = {}
    for change in first.iterator(chunk_size=CHUNK):
        held = seen.get(change.organisation_id)
        if held is None and len(seen) >= CHUNK:
            yield _as_of_now(list(seen.values()))
            seen = {}
        seen[change.organisation_id] = _merged(held, change)
    if seen:
        yield _as_of_now(list(seen.values()))


def _as_of_now(befores: list[Before]) -> list[Before]:
    """Follow each version to the one that says the same since later imports were undone. One SQL query."""
    ids = [before.organisation_id for before in befores]
    undone = Change.objects.filter(organisation_id__in=ids, restored_as__isnull=False)
    same = {(c.organisation_id, c.version_after - 1): c.restored_as for c in undone}
    current = []
    for before in befores:
        version = before.version_after
        while (later := same.get((before.organisation_id, version))) is not None:
            version = later
        current.append(replace(before, version_after=version))
    return current


def _merged(held: Before | None, change: Change) -> Before:
    """Two changes of one organisation in a batch: before the first, after the second."""
    said = change.before
    if held is not None:
        return Before(held.organisation_id, change.version_after, held.facts, held.origins, held.status)
    return Before(
        OrganisationId(change.organisation_id),
        change.version_after,
        facts_from(said["facts"]),
        {name: tuple(stated) for name, stated in said["origins"].items()},
        said["status"],
    )


def _last_versions(batch: Batch, ids: list[int]) -> dict[int, int]:
    changes = Change.objects.filter(batch=batch, organisation_id__in=ids).order_by("pk")
    return dict(changes.values_list("organisation_id", "version_after"))


def _forget(batch: Batch) -> None:
    """Forget which rows the batch brought, so that a later import starts where the one before had left."""
    before: dict[int, Change] = {}
    for change in Change.objects.filter(batch=batch).exclude(fingerprint_before="").order_by("-pk"):
        if change.record_id is not None:
            before[change.record_id] = change
    Record.objects.bulk_update(
        [
            Record(pk=pk, fingerprint=change.fingerprint_before, place=change.place_before)
            for pk, change in before.items()
        ],
        ["fingerprint", "place"],
        batch_size=200,
    )
    Change.objects.filter(batch=batch, restored_as__isnull=False).update(record=None)
    gone = Record.objects.filter(created_in=batch, made_organisation=True).values("organisation_id")
    Change.objects.filter(organisation_id__in=gone).delete()
    Change.objects.filter(batch=batch, restored_as=None).delete()
    # with them rows of later imports that said the same of an organisation that is gone now
    Record.objects.filter(organisation_id__in=gone).delete()
    Record.objects.filter(created_in=batch).delete()


def facts_from(said: dict[str, Any]) -> Facts:
    """Return facts from the JSON they were kept as."""
    return Facts(
        **{
            **{name: _tuples(value) for name, value in said.items()},
            "descriptions": tuple(Description(**each) for each in said["descriptions"]),
            "sites": tuple(SiteFacts(**each) for each in said["sites"]),
        }
    )


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list) else value
