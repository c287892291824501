"""Flattens foreign elements into records: one value per column, lists and places kept as lists."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from glocal.ingest import limits

Record = dict[str, Any]
SAMPLE_RECORDS = 200
_NAMING_KEYS = ("name", "label", "title", "prefLabel", "value", "shortName", "nom", "nome", "bezeichnung")
_PLACE_KEYS = frozenset(
    [
        "lat",
        "lon",
        "lng",
        "latitude",
        "longitude",
        "street",
        "postcode",
        "postalcode",
        "zip",
        "city",
        "town",
        "locality",
        "coordinates",
        "geo",
        "address",
        "streetaddress",
        "addresslocality",
        "community",
        "strasse",
        "plz",
        "ort",
        "cap",
        "comune",
    ]
)


@dataclass(frozen=True, slots=True)
class Element:
    """One numbered element of a file: its record, or the reason why there is none."""

    number: int
    record: Record | None
    flaw: str = ""
    value: str = ""
    note: str = ""  # a warning about the whole element
    note_field: str = ""


def flatten(value: Mapping[str, Any], prefix: str = "", depth: int = 0, into: Record | None = None) -> Record:
    """Return a flat record: nested objects become dotted columns, lists of words stay lists."""
    record: Record = {} if into is None else into
    for key, inner in value.items():
        if len(record) >= limits.MAX_KEYS:
            break
        column = f"{prefix}{key}"
        if isinstance(inner, dict):
            if _is_point(inner) or depth >= limits.MAX_FLATTEN_DEPTH:
                record[column] = inner if _is_point(inner) else ""
            else:
                flatten(inner, f"{column}.", depth + 1, record)
        elif isinstance(inner, list):
            record[column] = _flat_list(inner)
        elif inner is not None:
            record[column] = _scalar(inner)
    return record


def _scalar(value: Any) -> Any:
    return ("true" if value else "false") if isinstance(value, bool) else value


def _is_point(value: Mapping[str, Any]) -> bool:
    return value.get("type") == "Point" and isinstance(value.get("coordinates"), list)


def _flat_list(values: list[Any]) -> Any:
    """Keep places as mappings; turn objects that have a name into that name."""
    if values and isinstance(values[0], dict):
        if looks_like_place(values[0]):
            return [flatten(value) for value in values[: limits.MAX_SITES + 1] if isinstance(value, dict)]
        named = [next((v[k] for k in _NAMING_KEYS if v.get(k)), None) for v in values if isinstance(v, dict)]
        return [str(name) for name in named if isinstance(name, str | int)]
    if len(values) == 1 and not isinstance(values[0], list | dict):
        return values
    return [_scalar(value) for value in values if isinstance(value, str | int | float)]


def looks_like_place(value: Mapping[str, Any]) -> bool:
    """Say whether an object tells a place rather than a topic."""
    return len({str(key).casefold().replace("_", "") for key in value} & _PLACE_KEYS) >= 2


def as_text(value: Any) -> str:
    """Return any value as the text a person would have typed."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, list):
        return "; ".join(as_text(item) for item in value[: limits.MAX_TOPICS] if not isinstance(item, dict))
    if isinstance(value, dict):
        return ""
    return str(value)


def headings_of(records: Iterable[Record]) -> list[str]:
    """Return every column of some records in the order they were met."""
    seen: dict[str, None] = {}
    for record in records:
        seen.update(dict.fromkeys(record))
    return list(seen)


def take_sample(elements: Iterator[Element]) -> list[Record]:
    """Return the records of the first elements."""
    sample: list[Record] = []
    for element in elements:
        if element.record is not None:
            sample.append(element.record)
        if len(sample) >= SAMPLE_RECORDS or element.number >= 5 * SAMPLE_RECORDS:
            break
    return sample
