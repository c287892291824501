"""Bringing a file in, and taking it back."""

from glocal.ingest.services.running import import_file
from glocal.ingest.services.undoing import undo_batch
from glocal.ingest.services.uploading import (
    forget_upload,
    keep_upload,
    look_at_upload,
    run_upload,
    start_upload,
)

__all__ = [
    "forget_upload",
    "import_file",
    "keep_upload",
    "look_at_upload",
    "run_upload",
    "start_upload",
    "undo_batch",
]
