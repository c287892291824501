"""Reads what OpenFairDB (Karte von morgen) answers and exports."""

from typing import Any

from glocal.ingest.cleaning.kinds import kind_of_name
from glocal.ingest.readers.json_objects import JsonReader, looks_like_json, object_element
from glocal.ingest.readers.plan import Knowledge
from glocal.ingest.readers.records import Element
from glocal.ingest.types import OpenedFile

# The two categories OpenFairDB gives to organisations; its third is for events.
_KIND_BY_CATEGORY = {
    "2cd00bebec0c48ba9db761da48678134": "informal_initiative",
    "77b3c33a92554bcf8e8c2c86cedd6f6f": "company",
}


class OpenFairDbReader(JsonReader):
    """Search results (`visible`, `invisible`) and lists of entries."""

    name = "openfairdb"
    knowledge = Knowledge(
        preset={
            "id": "record_id", "title": "name", "description": "description", "lat": "lat", "lng": "lon",
            "tags": "topics",
            "kind": "kind", "categories": "", "street": "street", "zip": "postcode", "city": "town",
            "state": "region",
            "country": "country", "homepage": "website", "founded_on": "founded_on", "created": "",
            "version": "",
            "image_url": "", "image_link_url": "", "custom": "", "links": "", "status": "", "license": "",
            "avg_rating": "",
        },
        default_kind="informal_initiative",
    )  # fmt: skip

    def recognises(self, opened: OpenedFile) -> float:
        """Look for its titles with `lat` and `lng`, in its two lists or beside its categories."""
        head = opened.head_text
        if not looks_like_json(opened) or not all(f'"{word}"' in head for word in ("title", "lat", "lng")):
            return 0.0
        if '"visible"' in head or '"invisible"' in head:
            return 0.95
        return 0.85 if '"categories"' in head and '"tags"' in head else 0.0

    def element(self, number: int, value: Any) -> Element:
        """Return an entry; its category tells the kind when its name does not."""
        element = object_element(number, value)
        if element.record is not None:
            categories = value.get("categories")
            said = [str(category) for category in categories] if isinstance(categories, list) else []
            kind = kind_of_name(str(value.get("title", "")))
            element.record["kind"] = kind or next(
                (_KIND_BY_CATEGORY[c] for c in said if c in _KIND_BY_CATEGORY), ""
            )
        return element
