"""Taking imports back: exactly to before, never over somebody's work, in any order that makes sense."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from glocal.core.actor import SYSTEM, Actor
from glocal.core.errors import NotAllowed
from glocal.directory import queries as directory
from glocal.directory import services as editing
from glocal.directory.types import OrganisationId, Search
from glocal.ingest import queries, services
from glocal.ingest.errors import BatchNotFound, EditedSinceImport, NothingToUndo
from glocal.ingest.models import Batch, Change, Record
from glocal.ingest.services import running
from glocal.ingest.states import BatchId, BatchReport, BatchState
from glocal.ingest.tests.bringing import bring_in, counts, everything, line, stored, write_list

pytestmark = pytest.mark.django_db

NUMBERED = [line(n) for n in range(1000, 1200)]


def undo(report: BatchReport, actor: Actor = SYSTEM) -> BatchReport:
    """Take an import back."""
    assert report.id is not None
    return services.undo_batch(actor=actor, batch_id=report.id)


def edit(actor: Actor, name: str, *, website: str) -> OrganisationId:
    """Change an organisation as a person does on its page."""
    [card] = [card for card in directory.every_card(Search()) if card.name == name]
    held = directory.profile(actor=actor, organisation_id=card.id)
    editing.edit_organisation(
        actor=actor, organisation_id=card.id, facts=replace(held.facts, website=website), version=held.version
    )
    return card.id


def test_only_stewards_take_an_import_back(tmp_path: Path, ana: Actor, sofia: Actor, stranger: Actor) -> None:
    report = bring_in(write_list(tmp_path, [line(1)]))
    for actor in (stranger, ana):
        with pytest.raises(NotAllowed):
            undo(report, actor)

    assert undo(report, sofia).state is BatchState.UNDONE


def test_an_undone_import_leaves_nothing_behind(tmp_path: Path) -> None:
    before = stored()
    report = bring_in(write_list(tmp_path, [*NUMBERED, line(1), line(1, street="Via Po 3", lat=45.2)]))
    assert report.tally.created == 201

    undo(report)

    assert stored() == before
    assert directory.count_organisations() == 0
    assert not Change.objects.exists()


def test_undoing_brings_back_what_was_changed_and_removes_what_was_new(tmp_path: Path) -> None:
    branch = line(1, street="Via Po 3", lat=45.2)
    bring_in(write_list(tmp_path, [*NUMBERED, line(1), line(2), branch]))
    before = stored()
    later = [*NUMBERED, line(1, topics="bread"), line(2, name="Panificio Sole"), line(3)]
    later += [line(1, street="Via Po 4", lat=45.3), line(1, street="Corso Francia 9", lat=45.4)]

    report = bring_in(write_list(tmp_path, later))

    assert counts(report) == (205, 1, 4, 200, 0)
    undo(report)
    assert stored() == before
    assert counts(bring_in(write_list(tmp_path, later))) == (205, 1, 4, 200, 0)


def test_nothing_is_undone_where_somebody_edited_and_they_are_named(tmp_path: Path, sofia: Actor) -> None:
    report = bring_in(write_list(tmp_path, [line(n) for n in range(10, 20)]))
    for n in range(10, 17):
        edit(sofia, f"Cooperativa Ruota n{n}", website="https://mine.example.org/")
    before = everything()

    with pytest.raises(EditedSinceImport) as refusal:
        undo(report)

    assert everything() == before
    assert refusal.value.message.count("Cooperativa Ruota") == 5
    assert "and 2 more" in refusal.value.message


def test_what_a_later_import_changed_is_not_undone_before_that_one(tmp_path: Path) -> None:
    empty = stored()
    first = bring_in(write_list(tmp_path, [line(1), line(2)]))
    between = stored()
    second = bring_in(write_list(tmp_path, [line(1, topics="bread"), line(2)]))

    with pytest.raises(EditedSinceImport, match="Ruota n1”"):
        undo(first)

    undo(second)
    assert stored() == between
    undo(first)
    assert stored() == empty


def test_three_imports_of_one_list_are_undone_one_after_the_other(tmp_path: Path) -> None:
    states, reports = [], []
    for topics in ("food", "bread", "solar"):
        states.append(stored())
        reports.append(bring_in(write_list(tmp_path, [line(1, topics=topics)])))

    for state, report in zip(states[::-1], reports[::-1], strict=True):
        undo(report)
        assert stored() == state


def test_an_import_is_undone_after_two_later_ones_came_and_went(tmp_path: Path) -> None:
    empty = stored()
    first = bring_in(write_list(tmp_path, [line(1)]))
    for topics in ("bread", "solar"):
        undo(bring_in(write_list(tmp_path, [line(1, topics=topics)])))

    undo(first)

    assert stored() == empty


def test_an_edit_between_two_imports_survives_both_undos(tmp_path: Path, sofia: Actor) -> None:
    first = bring_in(write_list(tmp_path, [line(1)]))
    organisation_id = edit(sofia, "Cooperativa Ruota n1", website="https://mine.example.org/")
    second = bring_in(write_list(tmp_path, [line(1, topics="bread")]))

    undo(second)
    with pytest.raises(EditedSinceImport):
        undo(first)

    facts = directory.profile(actor=SYSTEM, organisation_id=organisation_id).facts
    assert (facts.website, facts.topics) == ("https://mine.example.org/", ("food", "solar"))


def test_a_later_import_that_said_the_same_does_not_stand_in_the_way(tmp_path: Path) -> None:
    path = write_list(tmp_path, [*NUMBERED, line(1)])
    first = bring_in(path)
    again = [*NUMBERED, line(1), line(1)]  # a second row, nothing new in it
    bring_in(write_list(tmp_path, again, "again.csv"))

    undo(first)

    assert not Record.objects.exists()
    assert counts(bring_in(path)) == (201, 201, 0, 0, 0)


def test_an_import_is_undone_once(tmp_path: Path) -> None:
    report = bring_in(write_list(tmp_path, [line(1)]))
    undo(report)
    with pytest.raises(NothingToUndo):
        undo(report)


def test_what_never_was_cannot_be_undone() -> None:
    with pytest.raises(BatchNotFound):
        services.undo_batch(actor=SYSTEM, batch_id=BatchId(4711))


def test_a_running_import_is_not_undone_and_a_silent_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    report = bring_in(write_list(tmp_path, [line(n) for n in range(5)]))
    Batch.objects.update(state=BatchState.RUNNING)  # as its process left it when it was killed
    with pytest.raises(NothingToUndo):
        undo(report)

    Batch.objects.update(touched_at=Batch.objects.get().touched_at - timedelta(minutes=3))

    assert report.id is not None
    assert queries.batch(actor=SYSTEM, batch_id=report.id).state is BatchState.INTERRUPTED
    undo(report)
    assert directory.count_organisations() == 0


def test_a_large_import_is_undone_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from glocal.ingest.services import undoing

    monkeypatch.setattr(undoing, "CHUNK", 7)
    bring_in(write_list(tmp_path, [line(n) for n in range(30)]))
    before = stored()
    lines = [line(n, topics="bread") for n in range(30)] + [line(n) for n in range(30, 50)]
    report = bring_in(write_list(tmp_path, lines))

    undo(report)

    assert stored() == before
