"""Rows on their way in: which organisation each speaks of, by what is remembered of earlier imports."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from glocal.directory import queries
from glocal.directory.types import Branch, Facts, Incoming, OrganisationId, place_key
from glocal.ingest.models import Batch, Record
from glocal.ingest.services.becoming import facts_of, fingerprint
from glocal.ingest.types import Proposal


@dataclass(slots=True)
class Arrival:
    """A good row on its way in."""

    proposal: Proposal
    record_id: str
    facts: Facts
    print_: str
    record: Record | None  # what is remembered of it from an earlier import
    siblings: list[Record]  # the other rows with its id that speak of the same organisation
    occurrence: int
    is_namesake: bool = False  # it shares its id with a row of another name

    @property
    def organisation_id(self) -> OrganisationId | None:
        """Return the organisation it speaks of, if that is known."""
        known = self.record or (self.siblings[0] if self.siblings else None)
        return OrganisationId(known.organisation_id) if known else None

    @property
    def place(self) -> str:
        """Return the key of the site it names."""
        return place_key(self.facts.sites[0]) if self.facts.sites else ""

    def incoming(self) -> Incoming:
        """Return what the directory is told of it."""
        return Incoming(
            record_id=self.record_id,
            facts=self.facts,
            organisation_id=self.organisation_id,
            branch=self._branch(),
        )

    def _branch(self) -> Branch | None:
        own = self.record
        others = [record for record in self.siblings if own is None or record.pk != own.pk]
        if not others:
            return None
        if own is None:
            return Branch(is_main=False)
        is_shared = any(other.place == own.place for other in others)
        is_main = own.occurrence < min(other.occurrence for other in others)
        return Branch(is_main, "" if is_shared else own.place)


def arrivals_of(batch: Batch, proposals: Sequence[Proposal]) -> list[Arrival]:
    """Return good rows with what is remembered of them. One SQL query, two where rows share an id."""
    records: dict[str, list[Record]] = defaultdict(list)
    ids = [proposal.record_id[:200] for proposal in proposals]
    for record in Record.objects.filter(source=batch.source, record_id__in=ids).order_by("occurrence"):
        records[record.record_id].append(record)
    arrivals = []
    for proposal, record_id in zip(proposals, ids, strict=True):
        facts = facts_of(proposal, source=batch.source)
        print_ = fingerprint(facts)
        same_id = records[record_id]
        own = _own(batch, same_id, print_)
        siblings = [r for r in same_id if own is None or r.organisation_id == own.organisation_id]
        occurrence = own.occurrence if own else 1 + max((r.occurrence for r in same_id), default=0)
        arrivals.append(Arrival(proposal, record_id, facts, print_, own, siblings, occurrence))
    _part_namesakes(arrivals)
    return arrivals


def _own(batch: Batch, same_id: Sequence[Record], print_: str) -> Record | None:
    """Find what is remembered of a row: what said the same, else the first this run has not met yet."""
    unseen = [record for record in same_id if record.seen_in_id != batch.pk]
    first = unseen[0] if unseen else None
    return next((record for record in unseen if record.fingerprint == print_), first)


def _part_namesakes(arrivals: Sequence[Arrival]) -> None:
    """Rows that share an id are places of one organisation, unless their names have no word in common.

    One SQL query, and only where new rows share an id with known ones.
    """
    joining = [a for a in arrivals if a.record is None and a.siblings]
    if not joining:
        return
    names = queries.names_of({OrganisationId(r.organisation_id) for a in joining for r in a.siblings})
    for arrival in joining:
        chosen = next(
            (
                record.organisation_id
                for record in arrival.siblings
                if queries.likeness(names.get(OrganisationId(record.organisation_id), ""), arrival.facts.name)
            ),
            None,
        )
        arrival.is_namesake = chosen is None
        arrival.siblings = [record for record in arrival.siblings if record.organisation_id == chosen]
