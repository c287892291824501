"""Reads GeoJSON: collections, sequences, one feature per line, and scripts around such data."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import shape

from glocal.ingest.errors import UnreadableFile
from glocal.ingest.mapping import assign
from glocal.ingest.readers.base import RecordReader
from glocal.ingest.readers.json_stream import elements as json_elements
from glocal.ingest.readers.plan import Knowledge
from glocal.ingest.readers.records import Element, Record, flatten, headings_of
from glocal.ingest.types import OpenedFile

LAT, LON, AREA = "geometry.lat", "geometry.lon", "geometry.area"
TERRITORY_DEGREES = 0.02  # a shape wider than some two kilometres is a territory, not a building; chosen


class GeoJsonReader(RecordReader):
    """Points as they are; the middle of anything else, with a warning."""

    name = "geojson"
    knowledge = Knowledge(preset={LAT: "lat", LON: "lon", AREA: ""})

    def recognises(self, opened: OpenedFile) -> float:
        """Look for features near the beginning."""
        head = opened.head_text
        has_type = '"FeatureCollection"' in head or '"Feature"' in head
        if not has_type or ('"geometry"' not in head and '"features"' not in head):
            return 0.0
        return 0.95

    def elements(self, opened: OpenedFile) -> Iterator[Element]:
        """Yield every feature."""
        number = 0
        with opened.text() as stream:
            for found in json_elements(stream):
                number += 1
                yield _feature(number, found.value)

    def check(self, sample: Sequence[Record]) -> None:
        """Refuse a file that only draws areas.

        Raises:
            UnreadableFile: every shape is an area, and they are too wide for buildings or have no names.
        """
        areas = [record[AREA] for record in sample if AREA in record]
        if not areas or any(LAT in record and AREA not in record for record in sample):
            return
        has_name = "name" in assign(headings_of(sample)).columns
        if not has_name or max(areas) > TERRITORY_DEGREES:
            raise UnreadableFile(
                _("This file draws areas, not organisations; add it as a territory instead.")
            )


def _feature(number: int, value: Any) -> Element:
    if not isinstance(value, dict) or not isinstance(value.get("properties") or {}, dict):
        return Element(number, None, _("This element is not a GeoJSON feature."), json.dumps(value)[:80])
    if value.get("type") != "Feature" and "properties" not in value:
        return Element(number, None, _("This element is not a GeoJSON feature."), json.dumps(value)[:80])
    record = flatten(value.get("properties") or {})
    identity = value.get("id")
    if isinstance(identity, str | int | float) and not {"id", "_id", "@id"} & record.keys():
        record["@id"] = identity
    note, shown = _place(record, value.get("geometry"))
    return Element(number, record, note=note, value=shown, note_field="point" if note else "")


def _place(record: Record, geometry: Any) -> tuple[str, str]:
    """Put the point of a geometry into the record; return what is to be said about it."""
    if geometry is None:
        return "", ""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind == "Point" and isinstance(coordinates, list):
        if len(coordinates) >= 2:
            record[LON], record[LAT] = coordinates[0], coordinates[1]
        return (
            ("", "")
            if len(coordinates) >= 2 or not coordinates
            else (_("The point has one coordinate only."), "")
        )
    try:
        drawn = shape(geometry)
        middle, box = drawn.representative_point(), drawn.bounds
        if drawn.is_empty:
            return "", ""
        record[LON], record[LAT] = middle.x, middle.y
        if "Point" not in str(kind):
            record[AREA] = max(box[2] - box[0], box[3] - box[1])
    except (ShapelyError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return _("The geometry cannot be read."), json.dumps(geometry)[:80]
    return _("It was a %(kind)s; a point in its middle was taken.") % {"kind": str(kind)}, ""
