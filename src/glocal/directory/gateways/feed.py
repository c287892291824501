"""The feed of changes: numbers in commit order, and a doorbell that tells every worker to look."""

import os
from pathlib import Path

from django.conf import settings
from django.db import models, transaction

from glocal.directory.models import ChangeCounter


def next_change_no() -> int:
    """Take the next number. Holds the counter's row until commit, so numbers become visible in order."""
    if not ChangeCounter.objects.filter(pk=1).update(value=models.F("value") + 1):
        ChangeCounter.objects.get_or_create(pk=1)
        ChangeCounter.objects.filter(pk=1).update(value=models.F("value") + 1)
    return ChangeCounter.objects.values_list("value", flat=True).get(pk=1)


def last_change_no() -> int:
    """Return the last number given, 0 before the first."""
    return ChangeCounter.objects.filter(pk=1).values_list("value", flat=True).first() or 0


def doorbell() -> Path:
    """Return the file that grows by one byte at every ring; its size is what workers compare."""
    return Path(_bell())


def _bell() -> str:
    return f"{settings.GLOCAL_HOME}/atlas/doorbell"


def ring_after_commit() -> None:
    """Ring once the running transaction is committed; a lost ring is made up by the next one."""
    transaction.on_commit(ring)


def ring() -> None:
    """Tell every worker on this machine that there is something new."""
    bell = doorbell()
    bell.parent.mkdir(parents=True, exist_ok=True)
    with bell.open("ab") as out:
        out.write(b".")


def rings() -> int:
    """Return how often it rang. One system call."""
    try:
        return os.stat(_bell()).st_size  # noqa: PTH116  # with every request, and a Path takes as long as the call
    except FileNotFoundError:
        return -1
