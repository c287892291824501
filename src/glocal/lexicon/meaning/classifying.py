"""Gives a text the codes of an official scheme: by words that speak for classes and by its concepts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from math import exp, log1p
from typing import NamedTuple

from glocal.lexicon.holding.classes import Fitted, Scheme, fitted, scheme
from glocal.lexicon.holding.lexicon import Lexicon
from glocal.lexicon.meaning.annotating import annotate, likely_pivots
from glocal.lexicon.meaning.codes import codes_of
from glocal.lexicon.text.latin import words_in
from glocal.lexicon.types import BRIDGE, Code

_OF_CONCEPTS = 1.0  # a concept that has the code speaks as much as a cue of weight 1; chosen, not measured
_FIRST_WORDS, _EARLY = 8, 1.0  # the first words of a text say best what it is about: they count up to double
_UNSEEN_START = -4.0  # of a class no text of ours has: rather not
_LEAST_SCORE = 0.2  # what is less likely is not said
_DEEP_ENOUGH = 0.4  # of a class's evidence must be for one of its subclasses, for that one to be named


class Evidence(NamedTuple):
    """What speaks for each class of a scheme, and by which words of the text."""

    weight: Mapping[str, float]
    words: Mapping[str, tuple[str, ...]]


class _Spoken(NamedTuple):
    """One thing that speaks for (or against) a class: how much, by which words."""

    code: str
    weight: float
    words: tuple[str, ...]


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
    chances = probabilities(by_top(known, found.weight), fitted(scheme_name))
    codes = [_deepest(known, top, chance, found) for top, chance in chances.items() if chance >= _LEAST_SCORE]
    return sorted(codes, key=lambda code: (-code.score, code.code))


def evidence(lexicon: Lexicon, text: str, language: str, known: Scheme) -> Evidence:
    """Add up what speaks for each class: cues among the text's pivot words, and the codes of its concepts."""
    weight: dict[str, float] = defaultdict(float)
    because: dict[str, dict[str, None]] = defaultdict(dict)
    said = chain(_from_cues(lexicon, text, language, known), _from_concepts(lexicon, text, language, known))
    for spoken in said:
        weight[spoken.code] += spoken.weight
        if spoken.weight > 0:
            because[spoken.code].update(dict.fromkeys(spoken.words))
    return Evidence(weight, {code: tuple(words) for code, words in because.items()})


def _from_cues(lexicon: Lexicon, text: str, language: str, known: Scheme) -> Iterable[_Spoken]:
    """Find cues; at the same words only the strongest of a class counts, and a cue of many classes less."""
    words, tongue = words_in(text), lexicon.tongue(language)
    readings = [tongue.read(word) for word in words]
    compounds = {at for at, reading in enumerate(readings) if reading.is_compound}
    pivots = [one.stems if language == "en" else likely_pivots(one, known.index) for one in readings]
    best: dict[tuple[str, tuple[int, ...]], tuple[float, str]] = {}
    for hit in known.index.hits(pivots, compounds):
        cue = known.cues[hit.names]
        weight = cue.weight * cue.share * hit.score * (1 + _EARLY * exp(-hit.at[0] / _FIRST_WORDS))
        place = (known.top(cue.code), hit.at)
        if abs(weight) > abs(best.get(place, (0.0, ""))[0]):
            best[place] = (weight, cue.code)
    for (_, at), (weight, code) in best.items():
        yield _Spoken(code, weight, tuple(words[one].written for one in at))


def _from_concepts(lexicon: Lexicon, text: str, language: str, known: Scheme) -> Iterable[_Spoken]:
    for mention in annotate(lexicon, text, language, schemes=frozenset({BRIDGE})):
        if mention.negated:
            continue
        for code, weight in codes_of(lexicon, lexicon.number[mention.concept])[known.name]:
            if listed := known.listed(code):
                yield _Spoken(listed, _OF_CONCEPTS * weight * mention.score, mention.words)


def by_top(known: Scheme, weight: Mapping[str, float]) -> dict[str, float]:
    """Add evidence up to the classes at the top of the scheme; what speaks against a class takes away."""
    tops: dict[str, float] = defaultdict(float)
    for code, amount in weight.items():
        tops[known.top(code)] += amount
    return {top: amount for top, amount in tops.items() if amount > 0}


def features(tops: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Return for each class how much speaks for it, as log(1 + weight), and its share of all evidence."""
    total = sum(tops.values())
    return {top: (log1p(amount), amount / total) for top, amount in tops.items()}


def probabilities(tops: Mapping[str, float], numbers: Fitted) -> dict[str, float]:
    """Return the probability of each class by logistic calibration (Platt 1999) on two features; 0..1."""
    return {
        top: 1
        / (
            1
            + exp(
                -(
                    numbers.start.get(top, _UNSEEN_START)
                    + numbers.of_amount * amount
                    + numbers.of_share * share
                )
            )
        )
        for top, (amount, share) in features(tops).items()
    }


def _deepest(known: Scheme, top: str, chance: float, found: Evidence) -> Code:
    """Go down the tree as long as one subclass holds enough of the evidence."""
    code, share = top, 1.0
    while children := known.children.get(code):
        weights = {child: _within(known, child, found.weight) for child in children}
        total = sum(weights.values()) + max(found.weight.get(code, 0.0), 0.0)
        best = max(weights, key=lambda child: (weights[child], child))
        if weights[best] <= 0 or weights[best] < _DEEP_ENOUGH * total:
            break
        code, share = best, share * weights[best] / total
    said = [word for one, words in found.words.items() if known.top(one) == top for word in words]
    return Code(code, round(chance * (1 + share) / 2, 3), known.title[code], tuple(dict.fromkeys(said)))


def _within(known: Scheme, code: str, weight: Mapping[str, float]) -> float:
    below = sum(_within(known, child, weight) for child in known.children.get(code, ()))
    return max(weight.get(code, 0.0) + below, 0.0)
