"""`glocal bench lexicon`: how fast texts are understood, how soon after the start, in how much memory."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import quantiles
from typing import Any

from glocal.cli.bench.machine import machine

Report = dict[str, Any]
WORDS = 40
SEED = 20
SHARE_SMALL, SHARE_KNOWN = 0.35, 0.45  # of a text's words; the rest is unknown: other endings, misspelt
ENDINGS = ("a", "en", "ov", "ia", "um", "ik", "os", "ai")
MORE = ("esco", "cpv", "nace2")


def bench_lexicon(*, texts: int) -> Report:
    """Annotate invented 40-word texts in all 24 languages in a process of their own, one core.

    With `GLOCAL_QUALITY_DATA` naming a folder that has them, once more with ESCO, CPV and NACE installed.
    """
    rows: list[Report] = []
    with tempfile.TemporaryDirectory() as folder:
        rows += _probed("built-in vocabulary", Path(folder), texts)
    data = os.environ.get("GLOCAL_QUALITY_DATA", "")
    if data:
        from glocal.cli.measuring.vocabularies import install_official

        with tempfile.TemporaryDirectory() as folder:
            install_official(Path(folder), Path(data), MORE)
            rows += _probed("with ESCO, CPV and NACE", Path(folder), texts)
    return {"name": "lexicon", "n": texts, "unit": "texts", "machine": machine(), "rows": rows}


def _probed(what: str, home: Path, texts: int) -> list[Report]:
    """Compile first, as every later start finds it; then measure in a new process."""
    from glocal.lexicon.holding.lexicon import compile_all

    began = time.perf_counter()
    compile_all(home)
    compiled = time.perf_counter() - began
    asked = home / "asked.json"
    asked.write_text(json.dumps(invented_texts(home, texts)), encoding="utf-8")
    ask = f"from glocal.cli.bench.lexicon import probe; probe({str(home)!r}, {str(asked)!r})"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)  # noqa: S603
    found = json.loads(done.stdout)
    figures = {"texts_per_second": found["per_second"], "memory_mb": found["memory_mb"]}
    return [
        _row(f"{what}: 40-word text annotated", found["p50_ms"], found["p95_ms"], **figures),
        _row(f"{what}: language recognised", found["language_p50_ms"], found["language_p95_ms"]),
        _row(f"{what}: start, one language", found["start_ms"], found["start_ms"], memory_mb=found["one_mb"]),
        _row(f"{what}: compiled once, all languages", compiled * 1e3, compiled * 1e3),
    ]


def _row(what: str, p50: float, p95: float, **more: float) -> Report:
    return {
        "what": what,
        "p50_ms": round(p50, 3),
        "p95_ms": round(p95, 3),
        "peer": "glocal",
        "ratio": 1,
        **more,
    }


def probe(home: str, asked_file: str) -> None:
    """Measure in this process and print the figures as one JSON document."""
    began = time.perf_counter()
    from glocal.lexicon.holding.lexicon import open_lexicon
    from glocal.lexicon.meaning.annotating import annotate

    lexicon = open_lexicon(Path(home))
    annotate(lexicon, "Wir suchen eine Küche", "de")
    started = time.perf_counter() - began
    one_language = _memory_mb()
    asked = json.loads(Path(asked_file).read_bytes())
    for language, text in asked[: len(asked) // 10]:
        annotate(lexicon, text, language)
    measured = asked[len(asked) // 10 :]
    took = [_timed(annotate, lexicon, text, language) for language, text in measured]
    told = [_timed(lexicon.identifier.guesses, text) for _, text in measured]
    p50, p95 = _percentiles(took)
    language_p50, language_p95 = _percentiles(told)
    print(
        json.dumps(
            {
                "p50_ms": p50, "p95_ms": p95, "per_second": round(len(took) / sum(took)),
                "language_p50_ms": language_p50, "language_p95_ms": language_p95,
                "start_ms": started * 1e3, "one_mb": one_language, "memory_mb": _memory_mb(),
            }
        )
    )  # fmt: skip


def invented_texts(home: Path, count: int) -> list[tuple[str, str]]:
    """Return texts of 40 words in turn through the 24 languages; every unknown word is new."""
    from glocal.core.language import EU_LANGUAGES
    from glocal.lexicon.holding.builtin import function_words
    from glocal.lexicon.holding.lexicon import open_lexicon

    lexicon = open_lexicon(home)
    chance = random.Random(SEED)
    small = {language: sorted(function_words()[language]) for language in EU_LANGUAGES}
    known = {language: lexicon.tongue(language).known_words() for language in EU_LANGUAGES}
    spoken = [EU_LANGUAGES[number % len(EU_LANGUAGES)] for number in range(count)]
    return [(language, _text(chance, small[language], known[language])) for language in spoken]


def _text(chance: random.Random, small: Sequence[str], known: Sequence[str]) -> str:
    words: list[str] = []
    for _ in range(WORDS):
        drawn = chance.random()
        word = chance.choice(small if drawn < SHARE_SMALL else known)
        unknown = drawn >= SHARE_SMALL + SHARE_KNOWN
        words.append(word[: max(3, len(word) - 2)] + chance.choice(ENDINGS) if unknown else word)
    return " ".join(words)


def _timed(do: Callable[..., object], *what: object) -> float:
    began = time.perf_counter()
    do(*what)
    return time.perf_counter() - began


def _percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    cut = quantiles(seconds, n=20)
    return cut[9] * 1e3, cut[18] * 1e3


def _memory_mb() -> float:
    """Return what this process holds now, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)
