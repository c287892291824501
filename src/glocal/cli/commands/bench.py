"""`glocal bench NAME`: reproducible measurements, the peers in the same run."""

import tempfile
from pathlib import Path
from typing import Any

import click
import orjson

from glocal.core.errors import Invalid

NAMES = ("near", "import", "pages", "lexicon")
USUAL = {"near": 4_300_000, "import": 1_000_000, "pages": 100_000, "lexicon": 4_800}


@click.command()
@click.argument("name", type=click.Choice(NAMES))
@click.option(
    "--organisations",
    type=click.IntRange(1000),
    help="How many (texts for lexicon); each measurement has a usual size.",
)
@click.option("--against", default="", help="Peers to ask the same, for near: postgis,sqlite.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def bench(name: str, *, organisations: int | None, against: str, as_json: bool) -> None:
    """Measure NAME and print p50 and p95; seeded, warmed up. Takes minutes."""
    peers = tuple(peer for peer in against.split(",") if peer)
    if peers and name != "near":
        raise Invalid(f"Only near has peers to be measured against, not {name}.")
    report = _run(name, organisations or USUAL[name], peers)
    click.echo(orjson.dumps(report).decode() if as_json else _table(report))


def _run(name: str, organisations: int, peers: tuple[str, ...]) -> dict[str, Any]:
    if name == "near":
        from glocal.cli.bench.near import bench_near

        with tempfile.TemporaryDirectory() as folder:
            return bench_near(organisations=organisations, against=peers, folder=Path(folder))
    if name == "import":
        from glocal.cli.bench.imports import bench_import

        return bench_import(organisations=organisations)
    if name == "lexicon":
        from glocal.cli.bench.lexicon import bench_lexicon

        return bench_lexicon(texts=organisations)
    from glocal.cli.bench.pages import bench_pages

    return bench_pages(organisations=organisations)


def _table(report: dict[str, Any]) -> str:
    known = {"what", "p50_ms", "p95_ms", "peer", "ratio"}
    lines = [f"{report['name']}, {report['n']} {report.get('unit', 'organisations')}, {report['machine']}"]
    for key, value in report.items():
        if key not in {"name", "n", "unit", "machine", "rows"}:
            lines.append(f"  {key}: {value}")
    for row in report["rows"]:
        more = ", ".join(f"{key} {value}" for key, value in row.items() if key not in known)
        lines.append(
            f"  {row['what']:<52} {row['peer']:<8} p50 {row['p50_ms']:>9} ms  p95 {row['p95_ms']:>9} ms"
            f"  x{row['ratio']}  {more}"
        )
    return "\n".join(lines)
