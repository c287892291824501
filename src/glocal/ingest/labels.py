"""The words people read for the fields of a file and the states of an import."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from glocal.ingest.states import BatchState

FIELD_LABELS: dict[str, Promise] = {
    "": _("do not import"),
    "record_id": _("number in the source"),
    "name": _("name"),
    "other_name": _("other name"),
    "kind": _("kind"),
    "world": _("world"),
    "description": _("description"),
    "topics": _("topics"),
    "website": _("website"),
    "street": _("street"),
    "house_number": _("house number"),
    "postcode": _("postcode"),
    "town": _("town"),
    "region": _("region"),
    "country": _("country"),
    "lat": _("latitude"),
    "lon": _("longitude"),
    "point": _("point (latitude and longitude together)"),
    "sites": _("list of places"),
    "founded_on": _("founded"),
    "closed_on": _("closed"),
    "status": _("still active?"),
    "size_class": _("size"),
    "legal_form": _("legal form"),
    "identifier": _("register number"),
    "registrar": _("who keeps the register"),
}
# What a problem can be about besides a field: the place made of several.
PROBLEM_LABELS: dict[str, Promise] = {**FIELD_LABELS, "place": _("place")}

STATE_LABELS: dict[BatchState, Promise] = {
    BatchState.UPLOADED: _("waiting for you"),
    BatchState.QUEUED: _("waiting for its turn"),
    BatchState.RUNNING: _("running"),
    BatchState.DONE: _("done"),
    BatchState.FAILED: _("broke off"),
    BatchState.INTERRUPTED: _("interrupted"),
    BatchState.UNDONE: _("undone"),
}
