"""Short words for the tests of imports: write a list, bring it in, look at all that is stored."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.apps import apps

from glocal.core.actor import SYSTEM
from glocal.ingest import services
from glocal.ingest.states import BatchReport, ImportOptions
from glocal.ingest.types import Problem

HEADINGS = ("id", "name", "kind", "street", "postcode", "town", "country", "lat", "lon", "topics", "website")
# what undoing need not bring back: counters that only ever grow, and which batch met a row last
GROWING = {"version", "change_no", "seen_in_id", "id"}


def line(number: int, **said: Any) -> dict[str, Any]:
    """Return one good row; the columns given override it."""
    return {
        "id": f"r{number}",
        "name": f"Cooperativa Ruota n{number}",
        "kind": "cooperative",
        "street": f"Via Garibaldi {number}",
        "postcode": "10122",
        "town": "Torino",
        "country": "IT",
        "lat": 45.0013 + number % 97 / 1000,
        "lon": 7.6017 + number % 89 / 1000,
        "topics": "food; solar",
        "website": f"https://r{number}.example.org/",
        **said,
    }


def write_list(folder: Path, lines: Iterable[Mapping[str, Any]], name: str = "list.csv") -> Path:
    """Write a CSV with these rows."""
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, HEADINGS)
        writer.writeheader()
        writer.writerows(lines)
    return path


def bring_in(path: Path, **options: Any) -> BatchReport:
    """Import a file as the command line does, from the source “list” unless said otherwise."""
    return services.import_file(path, ImportOptions(**{"source": "list", **options}), actor=SYSTEM)


def bring_in_heard(path: Path, **options: Any) -> tuple[BatchReport, list[Problem]]:
    """Import a file and listen to its problems."""
    heard: list[Problem] = []
    options = {"source": "list", **options}
    report = services.import_file(path, ImportOptions(**options), actor=SYSTEM, on_problem=heard.append)
    return report, heard


def counts(report: BatchReport) -> tuple[int, int, int, int, int]:
    """Return read, created, updated, unchanged, rejected; and check that nothing was lost."""
    tally = report.tally
    assert tally.read == tally.created + tally.updated + tally.unchanged + tally.rejected
    assert tally.located + tally.unlocated == tally.read - tally.rejected
    return tally.read, tally.created, tally.updated, tally.unchanged, tally.rejected


def everything(*labels: str, without: Sequence[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the named tables, by default of all of the product's own."""
    found = {}
    for model in apps.get_models():
        if labels and model._meta.label not in labels:
            continue
        if model._meta.app_label not in {"directory", "ingest", "audit", "accounts", "places"}:
            continue
        columns = [f.attname for f in model._meta.concrete_fields if f.attname not in without]
        rows = model._default_manager.values_list(*columns)
        found[model._meta.label] = sorted(rows, key=repr)
    return found


def stored() -> dict[str, list[tuple[Any, ...]]]:
    """Return what undoing has to bring back exactly."""
    tables = ("directory.Organisation", "directory.Site", "directory.Identifier", "ingest.Record")
    return everything(*tables, without=sorted(GROWING))
