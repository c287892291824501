"""The cast, the builders and a home of its own for every test."""

import itertools
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import settings as settings_of_hypothesis

from glocal.core.actor import STRANGER, SYSTEM, Actor, Role
from glocal.core.geo import GeoPoint

settings_of_hypothesis.register_profile("calm", deadline=None)  # no test asserts wall time
settings_of_hypothesis.load_profile("calm")

TORINO = GeoPoint(45.0703, 7.6869)
MILANO = GeoPoint(45.4642, 9.1900)
A_DAY = 24 * 3600.0


@pytest.fixture(scope="session")
def gazetteer_home() -> Path:
    """Compile the gazetteer once for all runs on this machine; several processes wait for the first."""
    return Path(__file__).parent / ".tools" / "gazetteer"


@pytest.fixture(autouse=True, scope="session")
def lexicon_cache() -> Iterator[Path]:
    """Compile each language once for all runs on this machine, also for the programs tests start."""
    ours = Path(__file__).parent / ".tools" / "lexicon"
    _sweep(ours)
    folder = Path(os.environ.get("GLOCAL_LEXICON_CACHE") or ours)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GLOCAL_LEXICON_CACHE", str(folder))
        yield folder


def _sweep(folder: Path) -> None:
    """Drop old compiled forms: each is named by what it was made of; a changed table leaves one behind."""
    for compiled in folder.glob("*"):
        with suppress(FileNotFoundError):  # another process sweeps, too
            if time.time() - compiled.stat().st_mtime < A_DAY:
                continue
            if compiled.is_dir():  # a draft nobody finished
                shutil.rmtree(compiled, ignore_errors=True)
            else:
                compiled.unlink()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any, gazetteer_home: Path) -> Iterator[Path]:
    """Give every test an empty home and an index that knows nothing."""
    from glocal.directory.gateways import index

    settings.GLOCAL_HOME = tmp_path / "home"
    settings.GLOCAL_GAZETTEER_HOME = gazetteer_home
    settings.GLOCAL_HOME.mkdir()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_FILE_PATH = settings.GLOCAL_HOME / "mail"
    index.forget()
    yield settings.GLOCAL_HOME
    index.forget()


@pytest.fixture(autouse=True, scope="session")
def _no_connection_stays_open() -> None:
    """Let threads close their connections as they end; a forgotten one fails whichever test runs then."""
    from django.db import connections

    connections.settings["default"]["CONN_MAX_AGE"] = 0


@pytest.fixture(autouse=True)
def _nobody_speaks_yet() -> None:
    """Forget the language the last test's pages were in, which Django keeps for the thread."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _bell_rings_at_once(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Ring inside the transaction of a test, which is never committed; real ones ring by themselves."""
    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction"))
    if commits or not (marker or "db" in request.fixturenames):
        return
    from glocal.directory.gateways import feed

    monkeypatch.setattr(feed, "ring_after_commit", feed.ring)


def _person(email: str, name: str, role: Role) -> Actor:
    from glocal.accounts.models import Person

    person = Person.objects.create_user(email, "correct horse battery", display_name=name, role=role)
    return Actor(user_id=person.pk, role=role)


@pytest.fixture
def ana(db: None) -> Actor:
    """A member."""
    return _person("ana@example.org", "Ana", Role.MEMBER)


@pytest.fixture
def bruno(db: None) -> Actor:
    """A member of another organisation."""
    return _person("bruno@example.org", "Bruno", Role.MEMBER)


@pytest.fixture
def sofia(db: None) -> Actor:
    """A steward."""
    return _person("sofia@example.org", "Sofia", Role.STEWARD)


@pytest.fixture
def stranger() -> Actor:
    """Somebody who is not signed in."""
    return STRANGER


@pytest.fixture
def system() -> Actor:
    """The installation itself, as the command line acts."""
    return SYSTEM


@pytest.fixture
def cast(stranger: Actor, bruno: Actor, ana: Actor, sofia: Actor) -> tuple[Actor, ...]:
    """Everybody, in the order of the columns of the tables of permissions."""
    return (stranger, bruno, ana, sofia)


Build = Callable[..., Any]


@pytest.fixture
def make_organisation(db: None) -> Build:
    """Build published organisations: `make_organisation(name=…, point=TORINO, kind=…)` returns the id."""
    from glocal.directory.models import Organisation
    from glocal.directory.services import absorb
    from glocal.directory.services.bulk import ring
    from glocal.directory.types import Facts, Incoming, Origin, SiteFacts

    numbers = itertools.count(1)

    def build(
        *,
        name: str = "",
        point: GeoPoint | None = TORINO,
        town: str = "Torino",
        country: str = "IT",
        status: str = "published",
        added_by: Actor | None = None,
        **facts: Any,
    ) -> Any:
        number = next(numbers)
        site = SiteFacts(
            point.lat if point else None,
            point.lon if point else None,
            "exact" if point else "",
            town=town,
            country=country,
        )
        said = Facts(
            name=name or f"Cooperativa numero {number}", **{"kind": "cooperative", "sites": (site,), **facts}
        )
        [made] = absorb(
            [Incoming(f"made-{number}", said)], origin=Origin("test register", "CC0-1.0", "2026-01-01")
        )
        user_id = added_by.user_id if added_by else None
        Organisation.objects.filter(pk=made.organisation_id).update(status=status, added_by_id=user_id)
        ring()
        return made.organisation_id

    return build


@pytest.fixture
def real_data() -> Path:
    """Return the folder of real data, or skip loudly."""
    import os

    folder = os.environ.get("GLOCAL_QUALITY_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("GLOCAL_QUALITY_DATA does not name a folder: the real files were NOT tried")
    return Path(folder)
