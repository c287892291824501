"""Gives a text the codes of an official scheme: by words that speak for classes and by its concepts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from math import exp, log1p
from typing import NamedTuple

from glocal.lexicon.holding.classes import Scheme, coefficients, scheme
from glocal.lexicon.holding.lexicon import Lexicon
from glocal.lexicon.meaning.annotating import annotate, likely_pivots
from glocal.lexicon.meaning.codes import codes_of
from glocal.lexicon.text.latin import Word, words_in
from glocal.lexicon.types import BRIDGE, Code

_CONCEPT_WEIGHT = 2.0  # a concept that has the code speaks as much as a cue of weight 2; chosen, not measured
_LEAST_SCORE = 0.2  # what is less likely is not said
_DEEP_ENOUGH = 0.4  # of a class's evidence must be for one of its subclasses, for that one to be named


class Evidence(NamedTuple):
    """What speaks for each class of a scheme, and by which words of the text."""

    weight: Mapping[str, float]
    words: Mapping[str, tuple[str, ...]]


def classify(lexicon: Lexicon, text: str, language: str, scheme_name: str) -> list[Code]:
    """Return the codes of a text, likeliest first; [] for a text about none of it.

    The score is the probability that a person gives the text the class this code belongs to, fitted on texts
    of our own (vocabulary/calibration.csv), lowered by the evidence for other codes of that class.

    Raises:
        UnknownScheme: it is not one of sdg, icnptso, nace, essglobal.
        UnknownLanguage: the lexicon does not speak it.
    """
    known = scheme(scheme_name)
    found = evidence(lexicon, text, language, known)
    tops = by_top(known, found.weight)
    chances = probabilities(tops, coefficients()[scheme_name])
    codes = [_deepest(known, top, chance, found) for top, chance in chances.items() if chance >= _LEAST_SCORE]
    return sorted(codes, key=lambda code: (-code.score, code.code))


def evidence(lexicon: Lexicon, text: str, language: str, known: Scheme) -> Evidence:
    """Add up what speaks for each class: cues among the text's pivot words, and the codes of its concepts."""
    words = words_in(text)
    weight: dict[str, float] = defaultdict(float)
    because: dict[str, dict[str, None]] = defaultdict(dict)
    cues, concepts = (
        _from_cues(lexicon, words, language, known),
        _from_concepts(lexicon, text, language, known),
    )
    for code, amount, said in chain(cues, concepts):
        weight[code] += amount
        if amount > 0:
            because[code].update(dict.fromkeys(said))
    return Evidence(weight, {code: tuple(said) for code, said in because.items()})


def _from_cues(
    lexicon: Lexicon, words: list[Word], language: str, known: Scheme
) -> Iterable[tuple[str, float, tuple[str, ...]]]:
    tongue = lexicon.tongue(language)
    readings = [tongue.read(word) for word in words]
    translated = [
        reading.stems if language == "en" else likely_pivots(reading, known.index) for reading in readings
    ]
    best: dict[int, tuple[float, tuple[int, ...]]] = {}
    for hit in known.index.hits(translated):
        if hit.score > best.get(hit.names, (0.0,))[0]:
            best[hit.names] = (hit.score, hit.at)
    for number, (score, at) in best.items():
        cue = known.cues[number]
        yield cue.code, cue.weight * score, tuple(words[place].written for place in at)


def _from_concepts(
    lexicon: Lexicon, text: str, language: str, known: Scheme
) -> Iterable[tuple[str, float, tuple[str, ...]]]:
    for mention in annotate(lexicon, text, language, schemes=frozenset({BRIDGE})):
        if mention.negated:
            continue
        for code, weight in codes_of(lexicon, lexicon.number[mention.concept])[known.name]:
            if (listed := _listed(known, code)) is not None:
                yield listed, _CONCEPT_WEIGHT * weight * mention.score, mention.words


def _listed(known: Scheme, code: str) -> str | None:
    """Return the class a finer code belongs to: 12.3 to goal 12, 56.29 to division 56."""
    while code and code not in known.parent:
        code = code.rpartition(".")[0]
    return code or None


def by_top(known: Scheme, weight: Mapping[str, float]) -> dict[str, float]:
    """Add evidence up to the classes at the top of the scheme; what speaks against a class takes away."""
    tops: dict[str, float] = defaultdict(float)
    for code, amount in weight.items():
        tops[known.top(code)] += amount
    return {top: max(amount, 0.0) for top, amount in tops.items()}


def features(tops: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Return for each class how much speaks for it, as log(1 + weight), and its share of all evidence."""
    total = sum(tops.values()) or 1.0
    return {top: (log1p(amount), amount / total) for top, amount in tops.items() if amount > 0}


def probabilities(tops: Mapping[str, float], fitted: tuple[float, float, float]) -> dict[str, float]:
    """Return the probability of each class by logistic calibration (Platt 1999) on two features; 0..1."""
    start, of_amount, of_share = fitted
    return {
        top: 1 / (1 + exp(-(start + of_amount * amount + of_share * share)))
        for top, (amount, share) in features(tops).items()
    }


def _deepest(known: Scheme, top: str, chance: float, found: Evidence) -> Code:
    """Go down the tree as long as one subclass holds enough of the evidence."""
    code, share = top, 1.0
    while children := [one for one, parent in known.parent.items() if parent == code]:
        weights = {child: _within(known, child, found.weight) for child in children}
        total = sum(weights.values())
        best = max(weights, key=lambda child: (weights[child], child))
        if total <= 0 or weights[best] < _DEEP_ENOUGH * total:
            break
        code, share = best, share * weights[best] / total
    said = [word for one, words in found.words.items() if known.top(one) == top for word in words]
    score = round(chance * (1 + share) / 2, 3)
    return Code(code, score, known.title[code], tuple(dict.fromkeys(said)))


def _within(known: Scheme, code: str, weight: Mapping[str, float]) -> float:
    below = sum(_within(known, child, weight) for child, parent in known.parent.items() if parent == code)
    return max(weight.get(code, 0.0) + below, 0.0)
