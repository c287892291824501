"""Gathers a vocabulary from several files: the labels of one concept may stand in many of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from glocal.lexicon.errors import UnreadableVocabulary
from glocal.lexicon.types import Concept, ConceptId, Labels, Mapping, Predicate, World

MOST_CONCEPTS: Final = 250_000  # what the memory of a small machine bears; chosen, not measured
_MOSTLY: Final = 0.5  # so much of a language equal to English is no translation; chosen, not measured
_LONGEST_LABEL: Final = 1_000


@dataclass(slots=True)
class Draft:
    """A concept while its files are read; `local` is its id without the name of the vocabulary."""

    local: str
    code: str
    broader: dict[str, None] = field(default_factory=dict)
    related: dict[str, None] = field(default_factory=dict)
    definition: str = ""
    preferred: dict[str, str] = field(default_factory=dict)
    others: dict[str, dict[str, None]] = field(default_factory=dict)
    hidden: dict[str, dict[str, None]] = field(default_factory=dict)

    def say(self, language: str, labels: Iterable[str]) -> None:
        """Add labels of a language: the first one ever is the preferred one."""
        for label in map(_tidy, labels):
            if not _is_label(label):
                continue
            if self.preferred.setdefault(language, label) != label:
                self.others.setdefault(language, {})[label] = None

    def hide(self, language: str, labels: Iterable[str]) -> None:
        """Add spellings by which a concept is found, but never called."""
        self.hidden.setdefault(language, {}).update(
            dict.fromkeys(label for label in map(_tidy, labels) if _is_label(label))
        )

    def define(self, text: str) -> None:
        """Say what is meant, in English; the first text stands."""
        self.definition = self.definition or _tidy(text)


class Drafts:
    """All concepts and mappings of a vocabulary while its files are read."""

    def __init__(self, name: str, world: World = "", publisher: str = "") -> None:
        self.name = name
        self.world = world
        self.publisher = publisher or name
        self.notices: list[str] = []
        self.named: dict[str, str] = {}  # ids here by what the publisher calls a concept
        self._drafts: dict[str, Draft] = {}
        self._mappings: dict[Mapping, None] = {}

    def __contains__(self, local: str) -> bool:
        return local in self._drafts

    def __len__(self) -> int:
        return len(self._drafts)

    @property
    def all(self) -> Iterable[Draft]:
        """Every concept in the order of the files."""
        return self._drafts.values()

    def concept(self, local: str, code: str = "") -> Draft:
        """Return the concept of this id, a new one where it is not known yet.

        Raises:
            UnreadableVocabulary: there are too many.
        """
        if local not in self._drafts:
            if len(self._drafts) >= MOST_CONCEPTS:
                raise UnreadableVocabulary(
                    _("More than %(most)s concepts are too many for one vocabulary.")
                    % {"most": MOST_CONCEPTS}
                )
            self._drafts[local] = Draft(local, code or local)
        return self._drafts[local]

    def link(self, local: str, predicate: Predicate, scheme: str, code: str, confidence: float) -> None:
        """Add a mapping as its publisher states it; the same one twice is one."""
        mapping = Mapping(self._id(local), predicate, scheme, code, confidence, author=self.publisher)
        self._mappings[mapping] = None

    def concepts(self) -> tuple[Concept, ...]:
        """Return the concepts: circles cut open, English in another language's place left out."""
        self._cut_circles()
        for language in self._untranslated():
            self._forget_english(language)
        return tuple(self._concept(draft) for draft in self.all)

    def mappings(self) -> tuple[Mapping, ...]:
        """Return the mappings of concepts that are known."""
        known = {self._id(local) for local in self._drafts}
        return tuple(mapping for mapping in self._mappings if mapping.subject in known)

    def _id(self, local: str) -> ConceptId:
        return ConceptId(f"{self.name}:{local}")

    def _concept(self, draft: Draft) -> Concept:
        return Concept(
            id=self._id(draft.local),
            scheme=self.name,
            world=self.world,
            broader=tuple(self._id(one) for one in draft.broader if one in self),
            related=tuple(self._id(one) for one in draft.related if one in self),
            definition=draft.definition,
            code=draft.code,
            labels={language: _labels(draft, language) for language in sorted(draft.preferred)},
        )

    def _cut_circles(self) -> None:
        """Drop each step up by which a concept would come to lie above itself: all climb these steps."""
        settled: set[str] = set()
        cut = 0
        for start in self._drafts:
            cut += self._climb(start, settled)
        if cut:
            self.notices.append(
                _("%(count)s times a concept lay above itself; those steps were left out.") % {"count": cut}
            )

    def _climb(self, start: str, settled: set[str]) -> int:
        cut = 0
        path: dict[str, list[str]] = {}
        stack = [start]
        while stack:
            local = stack[-1]
            if local in settled:
                stack.pop()
                continue
            waiting = path.setdefault(local, [one for one in self._drafts[local].broader if one in self])
            if not waiting:
                settled.add(local)
                del path[local]
                stack.pop()
            elif (above := waiting.pop()) in path:
                del self._drafts[local].broader[above]
                cut += 1
            else:
                stack.append(above)
        return cut

    def _untranslated(self) -> list[str]:
        told: dict[str, int] = {}
        equal: dict[str, int] = {}
        for draft in self.all:
            english = draft.preferred.get("en")
            for language, said in draft.preferred.items():
                told[language] = told.get(language, 0) + 1
                equal[language] = equal.get(language, 0) + (said == english)
        return sorted(one for one in told if one != "en" and equal[one] > _MOSTLY * told[one])

    def _forget_english(self, language: str) -> None:
        left_out = 0
        for draft in self.all:
            said = draft.preferred.get(language)
            if said is not None and said == draft.preferred.get("en"):
                del draft.preferred[language]
                draft.others.pop(language, None)
                left_out += 1
        self.notices.append(
            _("%(count)s labels given as “%(language)s” are the English ones; they were left out.")
            % {"count": left_out, "language": language}
        )


def _labels(draft: Draft, language: str) -> Labels:
    preferred = draft.preferred[language]
    others = tuple(one for one in draft.others.get(language, ()) if one != preferred)
    hidden = tuple(one for one in draft.hidden.get(language, ()) if one != preferred and one not in others)
    return Labels(preferred, others, hidden)


def _tidy(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())


def _is_label(label: str) -> bool:
    """Say whether a text can name something: a single letter is a notation and would be found everywhere."""
    return 0 < len(label) <= _LONGEST_LABEL and not (len(label) == 1 and label.isascii())
