"""What can be wrong with places, postcodes, territories and the online geocoder."""

from glocal.core.errors import Conflict, Invalid, NotFound, Unavailable


class UnknownPlace(NotFound):
    """No town of the gazetteer carries this name."""

    code = "places.unknown"


class UnreadablePostcodes(Invalid):
    """A postcode table that cannot be understood."""

    code = "places.postcodes_unreadable"


class UnknownPostcodeTable(NotFound):
    """No postcode table of this country is installed."""

    code = "places.postcodes_unknown"


class ImpossibleTerritory(Invalid):
    """An outline that cannot be a territory."""

    code = "places.territory_impossible"


class UnknownTerritory(NotFound):
    """No such territory, or one you may not see."""

    code = "places.territory_unknown"


class TerritoryChanged(Conflict):
    """Somebody else changed the territory since you opened it."""

    code = "places.territory_changed"


class GazetteerUnavailable(Unavailable):
    """The list of towns is missing and could not be built."""

    code = "places.gazetteer_unavailable"


class GeocoderOff(Unavailable):
    """No online geocoder is configured."""

    code = "places.geocoder_off"


class GeocoderFailed(Unavailable):
    """The online geocoder did not give a usable answer."""

    code = "places.geocoder_failed"
