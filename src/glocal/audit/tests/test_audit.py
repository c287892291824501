"""The record of acts: written with the act, never changed."""

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from glocal.audit.models import AuditEntry
from glocal.audit.queries import acts_on
from glocal.audit.services import record
from glocal.core.actor import STRANGER, SYSTEM, Actor


def _entry(actor: Actor) -> AuditEntry:
    record(actor=actor, act="directory.organisation.edited", subject="organisation:7", fields="name")
    return AuditEntry.objects.get()


def test_an_entry_cannot_be_saved_again(ana: Actor) -> None:
    entry = _entry(ana)
    entry.act = "nothing.happened"
    with pytest.raises(TypeError, match="append-only"):
        entry.save()
    assert AuditEntry.objects.get().act == "directory.organisation.edited"


def test_an_entry_cannot_be_deleted(ana: Actor) -> None:
    with pytest.raises(TypeError, match="append-only"):
        _entry(ana).delete()
    assert AuditEntry.objects.count() == 1


def test_entries_cannot_be_changed_or_deleted_many_at_a_time(ana: Actor) -> None:
    _entry(ana)
    with pytest.raises(TypeError, match="append-only"):
        AuditEntry.objects.all().delete()
    with pytest.raises(TypeError, match="append-only"):
        AuditEntry.objects.filter(subject="organisation:7").update(act="nothing.happened")
    with pytest.raises(TypeError, match="append-only"), transaction.atomic():
        AuditEntry.objects.bulk_update([AuditEntry.objects.get()], ["act"])
    assert AuditEntry.objects.get().act == "directory.organisation.edited"


def test_acts_come_back_newest_first_with_who_and_what(ana: Actor) -> None:
    record(actor=ana, act="directory.organisation.added", subject="organisation:7", name="Arca")
    record(actor=SYSTEM, act="directory.organisation.edited", subject="organisation:7")
    record(actor=STRANGER, act="directory.organisation.edited", subject="organisation:8")
    edited, added = acts_on("organisation:7")
    assert (edited.act, edited.actor_id) == ("directory.organisation.edited", None)
    assert (added.act, added.actor_id, added.facts) == (
        "directory.organisation.added",
        ana.user_id,
        {"name": "Arca"},
    )
    assert added.at <= edited.at
    assert added.at.tzinfo is not None


def test_only_so_many_acts_are_read_in_one_query(
    ana: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        record(actor=ana, act="directory.organisation.edited", subject="organisation:7", number=str(number))
    with django_assert_num_queries(1):
        acts = acts_on("organisation:7", limit=2)
    assert [act.facts["number"] for act in acts] == ["4", "3"]


@pytest.mark.django_db
def test_what_was_not_done_is_not_recorded() -> None:
    with transaction.atomic():
        record(actor=SYSTEM, act="directory.organisation.edited", subject="organisation:7")
        transaction.set_rollback(True)
    assert acts_on("organisation:7") == []
