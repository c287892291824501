"""The command group `places`: looking towns up, postcode tables, territories."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

import click

from glocal.core.actor import SYSTEM
from glocal.core.geo import Box, Km

_as_json = click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")


@click.group()
def group() -> None:
    """Places: names, postcodes, territories."""


@group.command()
@click.argument("text")
@click.option("--country", default="", help="Only in this country (code or name).")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
@_as_json
def find(text: str, country: str, limit: int, as_json: bool) -> None:
    """Find towns called TEXT; coordinates are answered with the nearest town."""
    from glocal.places.queries import find_places

    found = find_places(text, country=country, limit=limit)
    if as_json:
        _print_json({"count": len(found), "places": [_flat(asdict(place)) for place in found]})
        return
    for place in found:
        click.echo(f"{place.point.lat:9.5f} {place.point.lon:10.5f}  {place.label}")
    if not found:
        click.echo("No town is called that.", err=True)


@group.group()
def postcodes() -> None:
    """Postcode tables, by which rows without coordinates are located."""


@postcodes.command("install")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--country", required=True, help="Whose postcodes they are (code or name).")
@_as_json
def install_postcodes(file: Path, country: str, as_json: bool) -> None:
    """Install the postcode table FILE: CSV with columns for postcode, latitude and longitude."""
    from glocal.places import services

    count = services.install_postcodes(file, country)
    _say({"country": country, "postcodes": count}, f"{count:,} postcodes installed.", as_json=as_json)


@postcodes.command("list")
@_as_json
def list_postcodes(as_json: bool) -> None:
    """List the installed tables."""
    from glocal.places.queries import postcode_tables

    tables = postcode_tables()
    lines = "\n".join(f"{table.country}  {table.postcodes:>10,}" for table in tables)
    _say({"tables": [asdict(table) for table in tables]}, lines or "None installed.", as_json=as_json)


@postcodes.command("remove")
@click.argument("country")
@_as_json
def remove_postcodes(country: str, as_json: bool) -> None:
    """Remove the table of COUNTRY."""
    from glocal.places import services

    services.remove_postcodes(country)
    _say({"removed": country}, "Removed.", as_json=as_json)


@group.group()
def territories() -> None:
    """Named areas to search in."""


@territories.command("list")
@_as_json
def list_territories(as_json: bool) -> None:
    """List all territories."""
    from glocal.places import queries

    cards = queries.list_territories(actor=SYSTEM)
    lines = "\n".join(f"{card.slug:30} {card.kind:8} {card.name}" for card in cards)
    answer = {"territories": [_flat(asdict(card)) for card in cards]}
    _say(answer, lines or "There are none yet.", as_json=as_json)


@territories.command("add")
@click.argument("name")
@click.option(
    "--geojson", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A polygon's file."
)
@click.option("--feature", default="", help="Which feature of the file, by its id.")
@click.option("--box", "edges", metavar="W,S,E,N", help="A box of degrees.")
@click.option("--centre", metavar="PLACE", help="A town or LAT,LON; with --km.")
@click.option("--km", type=float, help="Radius around the centre in kilometres.")
@click.option("--source", default="", help="Where the outline is from.")
@click.option("--licence", default="", help="Under which licence.")
@_as_json
def add_territory(
    *,
    name: str,
    geojson: Path | None,
    feature: str,
    edges: str | None,
    centre: str | None,
    km: float | None,
    source: str,
    licence: str,
    as_json: bool,
) -> None:
    """Add a public territory NAME from exactly one of --geojson, --box, or --centre with --km."""
    from glocal.places import queries, services, shapes
    from glocal.places.types import TerritoryDraft

    if sum(given is not None for given in (geojson, edges, centre)) != 1 or (centre is None) != (km is None):
        raise click.UsageError("Say exactly one of --geojson, --box, or --centre with --km.")
    if geojson is not None:
        outline = shapes.polygon_from_geojson(shapes.read_bounded(geojson), feature)
    elif edges is not None:
        outline = shapes.rectangle(_box(edges))
    else:
        outline = shapes.circle(queries.resolve_place(centre or "").point, Km(km or 0.0))
    draft = TerritoryDraft(name, outline, source=source, licence=licence)
    card = services.create_territory(actor=SYSTEM, draft=draft)
    _say(_flat(asdict(card)), f"Added as {card.slug}.", as_json=as_json)


@territories.command("remove")
@click.argument("slug")
@_as_json
def remove_territory(slug: str, as_json: bool) -> None:
    """Remove the territory SLUG."""
    from glocal.places import services

    services.delete_territory(actor=SYSTEM, slug=slug)
    _say({"removed": slug}, "Removed.", as_json=as_json)


def _box(text: str) -> Box:
    try:
        west, south, east, north = (float(edge) for edge in text.split(","))
        return Box(west, south, east, north)
    except ValueError as reason:
        _usage(f"--box wants four degrees W,S,E,N: {reason}")


def _usage(sentence: str) -> NoReturn:
    raise click.UsageError(sentence)


def _flat(card: dict[str, Any]) -> dict[str, Any]:
    """Put points as lat and lon beside the other fields, the way every answer does."""
    point = card.pop("point", None)
    owner = card.pop("owner_id", None)
    return card | (point or {}) | ({"owner": str(owner)} if owner is not None else {})


def _say(answer: dict[str, Any], sentence: str, *, as_json: bool) -> None:
    if as_json:
        _print_json(answer)
    else:
        click.echo(sentence)


def _print_json(answer: dict[str, Any]) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False))
