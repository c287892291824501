"""Whose work the towns are, for the foot of every page that shows them."""

from typing import Final

GEONAMES_LINE: Final = "Place names: GeoNames, CC BY 4.0"
GEONAMES_URL: Final = "https://www.geonames.org/"
GEONAMES_LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"
