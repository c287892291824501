"""What all readers share: a file becomes elements, a plan is made from the first, and each becomes a row."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import closing

from django.utils.translation import gettext as _

from glocal.ingest.errors import ImpossibleMapping, UnreadableFile
from glocal.ingest.readers.assemble import Assembler
from glocal.ingest.readers.plan import Knowledge, Plan, make_plan
from glocal.ingest.readers.records import Element, Record, as_text, headings_of, take_sample
from glocal.ingest.readers.remarks import shortened
from glocal.ingest.sniff import readable
from glocal.ingest.types import Column, OpenedFile, ReadOptions, Row


class RecordReader(ABC):
    """A reader whose file is a sequence of records."""

    name: str
    knowledge = Knowledge()

    @abstractmethod
    def recognises(self, opened: OpenedFile) -> float:
        """Return how sure the reader is, 0..1, that this file is of its kind."""

    @abstractmethod
    def elements(self, opened: OpenedFile) -> Iterator[Element]:
        """Yield every element of the file as a flat record, or with the reason why it is none."""

    def sample(self, opened: OpenedFile) -> list[Record]:
        """Return the first records, to make the plan from."""
        elements = (element for element in self.elements(opened))
        with readable(), closing(elements):
            return take_sample(elements)

    def plan(self, opened: OpenedFile, options: ReadOptions) -> Plan:
        """Return the plan for this file.

        Raises:
            UnreadableFile: there is nothing in it.
            ImpossibleMapping: a correction does not fit the file, or no column holds a name.
        """
        sample = self.sample(opened)
        if not sample:
            raise UnreadableFile(_("There is no row with anything in it in this file."))
        self.check(sample)
        plan = make_plan(sample, options, self.knowledge)
        if not plan.name and not plan.other_names:
            known = ", ".join(headings_of(sample)[:20])
            message = _(
                "No column seems to hold the name; say which one with name=COLUMN. The file has: %(known)s."
            )
            raise ImpossibleMapping(message % {"known": shortened_list(known)})
        return plan

    def check(self, sample: Sequence[Record]) -> None:  # noqa: B027 - most readers have nothing to refuse
        """Refuse a file that is well-formed but cannot be a list of organisations."""

    def columns(self, opened: OpenedFile) -> list[Column]:
        """Return the columns with guessed fields and up to three samples each."""
        sample = self.sample(opened)
        if not sample:
            raise UnreadableFile(_("There is no row with anything in it in this file."))
        chosen = make_plan(sample, ReadOptions(), self.knowledge).assignment
        found = []
        for heading in headings_of(sample):
            guess, field = chosen.guesses[heading], chosen.field_of(heading)
            reason = (
                _("Personal contact details are never imported.")
                if guess.is_contact and field is None
                else ""
            )
            samples = () if reason else tuple(_samples(sample, heading))
            certain = 1.0 if self.knowledge.preset.get(heading) == field else guess.confidence
            found.append(Column(heading, field, samples, certain if field else 0.0, reason))
        return found

    def rows(self, opened: OpenedFile, options: ReadOptions) -> Iterator[Row]:
        """Yield every element as a row, in constant memory."""
        make_row = Assembler(self.plan(opened, options)).row
        with readable():
            for element in self.elements(opened):
                yield make_row(element)


def shortened_list(text: str, longest: int = 300) -> str:
    """Return a list of columns short enough for a sentence."""
    return text if len(text) <= longest else text[:longest] + "…"


def _samples(sample: Sequence[Record], heading: str) -> list[str]:
    seen: dict[str, None] = {}
    for record in sample:
        shown = shortened(as_text(record.get(heading)))
        if shown:
            seen[shown] = None
        if len(seen) == 3:
            break
    return list(seen)
