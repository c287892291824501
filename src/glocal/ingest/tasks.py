"""Imports that go on in the background."""

from django_tasks import task

from glocal.ingest.services import run_upload
from glocal.ingest.states import BatchId


@task()
def run_upload_task(batch_id: int) -> None:
    """Run a queued upload. Harmless twice: rows that are in already are unchanged."""
    run_upload(BatchId(batch_id))
