"""Making a home, examining it, and doing what is due."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from glocal.core.clock import now
from glocal.core.errors import DomainError
from glocal.directory import queries as directory
from glocal.directory import services as directory_services
from glocal.lexicon import proposals as lexicon_proposals
from glocal.lexicon import queries as lexicon
from glocal.lexicon.services.proposing import write_accepted_labels
from glocal.places import queries as places

LOST_AFTER = timedelta(hours=6)  # a task that runs for longer has lost its worker; judged, not measured


def pending_migrations() -> list[str]:
    """Return the names of the changes the database still needs."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def init() -> list[str]:
    """Create or upgrade the home; returns what was done, in sentences. Harmless twice."""
    home, done = Path(settings.GLOCAL_HOME), []
    if not home.exists():
        home.mkdir(parents=True)
        done.append(f"Made the home {home}.")
    if pending := pending_migrations():
        call_command("migrate", interactive=False, verbosity=0)
        done.append(f"Brought the database up to date ({len(pending)} steps).")
    if not places.is_gazetteer_ready():
        places.gazetteer()
        done.append("Prepared the names of places, for use without a network.")
    if not lexicon.is_prepared():
        lexicon.prepare()
        done.append("Prepared the vocabularies of all languages.")
    return done


def examine() -> list[dict[str, Any]]:
    """Return what was looked at, whether it is well, and how to mend it."""
    checks = [
        ("home", _home),
        ("database", _database),
        ("index", _index),
        ("lexicon", _lexicon),
        ("pages", _pages),
        ("mail", _mail),
        ("street tiles", _tiles),
    ]
    found = []
    for what, check in checks:
        try:
            is_well, detail = check()
        except DomainError as refusal:
            is_well, detail = False, refusal.message
        found.append({"what": what, "ok": is_well, "detail": detail})
    return found


def _home() -> tuple[bool, str]:
    home = Path(settings.GLOCAL_HOME)
    return (True, str(home)) if home.exists() else (False, f"{home} does not exist; run `glocal init`")


def _database() -> tuple[bool, str]:
    pending = pending_migrations()
    if pending:
        return False, f"{len(pending)} steps behind; run `glocal init`"
    where = settings.DATABASES["default"]["NAME"]
    return True, f"{connection.vendor} at {where}, up to date"


def _lexicon() -> tuple[bool, str]:
    if not lexicon.is_prepared():
        return False, "its languages are not prepared, the first readers will wait; run `glocal init`"
    return True, "every language is ready"


def _index() -> tuple[bool, str]:
    if pending_migrations():
        return False, "needs the database first; run `glocal init`"
    count = directory.count_organisations()
    return True, f"{count} organisations can be found"


def _pages() -> tuple[bool, str]:
    from glocal.config.static import FOLDER

    manifest = FOLDER / "web" / "dist" / "manifest.json"
    if manifest.exists():
        return True, "built"
    return False, "the front end was not built; run `make run` once, or `node build.mjs` in frontend/"


def _mail() -> tuple[bool, str]:
    if settings.GLOCAL_SENDS_MAIL:
        return True, "sent by SMTP"
    why = "a demonstration never sends any" if settings.GLOCAL_IS_DEMO else "GLOCAL_MAIL_URL is not set"
    return True, f"kept in {settings.GLOCAL_HOME}/mail ({why})"


def _tiles() -> tuple[bool, str]:
    return True, settings.GLOCAL_TILE_URL or "off; set GLOCAL_TILE_URL to offer them"


def tick() -> list[str]:
    """Do what is due; returns what was done, in sentences. Harmless twice."""
    done = []
    call_command("clearsessions", verbosity=0)
    if lost := _sweep_lost_tasks():
        done.append(f"Put {lost} tasks back whose worker had died.")
    if directory.is_snapshot_due():
        count = directory_services.take_in_snapshot()
        done.append(f"Wrote the index anew with {count} organisations.")
    if lexicon_proposals.accepted_labels():
        write_accepted_labels(Path(settings.GLOCAL_HOME))  # another host may have accepted some
    return done


def _sweep_lost_tasks() -> int:
    """Put tasks back into the queue whose worker died; tasks are idempotent, so twice is harmless."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now() - LOST_AFTER)
    return int(lost.update(status=TaskResultStatus.READY, started_at=None))
