"""Cuts words to what their forms have in common: by Snowball, or by endings where it lacks the language."""

from collections.abc import Callable
from functools import lru_cache

import Stemmer

from glocal.lexicon.text.latin import latin

TABLE_LETTERS = 6  # a stem is cut to so many letters to be translated; measured: docs/decisions/0011
PIVOT_LETTERS = 8  # and a word of the pivot language to so many
_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hr": "serbian", "hu": "hungarian", "it": "italian", "lt": "lithuanian", "nl": "dutch", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "sk": "czech", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
# Endings of the languages Snowball does not know, in plain letters, longest first; a choice of ours.
# fmt: off
_ENDINGS: dict[str, tuple[str, ...]] = {
    "bg": ("iyata", "yata", "iyat", "oto", "eto", "ite", "ata", "yat", "ove", "eve", "ta", "to", "te", "at",
           "ya", "i", "a", "o", "e"),
    "sl": ("ega", "emu", "imi", "ami", "ima", "oma", "ama", "ih", "im", "em", "om", "am", "ov", "ev", "ah",
           "eh", "ju", "jo", "i", "a", "o", "e", "u"),
    "lv": ("ajam", "ajai", "ajos", "ajas", "ibas", "iem", "iba", "am", "as", "is", "us", "os", "es", "ai",
           "ei", "ie", "u", "a", "e", "i", "s"),
    "mt": ("ijiet", "jiet", "iet", "at", "in", "a", "i", "u"),
    "uk": ("ennya", "annya", "ovoho", "iamy", "oho", "omu", "ymy", "imy", "amy", "ykh", "ikh", "iam", "akh",
           "oyu", "iv", "am", "ya", "yu", "oi", "yi", "y", "i", "a", "u", "o", "e"),
}
# fmt: on
_LEAST = 4


@lru_cache(maxsize=32)
def stemmer(language: str) -> Callable[[str], str]:
    """Return the function that cuts a written word of a language to its stem in plain letters.

    Snowball's own object is for one thread at a time; a call holds the interpreter, so that they take turns.
    """
    if name := _SNOWBALL.get(language):
        snowball = Stemmer.Stemmer(name, 0)
        return lambda word: latin(snowball.stemWord(word.lower()))
    endings = _ENDINGS.get(language, ())
    return lambda word: _without_ending(latin(word), endings)


def _without_ending(plain: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if plain.endswith(ending) and len(plain) - len(ending) >= _LEAST:
            return plain[: -len(ending)]
    return plain


def stem(word: str, language: str) -> str:
    """Return the stem of a written word, in plain letters.

    >>> stem("Lebensmitteln", "de"), stem("eccedenze", "it"), stem("хранителни", "bg")
    ('lebensmittel', 'eccedent', 'hraniteln')
    """
    return stemmer(language)(word)


def pivot_key(word: str) -> str:
    """Return what an English word is in the pivot: its stem, at most eight letters long.

    >>> pivot_key("Organisations"), pivot_key("communities")
    ('organis', 'communit')
    """
    return stemmer("en")(word)[:PIVOT_LETTERS]
