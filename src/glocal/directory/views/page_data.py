"""The words the map and the search page say from TypeScript, in the reader's language."""

from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from glocal.directory.labels import KIND_LABELS, TONE_LABELS


def strings() -> dict[str, object]:
    """Return every sentence the page's script needs, in the reader's language."""
    return _strings(get_language() or "en")


@lru_cache(maxsize=64)
def _strings(_language: str) -> dict[str, object]:
    return {
        "kinds": {value: str(label) for value, label in KIND_LABELS.items()},
        "tones": {value: str(label) for value, label in TONE_LABELS.items()},
        "map": _("Map of organisations"),
        "groupHere": _("{count} organisations in one place: {parts}. Show them in the list."),
        "close": _("Close"),
        "openProfile": _("Open profile"),
        "list": _("List"),
        "showMap": _("Map"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "organisations": _("{count} organisations"),
        "group": _("{count} organisations: {parts}. Zoom in."),
        "searchAsIMove": _("Search as I move the map"),
        "searchHere": _("Search here"),
        "showStreets": _("Show streets"),
        "streetsAsk": _("Street maps are loaded from {host}. It will see your address. Load them?"),
        "streetsYes": _("Load streets"),
        "streetsNo": _("Not now"),
        "nearMe": _("Near me"),
        "nearMeDenied": _("Your browser did not tell where you are."),
        "suggestions": _("Suggestions"),
        "places": _("Places"),
        "organisationsGroup": _("Organisations"),
        "topics": _("Topics"),
        "noSuggestions": _("Nothing begins like that."),
        "suggestionCount": _("{count} suggestions"),
        "mapFailed": _("The map cannot be shown here. The list has everything."),
        "baseMap": _("Base map: Natural Earth. Place names: GeoNames."),
        "unavailable": _("The server did not answer. Try again in a moment."),
    }
