"""What becomes of rows: brought in once, again, changed, repeated, refused; rehearsed and broken off."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from glocal.core.actor import SYSTEM, Actor
from glocal.core.errors import Invalid, NotAllowed, Unavailable
from glocal.directory import queries as directory
from glocal.directory import services as editing
from glocal.directory.types import OrganisationId, OrganisationProfile, Search
from glocal.ingest import queries, services
from glocal.ingest.errors import FileBrokeOff
from glocal.ingest.services import running, storing
from glocal.ingest.states import BatchId, BatchState, ImportOptions
from glocal.ingest.tests.bringing import bring_in, bring_in_heard, counts, everything, line, write_list

pytestmark = pytest.mark.django_db


# A column whose first values are all different is taken for the numbers of the source.
NUMBERED = [line(n) for n in range(1000, 1200)]


def profile_of(name: str) -> OrganisationProfile:
    """Return the one organisation of this name."""
    [card] = [card for card in directory.every_card(Search()) if card.name == name]
    return directory.profile(actor=SYSTEM, organisation_id=card.id)


def test_only_stewards_bring_files_in(tmp_path: Path, ana: Actor, sofia: Actor, stranger: Actor) -> None:
    path = write_list(tmp_path, [line(1)])
    for actor in (stranger, ana):
        with pytest.raises(NotAllowed):
            services.import_file(path, ImportOptions(), actor=actor)

    assert services.import_file(path, ImportOptions(), actor=sofia).tally.created == 1


def test_every_row_is_created_then_unchanged(tmp_path: Path) -> None:
    path = write_list(tmp_path, [line(n) for n in range(7)])

    assert counts(bring_in(path)) == (7, 7, 0, 0, 0)
    before = everything("directory.Organisation", "directory.Site", "directory.Identifier")
    assert counts(bring_in(path)) == (7, 0, 0, 7, 0)
    assert everything("directory.Organisation", "directory.Site", "directory.Identifier") == before


def test_good_rows_go_in_though_others_are_refused(tmp_path: Path) -> None:
    path = write_list(tmp_path, [line(1), line(2, name=""), line(3, lat="12345"), line(4)])

    report, heard = bring_in_heard(path)

    assert counts(report) == (4, 3, 0, 0, 1)
    assert {problem.row for problem in heard} == {2, 3}
    assert report.id is not None
    count, kept = queries.problems(actor=SYSTEM, batch_id=report.id)
    assert (count, kept) == (len(heard), heard)
    assert list(queries.every_problem(report.id)) == heard


def test_a_changed_row_updates_its_organisation_and_only_that(tmp_path: Path) -> None:
    bring_in(write_list(tmp_path, [line(1), line(2)]))
    changed = line(2, name="Ruota Nuova", topics="bread", lat=45.5)

    assert counts(bring_in(write_list(tmp_path, [line(1), changed]))) == (2, 0, 1, 1, 0)

    facts = profile_of("Ruota Nuova").facts
    assert (facts.topics, facts.sites[0].lat, len(facts.sites)) == (("bread",), 45.5, 1)
    assert directory.count_organisations() == 2


def test_what_a_person_wrote_stays_though_the_row_changes(tmp_path: Path, sofia: Actor) -> None:
    bring_in(write_list(tmp_path, [line(1)]))
    held = profile_of("Cooperativa Ruota n1")
    mine = replace(held.facts, website="https://better.example.org/")
    editing.edit_organisation(actor=sofia, organisation_id=held.id, facts=mine, version=held.version)

    report = bring_in(write_list(tmp_path, [line(1, topics="bread", website="https://worse.example.org/")]))

    facts = profile_of("Cooperativa Ruota n1").facts
    assert counts(report) == (1, 0, 1, 0, 0)
    assert (facts.website, facts.topics) == ("https://better.example.org/", ("bread",))


def test_rows_with_one_id_are_places_of_one_organisation(tmp_path: Path) -> None:
    branches = [line(1, street="Corso Francia 9", lat=45.2), line(1, town="Moncalieri", lat=45.3)]
    path = write_list(tmp_path, [*NUMBERED, line(1), line(2), *branches])

    report = bring_in(path)

    assert counts(report) == (204, 202, 2, 0, 0)
    assert [site.lat for site in profile_of("Cooperativa Ruota n1").facts.sites] == [45.0023, 45.2, 45.3]
    assert counts(bring_in(path)) == (204, 0, 0, 204, 0)


def test_a_branch_that_moves_takes_its_old_address_along(tmp_path: Path) -> None:
    branches = [line(1), line(1, street="Corso Francia 9", lat=45.2), line(1, street="Via Po 3", lat=45.3)]
    bring_in(write_list(tmp_path, NUMBERED + branches))
    branches[1] = line(1, street="Corso Francia 10", lat=45.25)

    report = bring_in(write_list(tmp_path, NUMBERED + branches))

    assert counts(report) == (203, 0, 1, 202, 0)
    assert [site.lat for site in profile_of("Cooperativa Ruota n1").facts.sites] == [45.0023, 45.25, 45.3]


def test_the_order_of_rows_with_one_id_does_not_matter(tmp_path: Path) -> None:
    lines = [line(1), line(1, street="Corso Francia 9", lat=45.2), line(1, street="Via Po 3", lat=45.3)]
    bring_in(write_list(tmp_path, NUMBERED + lines))

    assert counts(bring_in(write_list(tmp_path, NUMBERED + lines[::-1]))) == (203, 0, 0, 203, 0)


def test_one_id_under_two_quite_different_names_makes_two_organisations_and_a_warning(tmp_path: Path) -> None:
    path = write_list(tmp_path, [*NUMBERED, line(1), line(1, name="Panificio Sole", lat=45.2)])

    report, heard = bring_in_heard(path)

    assert counts(report) == (202, 202, 0, 0, 0)
    assert [(problem.row, problem.field, problem.value) for problem in heard] == [(202, "record_id", "r1")]
    assert len(profile_of("Cooperativa Ruota n1").facts.sites) == 1
    assert counts(bring_in(path)) == (202, 0, 0, 202, 0)


def test_the_same_name_near_by_from_another_source_may_be_known_already(tmp_path: Path) -> None:
    bring_in(write_list(tmp_path, [line(1), line(2)]), source="one")
    lines = [line(1, id="x"), line(2, id="y", country="", lat=48.9, lon=2.3), line(3, id="z")]

    report, heard = bring_in_heard(write_list(tmp_path, lines), source="two")

    assert report.tally.possible_duplicates == 1
    assert [problem.row for problem in heard if problem.field == "name"] == [1]


def test_what_one_source_lists_twice_is_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    path = write_list(tmp_path, [line(1, id=f"n{n}", name="Ruota Verde") for n in range(6)])

    assert bring_in(path).tally.possible_duplicates == 0


MANY = [
    *NUMBERED,
    *(line(n) for n in range(5)),
    line(1, street="Corso Francia 9", lat=45.2),
    line(2, name="Panificio Sole"),
    line(90, name=""),
    line(6, lat="", lon="", postcode="", town=""),
    line(1, street="Corso Francia 9", lat=45.2),
    line(0),
]


@pytest.mark.parametrize("is_second_time", [False, True])
def test_a_rehearsal_changes_nothing_and_counts_like_the_real_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_second_time: bool
) -> None:
    monkeypatch.setattr(running, "CHUNK", 69)
    if is_second_time:
        bring_in(write_list(tmp_path, [line(1), line(2, topics="bread"), line(3)]))
    path = write_list(tmp_path, MANY)
    before = everything()

    rehearsed, heard_then = bring_in_heard(path, is_dry_run=True)

    assert everything() == before
    assert rehearsed.id is None
    real, heard = bring_in_heard(path)
    assert rehearsed.tally == real.tally
    assert sorted(heard_then, key=repr) == sorted(heard, key=repr)


def test_widths_of_the_tables_are_kept_to(tmp_path: Path) -> None:
    long = line(
        1, postcode="1" * 60, town="T" * 280, lat="", lon="", website="https://x.example/" + "w" * 900
    )

    assert counts(bring_in(write_list(tmp_path, [long]))) == (1, 1, 0, 0, 0)

    site = profile_of("Cooperativa Ruota n1").facts.sites[0]
    assert (len(site.postcode), len(site.town)) == (20, 200)


def broken_off(folder: Path, good: int) -> Path:
    """Write a list of elements that ends in the middle of one."""
    elements = ",".join(
        f'{{"id": "e{n}", "name": "Ruota {n}", "lat": 45.1, "lon": 7.6}}' for n in range(good)
    )
    path = folder / "broken.json"
    path.write_text(f'[{elements},{{"id": "e", "na', encoding="utf-8")
    return path


def test_a_file_that_breaks_off_at_once_changes_nothing(tmp_path: Path) -> None:
    before = everything()
    with pytest.raises(Invalid):
        bring_in(broken_off(tmp_path, 5))
    assert everything() == before


def test_a_file_that_breaks_off_later_says_what_is_in_and_how_to_take_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 500)
    with pytest.raises(FileBrokeOff) as refusal:
        bring_in(broken_off(tmp_path, 700))

    batch_id = BatchId(int(refusal.value.facts["batch"]))
    assert f"glocal undo {batch_id}" in refusal.value.message
    report = queries.batch(actor=SYSTEM, batch_id=batch_id)
    assert (report.state, report.tally.created) == (BatchState.FAILED, 500)
    services.undo_batch(actor=SYSTEM, batch_id=batch_id)
    assert directory.count_organisations() == 0


def test_a_run_that_is_interrupted_says_so_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)

    def press_stop(_share: float, rows: int) -> None:
        if rows == 4:
            raise KeyboardInterrupt

    path = write_list(tmp_path, [line(n) for n in range(7)])
    with pytest.raises(KeyboardInterrupt):
        services.import_file(path, ImportOptions(source="list"), actor=SYSTEM, on_progress=press_stop)

    [report] = queries.batches(actor=SYSTEM)
    assert (report.state, report.tally.read) == (BatchState.INTERRUPTED, 4)
    assert counts(bring_in(path)) == (7, 3, 0, 4, 0)


@pytest.mark.parametrize("how_many", [1, 20])
def test_the_list_of_imports_costs_one_query(
    tmp_path: Path, how_many: int, django_assert_num_queries: Any
) -> None:
    for number in range(how_many):
        bring_in(write_list(tmp_path, [line(number)]))
    with django_assert_num_queries(1):
        assert len(queries.batches(actor=SYSTEM)) == how_many


def test_rows_cost_the_same_queries_however_many_they_are(tmp_path: Path) -> None:
    bring_in(write_list(tmp_path, [line(0)]))  # the index is made at the first
    prices = []
    for how_many in (3, 300):
        lines = [line(n, id=f"{how_many}-{n}") for n in range(how_many)]
        with CaptureQueriesContext(connection) as asked:
            bring_in(write_list(tmp_path, lines))
        prices.append(len(asked))
    assert prices[0] == prices[1]


def test_an_organisation_that_came_in_is_found_at_once(tmp_path: Path) -> None:
    bring_in(write_list(tmp_path, [line(1)]))
    [card] = directory.find_organisations(Search(text="ruota")).cards
    assert (card.name, card.id) == ("Cooperativa Ruota n1", OrganisationId(int(card.id)))


def test_rows_are_in_though_the_index_could_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise Unavailable("The index could not be written anew.")

    monkeypatch.setattr(running, "SNAPSHOT_AFTER", 2)
    monkeypatch.setattr(editing, "take_in_snapshot_apart", fail)

    report = bring_in(write_list(tmp_path, [line(n) for n in range(5)]))

    assert (report.state, counts(report)) == (BatchState.DONE, (5, 5, 0, 0, 0))
    assert directory.count_organisations() == 5


def test_an_id_that_too_many_rows_have_is_none_and_the_rest_goes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "MOST_OF_ONE_ID", 3)
    alike = [line(1, street=f"Via Po {number}") for number in range(5)]
    path = write_list(tmp_path, [*NUMBERED, *alike, line(300), line(1, street="Via Po 5")])

    report, problems = bring_in_heard(path)

    assert counts(report) == (207, 202, 2, 0, 3)
    assert [problem.row for problem in problems if problem.field == "record_id"] == [204, 205, 207]
    assert counts(bring_in(path)) == (207, 0, 0, 204, 3)
