"""What the form for an organisation offers to choose from: kinds, countries, languages."""

from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from django.utils.translation import gettext as _

from glocal.core.language import EU_LANGUAGES, fold
from glocal.directory.labels import KIND_LABELS
from glocal.places import queries as places

# Beside the official ones of the Union: of its regions, its neighbours, and those who came from farther away.
OTHER_LANGUAGES: Final = (
    "ar", "br", "bs", "ca", "cy", "eu", "fa", "fur", "fy", "gd", "gl", "is", "lb", "mk",
    "nb", "oc", "rm", "ru", "sc", "sq", "sr", "tr", "uk", "zh",
)  # fmt: skip

Choice = tuple[str, str]
Choices = list[Choice | tuple[str, list[Choice]]]


def kind_choices() -> list[Choice]:
    """Return the kinds; nobody is taken for one unasked."""
    return [("", _("Choose a kind")), *((kind, str(label)) for kind, label in KIND_LABELS.items())]


def country_choices(language: str, stored: str = "") -> Choices:
    """Return the countries by their names in a language, and the stored one, whatever it is."""
    known = _countries(language)
    odd = [(stored, stored)] if stored and stored not in dict(known) else []
    return [("", _("not known")), *odd, *known]


def language_choices(stored: str = "") -> Choices:
    """Return the languages by their own names, those of the Union first, and the stored one."""
    union, others = _languages(EU_LANGUAGES), _languages(OTHER_LANGUAGES)
    odd = [(stored, own_name(stored))] if stored and stored not in dict([*union, *others]) else []
    return [
        ("", _("not known")),
        *odd,
        (_("Official languages of the European Union"), list(union)),
        (_("Other languages"), list(others)),
    ]


@lru_cache(maxsize=32)
def _countries(language: str) -> tuple[Choice, ...]:
    names = (_locale(language) or Locale("en")).territories
    found = [(code, names[code]) for code in places.country_codes() if code in names]
    return tuple(sorted(found, key=lambda choice: fold(choice[1])))


@lru_cache(maxsize=4)
def _languages(codes: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(sorted(((code, own_name(code)) for code in codes), key=lambda choice: fold(choice[1])))


def own_name(language: str) -> str:
    """Return what a language calls itself; its tag where nobody told us.

    >>> own_name("it"), own_name("pt-BR"), own_name("xx")
    ('Italiano', 'Português (Brasil)', 'xx')
    """
    locale = _locale(language)
    name = (locale.get_display_name(locale) if locale else "") or language
    return name[:1].upper() + name[1:] if locale else name


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
