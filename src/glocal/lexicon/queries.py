"""Questions to the lexicon: what a text means, what it is in other words, which codes it has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from glocal.lexicon.errors import UnknownConcept
from glocal.lexicon.holding.lexicon import Lexicon, compile_all, is_compiled, open_lexicon
from glocal.lexicon.holding.tongue import Reading
from glocal.lexicon.meaning.annotating import annotate
from glocal.lexicon.meaning.classifying import classify
from glocal.lexicon.meaning.codes import codes_of
from glocal.lexicon.meaning.wording import worded
from glocal.lexicon.text.latin import words_in
from glocal.lexicon.types import BRIDGE, Classified, ConceptId, Translated, Understood

_TOPIC_SURE = 0.75  # a topic is a concept when so sure and all of it is understood; chosen, not measured
_LIKELY_LANGUAGE = 0.2
_LEAST_PIVOT, _LIKE_BEST = 0.1, 0.4  # of the share of a translation to be indexed; chosen, not measured


def lexicon() -> Lexicon:
    """Open the lexicon of this installation; free after the first call."""
    return open_lexicon(Path(settings.GLOCAL_HOME))


def is_prepared() -> bool:
    """Say whether every language of the lexicon can be opened at once."""
    return is_compiled(Path(settings.GLOCAL_HOME))


def prepare() -> None:
    """Compile every language now, so that no reader waits for it: a quarter of a minute the first time."""
    compile_all(Path(settings.GLOCAL_HOME))


def language_of(text: str) -> str:
    """Return the language a text is written in, "" where it has no words."""
    guesses = lexicon().identifier.guesses(text)
    return guesses[0].language if guesses else ""


def understand(text: str, language: str = "") -> Understood:
    """Return the concepts in a text, best first; the language is recognised where it is not given.

    Raises:
        UnknownLanguage: the lexicon does not speak it.
    """
    spoken = _primary(language) or language_of(text) or "en"
    return Understood(spoken, tuple(annotate(lexicon(), text, spoken)))


def _primary(tag: str) -> str:
    """Return the language of a BCP 47 tag: "de" of "de-AT"."""
    return tag.partition("-")[0].lower()


def concepts_of_topic(topic: str, language: str = "") -> tuple[ConceptId, ...]:
    """Return the bridge concepts a topic means, in the language given or in English; () for none.

    Remembered for the last 50,000 topics of this process.
    """
    return _concepts_of_topic(topic, language, lexicon())


def concept_language(tag: str) -> str:
    """Return the language concepts are called in for a reader of this BCP 47 tag: theirs, or English."""
    language = _primary(tag)
    return language if lexicon().speaks(language) else "en"


def concept_labels(concepts: Sequence[ConceptId], language: str) -> list[str]:
    """Return what concepts are called in a language, in their order; unknown ones by their ids."""
    opened = lexicon()
    spoken = language if opened.speaks(language) else "en"
    return [
        opened.label(number, spoken) if (number := opened.number.get(concept)) is not None else concept
        for concept in concepts
    ]


@lru_cache(maxsize=50_000)
def _concepts_of_topic(topic: str, language: str, opened: Lexicon) -> tuple[ConceptId, ...]:
    guesses = opened.identifier.guesses(topic)
    likely = [guess.language for guess in guesses[:2] if guess.share >= _LIKELY_LANGUAGE]
    words = [word for word in words_in(topic) if not word.plain.isdigit()]
    for spoken in dict.fromkeys([*([language] if opened.speaks(language) else []), *likely, "en"]):
        mentions = annotate(opened, topic, spoken, schemes=frozenset({BRIDGE}))
        sure = [mention for mention in mentions if mention.score >= _TOPIC_SURE and not mention.negated]
        told = {word for mention in sure for word in mention.words}
        small = opened.tongue(spoken).function_words
        if sure and all(word.written in told or word.written.lower() in small for word in words):
            return tuple(mention.concept for mention in sure)
    return ()


def translate_text(text: str, *, language: str = "", to: str = "") -> Translated:
    """Return a text's concepts, their codes in every scheme, and its wording for each of the two worlds.

    Args:
        text: any text; nothing understood of it gives no concepts and empty wordings.
        language: its language; recognised where it is not given.
        to: the language wanted; the text's own where it is not given.

    Raises:
        UnknownLanguage: the lexicon does not speak one of the two.
    """
    opened = lexicon()
    understood = understand(text, language)
    wanted = _primary(to) or understood.language
    opened.tongue(wanted)
    meant = [mention for mention in understood.mentions if not mention.negated]
    numbers = {mention.concept: opened.number[mention.concept] for mention in understood.mentions}
    in_order = [numbers[mention.concept] for mention in sorted(meant, key=lambda mention: mention.spans)]
    return Translated(
        language=understood.language,
        mentions=understood.mentions,
        labels={concept: opened.label(number, wanted) for concept, number in numbers.items()},
        codes={concept: _codes(opened, number) for concept, number in numbers.items()},
        social=worded(opened, in_order, "social", wanted),
        industry=worded(opened, in_order, "industrial", wanted),
    )


def classify_text(scheme: str, text: str, *, language: str = "") -> Classified:
    """Return the codes of a text in a scheme, likeliest first; none for a text about none of it.

    Raises:
        UnknownScheme: it is not one of sdg, icnptso, nace, essglobal.
        UnknownLanguage: the lexicon does not speak the language.
    """
    spoken = _primary(language) or language_of(text) or "en"
    return Classified(spoken, tuple(classify(lexicon(), text, spoken, scheme)))


def _codes(opened: Lexicon, number: int) -> dict[str, tuple[str, ...]]:
    return {scheme: tuple(code for code, _ in codes) for scheme, codes in codes_of(opened, number).items()}


@dataclass(frozen=True, slots=True)
class ConceptCard:
    """All that is known of a concept, for its own page; labels are preferred first."""

    id: ConceptId
    label: str
    labels: Mapping[str, tuple[str, ...]]
    definition: str
    kind: str
    world: str
    broader: tuple[tuple[ConceptId, str], ...]
    narrower: tuple[tuple[ConceptId, str], ...]
    related: tuple[tuple[ConceptId, str], ...]
    codes: Mapping[str, tuple[str, ...]]


def concept_card(concept_id: ConceptId, language: str) -> ConceptCard:
    """Return all that is known of a concept, its neighbours called as in the language.

    Raises:
        UnknownConcept: there is none of this id.
    """
    opened = lexicon()
    number = opened.number.get(concept_id)
    concept = opened.concept(concept_id)
    if number is None or concept is None:
        raise UnknownConcept(f"There is no concept “{concept_id}”.")
    spoken = language if opened.speaks(language) else "en"

    def named(numbers: Iterable[int]) -> tuple[tuple[ConceptId, str], ...]:
        return tuple((opened.ids[one], opened.label(one, spoken)) for one in numbers)

    return ConceptCard(
        id=concept.id,
        label=opened.label(number, spoken),
        labels={said: labels.all() for said, labels in sorted(concept.labels.items())},
        definition=concept.definition,
        kind=concept.kind,
        world=concept.world,
        broader=named(opened.broader[number]),
        narrower=named(one for one, above in enumerate(opened.broader) if number in above),
        related=named(opened.related[number]),
        codes=_codes(opened, number),
    )


def pivot_words(text: str, language: str = "") -> list[str]:
    """Return the pivot words of a text, without repetition: for each word its likeliest translations.

    A word of the pivot language is itself; a word nobody translated is what it would be as a loan word.

    Raises:
        UnknownLanguage: the lexicon does not speak it.
    """
    opened = lexicon()
    tongue = opened.tongue(_primary(language) or language_of(text) or "en")
    found: dict[str, None] = {}
    for word in words_in(text):
        reading = tongue.read(word)
        if reading.same:
            found.update(dict.fromkeys(_likeliest(reading)))
    return list(found)


def _likeliest(reading: Reading) -> list[str]:
    if reading.is_guess:
        return [reading.same]
    best = max((share for _, share in reading.pivots), default=0.0)
    kept = [pivot for pivot, share in reading.pivots if share >= max(_LEAST_PIVOT, _LIKE_BEST * best)]
    return kept or [reading.same]
