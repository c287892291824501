"""Guesses which column of a foreign file holds which field, in many languages, and obeys corrections."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _

from glocal.core.language import EU_LANGUAGES, fold
from glocal.ingest.cleaning.identifiers import scheme_of_heading
from glocal.ingest.errors import ImpossibleMapping
from glocal.ingest.headings import CONTACT_WORDS, HEADINGS, IGNORED_WORDS
from glocal.ingest.types import FIELDS

MANY: frozenset[str] = frozenset({"other_name", "description", "topics", "identifier", "sites", "website"})
LEAST_CONFIDENCE = 0.55  # below this a guess would annoy more than help; chosen
_WORDS = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LANGUAGE_ENDING = re.compile(r"[:_.\-@ (\[]+([a-z]{2})(?:[-_][A-Za-z]{2,4})?[)\]]?$")
_CLASSIFIED = re.compile(
    r" (?:u?k?sic|nace|naf|ateco|cnae|isic|naics|icnpo|icnptso|cae|pkd|skd|nomenclature) "
)
_SPELLED_OUT = re.compile(
    r" (?:description|label|libelle|descrizione|descripcion|section|name|text|bezeichnung) "
)
_LANGUAGES = frozenset({*EU_LANGUAGES, "ca", "eu", "gl", "no", "uk", "ru", "tr", "ar"})
# What may stand before a word without changing what it means.
_PREFIXES = (
    "registered", "properties", "tags", "addr", "address", "contact", "contacts", "location", "main",
    "primary", "org", "organisation",
    "organization", "company", "place", "geo", "the", "uk", "item", "attributes", "fields", "postal",
    "sede", "geometry", "business",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """What a heading seems to mean."""

    field: str | None
    confidence: float = 0.0
    language: str = ""
    is_contact: bool = False
    second_field: str | None = None  # what it means when the first meaning is taken


@dataclass(slots=True)
class Assignment:
    """Which columns feed which field."""

    columns: dict[str, list[str]] = field(default_factory=dict)
    guesses: dict[str, Guess] = field(default_factory=dict)

    def field_of(self, column: str) -> str | None:
        """Return the field a column feeds, None when it feeds none."""
        return next((name for name, columns in self.columns.items() if column in columns), None)

    def first(self, name: str) -> str:
        """Return the column of a field that has one at most, "" without."""
        columns = self.columns.get(name)
        return columns[0] if columns else ""


def heading_key(heading: str) -> str:
    """Return a heading as folded words: "addrPostCode", "ADDR_POST-CODE" -> "addr post code".

    >>> heading_key("Registered State/Province")
    'registered state province'
    """
    return _WORDS.sub(" ", fold(_CAMEL.sub(" ", heading))).strip()


@lru_cache(maxsize=4096)
def guess_field(heading: str) -> Guess:
    """Return what a heading means, with a confidence 0..1.

    >>> guess_field("Codice postale").field, guess_field("description:de").language,
    guess_field("E-Mail").is_contact
    ('postcode', 'de', True)
    """
    key = heading_key(heading)
    squeezed = key.replace(" ", "")
    padded = f" {key} "
    if any(f" {word} " in padded for word in CONTACT_WORDS) or squeezed in CONTACT_WORDS:
        return Guess(None, is_contact=True)
    if key in IGNORED_WORDS:
        return Guess(None)
    if _CLASSIFIED.search(padded):
        return Guess("topics", 0.7) if _SPELLED_OUT.search(padded) else Guess(None)
    exact = HEADINGS.get(key) or HEADINGS.get(squeezed)
    if exact:
        return Guess(exact[0], exact[1], second_field=exact[2])
    for guess in (
        _in_a_language(heading),
        _as_identifier(heading),
        _without_prefix(key),
        _by_last_words(key),
    ):
        if guess is not None:
            return guess
    return Guess(None)


def _in_a_language(heading: str) -> Guess | None:
    found = _LANGUAGE_ENDING.search(heading)
    if found is None or (heading[found.start()] != ":" and found.group(1) not in _LANGUAGES):
        return None  # "name_to" is no language; "name:ja" can be nothing else
    base = heading[: found.start()]
    known = HEADINGS.get(heading_key(base)) or HEADINGS.get(heading_key(base).replace(" ", ""))
    if known is None or known[0] not in {"name", "other_name", "description"}:
        return None
    return Guess("description" if known[0] == "description" else "other_name", 0.9, found.group(1))


def _as_identifier(heading: str) -> Guess | None:
    return Guess("identifier", 0.9) if scheme_of_heading(heading) else None


def _without_prefix(key: str) -> Guess | None:
    words = key.split()
    while len(words) > 1 and words[0] in _PREFIXES:
        words = words[1:]
        known = HEADINGS.get(" ".join(words)) or HEADINGS.get("".join(words))
        if known:
            return Guess(known[0], known[1] * 0.9, second_field=known[2])
    return None


def _by_last_words(key: str) -> Guess | None:
    """Take the longest ending or beginning that is known for certain ("main hospital name")."""
    words = key.split()
    for size in range(len(words) - 1, 0, -1):
        known = HEADINGS.get(" ".join(words[-size:])) or HEADINGS.get(" ".join(words[:size]))
        if known and known[1] == 1.0 and known[0] not in {"record_id", "lat", "lon", "point", "kind"}:
            return Guess(known[0], known[1] * (0.65 + 0.1 * min(size - 1, 2)), second_field=known[2])
    return None


def assign(
    headings: Sequence[str],
    corrections: Mapping[str, str] | None = None,
    *,
    preset: Mapping[str, str] | None = None,
) -> Assignment:
    """Give each field its column: corrections first, then what the reader knows, then the surest guesses.

    Args:
        headings: the columns of the file, in their order.
        corrections: from field to column; an empty column leaves the field without one.
        preset: from column to field, what the reader knows for certain.

    Raises:
        ImpossibleMapping: a correction names a field or a column that does not exist.
    """
    result = Assignment(guesses={heading: guess_field(heading) for heading in headings})
    taken = _obey(result, headings, corrections or {})
    for column, name in (preset or {}).items():
        if column in headings and not name:
            taken.add(column)
        elif column in headings and column not in taken and _is_free(result, name, corrections or {}):
            result.columns.setdefault(name, []).append(column)
            taken.add(column)
    order = sorted(range(len(headings)), key=lambda at: (-result.guesses[headings[at]].confidence, at))
    for at in order:
        column = headings[at]
        guess = result.guesses[column]
        if column in taken or guess.confidence < LEAST_CONFIDENCE:
            continue
        chosen = next(
            (f for f in (guess.field, guess.second_field) if f and _is_free(result, f, corrections or {})),
            None,
        )
        if chosen:
            result.columns.setdefault(chosen, []).append(column)
            taken.add(column)
    for columns in result.columns.values():
        columns.sort(key=list(headings).index)
    return result


def _obey(result: Assignment, headings: Sequence[str], corrections: Mapping[str, str]) -> set[str]:
    taken: set[str] = set()
    for name, column in corrections.items():
        if name not in FIELDS:
            known = ", ".join(FIELDS)
            raise ImpossibleMapping(
                _("There is no field “%(field)s”; known are %(known)s.") % {"field": name, "known": known}
            )
        if not column:
            continue
        match = _find_heading(column, headings)
        if match is None:
            known = ", ".join(headings[:30])
            message = _("There is no column “%(column)s”; the file has %(known)s.")
            raise ImpossibleMapping(message % {"column": column, "known": known})
        if match in taken:
            raise ImpossibleMapping(_("The column “%(column)s” is mapped to two fields.") % {"column": match})
        result.columns[name] = [match]
        taken.add(match)
    return taken


def _find_heading(column: str, headings: Sequence[str]) -> str | None:
    if column in headings:
        return column
    return next((heading for heading in headings if heading_key(heading) == heading_key(column)), None)


def _is_free(result: Assignment, name: str, corrections: Mapping[str, str]) -> bool:
    return name not in corrections and (name in MANY or name not in result.columns)
