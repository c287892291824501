"""Makes the compiled form: for each language what annotating and the pivot need, as one document."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from glocal.lexicon.holding.builtin import function_words, general_words
from glocal.lexicon.packing.alignment import Learnt, Pair, learn
from glocal.lexicon.packing.phrases import Phrase, packed_phrases
from glocal.lexicon.packing.wordlist import WordList, packed_numbers, packed_words
from glocal.lexicon.text.compounds import Splitter
from glocal.lexicon.text.latin import Word, words_in
from glocal.lexicon.text.stems import TABLE_LETTERS, pivot_key, stem
from glocal.lexicon.types import Concept, Labels, Vocabulary

PIVOT = "en"
_HEAD, _FAMILY, _PREFERRED, _OTHER, _INSTALLED = 2.0, 1.0, 1.0, 0.5, 0.7  # how much a pair of labels counts


def packed_concepts(vocabularies: Sequence[Vocabulary]) -> dict[str, Any]:
    """Pack what is known of concepts in every language: their order here is their number everywhere."""
    concepts = [concept for vocabulary in vocabularies for concept in vocabulary.concepts]
    number = {concept.id: at for at, concept in enumerate(concepts)}
    codes: dict[str, list[list[Any]]] = defaultdict(list)
    for vocabulary in vocabularies:
        for row in vocabulary.mappings:
            codes[row.subject].append([row.scheme, row.object, row.predicate, row.confidence])
    return {
        "ids": [concept.id for concept in concepts],
        "schemes": [concept.scheme for concept in concepts],
        "kinds": [concept.kind for concept in concepts],
        "worlds": [concept.world for concept in concepts],
        "domains": [concept.domain for concept in concepts],
        "codes": [concept.code for concept in concepts],
        "broader": [[number[one] for one in concept.broader if one in number] for concept in concepts],
        "related": [[number[one] for one in concept.related if one in number] for concept in concepts],
        "mappings": [codes.get(concept.id, []) for concept in concepts],
    }


def packed_tongue(language: str, vocabularies: Sequence[Vocabulary]) -> dict[str, Any]:
    """Pack one language: its labels, its known words, its phrases, its word translations. About a second."""
    concepts = [concept for vocabulary in vocabularies for concept in vocabulary.concepts]
    reader = _Reader(language, _written_words(language, concepts))
    labels = [concept.labels.get(language) for concept in concepts]
    table = _table(learn(_pairs(language, vocabularies, reader) if language != PIVOT else ()))
    return {
        "labels": [said.preferred if said else "" for said in labels],
        **_packed_surfaces(reader.surfaces),
        "phrases": packed_phrases(_phrases(labels, reader)),
        "table": table,
    }


def known_words(vocabularies: Sequence[Vocabulary]) -> dict[str, list[str]]:
    """Return by language every known word as it is written."""
    concepts = [concept for vocabulary in vocabularies for concept in vocabulary.concepts]
    spoken = sorted(
        {language for concept in concepts for language in concept.labels} | set(general_words()[0])
    )
    return {language: list(_written_words(language, concepts).values()) for language in sorted(spoken)}


def _packed_surfaces(surfaces: Mapping[str, str]) -> dict[str, Any]:
    """Pack known words and their stems; for each word, in the order of its number, the number of its stem."""
    words, stems = packed_words(surfaces), packed_words(surfaces.values())
    numbers = WordList(stems)
    stem_of = [numbers.number(surfaces[word]) or 0 for word in WordList(words)]
    return {"words": words, "stems": stems, "stem_of": packed_numbers("I", stem_of)}


class _Reader:
    """Turns labels of a language into the stems of their words; compounds also into those of their parts."""

    def __init__(self, language: str, written: dict[str, str]) -> None:
        self._skipped = function_words().get(language, frozenset())
        self._stem = lru_cache(maxsize=None)(partial(label_stem, language=language))
        self.surfaces = {plain: self._stem(word) for plain, word in sorted(written.items())}
        stems = frozenset(self.surfaces.values())
        self._splitter = Splitter(language, self.surfaces, lambda plain: self._stem(plain) in stems)

    def stems(self, label: str) -> tuple[str, ...]:
        """Return the stems of the words that carry meaning; of all words where less than two do."""
        words = words_in(label)
        telling = [word for word in words if self._means(word)]
        return tuple(self._of(word) for word in (telling if len(telling) > 1 else words))

    def parts(self, label: str) -> tuple[str, ...]:
        """Return the stems with every compound taken apart; () where nothing was to be taken apart."""
        found: list[str] = []
        taken_apart = False
        for word in filter(self._means, words_in(label)):
            parts = self._splitter.split(word.plain)
            taken_apart = taken_apart or bool(parts)
            found += [self.surfaces.get(part.word) or self._stem(part.word) for part in parts] or [
                self._of(word)
            ]
        return tuple(found) if taken_apart else ()

    def _of(self, word: Word) -> str:
        return self.surfaces.get(word.plain) or self._stem(word.written)

    def _means(self, word: Word) -> bool:
        return word.written.lower() not in self._skipped


def label_stem(word: str, language: str) -> str:
    """Return the stem labels are found by: the whole one; of the pivot language what it is in the pivot."""
    return pivot_key(word) if language == PIVOT else stem(word, language)


@lru_cache(maxsize=1)
def _pivot_reader() -> _Reader:
    return _Reader(PIVOT, {})


def _written_words(language: str, concepts: Sequence[Concept]) -> dict[str, str]:
    """Return every word of the language that is known, by its plain form, as it is first written."""
    texts = [label for concept in concepts if (said := concept.labels.get(language)) for label in said.all()]
    texts += [word for row in general_words() for word in row.get(language, ())]
    skipped = function_words().get(language, frozenset())
    found: dict[str, str] = {}
    for text in texts:
        for word in words_in(text):
            if word.written.lower() not in skipped and not word.plain.isdigit():
                found.setdefault(word.plain, word.written)
    return found


def _phrases(labels: Sequence[Labels | None], reader: _Reader) -> Iterator[Phrase]:
    for number, said in enumerate(labels):
        if said is None:
            continue
        for rank, label in [
            (0, said.preferred),
            *((1, one) for one in said.others),
            *((2, one) for one in said.hidden),
        ]:
            yield Phrase(reader.stems(label), number, rank)
            if parts := reader.parts(label):
                yield Phrase(parts, number, rank)


def _pairs(language: str, vocabularies: Sequence[Vocabulary], reader: _Reader) -> Iterator[Pair]:
    """Yield every pair of labels with the pivot's, as keys; a label of compounds once more in its parts."""
    pivot = _pivot_reader()
    for said, in_pivot, weight in _label_pairs(language, vocabularies):
        pivots = pivot.stems(in_pivot)
        yield Pair(_cut(reader.stems(said)), pivots, weight)
        if parts := reader.parts(said):
            yield Pair(_cut(parts), pivots, weight)


def _cut(stems: Sequence[str]) -> list[str]:
    return [one[:TABLE_LETTERS] for one in stems]


def _label_pairs(language: str, vocabularies: Sequence[Vocabulary]) -> Iterator[tuple[str, str, float]]:
    for row in general_words():
        heads, said = row[PIVOT], row.get(language, ())
        yield from ((word, heads[0], _HEAD) for word in said)
        yield from ((said[0], family, _FAMILY) for family in heads[1:] if said)
    for vocabulary in vocabularies:
        preferred = _PREFERRED if vocabulary.name == "bridge" else _INSTALLED
        for concept in vocabulary.concepts:
            ours, theirs = concept.labels.get(language), concept.labels.get(PIVOT)
            if ours and theirs:
                yield ours.preferred, theirs.preferred, preferred
                yield from ((other, theirs.preferred, preferred * _OTHER) for other in ours.others)
                yield from ((ours.preferred, other, preferred * _OTHER) for other in theirs.others)


def _table(learnt: Learnt) -> dict[str, Any]:
    """Pack translations: for each word the pivot words and their shares in thousandths, best first."""
    by_word: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for word, pivot, share in zip(
        learnt.word.tolist(), learnt.pivot.tolist(), learnt.share.tolist(), strict=True
    ):
        by_word[learnt.words[word]].append((-round(1000 * share), pivot))
    keys = packed_words(by_word)
    rows = [sorted(by_word[word]) for word in WordList(keys)]
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row))
    return {
        "keys": keys,
        "pivots": learnt.pivots,
        "starts": packed_numbers("I", starts),
        "pivot": packed_numbers("I", [pivot for row in rows for _, pivot in row]),
        "share": packed_numbers("H", [-share for row in rows for share, _ in row]),
    }
