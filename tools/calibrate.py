"""Fits on texts of our own how far the evidence for a class may be believed."""

import csv
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from glocal.lexicon.holding.builtin import FOLDER
from glocal.lexicon.holding.classes import CALIBRATION, SCHEMES, Scheme, scheme
from glocal.lexicon.holding.lexicon import Lexicon, open_lexicon
from glocal.lexicon.meaning.classifying import by_top, evidence, features

PULL = 0.3  # of each class's start towards their mean, so that few texts do not make wild numbers
Numbers = NDArray[np.float64]


class Case(NamedTuple):
    """A class something in a text speaks for: its two features, and whether a person gave it to the text."""

    top: str
    amount: float
    share: float
    is_right: bool


def main() -> None:
    """Fit every scheme and write the numbers."""
    with tempfile.TemporaryDirectory() as home:
        lexicon = open_lexicon(Path(home))
        found = {name: fit(list(_cases(lexicon, scheme(name)))) for name in SCHEMES}
    CALIBRATION.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def fit(cases: Sequence[Case]) -> dict[str, Any]:
    """Return the start of each class and what the two features add: logistic regression, deterministic."""
    tops = sorted({case.top for case in cases})
    which = np.array([tops.index(case.top) for case in cases])
    x = np.array([(case.amount, case.share) for case in cases])
    y = np.array([float(case.is_right) for case in cases])

    def loss(numbers: Numbers) -> float:
        start, away = numbers[2], numbers[3:]
        margin = x @ numbers[:2] + start + away[which]
        return float(np.mean(np.logaddexp(0, margin) - y * margin) + PULL * away @ away / len(tops))

    numbers = minimize(loss, np.zeros(3 + len(tops)), method="L-BFGS-B").x
    starts = {top: round(float(numbers[2] + numbers[3 + at]), 3) for at, top in enumerate(tops)}
    return {
        "start": starts,
        "of_amount": round(float(numbers[0]), 3),
        "of_share": round(float(numbers[1]), 3),
    }


def _cases(lexicon: Lexicon, known: Scheme) -> Iterator[Case]:
    with (FOLDER / "calibration.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            right = {known.top(known.listed(code)) for code in row[known.name].split("|") if code}
            tops = by_top(known, evidence(lexicon, row["text"], row["language"], known).weight)
            yield from (
                Case(top, amount, share, is_right=top in right)
                for top, (amount, share) in features(tops).items()
            )


if __name__ == "__main__":
    main()
