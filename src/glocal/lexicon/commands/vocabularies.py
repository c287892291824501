"""`glocal lexicon`: official vocabularies, installed from their publishers' files, and written for others."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import orjson

from glocal.lexicon.services import exporting, installing
from glocal.lexicon.services.installing import InstalledVocabulary

_as_json = click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")


@click.group()
def lexicon() -> None:
    """Vocabularies: what is known of the words of the two worlds."""


@lexicon.command()
@click.argument("name")
@click.argument("sources", metavar="FILE|URL...", nargs=-1, required=True)
@_as_json
def install(name: str, sources: tuple[str, ...], *, as_json: bool) -> None:
    """Install the vocabulary NAME from its files, folders or https addresses, all given at once.

    NAME is esco, cpv, nace2, nace21, essglobal, icnptso, ukcat or sdg, each as its publisher gives it; any
    other name is for a vocabulary in SKOS.
    """
    card = installing.install_vocabulary(name, sources, progress=_tell)
    for file in card.left_out:
        _tell(f"{file} holds something else and was left out.")
    sentences = [f"{card.concepts:,} concepts and {card.mappings:,} mappings installed.", *card.notices]
    _say(asdict(card), "\n".join(sentences), as_json=as_json)


@lexicon.command("list")
@_as_json
def list_(*, as_json: bool) -> None:
    """List the installed vocabularies."""
    cards = installing.list_vocabularies()
    answer = {"vocabularies": [_without_reading(asdict(card)) for card in cards]}
    _say(answer, "\n".join(map(_line, cards)) or "None installed.", as_json=as_json)


@lexicon.command()
@click.argument("name")
@_as_json
def remove(name: str, *, as_json: bool) -> None:
    """Remove the vocabulary NAME."""
    installing.remove_vocabulary(name)
    _say({"removed": name}, "Removed.", as_json=as_json)


@lexicon.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--what", type=click.Choice(["skos", "sssom"]), required=True, help="Concepts or mappings.")
@click.option("--name", default="bridge", show_default=True, help="Of which vocabulary.")
@_as_json
def export(file: Path, what: exporting.What, name: str, *, as_json: bool) -> None:
    """Write a vocabulary to FILE: its concepts as SKOS (Turtle), or its mappings as SSSOM (TSV)."""
    written = exporting.export_vocabulary(file, what=what, name=name)
    kind = "concepts" if what == "skos" else "mappings"
    _say({"written": written, "what": what, "name": name}, f"{written:,} {kind} written.", as_json=as_json)


def _line(card: InstalledVocabulary) -> str:
    return (
        f"{card.name:12} {card.concepts:>8,}  {card.mappings:>7,}  {' '.join(card.languages)}  {card.title}"
    )


def _without_reading(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in {"left_out", "notices"}}


def _tell(sentence: str) -> None:
    """Say what is being done to somebody who waits; scripts are not told."""
    if sys.stderr.isatty():
        click.echo(sentence, err=True)


def _say(answer: dict[str, Any], sentence: str, *, as_json: bool) -> None:
    click.echo(orjson.dumps(answer).decode() if as_json else sentence)
