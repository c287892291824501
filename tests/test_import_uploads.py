"""A file that comes through the page and is run in the background: once, to its end, whoever dies."""

import io
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from glocal.cli import upkeep
from glocal.core.actor import SYSTEM, Actor
from glocal.core.errors import Invalid, NotAllowed
from glocal.directory import queries as directory
from glocal.ingest import queries, services
from glocal.ingest.errors import BatchNotFound, NotWaitingForColumns
from glocal.ingest.models import Record, RowProblem
from glocal.ingest.services import running
from glocal.ingest.states import BatchId, BatchState
from glocal.ingest.tasks import run_upload_task
from glocal.ingest.tests.bringing import bring_in, counts, everything, line, stored, write_list

pytestmark = pytest.mark.django_db


def keep(actor: Actor, content: bytes, name: str = "members.csv") -> BatchId:
    """Hand a file in as the page does."""
    return services.keep_upload(
        actor=actor, name=name, content=io.BytesIO(content), source="list", licence="CC0-1.0", country="it"
    )


def kept_list(folder: Path, lines: list[dict[str, Any]]) -> BatchId:
    """Hand a list in."""
    return keep(SYSTEM, write_list(folder, lines).read_bytes())


def uploads(home: Path) -> list[str]:
    """Return what lies in the folder of uploads."""
    return sorted(file.name for file in (home / "uploads").glob("*"))


def work() -> None:
    """Let the background worker do all that waits."""
    call_command("db_worker", batch=True, verbosity=0, interval=0, startup_delay=False, reload=False)


def test_only_stewards_may_do_anything_with_an_upload(
    tmp_path: Path, ana: Actor, sofia: Actor, stranger: Actor
) -> None:
    batch_id = kept_list(tmp_path, [line(1)])
    for actor in (stranger, ana):
        with pytest.raises(NotAllowed):
            keep(actor, b"name\nx\n")
        with pytest.raises(NotAllowed):
            services.look_at_upload(actor=actor, batch_id=batch_id)
        with pytest.raises(NotAllowed):
            services.start_upload(actor=actor, batch_id=batch_id, mapping={})
        with pytest.raises(NotAllowed):
            services.forget_upload(actor=actor, batch_id=batch_id)
        with pytest.raises(NotAllowed):
            queries.batch(actor=actor, batch_id=batch_id)
        with pytest.raises(NotAllowed):
            queries.batches(actor=actor)
        with pytest.raises(NotAllowed):
            queries.problems(actor=actor, batch_id=batch_id)

    assert services.look_at_upload(actor=sofia, batch_id=batch_id).rows[0].proposal is not None


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02\xff" * 900, b"%PDF-1.7 \n"], ids=["empty", "binary", "pdf"]
)
def test_of_a_file_that_cannot_be_read_nothing_is_kept(home: Path, content: bytes) -> None:
    before = everything()
    with pytest.raises(Invalid):
        keep(SYSTEM, content)
    assert everything() == before
    assert uploads(home) == []


def test_of_a_file_that_is_too_large_nothing_is_kept(home: Path, settings: Any) -> None:
    settings.GLOCAL_MAX_UPLOAD_BYTES = 1024 * 1024
    with pytest.raises(Invalid, match="larger than 1 MB"):
        keep(SYSTEM, b"name\n" + b"x" * 1024 * 1024)
    assert uploads(home) == []
    assert queries.batches(actor=SYSTEM) == []


def test_an_upload_is_thrown_away_with_its_file(tmp_path: Path, home: Path) -> None:
    batch_id = kept_list(tmp_path, [line(1)])
    assert uploads(home) == [str(batch_id)]

    services.forget_upload(actor=SYSTEM, batch_id=batch_id)

    assert uploads(home) == []
    with pytest.raises(BatchNotFound):
        services.look_at_upload(actor=SYSTEM, batch_id=batch_id)


def test_a_correction_of_the_columns_is_what_is_run(tmp_path: Path) -> None:
    batch_id = kept_list(tmp_path, [line(1)])
    mapping = {"name": "street", "lat": "lat", "lon": "lon", "record_id": "id"}

    look = services.look_at_upload(actor=SYSTEM, batch_id=batch_id, mapping=mapping)
    services.start_upload(actor=SYSTEM, batch_id=batch_id, mapping=mapping)
    services.run_upload(batch_id)

    [proposal] = [row.proposal for row in look.rows]
    assert proposal is not None
    assert proposal.name == "Via Garibaldi 1"
    assert [card.name for card in directory.names_like("Garibaldi")] == ["Via Garibaldi 1"]


def test_an_upload_is_started_once(tmp_path: Path) -> None:
    batch_id = kept_list(tmp_path, [line(1)])
    services.start_upload(actor=SYSTEM, batch_id=batch_id, mapping={})
    with pytest.raises(NotWaitingForColumns):
        services.start_upload(actor=SYSTEM, batch_id=batch_id, mapping={})
    with pytest.raises(NotWaitingForColumns):
        services.forget_upload(actor=SYSTEM, batch_id=batch_id)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_start_one_upload_at_once_start_it_once(
    tmp_path: Path, transactional_db: None
) -> None:
    batch_id = kept_list(tmp_path, [line(1)])
    together, outcomes = threading.Barrier(2), []

    def start() -> None:
        together.wait()
        try:
            services.start_upload(actor=SYSTEM, batch_id=batch_id, mapping={})
            outcomes.append("started")
        except NotWaitingForColumns:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["refused", "started"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_what_waits_and_a_failure_is_told(
    transactional_db: None, tmp_path: Path, home: Path
) -> None:
    good = kept_list(tmp_path, [line(1), line(2)])
    gone = kept_list(tmp_path, [line(3)])
    for batch_id in (good, gone):
        services.start_upload(actor=SYSTEM, batch_id=batch_id, mapping={})
        run_upload_task.enqueue(batch_id)
    (home / "uploads" / str(gone)).write_bytes(b"")

    work()

    assert queries.batch(actor=SYSTEM, batch_id=good).tally.created == 2
    failed = queries.batch(actor=SYSTEM, batch_id=gone)
    assert (failed.state, bool(failed.error)) == (BatchState.FAILED, True)


def interrupted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> BatchId:
    """Return an upload whose worker was killed after 400 of 603 rows."""
    monkeypatch.setattr(running, "CHUNK", 200)
    lines = [line(n, topics="bread") for n in range(600)]
    lines += [line(1, street="Via Po 3", lat=45.2), line(2, street="Via Po 4", lat=45.3), line(900, name="")]
    lines[5]["lat"] = "12345"
    batch_id = kept_list(folder, lines)
    services.start_upload(actor=SYSTEM, batch_id=batch_id, mapping={})
    run_upload_task.enqueue(batch_id)
    DBTaskResult.objects.update(status="RUNNING", started_at=DBTaskResult.objects.get().enqueued_at)
    real, chunks = running._store, iter(range(2))

    def killed(*args: Any) -> Any:
        if next(chunks, None) is None:
            raise SystemExit
        return real(*args)

    monkeypatch.setattr(running, "_store", killed)
    with pytest.raises(SystemExit):
        services.run_upload(batch_id)
    monkeypatch.setattr(running, "_store", real)
    return batch_id


@pytest.mark.django_db(transaction=True)
def test_a_task_whose_worker_died_runs_again_without_doubling(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(write_list(tmp_path, [line(n) for n in range(0, 600, 2)]))
    before = stored()
    batch_id = interrupted(tmp_path, monkeypatch)
    assert queries.batch(actor=SYSTEM, batch_id=batch_id).tally.read == 400
    assert upkeep.tick() == []  # it may still be at work
    DBTaskResult.objects.update(started_at=DBTaskResult.objects.get().enqueued_at - timedelta(hours=7))

    assert len(upkeep.tick()) == 1
    work()

    report = queries.batch(actor=SYSTEM, batch_id=batch_id)
    assert (report.state, counts(report)) == (BatchState.DONE, (603, 300, 302, 0, 1))
    assert (Record.objects.count(), directory.count_organisations()) == (602, 600)
    assert RowProblem.objects.filter(field="name", batch_id=batch_id).count() == 1
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    services.undo_batch(actor=SYSTEM, batch_id=batch_id)
    assert stored() == before


def test_a_task_that_comes_twice_leaves_what_is_finished(tmp_path: Path) -> None:
    batch_id = kept_list(tmp_path, [line(1)])
    services.start_upload(actor=SYSTEM, batch_id=batch_id, mapping={})
    assert counts(services.run_upload(batch_id)) == (1, 1, 0, 0, 0)
    services.undo_batch(actor=SYSTEM, batch_id=batch_id)

    assert services.run_upload(batch_id).state is BatchState.UNDONE
    assert directory.count_organisations() == 0
