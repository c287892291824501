"""Reads what GoGoCarto maps export (Transiscope, Près de chez nous)."""

from glocal.ingest.readers.json_objects import JsonReader, looks_like_json
from glocal.ingest.readers.plan import Knowledge
from glocal.ingest.types import OpenedFile


class GoGoCartoReader(JsonReader):
    """Lists of elements with an address, a place and categories."""

    name = "gogocarto"
    knowledge = Knowledge(
        preset={
            "id": "record_id", "title": "name", "name": "name", "summary": "description",
            "description": "description",
            "abstract": "description", "categories": "topics", "website": "website", "url": "",
            "address.street": "street", "address.streetAddress": "street", "address.postalCode": "postcode",
            "address.city": "town", "address.addressLocality": "town", "address.country": "country",
            "address.addressCountry": "country", "location.lat": "lat", "location.lon": "lon",
            "geo.latitude": "lat",
            "geo.longitude": "lon", "address.location.lat": "lat", "address.location.lon": "lon",
            "sourceKey": "",
            "address.customFormatedAddress": "", "status": "", "createdAt": "", "updatedAt": "",
            "openHoursString": "",
        }
    )  # fmt: skip

    def recognises(self, opened: OpenedFile) -> float:
        """Look for categories beside an address and a place."""
        head = opened.head_text
        has_address = '"address"' in head and ('"postalCode"' in head or '"streetAddress"' in head)
        has_place = '"geo"' in head or '"location"' in head
        return (
            0.9 if looks_like_json(opened) and has_address and has_place and '"categories"' in head else 0.0
        )
