"""Writes words in plain small Latin letters, so that one word has one shape in all scripts."""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from glocal.core.language import fold

# fmt: off
_GREEK = dict(zip(
    "αβγδεζηθικλμνξοπρστυφχψω",
    ["a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "t", "y", "f",
     "ch", "ps", "o"],
    strict=True,
))
_CYRILLIC = dict(zip(
    "абвгдежзиклмнопрстуфхцчшщъыэюяйьєіїґјљњћџ",
    ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h",
     "ts", "ch", "sh", "sht", "a", "y", "e", "yu", "ya", "y", "", "ie", "i", "i", "g", "j",
     "lj", "nj", "c", "dz"],
    strict=True,
))
# fmt: on
_TO_LATIN = str.maketrans(_GREEK | _CYRILLIC)
_LETTER = r"[^\W_][\u0300-\u036f]*"  # accents may follow their letters as marks of their own
_WORD = re.compile(rf"(?:{_LETTER})+(?:[’'](?:{_LETTER})+)?")
_ELISION = re.compile(r"[’']")


class Word(NamedTuple):
    """One word of a text: as it is written, in plain Latin letters, and where it stands."""

    written: str
    plain: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def latin(word: str) -> str:
    """Return a word in plain small Latin letters; scripts besides Greek and Cyrillic stay as they are.

    >>> latin("Überschuss"), latin("σίτιση"), latin("храна"), latin("ŁÓDŹ")
    ('uberschuss', 'sitisi', 'hrana', 'lodz')
    """
    return fold(word).translate(_TO_LATIN)


def words_in(text: str) -> list[Word]:
    """Return the words of a text in their order; what stands before an apostrophe is a word of its own.

    >>> [(word.plain, word.start) for word in words_in("L'aide à domicile")]
    [('l', 0), ('aide', 2), ('a', 7), ('domicile', 9)]
    """
    found: list[Word] = []
    for match in _WORD.finditer(text):
        start = match.start()
        for part in _ELISION.split(match.group()):
            composed = normalize("NFC", part)
            found.append(Word(composed, latin(composed), start, start + len(part)))
            start += len(part) + 1
    return found
