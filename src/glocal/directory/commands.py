"""`glocal near`, `glocal export` and `glocal index`."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import orjson

from glocal.core.errors import Invalid
from glocal.directory import exports, queries, services
from glocal.directory.forms import search_from
from glocal.directory.types import Kind, OrganisationCard, Search, World
from glocal.places.queries import resolve_place

Command = Callable[..., Any]


def filters(command: Command) -> Command:
    """Add the filters that near and export share."""
    for option in reversed(
        [
            click.option("--km", type=float, help="Only this far, in kilometres."),
            click.option("--box", help="Only in this box: west,south,east,north in degrees."),
            click.option(
                "--kind",
                multiple=True,
                type=click.Choice([kind.value for kind in Kind]),
                help="Only these kinds.",
            ),
            click.option(
                "--world",
                multiple=True,
                type=click.Choice([world.value for world in World]),
                help="Only these worlds.",
            ),
            click.option(
                "--topic",
                multiple=True,
                help="Only with one of these topics, or with the concept they name in any language.",
            ),
            click.option("--concept", multiple=True, help="Only with one of these concepts (food-bank)."),
            click.option("--country", multiple=True, help="Only in these countries (ISO alpha-2)."),
            click.option("--sdg", multiple=True, help="Only with one of these goals or targets."),
            click.option("--text", default="", help="Only with all of these words."),
            click.option("--territory", default="", help="Only inside this stored territory."),
        ]
    ):
        command = option(command)
    return command


def _search(place: str, *, limit: int, given: dict[str, Any]) -> Search:
    params = {
        name: [str(v) for v in (value if isinstance(value, tuple) else [value]) if v not in {None, ""}]
        for name, value in given.items()
    }
    params["q"] = params.pop("text", [])
    if place:
        found = resolve_place(place)
        params |= {"lat": [str(found.point.lat)], "lon": [str(found.point.lon)], "place": [found.label]}
    params["k"] = [str(limit)]
    return search_from(params)


class SouthernCommand(click.Command):
    """A command whose place may begin with a minus sign: "-33.9,18.4" is a point, no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Move a southern point behind the options."""
        points = [arg for arg in args if _SOUTHERN_POINT.fullmatch(arg)]
        if points and "--" not in args:
            args = [*(arg for arg in args if arg not in points), "--", *points]
        return super().parse_args(ctx, args)


_SOUTHERN_POINT = re.compile(r"\s*-\d+(\.\d*)?\s*,\s*-?\d+(\.\d*)?\s*")


@click.command(cls=SouthernCommand)
@click.argument("place", required=False, default="")
@click.option("-k", "limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many.")
@filters
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def near(place: str, *, limit: int, as_json: bool, **given: Any) -> None:
    """Say who is near PLACE: "LAT,LON" or the name of a town. Without a place: everybody, by name."""
    search = _search(place, limit=limit, given=given)
    if as_json:
        click.echo(exports.near_json(search).decode())
        return
    found = queries.find_organisations(search)
    where = f" near {found.centre_label}" if found.centre_label else ""
    click.echo(f"{found.count} organisations known{where}" + (":" if found.cards else "."))
    for card in found.cards:
        click.echo(_line(card))


def _line(card: OrganisationCard) -> str:
    distance = "" if card.distance_km is None else f"{card.distance_km:9.2f} km"
    place = ", ".join(part for part in (card.place, card.country) if part)
    mark = "  (invented)" if card.is_demo else ""
    because = f"  {'; '.join(card.because)}" if card.because else ""
    return f"{distance:>12}  {card.name}  [{card.kind.replace('_', ' ')}]  {place}{mark}{because}"


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--near", "place", default="", help="Nearest to this place first.")
@filters
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def export(file: Path, *, place: str, as_json: bool, **given: Any) -> None:
    """Write what the filters find to FILE: .csv, .xlsx, .geojson, .jsonl or .jsonld."""
    if not file.parent.exists():
        raise Invalid(f"There is no folder {file.parent}.")
    written = exports.write(_search(place, limit=1, given=given), file)
    click.echo(orjson.dumps({"written": written}).decode() if as_json else f"Wrote {written} organisations.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def index(*, as_json: bool) -> None:
    """Write the index of organisations anew from the database."""
    count = services.take_in_snapshot()
    click.echo(
        orjson.dumps({"organisations": count}).decode() if as_json else f"{count} organisations can be found."
    )
