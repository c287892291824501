"""`glocal quality NAME`: how good the answers are, on real files, with a baseline beside each figure."""

import os
from pathlib import Path
from typing import Any

import click
import orjson

from glocal.core.errors import Unavailable

NAMES = ("places", "lexicon")


@click.command()
@click.argument("name", required=False, type=click.Choice(NAMES))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def quality(name: str | None, *, as_json: bool) -> None:
    """Measure quality on the folder named by GLOCAL_QUALITY_DATA."""
    folder = os.environ.get("GLOCAL_QUALITY_DATA", "")
    if not folder or not Path(folder).is_dir():
        raise Unavailable("GLOCAL_QUALITY_DATA does not name a folder of real data to measure on.")
    rows = _rows(Path(folder), (name,) if name else NAMES)
    click.echo(orjson.dumps({"rows": rows}).decode() if as_json else _table(rows))


def _rows(folder: Path, names: tuple[str, ...]) -> list[dict[str, Any]]:
    from glocal.cli.measuring.locating import measure_locating
    from glocal.cli.measuring.meaning import measure_lexicon

    measures = {"places": measure_locating, "lexicon": measure_lexicon}
    return [row for name in names for row in measures[name](folder)]


def _table(rows: list[dict[str, Any]]) -> str:
    lines = [f"{'what':<58} {'metric':<28} {'value':>9} {'baseline':>9} {'n':>7}"]
    lines += [
        f"{row['what']:<58} {row['metric']:<28} {row['value']:>9} {row['baseline']:>9} {row['n']:>7}"
        for row in rows
    ]
    return "\n".join(lines)
