"""Guesses what kind of organisation a legal form, a type word or a name speaks of, in many languages."""

import re
from functools import lru_cache

from glocal.core.language import fold
from glocal.ingest.words import sections

KINDS: tuple[str, ...] = (
    "cooperative", "association", "foundation", "mutual", "social_enterprise", "informal_initiative",
    "company", "cluster",
    "school", "university_research", "public_authority", "funder", "makerspace", "network", "other",
)  # fmt: skip
WORLDS: tuple[str, ...] = ("social", "industrial", "knowledge", "public")

# Codes some registers use instead of words: the first digits of the French "catégorie juridique".
_FRENCH_CODES = (
    (re.compile(r"^92[0-9]{2}$"), "association"), (re.compile(r"^93[0-9]{2}$"), "foundation"),
    (re.compile(r"^82[0-9]{2}$|^821[0-9]$"), "mutual"),
    (re.compile(r"^5(?:4|5|6|7)(?:5[1-9]|6[0-9]|58)$|^631[0-9]$|^5[4567]5[0-9]$"), "cooperative"),
    (re.compile(r"^7[0-9]{3}$|^4[0-9]{3}$"), "public_authority"),
    (re.compile(r"^[56][0-9]{3}$|^1000$"), "company"),
)  # fmt: skip
_KINDS_OF_TOPICS = frozenset({"cooperative", "association", "foundation", "makerspace"})
_WORDS = sections("kinds")
_SEPARATORS = re.compile(r"[\W_]+")
_FLOATED = re.compile(r"\.0$")


# What stands last in a name, or before the school it helps, is stronger than the words between.
_AT_THE_END = re.compile(r"(?<![^ ])(?:e v|ev|e g|eg|ggmbh|e gen)$")
_FRIENDS = re.compile(
    r"(?<![^ ])(?:forderverein|schulverein|elternverein|freunde de[rs]|friends of|amici d\w*|amis d\w*"
    r"|amics d\w*|ampa|apel|parents d)(?![^ ])"
)
_BY_ENDING = {"eg": "cooperative", "egen": "cooperative", "ggmbh": "social_enterprise"}
# Short forms that occur inside names by chance count in a name only where they stand last.
_ONLY_LAST = frozenset(
    [
        "fond",
        "industry",
        "eg",
        "ry",
        "ag",
        "sa",
        "sl",
        "ab",
        "as",
        "oy",
        "ou",
        "nv",
        "bv",
        "kg",
        "ug",
        "spa",
        "inc",
        "sms",
        "scs",
        "scoop",
        "ev",
        "aps",
        "sal",
        "initiative",
        "company",
        "union",
        "impresa",
        "azienda",
    ]
)


class _Lexicon:
    """Looks words up rather than searching with one long expression: a name costs a few microseconds."""

    def __init__(self, *, for_names: bool) -> None:
        self._words: dict[str, int] = {}
        self._phrases: dict[str, list[tuple[str, int]]] = {}
        self._starts: dict[str, list[tuple[str, int]]] = {}
        self._ends: list[tuple[str, int]] = []
        self._only_last = _ONLY_LAST if for_names else frozenset()
        for rank, (_kind, words) in enumerate(_WORDS):
            for word in words:
                if not (for_names and word.startswith("=")):
                    self._learn(word.removeprefix("="), rank)

    def _learn(self, word: str, rank: int) -> None:
        body = word.strip("*")
        if word.startswith("*"):
            self._ends.append((body, rank))
        elif " " in body:
            ending = "" if word.endswith("*") else " "
            self._phrases.setdefault(body.split()[0], []).append((f" {body}{ending}", rank))
        elif word.endswith("*"):
            self._starts.setdefault(body[:3], []).append((body, rank))
        else:
            self._words.setdefault(body, rank)

    def kind(self, key: str) -> str:
        """Return the first kind, in the order of the table, of which a word occurs."""
        words = key.split(" ")
        ranks = [
            self._rank(word, key)
            for at, word in enumerate(words)
            if word not in self._only_last or at + 1 == len(words)
        ]
        best = min(ranks, default=len(_WORDS))
        return _WORDS[best][0] if best < len(_WORDS) else ""

    def _rank(self, word: str, key: str) -> int:
        best = self._words.get(word, len(_WORDS))
        if word in self._phrases:
            padded = f" {key} "
            best = min([best, *(rank for phrase, rank in self._phrases[word] if phrase in padded)])
        for start, rank in self._starts.get(word[:3], ()):
            if rank < best and word.startswith(start):
                best = rank
        for end, rank in self._ends:
            if rank < best and word.endswith(end) and len(word) > len(end):
                best = rank
        return best


_IN_TYPES = _Lexicon(for_names=False)
_IN_NAMES = _Lexicon(for_names=True)


def spoken_key(text: str) -> str:
    """Fold a text and put single blanks where signs were, so that "S.r.l." and "s r l" are one.

    >>> spoken_key("Soc. Coop. a r.l.")
    'soc coop a r l'
    """
    return _SEPARATORS.sub(" ", text.lower() if text.isascii() else fold(text)).strip()


@lru_cache(maxsize=8192)
def kind_of_type(text: str) -> str:
    """Return the kind a type word or legal form means, "" when it means none that is known.

    >>> kind_of_type("Community Interest Company"), kind_of_type("association loi 1901"), kind_of_type("eG")
    ('social_enterprise', 'association', 'cooperative')
    """
    exact = text.strip().casefold().replace(" ", "_").replace("-", "_")
    if exact in KINDS:
        return exact
    code = _FLOATED.sub("", text.strip())
    if code.isdigit():
        return next((kind for pattern, kind in _FRENCH_CODES if pattern.match(code)), "")
    key = spoken_key(text)
    return _IN_TYPES.kind(key)


@lru_cache(maxsize=8192)
def kind_of_topic(topic: str) -> str:
    """Return the kind a topic means when it is nothing but a type word, "" otherwise.

    >>> kind_of_topic("Association"), kind_of_topic("repair cafe"), kind_of_topic("mutual aid")
    ('association', 'makerspace', '')
    """
    key = spoken_key(topic)
    kind = kind_of_type(topic) if " " not in key or key == "repair cafe" else ""
    return kind if kind in _KINDS_OF_TOPICS else ""


def kind_of_name(name: str) -> str:
    """Return the kind a name betrays, "" when it does not.

    >>> kind_of_name("Fondazione Aurora"), kind_of_name("Bäckerei Blau eG"), kind_of_name("Blue Door")
    ('foundation', 'cooperative', '')
    """
    key = spoken_key(name)
    if found := _AT_THE_END.search(key) or _FRIENDS.search(key):
        return _BY_ENDING.get(found.group(0).replace(" ", ""), "association")
    return _IN_NAMES.kind(key)


@lru_cache(maxsize=256)
def worlds_of(text: str) -> tuple[str, ...]:
    """Return the worlds a text names, in their fixed order.

    >>> worlds_of("Public; social")
    ('social', 'public')
    """
    key = f" {spoken_key(text)} "
    also = {"social": (" sociale ", " sozial ", " social economy "),
    "industrial": (" industry ", " industria ", " industrie ", " industriale "),
            "knowledge": (" research ", " conoscenza ", " conocimiento ", " wissen ", " savoir "),
            "public": (" pubblico ", " publico ", " offentlich ")}  # fmt: skip
    return tuple(world for world in WORLDS if f" {world} " in key or any(word in key for word in also[world]))
