"""Finds the concepts in a text: labels in its own words and, through the pivot, labels in any words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from glocal.lexicon.holding.lexicon import Lexicon
from glocal.lexicon.holding.tongue import Reading, Tongue
from glocal.lexicon.packing.phrases import Hit, PhraseIndex
from glocal.lexicon.text.latin import Word, words_in
from glocal.lexicon.types import Mention

# Chosen, not measured: a label in other words counts less, and so does one besides the preferred one.
_THROUGH_PIVOT = 0.8
_RANKS = (1.0, 0.95, 0.9)
_LEAST = 0.5
_ABOUT_AS_SURE = 0.9
_PLAIN_SHARE = 0.2
_LEAST_PIVOT_SHARE = 0.3  # of the best translation of the word
_SUPPORT, _SAME_DOMAIN, _MOST_SUPPORT = 0.1, 0.02, 0.2
_DENIAL_REACH = 3
_CLAUSE_ENDS = frozenset(".,!?;:")
_DENYING_BACKWARDS = frozenset(
    {"nélkül", "nincs", "nincsen", "olmadan", "olmayan", "yok"}
)  # Hungarian, Turkish


class _Found(NamedTuple):
    """A concept at some words of the text, before it is settled which of several readings stands."""

    concept: int
    at: tuple[int, ...]
    score: float
    rank: int


def annotate(
    lexicon: Lexicon, text: str, language: str, *, schemes: frozenset[str] | None = None
) -> list[Mention]:
    """Return the concepts in a text, best first.

    Longest labels win over shorter ones inside them; where several concepts share words, the one that its
    neighbours support is taken. A 40-word text takes about a millisecond.

    Args:
        lexicon: the opened lexicon.
        text: any text.
        language: its language.
        schemes: only concepts of these vocabularies; None for all.

    Raises:
        UnknownLanguage: the lexicon does not speak it.
    """
    tongue = lexicon.tongue(language)
    words = words_in(text)
    readings = [tongue.read(word) for word in words]
    found = _best_each(_candidates(lexicon, tongue, readings, schemes))
    settled = _settled(lexicon, _longest(found))
    return _mentions(lexicon, text, words, tongue, settled)


def _candidates(
    lexicon: Lexicon, tongue: Tongue, readings: Sequence[Reading], schemes: frozenset[str] | None
) -> Iterable[_Found]:
    compounds = {at for at, reading in enumerate(readings) if reading.is_compound}
    hits = [(hit, 1.0) for hit in tongue.phrases.hits([reading.stems for reading in readings], compounds)]
    if tongue.language != "en":
        english = lexicon.tongue("en").phrases
        translated = [likely_pivots(reading, english) for reading in readings]
        hits += [
            (hit, _THROUGH_PIVOT)
            for hit in english.hits(translated, compounds)
            if _is_plain(hit, readings[hit.at[0]])
        ]
    for hit, weight in hits:
        if len(hit.at) == 1 and not readings[hit.at[0]].same:
            continue  # "offer" frames a need; alone it is not the concept of that name
        score = _score(hit, weight)
        if score >= _LEAST and (schemes is None or lexicon.schemes[hit.names] in schemes):
            yield _Found(hit.names, hit.at, score, hit.rank)


def likely_pivots(reading: Reading, english: PhraseIndex) -> list[tuple[str, float]]:
    """Weigh the translations of a word against its best one; the weak are left out, a loan word stands."""
    if reading.is_guess:
        return [(reading.same, 1.0)] if reading.same in english else []
    best = max((share for _, share in reading.pivots), default=0.0)
    least = _LEAST_PIVOT_SHARE * best
    return [(pivot, (share / best) ** 0.5) for pivot, share in reading.pivots if share >= least]


def _is_plain(hit: Hit, reading: Reading) -> bool:
    """Say whether a label of one word may be trusted: only where the word has a leading translation."""
    return len(hit.at) > 1 or max((share for _, share in reading.pivots), default=1.0) >= _PLAIN_SHARE


def _score(hit: Hit, weight: float) -> float:
    return hit.score * weight * _RANKS[hit.rank]


def _best_each(candidates: Iterable[_Found]) -> list[_Found]:
    """Keep one finding for each concept and place."""
    best: dict[tuple[int, tuple[int, ...]], _Found] = {}
    for found in candidates:
        known = best.get((found.concept, found.at))
        if known is None or found.score > known.score:
            best[found.concept, found.at] = found
    return list(best.values())


def _longest(found: Sequence[_Found]) -> list[_Found]:
    """Drop what lies inside a longer label that was found about as surely."""
    by_word: dict[int, list[_Found]] = defaultdict(list)
    for one in found:
        if len(one.at) > 1:
            for at in one.at:
                by_word[at].append(one)
    return [one for one in found if not _lies_inside(one, by_word.get(one.at[0], ()))]


def _lies_inside(one: _Found, longer: Iterable[_Found]) -> bool:
    inner = set(one.at)
    return any(inner < set(other.at) and other.score >= _ABOUT_AS_SURE * one.score for other in longer)


def _settled(lexicon: Lexicon, found: Sequence[_Found]) -> list[_Found]:
    """Of several concepts at the same words keep, in each vocabulary, the one that fits best."""
    supported = _with_support(lexicon, found)
    best: dict[tuple[str, tuple[int, ...]], _Found] = {}
    for one in supported:
        place = (lexicon.schemes[one.concept], one.at)
        known = best.get(place)
        if known is None or (-one.score, one.rank, one.concept) < (-known.score, known.rank, known.concept):
            best[place] = one
    return list(best.values())


def _with_support(lexicon: Lexicon, found: Sequence[_Found]) -> list[_Found]:
    present = {one.concept: one.at for one in found}
    domains: dict[str, int] = defaultdict(int)
    for concept in present:
        domains[lexicon.domains[concept]] += 1
    return [
        one._replace(score=min(1.0, one.score * (1 + _support(lexicon, one, present, domains))))
        for one in found
    ]


def _support(
    lexicon: Lexicon, one: _Found, present: Mapping[int, tuple[int, ...]], domains: Mapping[str, int]
) -> float:
    near = {*lexicon.broader[one.concept], *lexicon.related[one.concept]}
    related = sum(1 for other in near if present.get(other, one.at) != one.at)
    domain = lexicon.domains[one.concept]
    same = domains[domain] - 1 if domain else 0
    return min(_MOST_SUPPORT, _SUPPORT * related + _SAME_DOMAIN * same)


def _mentions(
    lexicon: Lexicon, text: str, words: Sequence[Word], tongue: Tongue, settled: Sequence[_Found]
) -> list[Mention]:
    by_concept: dict[int, list[_Found]] = defaultdict(list)
    for one in settled:
        by_concept[one.concept].append(one)
    denied = _denied(text, words, tongue)
    mentions = [
        Mention(
            concept=lexicon.ids[concept],
            score=round(max(one.score for one in ones), 3),
            spans=tuple(sorted({span for one in ones for span in _spans(words, one.at)})),
            words=tuple(dict.fromkeys(words[at].written for one in ones for at in one.at)),
            negated=all(one.at[0] in denied for one in ones),
        )
        for concept, ones in by_concept.items()
    ]
    return sorted(
        mentions, key=lambda mention: (mention.negated, -mention.score, mention.spans, mention.concept)
    )


def _spans(words: Sequence[Word], at: Sequence[int]) -> list[tuple[int, int]]:
    """Return the stretches of text that some words cover; neighbours are one stretch."""
    spans: list[tuple[int, int]] = []
    last = -2
    for place in sorted(at):
        if place == last + 1:
            spans[-1] = (spans[-1][0], words[place].end)
        else:
            spans.append((words[place].start, words[place].end))
        last = place
    return spans


def _denied(text: str, words: Sequence[Word], tongue: Tongue) -> set[int]:
    """Return the words a denial ("no", "without") is about: those beside it in the same clause."""
    denied: set[int] = set()
    for at, word in enumerate(words):
        written = word.written.lower()
        if written in _DENYING_BACKWARDS:
            denied.update(_clause(text, words, range(at - 1, max(at - 1 - _DENIAL_REACH, -1), -1)))
        elif written in tongue.denying_words:
            denied.update(_clause(text, words, range(at + 1, min(at + 1 + _DENIAL_REACH, len(words)))))
    return denied


def _clause(text: str, words: Sequence[Word], places: range) -> Iterator[int]:
    """Yield places one after the other until a clause ends."""
    for at in places:
        first = min(at, at - places.step)
        if _CLAUSE_ENDS & set(text[words[first].end : words[first + 1].start]):
            return
        yield at
