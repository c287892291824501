"""`glocal import` and `glocal undo`."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click
import orjson
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from glocal.core.actor import SYSTEM
from glocal.core.errors import Invalid
from glocal.ingest import services
from glocal.ingest.services.running import Progress as OnProgress
from glocal.ingest.states import BatchId, BatchReport, ImportOptions
from glocal.ingest.types import FIELDS, Problem

PROBLEMS_SHOWN = 20


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reader", default="", help="How to read it; recognised by content if not given.")
@click.option("--map", "mapped", multiple=True, metavar="FIELD=COLUMN", help="Which column is which field.")
@click.option("--source", default="", help="Who says so; the file's name if not given.")
@click.option("--licence", default="", help="Its licence, an SPDX identifier if it has one.")
@click.option("--country", default="", help="The country of rows that name none (ISO alpha-2).")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def import_(
    file: Path,
    *,
    reader: str,
    mapped: tuple[str, ...],
    source: str,
    licence: str,
    country: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring organisations in from FILE. The same file twice changes nothing; `glocal undo` takes it back."""
    options = ImportOptions(
        source=source,
        licence=licence,
        country=_country(country),
        reader=reader,
        mapping=tuple(_pair(text) for text in mapped),
        is_dry_run=dry_run,
    )
    with _spool() as problems, _progress_bar() as on_progress:

        def keep(problem: Problem) -> None:
            problems.write(orjson.dumps(_problem(problem)) + b"\n")

        report = services.import_file(file, options, actor=SYSTEM, on_progress=on_progress, on_problem=keep)
        problems.seek(0)
        if as_json:
            _print_json(report, problems)
        else:
            _print_words(report, problems, is_dry_run=dry_run)


def _country(text: str) -> str:
    if text and not (len(text) == 2 and text.isalpha()):
        raise Invalid(f"“{text[:40]}” is not a country: give two letters, for example IT.")
    return text.upper()


def _pair(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not equals or field not in FIELDS:
        raise Invalid(f"“{text[:80]}” is not FIELD=COLUMN with a field out of: {', '.join(FIELDS)}.")
    return field, column


@contextmanager
def _spool() -> Iterator[IO[bytes]]:
    """Keep problems on disk when there are many, so that memory does not grow with them."""
    with tempfile.SpooledTemporaryFile(max_size=4 * 1024 * 1024) as file:
        yield file


@contextmanager
def _progress_bar() -> Iterator[OnProgress]:
    """Draw a bar on standard error, and only when it is a terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]} rows"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task("Importing", total=1.0, rows=0)
        yield lambda share, rows: bar.update(task, completed=share, rows=rows)


def _problem(problem: Problem) -> dict[str, object]:
    said = {"row": problem.row, "field": problem.field, "value": problem.value, "reason": problem.reason}
    return {**said, "suggestion": problem.suggestion} if problem.suggestion else said


def _print_json(report: BatchReport, problems: IO[bytes]) -> None:
    head = orjson.dumps(
        {
            "batch": None if report.id is None else str(report.id),
            "reader": report.reader,
            **report.tally.as_dict(),
            "seconds": report.seconds,
            "source": report.source,
            "state": report.state,
        }
    )
    out = sys.stdout
    out.write(head[:-1].decode() + ',"problems":[')
    for number, line in enumerate(problems):
        out.write(("," if number else "") + line.decode().rstrip("\n"))
    out.write("]}\n")


def _print_words(report: BatchReport, problems: IO[bytes], *, is_dry_run: bool) -> None:
    tally = report.tally
    click.echo(
        f"{'Would read' if is_dry_run else 'Read'} {tally.read} rows as {report.reader}: "
        f"{tally.created} created, {tally.updated} updated, {tally.unchanged} unchanged, "
        f"{tally.rejected} rejected ({report.seconds:.1f} s)."
    )
    click.echo(
        f"{tally.located} on the map, {tally.unlocated} not; "
        f"{tally.possible_duplicates} may be in the directory already."
    )
    count = 0
    for count, line in enumerate(problems, start=1):
        if count <= PROBLEMS_SHOWN:
            said = orjson.loads(line)
            hint = f" ({said['suggestion']})" if "suggestion" in said else ""
            click.echo(f"  row {said['row']}, {said['field']} “{said['value']}”: {said['reason']}{hint}")
    if count > PROBLEMS_SHOWN:
        click.echo(f"  … and {count - PROBLEMS_SHOWN} more; --json lists all.")
    if report.id is not None:
        click.echo(f"Take it back with: glocal undo {report.id}")


@click.command()
@click.argument("batch", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def undo(batch: int, *, as_json: bool) -> None:
    """Take import BATCH back; refuses where somebody edited since."""
    report = services.undo_batch(actor=SYSTEM, batch_id=BatchId(batch))
    if as_json:
        document = {"batch": str(batch), "state": report.state, **report.tally.as_dict()}
        click.echo(orjson.dumps(document).decode())
    else:
        click.echo(f"Undone: {report.tally.created} are gone, {report.tally.updated} are as before.")
