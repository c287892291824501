"""Remembering which row became which organisation, and how what an import changed stood before."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import connection

from glocal.directory.types import Absorbed, Before
from glocal.ingest.models import Batch, Change, Record, RowProblem
from glocal.ingest.services.arriving import Arrival
from glocal.ingest.types import Problem

_COLUMNS = (
    *("source", "record_id", "occurrence", "organisation_id", "fingerprint"),
    *("created_in_id", "seen_in_id", "made_organisation", "place"),
)


def see_again(batch: Batch, records: Sequence[Record]) -> None:
    """Note that these rows came again and say the same. One SQL statement."""
    if records:
        Record.objects.filter(pk__in=[record.pk for record in records]).update(seen_in=batch)


def keep(batch: Batch, stored: Sequence[tuple[Arrival, Absorbed]]) -> None:
    """Keep what became of new rows and of rows that say something else than last time."""
    _insert(batch, [(arrival, answer) for arrival, answer in stored if arrival.record is None])
    changed = [(arrival, answer) for arrival, answer in stored if answer.before and answer.before.facts]
    _keep_changes(batch, changed)
    renewed = []
    for arrival, _answer in stored:
        if arrival.record is not None:
            arrival.record.fingerprint, arrival.record.place = arrival.print_, arrival.place
            arrival.record.seen_in = batch
            renewed.append(arrival.record)
    Record.objects.bulk_update(renewed, ["fingerprint", "place", "seen_in"], batch_size=200)


def _insert(batch: Batch, new: Sequence[tuple[Arrival, Absorbed]]) -> None:
    """Write new records without an instance for each: half the time of `bulk_create`."""
    if not new:
        return
    quote = connection.ops.quote_name
    table = quote(Record._meta.db_table)  # noqa: SLF001  # the documented way to a table's name
    names = ", ".join(map(quote, _COLUMNS))
    marks = ", ".join(["%s"] * len(_COLUMNS))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608  # only names of our own table
            [
                (
                    *(batch.source, arrival.record_id, arrival.occurrence, answer.organisation_id),
                    *(arrival.print_, batch.pk, batch.pk, answer.outcome == "created", arrival.place),
                )
                for arrival, answer in new
            ],
        )


def _keep_changes(batch: Batch, changed: Sequence[tuple[Arrival, Absorbed]]) -> None:
    joined = [arrival.record_id for arrival, _answer in changed if arrival.record is None]
    made: dict[tuple[str, int], int] = {}
    if joined:
        found = Record.objects.filter(source=batch.source, record_id__in=joined, created_in=batch)
        made = {(r.record_id, r.occurrence): r.pk for r in found}
    Change.objects.bulk_create(
        [
            Change(
                batch=batch,
                record_id=arrival.record.pk
                if arrival.record
                else made[arrival.record_id, arrival.occurrence],
                organisation_id=answer.organisation_id,
                version_after=answer.before.version_after,
                before=_as_json(answer.before),
                fingerprint_before=arrival.record.fingerprint if arrival.record else "",
                place_before=arrival.record.place if arrival.record else "",
            )
            for arrival, answer in changed
            if answer.before is not None
        ],
        batch_size=200,
    )


def _as_json(before: Before) -> dict[str, Any]:
    return {
        "facts": asdict(before.facts) if before.facts else {},
        "origins": {name: list(said) for name, said in before.origins.items()},
        "status": before.status,
    }


def forget_seen(batch: Batch) -> None:
    """Let a batch that broke off begin again: no row was met yet, no problem found. Two SQL statements."""
    Record.objects.filter(seen_in=batch).update(seen_in=None)
    RowProblem.objects.filter(batch=batch).delete()


def keep_problems(batch: Batch, problems: Sequence[Problem]) -> None:
    """Keep what was wrong with the rows."""
    RowProblem.objects.bulk_create(
        [
            RowProblem(
                batch=batch,
                row=p.row,
                field=p.field[:60],
                value=p.value[:100],
                reason=p.reason[:300],
                suggestion=p.suggestion[:200],
            )
            for p in problems
        ],
        batch_size=500,
    )
