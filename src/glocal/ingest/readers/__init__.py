"""Readers of foreign files, one per kind; content decides, never the extension."""

from django.utils.translation import gettext as _

from glocal.ingest.errors import UnknownReader
from glocal.ingest.readers.csv_table import CsvReader
from glocal.ingest.readers.geojson import GeoJsonReader
from glocal.ingest.readers.gogocarto import GoGoCartoReader
from glocal.ingest.readers.json_objects import JsonLinesReader, JsonReader
from glocal.ingest.readers.murmurations import MurmurationsReader
from glocal.ingest.readers.openfairdb import OpenFairDbReader
from glocal.ingest.readers.osm import OsmReader
from glocal.ingest.readers.xlsx import XlsxReader
from glocal.ingest.sniff import SniffedFile, open_file
from glocal.ingest.types import OpenedFile, Reader

READERS: tuple[Reader, ...] = (
    MurmurationsReader(), OsmReader(), GeoJsonReader(), OpenFairDbReader(), GoGoCartoReader(),
    XlsxReader(), JsonLinesReader(), JsonReader(), CsvReader(),
)  # fmt: skip
LEAST_CONFIDENCE = 0.2

__all__ = ["READERS", "SniffedFile", "choose_reader", "open_file"]


def choose_reader(opened: OpenedFile, name: str | None = None) -> Reader:
    """Return the reader of this name, else the one that is surest of the content.

    Raises:
        UnknownReader: no reader has this name, or none recognises the content.
    """
    known = ", ".join(reader.name for reader in READERS)
    if name:
        found = next((reader for reader in READERS if reader.name == name), None)
        if found is None:
            raise UnknownReader(
                _("There is no reader “%(name)s”; known are %(known)s.") % {"name": name, "known": known}
            )
        return found
    surest = max(READERS, key=lambda reader: reader.recognises(opened))
    if surest.recognises(opened) < LEAST_CONFIDENCE:
        raise UnknownReader(
            _("The content of this file is of no known kind; known are %(known)s.") % {"known": known}
        )
    return surest
