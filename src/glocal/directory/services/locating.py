"""Giving sites without a point one from their postcode or town, with the precision said."""

from dataclasses import replace

from glocal.directory.types import Facts, SiteFacts
from glocal.places import queries as places


def locate_sites(facts: Facts) -> Facts:
    """Return the facts with a point on every site that a postcode or a town can place."""
    if all(site.point for site in facts.sites):
        return facts
    return replace(facts, sites=tuple(_located(site, facts.country) for site in facts.sites))


def _located(site: SiteFacts, country: str) -> SiteFacts:
    if site.point is not None or not (site.postcode or site.town):
        return site
    found = places.locate(
        postcode=site.postcode, town=site.town, region=site.region, country=site.country or country
    )
    if found is None:
        return site
    return replace(site, lat=found.point.lat, lon=found.point.lon, precision=found.precision)
