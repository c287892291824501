"""`glocal init`, `glocal doctor` and `glocal tick`: making a home, looking at it, keeping it in order."""

import sys

import click
import orjson

from glocal.cli import upkeep


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def init(*, as_json: bool) -> None:
    """Create or upgrade the home; says what it did; harmless twice."""
    done = upkeep.init()
    _print({"done": done}, as_json=as_json, lines=done or ["Nothing to do: everything is in place."])


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def doctor(*, as_json: bool) -> None:
    """Say what is installed, where things live, what is wrong and how to mend it."""
    found = upkeep.examine()
    lines = [f"{'ok  ' if check['ok'] else 'MEND'} {check['what']}: {check['detail']}" for check in found]
    _print({"checks": found}, as_json=as_json, lines=lines)
    if not all(check["ok"] for check in found):
        sys.exit(1)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def tick(*, as_json: bool) -> None:
    """Do everything that is due; harmless twice."""
    done = upkeep.tick()
    _print({"done": done}, as_json=as_json, lines=done or ["Nothing was due."])


def _print(document: dict[str, object], *, as_json: bool, lines: list[str]) -> None:
    click.echo(orjson.dumps(document).decode() if as_json else "\n".join(lines))
