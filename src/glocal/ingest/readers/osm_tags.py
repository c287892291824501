"""Says what OpenStreetMap tags mean for a directory."""

from collections.abc import Mapping
from typing import Any

from glocal.ingest.cleaning.kinds import kind_of_name
from glocal.ingest.readers.records import Record

# Plain meaning first; the first tag that is there decides.
_KIND_BY_TAG: tuple[tuple[str, str, str], ...] = tuple(
    (key, value, kind)
    for kind, tags in (
        ("makerspace", "leisure=hackerspace leisure=makerspace leisure=fablab amenity=hackerspace"),
        ("makerspace", "amenity=makerspace amenity=fablab amenity=repair_cafe"),
        ("cooperative", "office=cooperative cooperative=yes shop=cooperative"),
        ("foundation", "office=foundation"),
        ("association",
        "office=association office=ngo office=charity office=club club=* shop=charity"),
        ("public_authority",
        "office=government office=administrative office=municipality amenity=townhall"),
        ("university_research",
        "amenity=university office=research amenity=research_institute office=university"),
        ("school",
        "amenity=school amenity=kindergarten amenity=college amenity=music_school amenity=language_school"),
        ("mutual", "office=insurance_mutual"),
    )
    for key, value in (tag.split("=") for tag in tags.split())
)  # fmt: skip
_COMPANY_KEYS = ("shop", "craft", "office", "industrial")
_TOPIC_KEYS = (
    "leisure", "amenity", "shop", "craft", "office", "club", "social_facility", "social_facility:for",
    "workshop", "sport",
    "provides", "identity", "interaction", "landuse", "healthcare", "tourism", "type_of_initiative",
    "free_keywords", "network",
)  # fmt: skip
_NO_TOPICS = frozenset({"", "yes", "no"})
_ADDRESS = {
    "addr:street": "street", "addr:place": "street", "addr:full": "street",
    "addr:housenumber": "house_number",
    "addr:postcode": "postcode", "addr:city": "town", "addr:suburb": "town", "addr:state": "region",
    "addr:province": "region",
    "addr:country": "country",
}  # fmt: skip
_NAMES = ("alt_name", "official_name", "short_name", "old_name", "loc_name", "int_name")
_WEBSITES = ("website", "contact:website", "url", "contact:url", "contact:facebook", "contact:mastodon")
_IDENTIFIERS = ("wikidata", "ref:FR:SIRET", "ref:FR:RNA", "ref:vatin", "ref:GB:charity", "ref:isil")
PRESET: Mapping[str, str] = {
    "@id": "record_id", "name": "name", "lat": "lat", "lon": "lon", "kind": "kind", "topics": "topics",
    "street": "street",
    "house_number": "house_number", "postcode": "postcode", "town": "town", "region": "region",
    "country": "country",
    "start_date": "founded_on", "end_date": "closed_on", "description": "description", "operator": "",
    **dict.fromkeys(_NAMES, "other_name"), **dict.fromkeys(_WEBSITES, "website"),
    **dict.fromkeys(_IDENTIFIERS, "identifier"),
}  # fmt: skip
_KEPT = frozenset({"name", "start_date", "end_date", *_NAMES, *_WEBSITES, *_IDENTIFIERS})


def record_of_tags(tags: Mapping[str, Any]) -> Record:
    """Return the record of an element's tags; what is of no use to a directory stays behind."""
    record: Record = {}
    for key, value in tags.items():
        if key in _KEPT or key.startswith(("name:", "description")):
            record[key] = value
    for key, field in _ADDRESS.items():
        if tags.get(key):
            record.setdefault(field, tags[key])
    said = (str(tags.get(key) or "") for key in _TOPIC_KEYS)
    record["topics"] = [topic for value in said if value not in _NO_TOPICS for topic in value.split(";")]
    record["kind"] = kind_of_tags(tags)
    return record


def kind_of_tags(tags: Mapping[str, Any]) -> str:
    """Return the kind the tags mean, "other" when they mean none.

    >>> kind_of_tags({"leisure": "hackerspace"}), kind_of_tags({"shop": "bakery", "name": "Pane soc. coop."})
    ('makerspace', 'cooperative')
    """
    for key, value, kind in _KIND_BY_TAG:
        said = str(tags.get(key) or "")
        if said and (value == "*" or value in said.split(";")):
            return kind
    by_name = kind_of_name(str(tags.get("name") or ""))
    return by_name or ("company" if any(tags.get(key) for key in _COMPANY_KEYS) else "other")
