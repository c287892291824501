"""The index follows the database: at the next question, in every process, whatever breaks."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection

from glocal.atlas.atlas import Atlas
from glocal.core.actor import Actor
from glocal.core.geo import Box, GeoPoint
from glocal.directory import queries, services
from glocal.directory.gateways import feed, index, store
from glocal.directory.models import ChangeCounter, Organisation
from glocal.directory.tests.conftest import TORINO_SITE, facts, row, take_in
from glocal.directory.types import OrganisationId, Search

TORINO = GeoPoint(45.0703, 7.6869)


def _names() -> list[str]:
    return [card.name for card in queries.find_organisations(Search()).cards]


def test_everything_that_happens_to_one_is_seen_by_the_next_question(ana: Actor, sofia: Actor) -> None:
    assert _names() == []
    its_id = services.add_organisation(actor=ana, facts=facts())
    assert _names() == []
    services.accept_organisation(actor=sofia, organisation_id=its_id)
    assert _names() == ["Arca del Po"]
    services.edit_organisation(
        actor=ana, organisation_id=its_id, facts=facts(name="Arca"), version=row(its_id).version
    )
    assert _names() == ["Arca"]
    services.withdraw_organisation(actor=ana, organisation_id=its_id)
    assert _names() == []


def test_what_is_removed_altogether_is_gone_at_the_next_question(db: None) -> None:
    first, second = take_in(facts(), facts(name="Barca"))
    assert len(_names()) == 2
    store.remove([first.organisation_id], change_no=feed.next_change_no())
    feed.ring()
    assert _names() == ["Barca"]
    assert second.organisation_id == queries.find_organisations(Search()).cards[0].id


@pytest.mark.parametrize("status", ["pending", "refused", "withdrawn"])
def test_what_is_not_published_is_found_nowhere(make_organisation: Any, status: str) -> None:
    make_organisation(name="Hidden Ark", status=status, topics=("secret",))
    rebuilt = index.rebuild()
    for atlas in (index.current(), rebuilt):
        assert atlas.count() == atlas.point_count == 0
        assert atlas.nearest(TORINO, k=9) == []
        assert atlas.viewport(Box(-180, -85, 180, 85)) == []
        assert atlas.names_like("hidden", limit=9) == []
        assert atlas.values("topic") == []
    assert list(queries.every_card(Search())) == []
    assert queries.likely_twins(facts(name="Hidden Ark")) == []
    assert queries.profiles_by_id([OrganisationId(hidden.pk) for hidden in Organisation.objects.all()]) == {}


def test_a_lost_ring_is_made_up_by_the_next(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _names() == []
    with monkeypatch.context() as patch:
        patch.setattr(feed, "ring", lambda: None)
        patch.setattr(feed, "ring_after_commit", lambda: None)
        take_in(facts(name="Unheard"))
    assert _names() == []
    take_in(facts(name="Heard"))
    assert _names() == ["Heard", "Unheard"]


def test_a_fresh_index_asks_nothing_of_the_database(
    make_organisation: Any, django_assert_num_queries: Any
) -> None:
    make_organisation()
    index.current()
    with django_assert_num_queries(0):
        queries.find_organisations(Search(centre=TORINO))
        queries.menu("kind")
        queries.names_like("coop")


@pytest.mark.parametrize("harm", ["no CURRENT", "half a file", "one byte", "no manifest", "garbage", "gone"])
def test_a_damaged_snapshot_is_built_anew_and_never_served(make_organisation: Any, harm: str) -> None:
    make_organisation(name="Arca del Po")
    index.rebuild()
    index.forget()
    folder = index.folder()
    place = folder / (folder / "CURRENT").read_text().strip()
    cards = place / "cards.bin"
    if harm == "no CURRENT":
        (folder / "CURRENT").unlink()
    elif harm == "half a file":
        os.truncate(cards, cards.stat().st_size // 2)
    elif harm == "one byte":
        cards.write_bytes(cards.read_bytes().replace(b"Arca", b"Arco"))
    elif harm == "no manifest":
        (place / "manifest.json").unlink()
    elif harm == "garbage":
        (place / "manifest.json").write_bytes(b"\xff{")
    else:
        for file in place.iterdir():
            file.unlink()
        place.rmdir()
    assert _names() == ["Arca del Po"]
    assert Atlas.open(folder, verify=True).count() == 1


def test_a_snapshot_newer_than_the_database_is_built_anew(make_organisation: Any) -> None:
    """The database was brought back from a copy."""
    make_organisation(name="Kept")
    make_organisation(name="Lost")
    index.rebuild()
    Organisation.objects.filter(name="Lost").delete()
    ChangeCounter.objects.update(value=1)
    index.forget()
    assert _names() == ["Kept"]


def test_many_changes_bit_by_bit_lead_to_a_new_snapshot(
    make_organisation: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "DELTA_LIMIT", 5)
    version = index.current().version
    for _ in range(5):
        make_organisation()
        assert index.current().version == version
    assert queries.is_snapshot_due()
    make_organisation()
    assert index.current().version != version
    assert (index.current().delta_size, index.current().count()) == (0, 6)


def test_a_snapshot_written_elsewhere_is_taken_up(make_organisation: Any) -> None:
    make_organisation()
    held = index.current()
    services.take_in_snapshot()
    assert index.current().version != held.version
    assert index.current().delta_size == 0


def test_a_pinned_block_never_asks_although_it_rings(
    make_organisation: Any, django_assert_num_queries: Any
) -> None:
    make_organisation(name="Before")
    with queries.without_database() as is_fresh:
        assert not is_fresh, "the bell has rung since"
    index.current()
    with queries.without_database() as is_fresh:
        assert is_fresh
        make_organisation(name="Meanwhile")
        with django_assert_num_queries(0):
            assert _names() == ["Before"]
    assert _names() == ["Before", "Meanwhile"]


def test_a_thread_never_takes_an_old_index_for_a_new_one(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks at the clock between the two halves of a change must not see one old and one new."""
    take_in(facts(name="Old"))
    index.current()
    rings = feed.rings
    take_in(facts(name="New"))
    looked: list[int] = []

    def look() -> int:
        looked.append(rings())
        if len(looked) == 1:  # another thread renews the index between this one's two looks
            index._index._held = index._Held(index._with_changes(index._newest(None)), rings())
        return rings()

    monkeypatch.setattr(feed, "rings", look)
    assert "New" in _names()


def test_a_reader_does_not_wait_for_a_writer(transactional_db: None) -> None:
    """An import holds the database for seconds; whoever looks meanwhile gets what is committed."""
    from django.db import transaction

    take_in(facts(name="Committed"))
    seen: list[list[str]] = []

    def look() -> None:
        try:
            with connection.cursor() as cursor:
                if connection.vendor == "sqlite":
                    cursor.execute("PRAGMA busy_timeout = 0")
            seen.append(_names())
        finally:
            connection.close()

    with transaction.atomic():
        Organisation.objects.update(name="Uncommitted", change_no=feed.next_change_no())
        feed.ring()
        reader = threading.Thread(target=look)
        reader.start()
        reader.join()
    feed.ring()
    assert seen == [["Committed"]]
    assert _names() == ["Uncommitted"]


def _asked_elsewhere(home: Path) -> dict[str, Any]:
    environment = {
        **os.environ,
        "GLOCAL_HOME": str(home),
        "GLOCAL_DATABASE_URL": f"sqlite:///{django_settings.DATABASES['default']['NAME']}",
    }
    program = [sys.executable, "-m", "glocal.cli.main", "near", "--box", "7,45,8,46", "--json"]
    done = subprocess.run(program, env=environment, capture_output=True, check=True, timeout=120)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.skipif(
    "sqlite" not in django_settings.DATABASES["default"]["ENGINE"], reason="names the database file"
)
def test_another_process_finds_and_loses_it_at_its_next_question(
    transactional_db: None, home: Path, ana: Actor, sofia: Actor
) -> None:
    its_id = services.add_organisation(actor=ana, facts=facts(sites=(TORINO_SITE,)))
    assert _asked_elsewhere(home)["count"] == 0
    services.accept_organisation(actor=sofia, organisation_id=its_id)
    [found] = _asked_elsewhere(home)["organisations"]
    assert OrganisationId(int(found["id"])) == its_id
    assert _names() == ["Arca del Po"]
    services.withdraw_organisation(actor=ana, organisation_id=its_id)
    assert _asked_elsewhere(home)["count"] == 0
