"""Storing a chunk of rows: which are new, which are known, which say something else than last time."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from glocal.core.clock import now
from glocal.directory import services as directory
from glocal.directory.types import Absorbed, Origin
from glocal.ingest.models import Batch, Change
from glocal.ingest.services import remembering
from glocal.ingest.services.arriving import Arrival, arrivals_of
from glocal.ingest.states import Tally
from glocal.ingest.types import Problem, Proposal, Row

MOST_OF_ONE_ID = 500  # rows with one id; beyond that it tells nothing apart, and every further row costs more


@dataclass(slots=True)
class Run:
    """What one run of an import knows while it goes on."""

    batch: Batch
    licence: str
    is_dry: bool
    is_demo: bool
    is_resumed: bool = False  # the same batch ran before and broke off
    tally: Tally = field(default_factory=Tally)
    crowded: set[str] = field(default_factory=set)  # ids that more rows have than an id can mean

    @property
    def source(self) -> str:
        """Return who says so."""
        return self.batch.source

    @property
    def origin(self) -> Origin:
        """Return what the directory notes of where it comes from."""
        return Origin(self.source, self.licence, now().date().isoformat())


def store_chunk(run: Run, chunk: Sequence[Row]) -> list[Problem]:
    """Store the good rows of a chunk and count all of them; returns the problems, in the order of the rows.

    A constant number of SQL statements, times the most rows in the chunk that share one id.
    """
    run.tally.read += len(chunk)
    problems = [problem for row in chunk for problem in row.problems]
    good = [row for row in chunk if row.proposal is not None]
    run.tally.rejected += len(chunk) - len(good)
    for wave in _waves(good):
        problems += _store_wave(run, wave)
    return sorted(problems, key=lambda problem: problem.row)


def _waves(rows: Sequence[Row]) -> Iterable[list[Proposal]]:
    """Split rows so that no id comes twice in one wave: most chunks are one wave."""
    waves: dict[int, list[Proposal]] = defaultdict(list)
    times: Counter[str] = Counter()
    for proposal in (row.proposal for row in rows):
        if proposal is not None:
            times[proposal.record_id] += 1
            waves[times[proposal.record_id]].append(proposal)
    return waves.values()


def _store_wave(run: Run, wave: Sequence[Proposal]) -> list[Problem]:
    arrivals, problems = _parted(run, wave)
    problems += [problem for arrival in arrivals for problem in _notes(run, arrival)]
    known = [a for a in arrivals if a.record is not None and a.record.fingerprint == a.print_]
    fresh = [a for a in arrivals if a.record is None or a.record.fingerprint != a.print_]
    answers = directory.absorb([a.incoming() for a in fresh], origin=run.origin, is_demo=run.is_demo)
    stored = list(zip(fresh, answers, strict=True))
    remembering.see_again(run.batch, [a.record for a in known if a.record is not None])
    remembering.keep(run.batch, stored)
    for outcome, count in _outcomes(run, known, answers).items():
        setattr(run.tally, outcome, getattr(run.tally, outcome) + count)
    run.tally.possible_duplicates += sum(answer.has_possible_twin for answer in answers)
    return problems + [_twin_problem(arrival) for arrival, answer in stored if answer.has_possible_twin]


def _parted(run: Run, wave: Sequence[Proposal]) -> tuple[list[Arrival], list[Problem]]:
    """Refuse the rows whose id so many others have that it cannot be one; what came before stays."""
    told = [proposal for proposal in wave if proposal.record_id not in run.crowded]
    arrivals = arrivals_of(run.batch, told)
    run.crowded.update(a.proposal.record_id for a in arrivals if a.occurrence > MOST_OF_ONE_ID)
    refused = [proposal for proposal in wave if proposal.record_id in run.crowded]
    run.tally.rejected += len(refused)
    reason = _("more than %(count)d rows have this id, or this name and place: it tells nothing apart")
    problems = [
        Problem(proposal.row, "record_id", proposal.record_id[:80], reason % {"count": MOST_OF_ONE_ID})
        for proposal in refused
    ]
    return [a for a in arrivals if a.proposal.record_id not in run.crowded], problems


def _twin_problem(arrival: Arrival) -> Problem:
    said = arrival.facts.name[:80]
    return Problem(arrival.proposal.row, "name", said, _("may be in the directory already"))


def _outcomes(run: Run, known: Sequence[Arrival], answers: Sequence[Absorbed]) -> Counter[str]:
    """Count what became of the rows; what this batch stored before it broke off still counts as its work."""
    counts = Counter(answer.outcome for answer in answers)
    if not run.is_resumed:
        counts["unchanged"] += len(known)
        return counts
    ids = [a.record.pk for a in known if a.record is not None]
    changed = set(
        Change.objects.filter(batch=run.batch, record_id__in=ids).values_list("record_id", flat=True)
    )
    for record in (a.record for a in known if a.record is not None):
        is_made_here = record.made_organisation and record.created_in_id == run.batch.pk
        counts["created" if is_made_here else "updated" if record.pk in changed else "unchanged"] += 1
    return counts


def _notes(run: Run, arrival: Arrival) -> list[Problem]:
    """Count whether the row has its place on the map, and say what is doubtful."""
    problems = []
    if arrival.is_namesake:
        reason = _("another row has the same number but another name; it was kept as one of its own")
        problems.append(Problem(arrival.proposal.row, "record_id", arrival.record_id[:80], reason))
    if any(site.point for site in arrival.facts.sites):
        run.tally.located += 1
        return problems
    run.tally.unlocated += 1
    site = arrival.facts.sites[0] if arrival.facts.sites else None
    said = f"{site.postcode} {site.town}".strip() if site else ""
    reason = _("not on the map: no point, and no place that is clear")
    return [*problems, Problem(arrival.proposal.row, "place", said[:80], reason)]
