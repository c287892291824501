"""Where a row of a table lies: by its postcode, else by its town; silence where neither is clear."""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.translation import gettext as _

from glocal.places.gazetteer import locating as towns
from glocal.places.gazetteer.countries import country_code
from glocal.places.gazetteer.regions import region_code
from glocal.places.gazetteer.store import Gazetteer
from glocal.places.postcodes import PostcodeTable, normal_postcode, outward_code
from glocal.places.types import Located

TableOf = Callable[[str, str], PostcodeTable | None]


class Row(NamedTuple):
    """What a row says about its place, as it stands there."""

    postcode: str = ""
    town: str = ""
    region: str = ""
    country: str = ""


class NotLocated(NamedTuple):
    """Why a row lies nowhere: nothing, country, postcode, town, region, ambiguous; and the value to blame."""

    reason: str
    value: str = ""


def locate_row(gazetteer: Gazetteer, table_of: TableOf, row: Row) -> Located | NotLocated:
    """Find the row's place; the rules stand at `queries.locate`.

    Args:
        gazetteer: the towns of the world.
        table_of: opens the table of a country, of its postcodes ("postcode") or its districts ("district").
        row: what is known of the place.
    """
    country, region = _country_and_region(row)
    if row.country and not country:
        return NotLocated("country", row.country)
    by_postcode = _by_postcode(table_of, row.postcode, country)
    if by_postcode is not None:
        return by_postcode
    if not row.town:
        return NotLocated("postcode", row.postcode) if row.postcode else NotLocated("nothing")
    return _by_town(gazetteer, row.town, region, country)


def _country_and_region(row: Row) -> tuple[str, str]:
    country = country_code(row.country)
    if not country and region_code(row.country, "GB"):  # England, Scotland, Wales, Northern Ireland
        return "GB", row.region or row.country
    return country, row.region


def _by_postcode(table_of: TableOf, postcode: str, country: str) -> Located | None:
    code = normal_postcode(postcode, country)
    if not code:
        return None
    where = country or ("GB" if outward_code(code, "GB") not in {"", code} else "")
    if not where:
        return None
    table = table_of(where, "postcode")
    if table and (point := table.point(code)):
        return Located(point, "postcode", f"postcode {code}")
    district = outward_code(code, where)
    districts = table_of(where, "district") if district else None
    if districts and (point := districts.point(district)):
        return Located(point, "town", f"postcode district {district}")
    return None


def _by_town(gazetteer: Gazetteer, town: str, region: str, country: str) -> Located | NotLocated:
    is_known_region = bool(region and country) and towns.is_region(gazetteer, region, country)
    is_narrow = bool(country) and (is_known_region or not region)
    for key in towns.spellings(town):
        named = towns.towns_named(gazetteer, key, country)
        if not named:
            continue
        if region:
            there = towns.in_region(gazetteer, named, region)
            if not there and is_known_region:
                return NotLocated("region", town)
            named = there or named
        winner = towns.clear_winner(gazetteer, named, in_one_country=is_narrow)
        if winner is None:
            return NotLocated("ambiguous", town)
        how = f"town {gazetteer.names.text(winner)}, {gazetteer.country_of(winner)}"
        return Located(gazetteer.point_of(winner), "town", how)
    return NotLocated("town", town)


def sentence_of(answer: NotLocated) -> str:
    """Say in the reader's language why a row lies nowhere."""
    sentences = {
        "nothing": _("The row names neither a postcode nor a town."),
        "country": _("“%(value)s” is not a country we know."),
        "postcode": _("No installed table knows the postcode “%(value)s”, and no town is given."),
        "town": _("No town we know is called “%(value)s” there."),
        "region": _("The town called “%(value)s” that we know does not lie in the stated region."),
        "ambiguous": _("Several towns are called “%(value)s” and none stands out; a region would tell."),
    }
    return sentences[answer.reason] % {"value": answer.value[:80]}
