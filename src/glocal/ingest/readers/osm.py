"""Reads OpenStreetMap extracts: Overpass JSON and OSM XML."""

import io
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element as XmlElement
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from glocal.ingest import limits
from glocal.ingest.errors import UnreadableFile
from glocal.ingest.readers.base import RecordReader
from glocal.ingest.readers.json_objects import looks_like_json
from glocal.ingest.readers.json_stream import elements as json_elements
from glocal.ingest.readers.osm_tags import PRESET, record_of_tags
from glocal.ingest.readers.plan import Knowledge
from glocal.ingest.readers.records import Element
from glocal.ingest.types import OpenedFile

_SHAPES = frozenset({"node", "way", "relation"})


class OsmReader(RecordReader):
    """Nodes as they are; ways and relations with their centre, when the extract gives one."""

    name = "osm"
    knowledge = Knowledge(preset=PRESET)

    def recognises(self, opened: OpenedFile) -> float:
        """Look for the root of OSM XML, or for Overpass elements with tags."""
        head = opened.head_text
        if head.lstrip("\ufeff \t\r\n").startswith("<"):
            return 0.97 if "<osm " in head or "<osm>" in head else 0.0
        is_overpass = (
            '"osm3s"' in head
            or '"Overpass' in head
            or ('"tags"' in head and '"type"' in head and '"id"' in head)
        )
        return 0.97 if looks_like_json(opened) and '"elements"' in head and is_overpass else 0.0

    def elements(self, opened: OpenedFile) -> Iterator[Element]:
        """Yield every node, way and relation."""
        is_xml = opened.head_text.lstrip("\ufeff \t\r\n").startswith("<")
        shapes = _xml_shapes(opened) if is_xml else _json_shapes(opened)
        for number, shape in enumerate(shapes, start=1):
            yield _element(number, shape)


def _json_shapes(opened: OpenedFile) -> Iterator[Any]:
    with opened.text() as stream:
        for found in json_elements(stream):
            yield found.value


def _element(number: int, shape: Any) -> Element:
    if not isinstance(shape, dict) or str(shape.get("type")) not in _SHAPES:
        return Element(number, None, _("This is no node, way or relation."), str(shape)[:80])
    identity = f"{shape['type']}/{shape.get('id', '')}"
    tags = shape.get("tags")
    if not isinstance(tags, dict) or not tags:
        return Element(number, None, _("It carries no tags; it is only a corner of some shape."), identity)
    record = record_of_tags(tags)
    record["@id"] = identity
    centre = _centre(shape)
    if centre is not None:
        record["lat"], record["lon"] = centre
        return Element(number, record)
    reason = _("The extract gives no point for it; ask Overpass for “out center”.")
    return Element(number, record, note=reason, value=identity, note_field="point")


def _centre(shape: dict[str, Any]) -> tuple[Any, Any] | None:
    """Return the point of a node, the centre of a way, or the middle of its bounds."""
    for place in (shape, shape.get("center")):
        if isinstance(place, dict) and "lat" in place and "lon" in place:
            return place["lat"], place["lon"]
    bounds = shape.get("bounds")
    if not isinstance(bounds, dict):
        return None
    edges = [bounds.get(edge) for edge in ("minlat", "maxlat", "minlon", "maxlon")]
    if not all(isinstance(edge, int | float) for edge in edges):
        return None
    south, north, west, east = (float(edge) for edge in edges if edge is not None)
    return (south + north) / 2, (west + east) / 2


def _xml_shapes(opened: OpenedFile) -> Iterator[dict[str, Any]]:
    """Yield shapes from XML, forgetting each at once; entities and document types are refused.

    Raises:
        UnreadableFile: the XML is broken or defines entities.
    """
    try:
        with _utf8(opened) as stream:
            root: XmlElement | None = None
            for event, node in iterparse(stream, events=("start", "end"), forbid_dtd=True):
                if root is None:
                    root = node
                if event == "end" and node.tag in _SHAPES:
                    yield _shape_of(node)
                    node.clear()
                    root.clear()
    except DefusedXmlException as error:
        raise UnreadableFile(
            _("This XML defines entities, which is dangerous, so it was not read.")
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        raise UnreadableFile(_("The XML is broken: %(where)s.") % {"where": str(error)[:80]}) from error


def _shape_of(node: XmlElement) -> dict[str, Any]:
    shape: dict[str, Any] = {"type": node.tag, **node.attrib}
    shape["tags"] = {tag.get("k", ""): tag.get("v", "") for tag in node.iterfind("tag")}
    centre, bounds = node.find("center"), node.find("bounds")
    if centre is not None:
        shape["center"] = dict(centre.attrib)
    if bounds is not None:
        shape["bounds"] = {
            key: float(value) for key, value in bounds.attrib.items() if key.startswith(("min", "max"))
        }
    return shape


def _utf8(opened: OpenedFile) -> IO[bytes]:
    """Return the XML as it is when its own words about its letters will do, else re-written."""
    if opened.encoding in {"utf-8", "utf-8-sig"} or 'encoding="' in opened.head_text[:200]:
        return opened.binary()
    if opened.size_bytes > limits.MAX_SCRIPT_CHARACTERS:
        raise UnreadableFile(_("The letters of this file cannot be read; save it as UTF-8."))
    with opened.text() as stream:
        return io.BytesIO(stream.read().encode("utf-8"))
