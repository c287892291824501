"""Writing the index in a process of its own, so that its memory is not the importer's and goes back after."""

import multiprocessing

from django.conf import settings

from glocal.core.errors import Unavailable


def rebuild_apart() -> None:
    """Write a new snapshot in a child process and wait for it.

    Raises:
        Unavailable: the child failed; nothing is lost, and the index is rebuilt when next opened.
    """
    child = multiprocessing.get_context("spawn").Process(target=_rebuild, args=(str(settings.GLOCAL_HOME),))
    child.start()
    child.join()
    if child.exitcode != 0:
        raise Unavailable("The index could not be written anew; run `glocal index` to see why.")


def _rebuild(home: str) -> None:
    import os

    import django

    os.environ["GLOCAL_HOME"] = home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "glocal.config.settings")
    django.setup()
    from glocal.directory.gateways import index

    index.rebuild()
