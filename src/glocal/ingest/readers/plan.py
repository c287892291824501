"""Decides once per file what each column means and what the file as a whole says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import quantiles

from glocal.ingest.cleaning.coordinates import Raw, read_degrees, split_point
from glocal.ingest.cleaning.countries import Box, clean_country, widened
from glocal.ingest.cleaning.identifiers import scheme_of_heading
from glocal.ingest.cleaning.kinds import kind_of_name
from glocal.ingest.mapping import Assignment, assign, guess_field, heading_key
from glocal.ingest.readers.records import Record, as_text, headings_of
from glocal.ingest.types import ReadOptions

_TAG_LIKE = re.compile(
    r"\b(?:tags?|keywords?|mots cles|parole chiave|palabras clave|palavras chave|schlagworte?|stichworte"
    r"|slowa kluczowe|topics?|categories|activities)\b"
)
_SLASHED_DATE = re.compile(r"^\s*(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{4}")
LEAST_OTHERS = 10  # points needed before the other rows may testify against one; chosen
OTHERS_WIDEST_DEGREES = 15.0  # rows spread wider than a large country say nothing about one of them; chosen
OTHERS_MARGIN_DEGREES = 4.0
SCHOOL_REGISTER_SHARE = 0.5  # when so many names are schools, the rest of the file is schools too; chosen


@dataclass(frozen=True, slots=True)
class Many:
    """A column of a field that may have several, with what its heading adds."""

    column: str
    note: str = ""  # a language, a register, or "," where commas separate


@dataclass(frozen=True, slots=True)
class SitePlan:
    """Which columns tell a place."""

    street: str = ""
    house_number: str = ""
    postcode: str = ""
    town: str = ""
    region: str = ""
    country: str = ""
    lat: str = ""
    lon: str = ""
    point: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is the same for all rows of a file."""

    assignment: Assignment
    site: SitePlan
    inner_sites: tuple[tuple[str, SitePlan], ...] = ()
    record_id: str = ""
    name: str = ""
    kind: str = ""
    world: str = ""
    founded_on: str = ""
    closed_on: str = ""
    status: str = ""
    size_class: str = ""
    legal_form: str = ""
    registrar: str = ""
    websites: tuple[str, ...] = ()
    other_names: tuple[Many, ...] = ()
    descriptions: tuple[Many, ...] = ()
    topics: tuple[Many, ...] = ()
    identifiers: tuple[Many, ...] = ()
    is_id_unique: bool = True
    month_first: frozenset[str] = frozenset()
    default_kind: str = "other"
    others: Box | None = None
    country: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a reader knows of its format beforehand: columns, and the kind of everything in it."""

    preset: Mapping[str, str] = field(default_factory=dict)
    default_kind: str = ""


def make_plan(sample: Sequence[Record], options: ReadOptions, known: Knowledge) -> Plan:
    """Make the plan of a file from its first records, the corrections, and what the reader knows.

    Raises:
        ImpossibleMapping: a correction names a field or column that does not exist.
    """
    headings = headings_of(sample)
    corrections = {**_inner_site_corrections(sample, headings, options.mapping), **options.mapping}
    chosen = assign(headings, corrections, preset=known.preset)
    columns = chosen.columns
    sites = columns.get("sites", [])
    return Plan(
        assignment=chosen,
        site=_site_plan(chosen),
        inner_sites=tuple((c, _inner_plan(sample, c)) for c in sites),
        **{name: chosen.first(name) for name in _SINGLES},
        websites=tuple(columns.get("website", ())),
        other_names=_languages(chosen, "other_name"),
        descriptions=_languages(chosen, "description"),
        topics=tuple(
            Many(c, "," if _TAG_LIKE.search(heading_key(c)) else "") for c in columns.get("topics", ())
        ),
        identifiers=tuple(Many(c, scheme_of_heading(c)) for c in columns.get("identifier", ())),
        is_id_unique=_is_unique(sample, chosen.first("record_id")),
        month_first=_month_first(sample, chosen, options.country),
        default_kind=known.default_kind or _default_kind(sample, chosen),
        others=_box_around(sample, chosen),
        country=clean_country(options.country) or "",
        language=options.language,
    )


_SINGLES = (
    "record_id",
    "name",
    "kind",
    "world",
    "founded_on",
    "closed_on",
    "status",
    "size_class",
    "legal_form",
    "registrar",
)


def _inner_site_corrections(
    sample: Sequence[Record], headings: Sequence[str], given: Mapping[str, str]
) -> dict[str, str]:
    """Find the one column that holds a list of places, whatever its heading."""
    if "sites" in given:
        return {}
    found = [h for h in headings if any(_is_places(record.get(h)) for record in sample)]
    return {"sites": found[0] if found else ""}


def _is_places(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _inner_plan(sample: Sequence[Record], column: str) -> SitePlan:
    places = [place for record in sample if _is_places(record.get(column)) for place in record[column]]
    return _site_plan(assign(headings_of(places)))


def _site_plan(chosen: Assignment) -> SitePlan:
    return SitePlan(**{name: chosen.first(name) for name in SitePlan.__dataclass_fields__})


def _languages(chosen: Assignment, name: str) -> tuple[Many, ...]:
    return tuple(Many(c, guess_field(c).language) for c in chosen.columns.get(name, ()))


def _is_unique(sample: Sequence[Record], column: str) -> bool:
    ids = [as_text(record[column]) for record in sample if column and record.get(column)]
    return len(set(ids)) == len(ids)


def _month_first(sample: Sequence[Record], chosen: Assignment, country: str) -> frozenset[str]:
    """Find the date columns that put the month first: some second number is over 12, no first one is."""
    found = set()
    for name in ("founded_on", "closed_on"):
        column = chosen.first(name)
        pairs = [_SLASHED_DATE.match(as_text(record.get(column, ""))) for record in sample if column]
        days = [(int(pair.group(1)), int(pair.group(2))) for pair in pairs if pair]
        second_is_day = any(second > 12 for _first, second in days) or (country == "US" and bool(days))
        if second_is_day and not any(first > 12 for first, _second in days):
            found.add(column)
    return frozenset(found)


def _default_kind(sample: Sequence[Record], chosen: Assignment) -> str:
    """Return what an organisation is when nothing says so."""
    if any("initiative" in heading_key(heading) for heading in chosen.guesses):
        return "informal_initiative"
    names = (
        [as_text(record.get(chosen.first("name"), "")) for record in sample] if chosen.first("name") else []
    )
    schools = sum(kind_of_name(name) == "school" for name in names)
    return (
        "school" if len(names) >= LEAST_OTHERS and schools > SCHOOL_REGISTER_SHARE * len(names) else "other"
    )


def _box_around(sample: Sequence[Record], chosen: Assignment) -> Box | None:
    """Return a box around nearly all points of the sample, None when they are few."""
    pairs = [_raw_pair(record, chosen) for record in sample]
    points = [
        (lat[0], lon[0])
        for raw in pairs
        if raw and (lat := read_degrees(raw[0])) and (lon := read_degrees(raw[1]))
    ]
    points = [(lat, lon) for lat, lon in points if abs(lat) <= 90 and abs(lon) <= 180 and (lat or lon)]
    if len(points) < LEAST_OTHERS:
        return None
    lats, lons = (quantiles([point[axis] for point in points], n=20) for axis in (0, 1))
    if max(lons[-1] - lons[0], lats[-1] - lats[0]) > OTHERS_WIDEST_DEGREES:
        return None
    return widened((lons[0], lats[0], lons[-1], lats[-1]), OTHERS_MARGIN_DEGREES)


def _raw_pair(record: Record, chosen: Assignment) -> tuple[Raw, Raw] | None:
    point = record.get(chosen.first("point")) if chosen.first("point") else None
    if point and (pair := split_point(point)):
        return pair
    lat, lon = record.get(chosen.first("lat")), record.get(chosen.first("lon"))
    return (lat, lon) if isinstance(lat, str | float | int) and isinstance(lon, str | float | int) else None
