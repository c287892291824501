"""Words people propose: who may, what cannot be, what stewards decide, what is written into the home."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from glocal.audit.queries import acts_on
from glocal.core.actor import Actor
from glocal.core.clock import now
from glocal.core.errors import Invalid, NotAllowed
from glocal.lexicon import proposals
from glocal.lexicon.errors import (
    DecidedAlready,
    ImpossibleProposal,
    ProposedAlready,
    TooManyProposals,
    UnknownConcept,
    UnknownProposal,
)
from glocal.lexicon.labels import ProposalKind, ProposalState
from glocal.lexicon.models import LabelProposal
from glocal.lexicon.rules import LONGEST_LABEL, LONGEST_REASON, MOST_OPEN, Proposal
from glocal.lexicon.services.proposing import accept_proposal, propose_label, refuse_proposal
from glocal.lexicon.types import ConceptId

Commits = Callable[..., Any]
PREFERRED, OTHER, WRONG = ProposalKind.PREFERRED, ProposalKind.OTHER, ProposalKind.WRONG
TYPED = {"language": "it", "kind": "other", "text": "dispensa", "reason": "Si dice così a Torino."}


def wish(text: str = "dispensa", kind: ProposalKind = OTHER, language: str = "it", **said: Any) -> Proposal:
    """Return a proposal for the food bank."""
    given = {"concept": ConceptId("food-bank"), "reason": "It is said so.", **said}
    return Proposal(language=language, kind=kind, text=text, **given)


def waits(actor: Actor, **said: Any) -> int:
    """Store a proposal that waits, without asking any rule."""
    facts = {
        "concept": "food-bank",
        "language": "it",
        "kind": OTHER,
        "text": "dispensa",
        "reason": "So.",
        **said,
    }
    row = LabelProposal.objects.create(proposed_by_id=actor.user_id, proposed_at=now(), **facts)
    return int(row.pk)


def state_of(proposal_id: int) -> str:
    return LabelProposal.objects.get(pk=proposal_id).state


def accepted_rows() -> list[list[str]]:
    """Return what is written into the home, without its heading."""
    with (Path(settings.GLOCAL_HOME) / "lexicon" / "accepted.csv").open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    assert heading == ["id", "language", "rank", "label"]
    return rows


def at_browser(actor: Actor, **options: Any) -> Client:
    client = Client(**options)
    if actor.user_id is not None:
        person = get_user_model().objects.get(pk=actor.user_id)
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


ACTS: dict[str, Callable[[Actor, int], Any]] = {
    "propose": lambda actor, _id: propose_label(actor=actor, proposal=wish(f"mensa {actor.user_id}")),
    "see one's own": lambda actor, _id: proposals.own_proposals(actor=actor),
    "see the queue": lambda actor, _id: proposals.open_proposals(actor=actor),
    "accept": lambda actor, its_id: accept_proposal(actor=actor, proposal_id=its_id),
    "refuse": lambda actor, its_id: refuse_proposal(actor=actor, proposal_id=its_id, because="No."),
}
# act, may they: stranger, Bruno, Ana (who proposed it), Sofia (steward)
TABLE: list[tuple[str, list[bool]]] = [
    ("propose", [False, True, True, True]),
    ("see one's own", [False, True, True, True]),
    ("see the queue", [False, False, False, True]),
    ("accept", [False, False, False, True]),
    ("refuse", [False, False, False, True]),
]


@pytest.mark.parametrize(("act", "may"), [pytest.param(*line, id=line[0]) for line in TABLE])
def test_who_may_do_what(cast: tuple[Actor, ...], ana: Actor, act: str, may: list[bool]) -> None:
    its_id = waits(ana)
    for actor, is_allowed in sorted(zip(cast, may, strict=True), key=lambda one: one[1]):
        before = list(LabelProposal.objects.values())
        if is_allowed:
            ACTS[act](actor, its_id)
            continue
        with pytest.raises(NotAllowed):
            ACTS[act](actor, its_id)
        assert list(LabelProposal.objects.values()) == before


def test_a_steward_does_not_decide_about_their_own(sofia: Actor) -> None:
    its_id = waits(sofia)
    for act in ("accept", "refuse"):
        with pytest.raises(NotAllowed):
            ACTS[act](sofia, its_id)
    [card] = proposals.open_proposals(actor=sofia)
    assert not card.may_decide
    assert state_of(its_id) == ProposalState.OPEN


@pytest.mark.parametrize(
    "proposal",
    [
        wish(""),
        wish("  \n"),
        wish("…!"),
        wish("a|b"),
        wish("a\0b"),
        wish("pane\u202eenap"),
        wish("x" * (LONGEST_LABEL + 1)),
        wish("", WRONG),
        wish(language="xx"),
        wish(language="tr"),
        wish(reason="  "),
        wish(reason="a\0b"),
        wish(reason="x" * (LONGEST_REASON + 1)),
    ],
    ids=str,
)
def test_what_cannot_be_a_word_is_refused(ana: Actor, proposal: Proposal) -> None:
    with pytest.raises(ImpossibleProposal):
        propose_label(actor=ana, proposal=proposal)
    assert not LabelProposal.objects.exists()


def test_the_longest_word_is_kept_whole_with_its_spaces_in_order(ana: Actor) -> None:
    word = "x" * (LONGEST_LABEL - 2) + " y"
    its_id = propose_label(actor=ana, proposal=wish(f"  {word.replace(' ', '   ')} "))
    assert LabelProposal.objects.get(pk=its_id).text == word


def test_no_word_is_proposed_for_what_does_not_exist(ana: Actor) -> None:
    with pytest.raises(UnknownConcept):
        propose_label(actor=ana, proposal=wish(concept=ConceptId("no-such-thing")))


def test_a_word_known_already_is_refused(ana: Actor) -> None:
    for proposal in (wish("banco alimentare", PREFERRED), wish("banca del cibo"), wish("banco alimentare")):
        with pytest.raises(ProposedAlready):
            propose_label(actor=ana, proposal=proposal)
    propose_label(actor=ana, proposal=wish("banca del cibo", PREFERRED))  # known, and the better one
    propose_label(actor=ana, proposal=wish("Banco Alimentare", PREFERRED))  # the same letters, written better
    propose_label(actor=ana, proposal=wish("banca del cibo", WRONG))


@pytest.mark.parametrize(("state", "is_refused"), [("open", True), ("accepted", True), ("refused", False)])
def test_the_same_twice_is_refused_whoever_says_it(
    ana: Actor, bruno: Actor, state: str, *, is_refused: bool
) -> None:
    waits(bruno, text="caffè sospeso", state=state, decided_at=None if state == "open" else now())
    same = wish("caffe\u0300  sospeso")  # the same letters, composed otherwise
    if is_refused:
        with pytest.raises(ProposedAlready):
            propose_label(actor=ana, proposal=same)
    else:
        propose_label(actor=ana, proposal=same)
    for other in (
        wish("caffè sospeso", PREFERRED),
        wish("caffè sospeso", language="fr"),
        wish("caffe sospeso"),
    ):
        propose_label(actor=ana, proposal=other)


def test_of_two_at_the_same_moment_one_is_kept(ana: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    waits(ana)
    monkeypatch.setattr("glocal.lexicon.services.proposing._refuse_same", lambda _proposal: None)
    with pytest.raises(ProposedAlready):
        propose_label(actor=ana, proposal=wish())
    assert LabelProposal.objects.count() == 1


def test_so_many_wait_and_no_more(ana: Actor, bruno: Actor, sofia: Actor) -> None:
    first, *_rest = [propose_label(actor=ana, proposal=wish(f"parola {n}")) for n in range(MOST_OPEN)]
    with pytest.raises(TooManyProposals):
        propose_label(actor=ana, proposal=wish("una di troppo"))
    propose_label(actor=bruno, proposal=wish("una di troppo"))
    refuse_proposal(actor=sofia, proposal_id=first, because="No.")
    propose_label(actor=ana, proposal=wish("una ancora"))


def test_deciding_happens_once(ana: Actor, sofia: Actor) -> None:
    for first in ("accept", "refuse"):
        its_id = waits(ana, text=first)
        ACTS[first](sofia, its_id)
        for again in ("accept", "refuse"):
            with pytest.raises(DecidedAlready):
                ACTS[again](sofia, its_id)
        assert state_of(its_id) == {"accept": "accepted", "refuse": "refused"}[first]
    with pytest.raises(UnknownProposal):
        accept_proposal(actor=sofia, proposal_id=10**15)


def test_only_stewards_learn_which_numbers_there_are(stranger: Actor, ana: Actor) -> None:
    for actor in (stranger, ana):
        for act in ("accept", "refuse"):
            with pytest.raises(NotAllowed):
                ACTS[act](actor, 10**15)


@pytest.mark.parametrize("because", ["", "  \n", "a\0b"])
def test_refusing_takes_a_reason(ana: Actor, sofia: Actor, because: str) -> None:
    its_id = waits(ana)
    with pytest.raises(Invalid):
        refuse_proposal(actor=sofia, proposal_id=its_id, because=because)
    assert state_of(its_id) == ProposalState.OPEN


def test_what_was_done_is_on_record(ana: Actor, sofia: Actor) -> None:
    its_id = propose_label(actor=ana, proposal=wish())
    refuse_proposal(actor=sofia, proposal_id=its_id, because="Nobody says so.")
    other = propose_label(actor=ana, proposal=wish("mensa"))
    accept_proposal(actor=sofia, proposal_id=other)
    told = [(act.act, act.actor_id) for act in reversed(acts_on(f"label_proposal:{its_id}"))]
    assert told == [("lexicon.label.proposed", ana.user_id), ("lexicon.label.refused", sofia.user_id)]
    assert acts_on(f"label_proposal:{other}")[0].act == "lexicon.label.accepted"
    assert acts_on(f"label_proposal:{its_id}")[0].facts == {
        "concept": "food-bank", "language": "it", "kind": "other", "because": "Nobody says so.",
    }  # fmt: skip


def test_accepted_words_are_written_into_the_home(
    ana: Actor, sofia: Actor, django_capture_on_commit_callbacks: Commits
) -> None:
    said = [("dispensa", OTHER), ("emporio", PREFERRED), ('em"porio, solidale', PREFERRED), ("banca", WRONG)]
    ids = [propose_label(actor=ana, proposal=wish(text, kind)) for text, kind in said]
    refused = propose_label(actor=ana, proposal=wish("sbagliato"))
    with django_capture_on_commit_callbacks(execute=True):
        for its_id in ids:
            accept_proposal(actor=sofia, proposal_id=its_id)
        refuse_proposal(actor=sofia, proposal_id=refused, because="No.")
    assert accepted_rows() == [
        ["food-bank", "it", "other", "dispensa"],
        ["food-bank", "it", "other", "emporio"],  # it was the better one until the next was accepted
        ["food-bank", "it", "preferred", 'em"porio, solidale'],
    ]
    folder = Path(settings.GLOCAL_HOME) / "lexicon"
    assert not list(folder.glob("*.new")) + list(folder.glob(".*.new"))


def test_nothing_is_written_before_it_is_certain(ana: Actor, sofia: Actor) -> None:
    its_id = waits(ana)
    with transaction.atomic():
        accept_proposal(actor=sofia, proposal_id=its_id)
        transaction.set_rollback(True)
    assert not (Path(settings.GLOCAL_HOME) / "lexicon" / "accepted.csv").exists()
    assert state_of(its_id) == ProposalState.OPEN


def test_who_leaves_takes_their_name_and_leaves_the_word(ana: Actor, sofia: Actor) -> None:
    its_id, decided = waits(ana), waits(ana, text="mensa")
    accept_proposal(actor=sofia, proposal_id=decided)
    people = get_user_model().objects
    people.filter(pk=ana.user_id or 0).delete()
    [card] = proposals.open_proposals(actor=sofia)
    assert (card.id, card.proposed_by, card.may_decide) == (its_id, "", True)
    assert at_browser(sofia).get("/lexicon/proposals/").status_code == 200
    people.filter(pk=sofia.user_id or 0).delete()
    row = LabelProposal.objects.get(pk=decided)
    assert (row.proposed_by_id, row.decided_by_id, row.state) == (None, None, "accepted")


@pytest.mark.parametrize(
    "flaw",
    [{"text": ""}, {"state": "accepted"}, {"decided_at": datetime(2026, 1, 1, tzinfo=UTC)}],
    ids=str,
)
def test_the_table_defends_itself(ana: Actor, flaw: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        waits(ana, **flaw)


@pytest.mark.parametrize("how_many", [1, 20])
@pytest.mark.parametrize("ask", [proposals.open_proposals, proposals.own_proposals])
def test_a_list_costs_two_queries_whatever_its_length(
    sofia: Actor, how_many: int, ask: Callable[..., Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(how_many):
        waits(sofia, text=f"parola {number}")
    with django_assert_num_queries(2):
        assert len(ask(actor=sofia)) == how_many


@pytest.mark.parametrize("address", ["/lexicon/proposals/", "/lexicon/proposals/mine/"])
def test_a_page_of_proposals_costs_the_same_whatever_its_length(
    sofia: Actor, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        waits(sofia, text=f"parola {number}")
    client = at_browser(sofia)
    with django_assert_max_num_queries(4):  # the session, the person, the list, the names
        assert client.get(address).text.count('id="proposal-') == 20


def test_a_word_is_proposed_on_its_page(ana: Actor) -> None:
    client = at_browser(ana)
    page = client.get("/lexicon/food-bank/propose/?lang=it").text
    assert '<option value="it" selected>' in page
    assert "banca del cibo" in page
    answer = client.post("/lexicon/food-bank/propose/", TYPED, follow=True)
    assert answer.redirect_chain == [("/lexicon/food-bank/", 302)]
    assert "A steward looks at it." in answer.text
    mine = client.get("/lexicon/proposals/mine/").text
    assert "dispensa" in mine
    assert "waits for a steward" in mine


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"text": ""}, 422), ({"language": "xx"}, 422), ({"kind": "x"}, 422), ({"text": "a|b"}, 422),
     ({"text": "banca del cibo"}, 409), ({"reason": ""}, 422)],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    ana: Actor, wrong: dict[str, str], status: int
) -> None:
    answer = at_browser(ana).post("/lexicon/food-bank/propose/", {**TYPED, **wrong})
    assert answer.status_code == status
    assert 'class="notice error" role="alert"' in answer.text
    assert (TYPED if "reason" not in wrong else {"reason": "dispensa"})["reason"] in answer.text
    assert not LabelProposal.objects.exists()


def test_a_steward_decides_on_the_page_and_the_other_reads_why(ana: Actor, sofia: Actor) -> None:
    first, second = waits(ana), waits(ana, text="mensa", kind=WRONG)
    steward = at_browser(sofia)
    queue = steward.get("/lexicon/proposals/").text
    assert queue.index("dispensa") < queue.index("mensa")
    assert "proposed by Ana" in queue
    answer = steward.post(f"/lexicon/proposals/{first}/accept/", follow=True)
    assert answer.redirect_chain == [("/lexicon/proposals/", 302)]
    steward.post(f"/lexicon/proposals/{second}/refuse/", {"because": "It is said in Torino."})
    assert "Nothing waits" in steward.get("/lexicon/proposals/").text
    mine = at_browser(ana).get("/lexicon/proposals/mine/").text
    assert "It is said in Torino." in mine


def test_the_queue_of_organisations_leads_to_the_one_of_words(sofia: Actor) -> None:
    assert 'href="/lexicon/proposals/"' in at_browser(sofia).get("/organisations/review/").text


@pytest.mark.parametrize("act", ["accept", "refuse"])
def test_deciding_takes_a_form_of_ours(ana: Actor, sofia: Actor, act: str) -> None:
    its_id = waits(ana)
    address = f"/lexicon/proposals/{its_id}/{act}/"
    answer = at_browser(sofia, enforce_csrf_checks=True).post(address, {"because": "x"})
    assert answer.status_code == 403
    assert at_browser(sofia).get(address).status_code == 405
    assert state_of(its_id) == ProposalState.OPEN


def test_a_word_of_another_script_and_hostile_words_stay_words(ana: Actor, sofia: Actor) -> None:
    hostile = "<script>alert(1)</script>"
    for text in (hostile, "трапезария"):
        propose_label(actor=ana, proposal=wish(text, language="bg", reason=hostile))
    page = at_browser(sofia).get("/lexicon/proposals/").text
    assert hostile not in page
    assert '<span lang="bg">трапезария</span>' in page
