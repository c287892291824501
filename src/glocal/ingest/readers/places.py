"""Reads the places of a record: address, country, point, with a word about every doubt."""

from typing import Any

from django.utils.translation import gettext as _

from glocal.ingest import limits
from glocal.ingest.cleaning.coordinates import NOWHERE, Place, Raw, read_place, split_point
from glocal.ingest.cleaning.countries import clean_country
from glocal.ingest.cleaning.identifiers import unfloated
from glocal.ingest.cleaning.text import clean_line, is_plain
from glocal.ingest.readers.plan import Plan, SitePlan
from glocal.ingest.readers.records import Record, as_text
from glocal.ingest.readers.remarks import Remarks
from glocal.ingest.types import SiteProposal

_FIVE_DIGITS = frozenset({"FR", "IT", "ES", "DE", "FI", "EE", "HR"})  # spreadsheets eat their leading zero
_NOTHING = frozenset({"", "-", "n/a", "null", "none", "nan", "[nd]"})


class PlaceReader:
    """Reads places after a plan, noting doubts among the remarks."""

    def __init__(self, plan: Plan, remarks: Remarks) -> None:
        self._plan = plan
        self._remarks = remarks

    def read(self, record: Record) -> tuple[str, tuple[SiteProposal, ...]]:
        """Return the country of a record and its sites; the country of the options where it states none."""
        plan = self._plan
        country = self._country(record, plan.site.country) or plan.country
        own = self._site(record, plan.site, country)
        if not plan.inner_sites:
            return country, (own,) if own is not None else ()
        sites = [
            site
            for column, inner in plan.inner_sites
            for site in self._inner(record.get(column), inner, country)
        ]
        return country, tuple(sites) or ((own,) if own is not None else ())

    def _inner(self, places: Any, plan: SitePlan, country: str) -> list[SiteProposal]:
        if not isinstance(places, list):
            return []
        if len(places) > limits.MAX_SITES:
            self._remarks.add(
                "sites", str(len(places)), _("There are more places than can be kept; the rest was left out.")
            )
        kept: dict[SiteProposal, None] = {}
        for place in places[: limits.MAX_SITES]:
            if isinstance(place, dict):
                site = self._site(place, plan, self._country(place, plan.country) or country)
                if site is not None:
                    kept[site] = None
        return list(kept)

    def _country(self, record: Record, column: str) -> str:
        raw = record.get(column) if column else None
        if not raw:
            return ""
        text = as_text(raw)
        code = clean_country(text[:200])
        if code is None:
            self._remarks.add("country", text, _("No country of this name is known."))
        return code or ""

    def _site(self, record: Record, plan: SitePlan, country: str) -> SiteProposal | None:
        street, town = self._street(record, plan), self._line(record, plan.town, "town")
        postcode, region = self._postcode(record, plan, country), self._line(record, plan.region, "region")
        place = self._place(record, plan, country)
        if place.reason:
            self._remarks.add("point", place.value, place.reason, place.suggestion)
        if place.lat is None and not (street or postcode or town or region):
            return None
        return SiteProposal(place.lat, place.lon, place.precision, street, postcode, town, region, country)

    def _line(self, record: Record, column: str, name: str) -> str:
        raw = record.get(column) if column else None
        if raw is None or raw == "":
            return ""
        text = raw if raw.__class__ is str else as_text(raw)
        if is_plain(text) and len(text) <= limits.MAX_SHORT:
            text = text.strip()
            return "" if text.lower() in _NOTHING else text
        cleaned = clean_line(text, limits.MAX_SHORT)
        for deed in cleaned.done:
            self._remarks.deed(name, text, deed, limits.MAX_SHORT)
        return cleaned.text

    def _street(self, record: Record, plan: SitePlan) -> str:
        raw = record.get(plan.street) if plan.street else None
        if isinstance(raw, str) and "\n" in raw:
            lines = (line.strip(" ,\r") for line in raw.split("\n"))
            record = {plan.street: ", ".join(line for line in lines if line)}
            street = self._line(record, plan.street, "street")
        else:
            street = self._line(record, plan.street, "street")
        if not plan.house_number or not street:
            return street
        number = unfloated(self._line(record, plan.house_number, "street"))
        return f"{street} {number}" if number and number not in street.split() else street

    def _postcode(self, record: Record, plan: SitePlan, country: str) -> str:
        code = self._line(record, plan.postcode, "postcode").replace("\ufffd", " ")
        if not code or not code[0].isdigit():
            return code
        code = unfloated(code)
        return "0" + code if len(code) == 4 and code.isdigit() and country in _FIVE_DIGITS else code

    def _place(self, record: Record, plan: SitePlan, country: str) -> Place:
        others = self._plan.others
        if plan.point and (raw := record.get(plan.point)):
            pair = split_point(raw)
            if pair is not None:
                return read_place(pair[0], pair[1], country, others)
            if not plan.lat:
                return Place(reason=_("These are not coordinates in degrees."), value=as_text(raw))
        if not plan.lat or not plan.lon:
            return NOWHERE
        return read_place(_degrees(record.get(plan.lat)), _degrees(record.get(plan.lon)), country, others)


def _degrees(value: Any) -> Raw:
    if isinstance(value, str):
        text = value.strip()
        return "" if text.lower() in _NOTHING else text
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
