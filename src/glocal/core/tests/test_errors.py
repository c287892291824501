"""Refusals as problem documents."""

import pytest

from glocal.core.errors import Conflict, DomainError, Flaw, Invalid, NotAllowed, NotFound, Unavailable
from glocal.core.events import Event, publish, subscribe


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (DomainError, 400, "refused"),
        (NotAllowed, 403, "not_allowed"),
        (NotFound, 404, "not_found"),
        (Conflict, 409, "conflict"),
        (Invalid, 422, "invalid"),
        (Unavailable, 503, "unavailable"),
    ],
)
def test_a_refusal_becomes_a_problem_document(kind: type[DomainError], status: int, code: str) -> None:
    problem = kind("No.", errors=[Flaw("kind", "bank", "Not one.")], existing="7").as_problem()
    assert problem == {
        "type": f"urn:glocal:{code}",
        "title": kind.title,
        "status": status,
        "detail": "No.",
        "errors": [{"where": "kind", "value": "bank", "reason": "Not one."}],
        "existing": "7",
    }


def test_a_refusal_says_what_may_have_been_meant_where_it_knows() -> None:
    problem = NotFound("There is no such town.", suggestions=("Torino", "Tortona")).as_problem()
    assert problem["suggestions"] == ["Torino", "Tortona"]
    assert "suggestions" not in NotFound("There is no such town.").as_problem()


def test_a_refusal_reads_as_its_sentence() -> None:
    assert str(NotFound("There is no such town.")) == "There is no such town."


def test_listeners_hear_what_they_asked_for_once() -> None:
    heard: list[Event] = []

    def listen(event: Event) -> None:
        heard.append(event)

    subscribe("core.test.happened", listen)
    subscribe("core.test.happened", listen)
    publish(Event("core.test.happened", (7,)))
    publish(Event("core.test.other"))
    assert heard == [Event("core.test.happened", (7,))]
