"""Reads Murmurations profiles of organisations, alone, in lists, or as an index answers."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from glocal.ingest.readers.json_objects import JsonReader, looks_like_json, object_element
from glocal.ingest.readers.plan import Knowledge
from glocal.ingest.readers.records import Element
from glocal.ingest.types import OpenedFile

WHOLE_BYTES = 1_000_000  # a single profile is far smaller


class MurmurationsReader(JsonReader):
    """Organisations only: profiles of people, offers and wants are left out."""

    name = "murmurations"
    knowledge = Knowledge(
        preset={
            "record_id": "record_id", "name": "name", "nickname": "other_name",
            "description": "description", "mission": "description",
            "primary_url": "website", "tags": "topics", "geolocation.lat": "lat", "geolocation.lon": "lon",
            "latitude": "lat",
            "longitude": "lon", "full_address": "street", "locality": "town", "region": "region",
            "country_iso_3166": "country",
            "country": "country", "country_name": "country", "org_type_tags": "kind", "profile_url": "",
            "linked_schemas": "",
            "urls": "", "status": "", "geographic_scope": "", "image": "", "header_image": "", "images": "",
            "rss": "", "last_updated": "",
            "relationships": "", "expires": "", "starts_at": "founded_on", "ends_at": "closed_on",
        }
    )  # fmt: skip

    def recognises(self, opened: OpenedFile) -> float:
        """Look for the schemas a profile links to."""
        return 0.97 if looks_like_json(opened) and '"linked_schemas"' in opened.head_text else 0.0

    def elements(self, opened: OpenedFile) -> Iterator[Element]:
        """Yield every profile; a small file may be one profile with lists of its own."""
        if opened.size_bytes <= WHOLE_BYTES and not opened.packing:
            with opened.text() as stream:
                single = _single(stream.read())
            if single is not None:
                yield self.element(1, single)
                return
        yield from super().elements(opened)

    def element(self, number: int, value: Any) -> Element:
        """Return a profile, known by where it is published."""
        element = object_element(number, value)
        if element.record is None:
            return element
        schemas = str(value.get("linked_schemas", ""))
        if "organi" not in schemas and schemas:
            return Element(number, None, _("This profile is not one of an organisation."), schemas)
        if value.get("status") == "deleted":
            return Element(
                number, None, _("Its owner has withdrawn this profile."), str(value.get("profile_url", ""))
            )
        identity = value.get("profile_url") or value.get("primary_url")
        return replace(element, record={**element.record, "record_id": str(identity or "")})


def _single(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None  # not one value; the streaming reader says what is wrong
    return value if isinstance(value, dict) and "linked_schemas" in value else None
