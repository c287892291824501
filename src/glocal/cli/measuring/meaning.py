"""How well the lexicon understands: texts found in other languages, classes given, with baselines beside."""

import csv
import json
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray

from glocal.cli.measuring.vocabularies import install_official
from glocal.lexicon.encoder import open_encoder
from glocal.lexicon.holding.lexicon import Lexicon, open_lexicon
from glocal.lexicon.meaning.classifying import classify
from glocal.lexicon.pivot.similarity import Corpus, bm25

Row = dict[str, Any]
Scores = NDArray[np.float64]
SDG_LANGUAGES = ("es", "fr", "it", "de", "ca", "cs", "ro")
ESCO_QUERIES = 400  # of 2,942 labels a language are asked, drawn with a seed
SEED = 7
CONFIGURATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("built-in", ()),
    ("with ESCO, CPV, NACE", ("esco", "cpv", "nace2")),
    ("with CPV, NACE", ("cpv", "nace2")),
)


class Pairs(NamedTuple):
    """Texts in some language, each with the number of its counterpart among the English ones."""

    queries: list[str]
    languages: list[str]
    answers: list[int]


def measure_lexicon(folder: Path) -> list[Row]:
    """Return the figures for each configuration; some minutes. `GLOCAL_ENCODER` adds an encoder's opinion."""
    rows: list[Row] = []
    for said, names in CONFIGURATIONS:
        with tempfile.TemporaryDirectory() as home:
            install_official(Path(home), folder, names)
            lexicon = open_lexicon(Path(home))
            only_esco = names == ("cpv", "nace2")
            measured = _esco(lexicon, folder) if only_esco else _all(lexicon, folder, with_esco=bool(names))
            rows += [{**row, "what": f"{said}: {row['what']}"} for row in measured]
    return rows


def _all(lexicon: Lexicon, folder: Path, *, with_esco: bool) -> Iterator[Row]:
    yield from _sdg(lexicon, folder)
    yield from _susy(lexicon, folder)
    if not with_esco:  # its labels would be asked of itself
        yield from _esco(lexicon, folder)
    yield from _sections(lexicon, folder)
    yield from _goals(lexicon, folder)


def _sdg(lexicon: Lexicon, folder: Path) -> Iterator[Row]:
    """Targets and indicators of the Goals: each language against English."""
    english = _sdg_texts(folder, "en")
    keys = sorted(english)
    corpus = Corpus(lexicon, [english[key] for key in keys], ["en"] * len(keys), open_encoder())
    for language in _sdg_languages(folder):
        texts = _sdg_texts(folder, language)
        asked = [key for key in keys if key in texts]
        pairs = Pairs(
            [texts[key] for key in asked], [language] * len(asked), [keys.index(key) for key in asked]
        )
        yield from _retrieval(f"SDG targets and indicators {language} to en", corpus, pairs)


def _sdg_languages(folder: Path) -> Sequence[str]:
    """Return the languages the folder has, the known ones first."""
    there = {file.name.split(".")[1] for file in (folder / "sdg_translations").glob("global_targets.*.yml")}
    return [*(one for one in SDG_LANGUAGES if one in there), *sorted(there - {*SDG_LANGUAGES, "en"})]


def _sdg_texts(folder: Path, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in ("targets", "indicators"):
        said = yaml.safe_load((folder / f"sdg_translations/global_{kind}.{language}.yml").read_bytes())
        found |= {key: str(text) for key, text in said.items() if key.endswith("-title")}
    return found


def _susy(lexicon: Lexicon, folder: Path) -> Iterator[Row]:
    """Descriptions of the same initiative in its own language and in English."""
    features = json.loads((folder / "susy_transformap/susy_initiatives.geojson").read_bytes())["features"]
    pairs = list(_described_twice([feature["properties"] for feature in features], lexicon))
    corpus = Corpus(lexicon, [english for _, _, english in pairs], ["en"] * len(pairs), open_encoder())
    native = Pairs([own for own, _, _ in pairs], [spoken for _, spoken, _ in pairs], list(range(len(pairs))))
    yield from _retrieval("SUSY description to its English one", corpus, native)
    for language, count in Counter(native.languages).most_common():
        some = [number for number, spoken in enumerate(native.languages) if spoken == language]
        if count >= 8:
            part = Pairs([native.queries[one] for one in some], [language] * len(some), some)
            yield from _retrieval(f"SUSY description {language} to en", corpus, part)


def _described_twice(rows: Sequence[dict[str, str]], lexicon: Lexicon) -> Iterator[tuple[str, str, str]]:
    for row in rows:
        english = row.get("description", "")
        own = [(key[12:], text) for key, text in row.items() if key.startswith("description:") and text]
        if english and own and _language(lexicon, english) == "en":
            yield (
                own[0][1],
                own[0][0] if lexicon.speaks(own[0][0]) else _language(lexicon, own[0][1]),
                english,
            )


def _language(lexicon: Lexicon, text: str) -> str:
    guesses = lexicon.identifier.guesses(text)
    return guesses[0].language if guesses else "en"


def _esco(lexicon: Lexicon, folder: Path) -> Iterator[Row]:
    """Occupations: the label in each language against the English labels, while ESCO is not installed."""
    with (folder / "esco_occupations/occupations_wide_26lang.csv").open(
        encoding="utf-8", newline=""
    ) as lines:
        rows = list(csv.DictReader(lines))
    corpus = Corpus(lexicon, [row["en"] for row in rows], ["en"] * len(rows), open_encoder())
    for language in [key for key in rows[0] if len(key) == 2 and key != "en" and lexicon.speaks(key)]:
        there = [number for number, row in enumerate(rows) if row[language]]
        some = sorted(random.Random(SEED).sample(there, min(ESCO_QUERIES, len(there))))
        pairs = Pairs([rows[one][language] for one in some], [language] * len(some), some)
        yield from _retrieval(f"ESCO occupation {language} to en", corpus, pairs)


def _retrieval(what: str, corpus: Corpus, pairs: Pairs) -> Iterator[Row]:
    ours = corpus.scores(pairs.queries, pairs.languages)
    letters = corpus.letter_scores(pairs.queries)
    words = bm25(corpus.texts, pairs.queries)
    for rank in (1, 10):
        yield _row(
            what, f"recall@{rank}", recall(ours, pairs.answers, rank), recall(letters, pairs.answers, rank),
            len(pairs.answers), bm25=recall(words, pairs.answers, rank),
        )  # fmt: skip


def recall(scores: Scores, answers: Sequence[int], rank: int) -> float:
    """Return the share of queries whose answer is among the first `rank`; equals share the better rank."""
    right = scores[np.arange(len(answers)), answers]
    better = (scores > right[:, None]).sum(axis=1)
    return float(((better < rank) & (right > scores.min(axis=1))).mean())


def _sections(lexicon: Lexicon, folder: Path) -> Iterator[Row]:
    """Sections of ICNPTSO given to charities by hand; the baseline always says the most frequent one."""
    with (folder / "ukcat/sample.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["ICNPTSO"] and row["activities"]]
    right = [row["ICNPTSO"][0] for row in rows]
    most = Counter(right).most_common(1)[0][1] / len(right)
    texts: dict[str, Callable[[dict[str, str]], str]] = {
        "name and activities": lambda row: f"{row['name']}. {row['activities']}",
        "activities alone": lambda row: row["activities"],
    }
    for said, text_of in texts.items():
        given = [_first(classify(lexicon, text_of(row), "en", "icnptso"))[:1] for row in rows]
        accuracy = sum(map(str.__eq__, given, right)) / len(right)
        empty = given.count("") / len(given)
        yield _row(
            f"ICNPTSO section of ukcat, {said}", "accuracy", accuracy, most, len(rows), empty=round(empty, 3)
        )


def _goals(lexicon: Lexicon, folder: Path) -> Iterator[Row]:
    """The Goal of each target's text; the baseline takes the Goal whose title shares most letters with it."""
    goals = yaml.safe_load((folder / "sdg_translations/global_goals.en.yml").read_bytes())
    numbers = sorted(key.split("-")[0] for key in goals if key.endswith("-title"))
    titles = Corpus(lexicon, [str(goals[f"{number}-title"]) for number in numbers], ["en"] * len(numbers))
    for language in ("en", *_sdg_languages(folder)):
        said = yaml.safe_load((folder / f"sdg_translations/global_targets.{language}.yml").read_bytes())
        texts = {key: str(text) for key, text in said.items() if key.endswith("-title")}
        right = [key.split("-")[0] for key in texts]
        given = [_first(classify(lexicon, text, language, "sdg")) for text in texts.values()]
        nearest = [numbers[at] for at in titles.letter_scores(list(texts.values())).argmax(axis=1)]
        accuracy, baseline = (sum(map(str.__eq__, one, right)) / len(right) for one in (given, nearest))
        yield _row(f"SDG goal of the targets in {language}", "accuracy", accuracy, baseline, len(right))


def _first(codes: Sequence[Any]) -> str:
    return str(codes[0].code) if codes else ""


def _row(what: str, metric: str, value: float, baseline: float, n: int, **more: float) -> Row:
    told = {name: round(number, 3) for name, number in more.items()}
    return {
        "what": what,
        "metric": metric,
        "value": round(value, 3),
        "baseline": round(baseline, 3),
        "n": n,
        **told,
    }
