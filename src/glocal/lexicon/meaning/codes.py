"""The codes of concepts in the official schemes, best first; a broader concept lends its codes."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from glocal.lexicon.holding.lexicon import Lexicon
from glocal.lexicon.types import CODE_SCHEMES

# The hop weights of METHODS.md 4.1: how much of a mapping's confidence is left by its kind.
HOP = {"exactMatch": 1.0, "closeMatch": 0.8, "broadMatch": 0.6, "narrowMatch": 0.6, "relatedMatch": 0.4}
_LENT = 0.5  # each step up to a broader concept halves it (beta of METHODS.md 4.1)
_SHOWN_AS = {
    "NACE2": "nace",
    "ICNPTSO": "icnptso",
    "ESSGLOBAL": "essglobal",
    "SDG": "sdg",
    "CPV": "cpv",
    "ESCO": "esco",
}


def codes_of(lexicon: Lexicon, number: int) -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Return by scheme the codes of a concept with their weights 0..1, best first.

    A concept of an official vocabulary has its own code with weight 1.
    """
    return _codes_of(lexicon, number)


@lru_cache(maxsize=50_000)
def _codes_of(lexicon: Lexicon, number: int) -> Mapping[str, tuple[tuple[str, float], ...]]:
    found: dict[str, dict[str, float]] = {scheme: {} for scheme in CODE_SCHEMES}
    for scheme, code, weight in _own(lexicon, number):
        found[scheme][code] = max(weight, found[scheme].get(code, 0.0))
    for above in lexicon.broader[number]:
        for scheme, codes in _codes_of(lexicon, above).items():
            if not _own_of(lexicon, number, scheme):
                for code, weight in codes:
                    found[scheme][code] = max(weight * _LENT, found[scheme].get(code, 0.0))
    return {
        scheme: tuple(sorted(codes.items(), key=lambda one: (-one[1], one[0])))
        for scheme, codes in found.items()
    }


def _own(lexicon: Lexicon, number: int) -> Iterable[tuple[str, str, float]]:
    if lexicon.schemes[number] in CODE_SCHEMES or lexicon.schemes[number] == "nace2":
        yield lexicon.schemes[number].removesuffix("2"), lexicon.codes[number], 1.0
    for scheme, code, predicate, confidence in lexicon.mappings[number]:
        if shown := _SHOWN_AS.get(scheme):
            yield shown, code, confidence * HOP[predicate]


def _own_of(lexicon: Lexicon, number: int, scheme: str) -> list[tuple[str, float]]:
    return [(code, weight) for shown, code, weight in _own(lexicon, number) if shown == scheme]
