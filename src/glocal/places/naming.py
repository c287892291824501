"""How places are called on a page: name, region, country."""

from glocal.core.geo import GeoPoint, Km
from glocal.places.gazetteer.countries import country_names
from glocal.places.gazetteer.nearby import town_around
from glocal.places.gazetteer.regions import region_names
from glocal.places.gazetteer.store import Gazetteer
from glocal.places.types import Place


def place_of(gazetteer: Gazetteer, town: int, name: str, distance: Km | None = None) -> Place:
    """Describe a town under the given one of its names."""
    country = gazetteer.country_of(town)
    region = region_names(country).get(gazetteer.region_of(town), "")
    parts = [name, region if region != name else "", country_names().get(country, country)]
    return Place(
        name=name,
        label=", ".join(part for part in parts if part),
        country=country,
        point=gazetteer.point_of(town),
        population=int(gazetteer.population[town]),
        geoname_id=int(gazetteer.geoname_id[town]),
        region=region,
        distance_km=distance,
    )


def typed_point(gazetteer: Gazetteer, point: GeoPoint) -> Place:
    """Describe coordinates somebody typed by the town nearest to them."""
    town, distance = town_around(gazetteer, point)
    nearest = place_of(gazetteer, town, gazetteer.names.text(town), distance)
    return Place(
        name=f"{point.lat:g}, {point.lon:g}",
        label=nearest.label,
        country=nearest.country,
        point=point,
        population=nearest.population,
        precision="exact",
        geoname_id=nearest.geoname_id,
        region=nearest.region,
        distance_km=distance,
    )
