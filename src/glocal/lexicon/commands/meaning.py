"""`glocal translate` and `glocal classify`: a text in other words, a file of texts in codes."""

from typing import Any

import click
import orjson

from glocal.lexicon import queries
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
