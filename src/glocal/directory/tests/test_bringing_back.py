"""What was withdrawn or refused can be shown again, by a steward who did not add it."""

from collections.abc import Callable
from typing import Any

import pytest

from glocal.core.actor import Actor
from glocal.core.errors import NotAllowed, NotFound
from glocal.directory import queries, services
from glocal.directory.errors import NotWaiting
from glocal.directory.types import Search

Build = Callable[..., Any]


@pytest.mark.parametrize("status", ["withdrawn", "refused"])
def test_who_may_bring_an_organisation_back(
    make_organisation: Build, ana: Actor, bruno: Actor, sofia: Actor, stranger: Actor, status: str
) -> None:
    its_id = make_organisation(name="Filo", status=status, added_by=ana)
    for actor, refusal in [(stranger, NotFound), (bruno, NotFound), (ana, NotAllowed)]:
        with pytest.raises(refusal):
            services.bring_back_organisation(actor=actor, organisation_id=its_id)
    assert queries.find_organisations(Search(text="Filo")).count == 0

    services.bring_back_organisation(actor=sofia, organisation_id=its_id)
    assert queries.find_organisations(Search(text="Filo")).count == 1


@pytest.mark.parametrize("status", ["published", "pending"])
def test_what_is_shown_or_waits_cannot_be_brought_back(
    make_organisation: Build, ana: Actor, sofia: Actor, status: str
) -> None:
    its_id = make_organisation(status=status, added_by=ana)
    with pytest.raises(NotWaiting):
        services.bring_back_organisation(actor=sofia, organisation_id=its_id)
