"""What an organisation is, in words every part of the product shares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import NewType

from glocal.core.geo import Box, GeoPoint, Km

OrganisationId = NewType("OrganisationId", int)


class Kind(StrEnum):
    """What sort of organisation it is."""

    COOPERATIVE = "cooperative"
    ASSOCIATION = "association"
    FOUNDATION = "foundation"
    MUTUAL = "mutual"
    SOCIAL_ENTERPRISE = "social_enterprise"
    INFORMAL_INITIATIVE = "informal_initiative"
    COMPANY = "company"
    CLUSTER = "cluster"
    SCHOOL = "school"
    UNIVERSITY_RESEARCH = "university_research"
    PUBLIC_AUTHORITY = "public_authority"
    FUNDER = "funder"
    MAKERSPACE = "makerspace"
    NETWORK = "network"
    OTHER = "other"


class World(StrEnum):
    """Which of the worlds that do not know each other it belongs to."""

    SOCIAL = "social"
    INDUSTRIAL = "industrial"
    KNOWLEDGE = "knowledge"
    PUBLIC = "public"


class Precision(StrEnum):
    """How well its place is known, best first."""

    EXACT = "exact"
    STREET = "street"
    POSTCODE = "postcode"
    TOWN = "town"
    REGION = "region"


class SizeClass(StrEnum):
    """How many people work there: none, 1-9, 10-49, 50-249, 250 and more."""

    UNKNOWN = ""
    NONE = "none"
    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Status(StrEnum):
    """Where a record stands."""

    PENDING = "pending"
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


WORLD_OF_KIND: Mapping[Kind, World] = {
    Kind.COOPERATIVE: World.SOCIAL,
    Kind.ASSOCIATION: World.SOCIAL,
    Kind.FOUNDATION: World.SOCIAL,
    Kind.MUTUAL: World.SOCIAL,
    Kind.SOCIAL_ENTERPRISE: World.SOCIAL,
    Kind.INFORMAL_INITIATIVE: World.SOCIAL,
    Kind.COMPANY: World.INDUSTRIAL,
    Kind.CLUSTER: World.INDUSTRIAL,
    Kind.SCHOOL: World.KNOWLEDGE,
    Kind.UNIVERSITY_RESEARCH: World.KNOWLEDGE,
    Kind.PUBLIC_AUTHORITY: World.PUBLIC,
    Kind.FUNDER: World.PUBLIC,
    Kind.MAKERSPACE: World.SOCIAL,
    Kind.NETWORK: World.SOCIAL,
    Kind.OTHER: World.SOCIAL,
}

TONES = ("social", "industrial", "knowledge", "public", "commons")  # colour groups, in the index's order


def tone_of(kind: str, worlds: tuple[str, ...]) -> str:
    """Return the colour group: the first world, and commons for makers."""
    if kind == Kind.MAKERSPACE:
        return "commons"
    return worlds[0] if worlds else WORLD_OF_KIND[Kind(kind)]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a statement comes from: source, licence (SPDX id or words) and ISO date."""

    source: str
    licence: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """One place an organisation is at. `lat` and `lon` come together or not at all."""

    lat: float | None = None
    lon: float | None = None
    precision: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    region: str = ""
    country: str = ""
    said_by: str = ""

    @property
    def point(self) -> GeoPoint | None:
        """Return the point, if the place is on the map."""
        if self.lat is None or self.lon is None:
            return None
        return GeoPoint(self.lat, self.lon)


def place_key(site: SiteFacts) -> str:
    """Return 64 bits by which the same address is known again."""
    said = f"{site.lat}|{site.lon}|{site.street}|{site.postcode}|{site.town}"
    return blake2b(said.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Description:
    """What an organisation does, in one language, and who wrote it."""

    lang: str
    text: str
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is said of an organisation, checked and typed, before or after it is stored."""

    name: str
    kind: str = Kind.OTHER
    worlds: tuple[str, ...] = ()  # empty: the world its kind belongs to
    other_names: tuple[tuple[str, str], ...] = ()  # (language or "", name)
    descriptions: tuple[Description, ...] = ()
    topics: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()  # (org-id scheme, value)
    website: str = ""
    founded_on: str = ""  # "2009", "2009-05" or "2009-05-12"
    closed_on: str = ""
    size_class: str = ""
    legal_form: str = ""
    country: str = ""
    sites: tuple[SiteFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation as a list shows it."""

    id: OrganisationId
    name: str
    kind: str
    worlds: tuple[str, ...]
    tone: str
    place: str
    country: str
    topics: tuple[str, ...]
    source: str
    summary: str
    summary_lang: str
    precision: str
    is_demo: bool
    confirmed_at: str  # ISO date or ""
    lat: float | None = None
    lon: float | None = None
    distance_km: float | None = None
    concepts: tuple[str, ...] = ()  # what its topics mean
    because: tuple[str, ...] = ()  # which of its words mean the words asked for, where it has others

    @property
    def world(self) -> str:
        """Return the first world."""
        return self.worlds[0]


@dataclass(frozen=True, slots=True)
class OrganisationProfile:
    """An organisation with all that is known of it, as its own page shows it."""

    id: OrganisationId
    facts: Facts
    status: str
    is_demo: bool
    version: int
    origins: Mapping[str, Origin]  # by field; "*" stands for every field not named
    confirmed_at: datetime | None
    added_by_id: int | None
    refused_because: str = ""
    concepts: tuple[str, ...] = ()  # what its topics mean

    @property
    def tone(self) -> str:
        """Return the colour group."""
        return tone_of(self.facts.kind, self.facts.worlds)


@dataclass(frozen=True, slots=True)
class Search:
    """A question to the directory: what, where, how many. Nothing set means everything."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    worlds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    place: str = ""
    centre: GeoPoint | None = None
    radius: Km | None = None
    box: Box | None = None
    territory: str = ""
    limit: int = 20
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many are known here, and of about how many; the estimate is None until it can be made."""

    known: int
    estimate: int | None = None
    low: int | None = None
    high: int | None = None
    method: str = "counted"

    def as_dict(self) -> dict[str, int | str | None]:
        """Return the fields scripts rely on."""
        return {
            "known": self.known,
            "estimate": self.estimate,
            "low": self.low,
            "high": self.high,
            "method": self.method,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: a page of cards and how many there are in all."""

    cards: tuple[OrganisationCard, ...]
    count: int
    centre: GeoPoint | None
    centre_label: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Twin:
    """An organisation already known that may be the same, and why one might think so."""

    card: OrganisationCard
    reason: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed to different things."""

    field: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What became of one row that was brought in: created, updated or unchanged."""

    record_id: str
    organisation_id: OrganisationId
    outcome: str
    version: int
    before: "Before | None" = None
    has_possible_twin: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """One of several records that speak of one organisation: each brings its site, the main one all else."""

    is_main: bool
    replaces: str = ""  # place_key of the site it named last time, if no other record names that too


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a foreign record says: new when `organisation_id` is None, else an update of that one."""

    record_id: str
    facts: Facts
    organisation_id: OrganisationId | None = None
    confirmed_at: datetime | None = None
    branch: "Branch | None" = None  # None: it is the only record that speaks of this organisation


@dataclass(frozen=True, slots=True)
class Before:
    """How an organisation stood before an import changed it, so that the import can be undone."""

    organisation_id: OrganisationId
    version_after: int
    facts: Facts | None  # None: it did not exist
    origins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    status: str = ""
