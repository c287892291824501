"""Turns a record into a proposal after a plan, noting everything it had to change."""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from django.utils.translation import gettext as _

from glocal.ingest import limits
from glocal.ingest.cleaning.dates import clean_date
from glocal.ingest.cleaning.identifiers import clean_identifier, scheme_of_registrar, unfloated
from glocal.ingest.cleaning.kinds import kind_of_name, kind_of_topic, kind_of_type, spoken_key, worlds_of
from glocal.ingest.cleaning.text import Cleaned, clean_line, clean_text, is_plain
from glocal.ingest.cleaning.websites import clean_website
from glocal.ingest.readers.places import PlaceReader
from glocal.ingest.readers.plan import Plan
from glocal.ingest.readers.records import Element, Record, as_text
from glocal.ingest.readers.remarks import Remarks
from glocal.ingest.readers.topics import split_topics
from glocal.ingest.types import Proposal, Row, SiteProposal

# A legal form says how an organisation is registered; its name may say better what it is.
_NARROWER_THAN_COMPANY = frozenset(
    {"cooperative", "social_enterprise", "mutual", "foundation", "school", "university_research"}
)
_CLOSED_WORDS = frozenset(
    [
        "dead",
        "closed",
        "dissolved",
        "inactive",
        "false",
        "removed",
        "liquidated",
        "cessee",
        "radiata",
        "cancellata",
        "ferme",
    ]
)
_NOTHING = frozenset({"", "-", "n/a", "N/A", "null", "NULL", "None", "none", "nan", "NaN", "[ND]"})


class Assembler:
    """Makes rows of one file. Not shared between threads: it keeps the remarks on the current row."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._remarks = Remarks()
        self._places = PlaceReader(plan, self._remarks)

    def row(self, element: Element) -> Row:
        """Return the row of an element: its proposal, or why it is refused."""
        remarks = self._remarks
        remarks.start(element.number)
        record = element.record
        if record is None:
            remarks.add("", element.value, element.flaw)
            return Row(element.number, None, remarks.taken())
        if element.note:
            remarks.add(element.note_field, element.value, element.note)
        name, others = self._names(record)
        if not name:
            remarks.add("name", "", _("There is no name, so this row is left out."))
            return Row(element.number, None, remarks.taken())
        proposal = self._proposal(element.number, record, name, others)
        return Row(element.number, proposal, remarks.taken())

    def _proposal(
        self, number: int, record: Record, name: str, others: tuple[tuple[str, str], ...]
    ) -> Proposal:
        plan = self._plan
        country, sites = self._places.read(record)
        legal_form = unfloated(self._line(record, plan.legal_form, "legal_form")) if plan.legal_form else ""
        topics = self._topics(record) if plan.topics else ()
        type_text = self._line(record, plan.kind, "kind") if plan.kind else ""
        kind = self._kind(type_text, legal_form, name, topics)
        if type_text and not kind_of_type(type_text) and type_text not in topics:
            topics = (*topics, type_text)[: limits.MAX_TOPICS]  # unknown as a kind, yet worth keeping
        identifiers = self._identifiers(record) if plan.identifiers or not plan.is_id_unique else ()
        return Proposal(
            number, self._record_id(record, name, country, sites, identifiers), name, others, kind,
            worlds_of(as_text(record.get(plan.world))) if plan.world else (),
            self._descriptions(record) if plan.descriptions else (), topics, identifiers,
            self._website(record) if plan.websites else "",
            self._date(record, plan.founded_on, "founded_on") if plan.founded_on else "",
            self._closed(record) if plan.closed_on or plan.status else "",
            self._size(record) if plan.size_class else "", legal_form, sites, country,
        )  # fmt: skip

    def _line(self, record: Record, column: str, name: str, longest: int = limits.MAX_SHORT) -> str:
        raw = record.get(column) if column else None
        if raw is None or raw == "":
            return ""
        text = raw if raw.__class__ is str else as_text(raw)
        if is_plain(text) and len(text) <= longest:
            text = text.strip()
            return "" if text in _NOTHING else text
        return self._noted(name, text, clean_line(text, longest), longest)

    def _noted(self, name: str, raw: str, cleaned: Cleaned, longest: int) -> str:
        for deed in cleaned.done:
            self._remarks.deed(name, raw, deed, longest)
        return "" if cleaned.text in _NOTHING else cleaned.text

    def _names(self, record: Record) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return the name and the others; without a name the first other one serves."""
        name = self._line(record, self._plan.name, "name", limits.MAX_NAME)
        if not self._plan.other_names:
            return name, ()
        others: dict[str, str] = {}
        for column in self._plan.other_names:
            for text in _pieces(record.get(column.column)):
                other = (
                    self._line({"": text}, "", "other_name", limits.MAX_NAME)
                    if not text
                    else self._other(text)
                )
                if other and other != name:
                    others.setdefault(other, column.note)
        if not name and others:
            name = next(iter(others))
            others.pop(name)
        return name, tuple((language, other) for other, language in others.items())

    def _other(self, text: str) -> str:
        if is_plain(text) and len(text) <= limits.MAX_NAME:
            return "" if text.strip() in _NOTHING else text.strip()
        return self._noted("other_name", text, clean_line(text, limits.MAX_NAME), limits.MAX_NAME)

    def _descriptions(self, record: Record) -> tuple[tuple[str, str], ...]:
        kept: list[tuple[str, str]] = []
        for column in self._plan.descriptions:
            raw = record.get(column.column)
            if raw is None or raw == "":
                continue
            text = as_text(raw)
            cleaned = self._noted(
                "description", text, clean_text(text, limits.MAX_DESCRIPTION), limits.MAX_DESCRIPTION
            )
            if cleaned and all(cleaned != other for _language, other in kept):
                kept.append((column.note or self._plan.language, cleaned))
        return tuple(kept)

    def _topics(self, record: Record) -> tuple[str, ...]:
        kept: dict[str, str] = {}
        for column in self._plan.topics:
            raw = record.get(column.column)
            for topic in split_topics(raw, by_comma=column.note == ",") if raw else ():
                kept.setdefault(topic.casefold(), topic)
        if len(kept) > limits.MAX_TOPICS:
            self._remarks.add(
                "topics", "", _("There are more topics than can be kept; the rest was left out.")
            )
        return tuple(kept.values())[: limits.MAX_TOPICS] if kept else ()

    def _kind(self, type_text: str, legal_form: str, name: str, topics: tuple[str, ...]) -> str:
        said = kind_of_type(type_text) if type_text else ""
        formal = kind_of_type(legal_form) if legal_form and not said else ""
        if formal in {"", "company"} and not said:
            by_name = kind_of_name(name)
            formal = by_name if not formal or by_name in _NARROWER_THAN_COMPANY else formal
        if said or formal:
            return said or formal
        default = self._plan.default_kind
        if default == "informal_initiative":
            return next((kind for kind in map(kind_of_type, topics) if kind not in {"", "other"}), default)
        return next((kind for topic in topics if (kind := kind_of_topic(topic))), default)

    def _identifiers(self, record: Record) -> tuple[tuple[str, str], ...]:
        plan = self._plan
        kept: list[tuple[str, str]] = []
        for column in plan.identifiers:
            raw = record.get(column.column)
            if raw is None or raw == "":
                continue
            scheme = column.note
            if not scheme and plan.registrar:
                registrar = as_text(record.get(plan.registrar))
                scheme = scheme_of_registrar(registrar)
            value = clean_identifier(self._line(record, column.column, "identifier"), scheme)
            if value and (scheme or column.column, value) not in kept:
                kept.append((scheme or column.column, value))
        if not plan.is_id_unique and (shared := self._line(record, plan.record_id, "record_id")):
            kept.append((plan.record_id, unfloated(shared)))
        return tuple(kept)

    def _website(self, record: Record) -> str:
        refused = ""
        for column in self._plan.websites:
            raw = record.get(column)
            if not raw:
                continue
            text = as_text(raw)
            if address := clean_website(text):
                return address
            refused = refused or (text if address is None else "")
        if refused:
            self._remarks.add("website", refused, _("This is no web address; it was left out."))
        return ""

    def _date(self, record: Record, column: str, name: str) -> str:
        raw = record.get(column) if column else None
        if not raw:
            return ""
        text = as_text(raw)
        day = clean_date(text[:100], month_first=column in self._plan.month_first)
        if day is None:
            self._remarks.add(name, text, _("This is no date that can be understood; it was left out."))
        return day or ""

    def _closed(self, record: Record) -> str:
        plan = self._plan
        closed_on = self._date(record, plan.closed_on, "closed_on")
        if plan.status and not closed_on:
            status = as_text(record.get(plan.status)).strip()
            if spoken_key(status) in _CLOSED_WORDS:
                self._remarks.add("closed_on", status, _("It is said to be closed, but not since when."))
        return closed_on

    def _size(self, record: Record) -> str:
        size = self._line(record, self._plan.size_class, "size_class", 100)
        return "" if size == "NN" else unfloated(size)

    def _record_id(
        self,
        record: Record,
        name: str,
        country: str,
        sites: tuple[SiteProposal, ...],
        identifiers: tuple[tuple[str, str], ...],
    ) -> str:
        plan = self._plan
        given = record.get(plan.record_id) if plan.record_id else None
        if given is not None and given != "" and plan.is_id_unique:
            text = given if given.__class__ is str else as_text(given)
            is_clean = is_plain(text) and len(text) <= limits.MAX_SHORT
            cleaned = unfloated(text.strip() if is_clean else clean_line(text, limits.MAX_SHORT).text)
            if cleaned:
                return cleaned
        return fingerprint(name, country, sites, identifiers)


def _pieces(raw: Any) -> Iterator[str]:
    """Yield the names in a value; several stand in a list or between semicolons."""
    if raw is None or raw == "":
        return
    for item in raw if isinstance(raw, list) else (raw,):
        for piece in as_text(item).split(";"):
            if piece.strip():
                yield piece


def fingerprint(
    name: str, country: str, sites: tuple[SiteProposal, ...], identifiers: tuple[tuple[str, str], ...] = ()
) -> str:
    """Return a stable id for a row that has none: name, country, first place and first identifier, hashed."""
    site = sites[0] if sites else SiteProposal()
    place = [site.street, site.postcode, site.town] if site.street or site.postcode or site.town else []
    if not place and site.lat is not None and site.lon is not None:
        place = [f"{site.lat:.3f}", f"{site.lon:.3f}"]
    first = identifiers[0][1] if identifiers else ""
    said = "\x1f".join([name.casefold(), country, first, *(part.casefold() for part in place)])
    return "fp:" + blake2b(said.encode("utf-8", "replace"), digest_size=10).hexdigest()
