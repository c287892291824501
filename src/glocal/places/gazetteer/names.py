"""How names of towns are compared: folded words, “St” as “Saint”, and the misspellings one letter away."""

import re
from collections.abc import Iterator
from functools import lru_cache

from glocal.core.language import words_of

_SAINTS = {"st": "saint", "ste": "sainte"}
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz ",
    "αβγδεζηθικλμνξοπρστυφχψω ",
    "абвгдежзиклмнопрстуфхцчшщъыьэюяіє ",
)

PRIMARY, ALTERNATE, CODE = 0, 1, 2

_QUARTER = re.compile(
    r"\bcirco\w*scrizione\b|\barrondissement\b|\bkerület\b|\(kreis \d|^sector \d$|\d\.\s?bezirk|"
    r"^(?:paris|lyon|marseille) \d",
    re.IGNORECASE,
)


def is_quarter(name: str) -> bool:
    """Say whether a name is that of a numbered quarter of a city, which nobody means by a town.

    >>> is_quarter("Paris 15 Vaugirard"), is_quarter("Zürich (Kreis 11)"), is_quarter("Kreischa")
    (True, True, False)
    """
    return bool(_QUARTER.search(name))


def plain_key(name: str) -> str:
    """Return the folded words of a name, joined by single spaces.

    >>> plain_key("L'Aquila"), plain_key("SAINT-ÉTIENNE")
    ('l aquila', 'saint etienne')
    """
    return " ".join(words_of(name))


@lru_cache(maxsize=65_536)
def key_of(name: str) -> str:
    """Return the form under which a name is filed: its folded words, with “St” and “Ste” written out.

    >>> key_of("St. Gallen"), key_of("Ste-Foy")
    ('saint gallen', 'sainte foy')
    """
    return " ".join(_SAINTS.get(word, word) for word in words_of(name))


def tier_of(alternate: str) -> int | None:
    """Say what kind of name an alternate is: a name, an airport-like code, or None for a transliteration.

    GeoNames lists machine transliterations in small Latin letters (“dou ling” for Turin); nobody types them
    and they collide with real names elsewhere.
    """
    if alternate.isascii():
        if alternate == alternate.lower():
            return None
        if len(alternate) <= 4 and alternate.isupper():
            return CODE
    return ALTERNATE


def misspellings(key: str) -> Iterator[str]:
    """Yield every key one letter away: one dropped, added, replaced, or two neighbours swapped."""
    cuts = [(key[:i], key[i:]) for i in range(len(key) + 1)]
    for left, right in cuts:
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
    alphabet = next((letters for letters in _ALPHABETS if any(ch in letters[:-1] for ch in key)), "")
    for left, right in cuts:
        for letter in alphabet:
            yield left + letter + right
            if right:
                yield left + letter + right[1:]
