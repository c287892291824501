"""Adding, changing, reviewing and withdrawing organisations."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from glocal.audit import services as audit
from glocal.core.actor import Actor
from glocal.core.clock import now
from glocal.core.errors import Invalid
from glocal.directory import rules
from glocal.directory.errors import EditedMeanwhile, NotWaiting, OrganisationNotFound
from glocal.directory.gateways import feed, store
from glocal.directory.models import Organisation
from glocal.directory.types import Facts, OrganisationId, Origin, Status

PERSON = "glocal"  # the source of what people type in here


@transaction.atomic
def add_organisation(*, actor: Actor, facts: Facts) -> OrganisationId:
    """Add an organisation that waits for a steward.

    Raises:
        NotAllowed: nobody is signed in.
        ImpossibleFacts: something said of it cannot be.
    """
    rules.require_may_add(actor)
    rules.require_possible(facts)
    facts = rules.normalised(facts, said_by=PERSON)
    row = Organisation(status=Status.PENDING, added_by_id=actor.user_id, change_no=feed.next_change_no())
    store.put_origin(row, _said_now())
    store.fill(row, facts)
    row.confirmed_at = now()
    row.save()
    store.replace_parts([(row, facts)], are_new=True)
    _record(actor, "directory.organisation.added", row)
    return OrganisationId(row.pk)


@transaction.atomic
def edit_organisation(*, actor: Actor, organisation_id: OrganisationId, facts: Facts, version: int) -> int:
    """Change what is said of an organisation; returns its new version.

    `version` is the one the person looked at when they began.

    Raises:
        OrganisationNotFound: no such one, or not theirs to see.
        NotAllowed: they may look but not change.
        EditedMeanwhile: somebody saved another version since.
        ImpossibleFacts: something said of it cannot be.
    """
    row = _locked(actor, organisation_id)
    rules.require_may_edit(actor, row)
    rules.require_possible(facts)
    facts = rules.normalised(facts, said_by=PERSON)
    if row.version != version:
        raise EditedMeanwhile(_("Somebody changed this organisation while you were writing."))
    [stored] = store.with_facts([row])
    changed = changed_fields(stored.facts, facts)
    if not changed:
        return row.version
    store.put_origin(row, _said_now(), fields=changed)
    store.fill(row, facts)
    _save_changed(row, confirmed_at=now())
    store.replace_parts([(row, facts)], are_new=False)
    _record(actor, "directory.organisation.edited", row, fields=", ".join(changed))
    return row.version


def changed_fields(before: Facts, after: Facts) -> list[str]:
    """Name the fields in which two statements differ."""
    return [name for name in Facts.__dataclass_fields__ if getattr(before, name) != getattr(after, name)]


@transaction.atomic
def accept_organisation(*, actor: Actor, organisation_id: OrganisationId) -> None:
    """Publish an organisation that waits.

    Raises:
        OrganisationNotFound: no such one, or not theirs to see.
        NotAllowed: not a steward, or they added it themselves.
        NotWaiting: it was decided already.
    """
    row = _locked(actor, organisation_id)
    rules.require_may_review(actor, row)
    _require_waiting(row)
    row.status = Status.PUBLISHED
    _save_changed(row)
    _record(actor, "directory.organisation.accepted", row)


@transaction.atomic
def refuse_organisation(*, actor: Actor, organisation_id: OrganisationId, because: str) -> None:
    """Refuse an organisation that waits, with a reason its author will read.

    Raises:
        OrganisationNotFound: no such one, or not theirs to see.
        NotAllowed: not a steward, or they added it themselves.
        NotWaiting: it was decided already.
        Invalid: no reason was given.
    """
    row = _locked(actor, organisation_id)
    rules.require_may_review(actor, row)
    _require_waiting(row)
    if not because.strip():
        raise Invalid(_("Please give a reason; whoever added it will read it."))
    row.status, row.refused_because = Status.REFUSED, because.strip()[:500]
    _save_changed(row)
    _record(actor, "directory.organisation.refused", row, because=row.refused_because)


@transaction.atomic
def withdraw_organisation(*, actor: Actor, organisation_id: OrganisationId) -> None:
    """Take an organisation out of public sight; its record is kept.

    Raises:
        OrganisationNotFound: no such one, or not theirs to see.
        NotAllowed: they may look but not change.
    """
    row = _locked(actor, organisation_id)
    rules.require_may_edit(actor, row)
    row.status = Status.WITHDRAWN
    _save_changed(row)
    _record(actor, "directory.organisation.withdrawn", row)


@transaction.atomic
def bring_back_organisation(*, actor: Actor, organisation_id: OrganisationId) -> None:
    """Show an organisation again that was withdrawn or refused.

    Raises:
        OrganisationNotFound: no such one, or not theirs to see.
        NotAllowed: not a steward, or they added it themselves.
        NotWaiting: it is shown already, or waits for a decision.
    """
    row = _locked(actor, organisation_id)
    rules.require_may_review(actor, row)
    if row.status not in {Status.WITHDRAWN, Status.REFUSED}:
        raise NotWaiting(_("This organisation was neither withdrawn nor refused."))
    row.status, row.refused_because = Status.PUBLISHED, ""
    _save_changed(row)
    _record(actor, "directory.organisation.brought_back", row)


@transaction.atomic
def confirm_organisation(*, actor: Actor, organisation_id: OrganisationId) -> None:
    """Note that what is said of it is still right.

    Raises:
        OrganisationNotFound: no such one, or not theirs to see.
        NotAllowed: they may look but not change.
    """
    row = _locked(actor, organisation_id)
    rules.require_may_edit(actor, row)
    _save_changed(row, confirmed_at=now())
    _record(actor, "directory.organisation.confirmed", row)


def _locked(actor: Actor, organisation_id: OrganisationId) -> Organisation:
    change_no = feed.next_change_no()  # first the counter, then the row, as imports do: never a deadlock
    row = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    if row is None or not rules.is_visible_to(actor, row):
        raise OrganisationNotFound(_("There is no such organisation here."))
    row.change_no = change_no
    return row


def _require_waiting(row: Organisation) -> None:
    if row.status != Status.PENDING:
        raise NotWaiting(_("This organisation was decided about already."))


def _save_changed(row: Organisation, *, confirmed_at: datetime | None = None) -> None:
    store.confirmed(row, confirmed_at)
    row.version += 1
    row.save()
    feed.ring_after_commit()


def _said_now() -> Origin:
    return Origin(PERSON, "CC0-1.0", now().date().isoformat())


def _record(actor: Actor, act: str, row: Organisation, **facts: str) -> None:
    audit.record(actor=actor, act=act, subject=f"organisation:{row.pk}", name=row.name, **facts)
