"""`glocal translate` and `glocal classify`: a text in other words, a file of texts in codes."""

from pathlib import Path
from typing import Any

import click
import orjson

from glocal.lexicon import queries
from glocal.lexicon.gateways.texts import rows_of
from glocal.lexicon.holding.classes import SCHEMES
from glocal.lexicon.types import Translated


@click.command()
@click.argument("text")
@click.option("--lang", default="", help="The text's language (BCP 47); recognised when left out.")
@click.option("--to", default="", help="The language wanted; the text's own when left out.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def translate(text: str, lang: str, to: str, *, as_json: bool) -> None:
    """Say TEXT in the words of the social economy and of industry, with its codes."""
    translated = queries.translate_text(text, language=lang, to=to)
    click.echo(orjson.dumps(_document(translated)).decode() if as_json else _page(translated))


def _document(translated: Translated) -> dict[str, Any]:
    return {
        "language": translated.language,
        "concepts": [
            {
                "id": mention.concept,
                "label": translated.labels[mention.concept],
                "score": mention.score,
                "spans": mention.spans,
                "negated": mention.negated,
                "codes": translated.codes[mention.concept],
            }
            for mention in translated.mentions
        ],
        "wordings": {"social": translated.social, "industry": translated.industry},
    }


def _page(translated: Translated) -> str:
    lines = [f"language  {translated.language}"]
    for mention in translated.mentions:
        codes = "  ".join(
            f"{scheme.upper()} {', '.join(codes)}"
            for scheme, codes in translated.codes[mention.concept].items()
            if codes
        )
        lines.append(
            f"{mention.score:5.2f}  {translated.labels[mention.concept]}  "
            f"({', '.join(mention.words)})  {codes}"
        )
    return "\n".join([*lines, f"social    {translated.social}", f"industry  {translated.industry}"])


@click.command()
@click.argument("scheme", type=click.Choice(SCHEMES))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", "texts", multiple=True, required=True, help="Column of the text; several are joined.")
@click.option("--id", "id_column", default="", help="Column of the id; the row's number when left out.")
@click.option(
    "--lang", default="", help="The texts' language (BCP 47); recognised text by text when left out."
)
@click.option(
    "--top", type=click.IntRange(1, 100), default=5, show_default=True, help="At most so many codes."
)
@click.option("--json", "_as_json", is_flag=True, help="The answer is JSON lines either way.")
def classify(
    scheme: str, file: Path, texts: tuple[str, ...], id_column: str, lang: str, top: int, *, _as_json: bool
) -> None:
    """Print the codes of each text of FILE (csv) in SCHEME as JSON lines, likeliest first."""
    for number, row in enumerate(rows_of(file, [*texts, *([id_column] if id_column else [])]), start=1):
        text = ". ".join(row[column] for column in texts if row[column])
        classified = queries.classify_text(scheme, text, language=lang)
        line = {
            "id": row[id_column] if id_column else str(number),
            "language": classified.language,
            "codes": [
                {"code": code.code, "score": code.score, "label": code.label, "because": code.because}
                for code in classified.codes[:top]
            ],
        }
        click.echo(orjson.dumps(line).decode())
