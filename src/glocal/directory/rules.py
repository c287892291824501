"""Who may do what to an organisation, and what may be said of one."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from glocal.core.actor import Actor
from glocal.core.errors import Flaw, NotAllowed
from glocal.core.language import is_language_tag, words_of
from glocal.directory.errors import ImpossibleFacts
from glocal.directory.models import Organisation
from glocal.directory.types import (
    WORLD_OF_KIND,
    Facts,
    Kind,
    Precision,
    SiteFacts,
    SizeClass,
    Status,
    World,
)

_COUNTRY = re.compile(r"[A-Z]{2}")
_PARTIAL_DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")
_LEGAL_WORDS = frozenset([
    "limited", "ltd", "plc", "cic", "society", "cooperative", "coop", "co", "op", "societa",
    "cooperativa", "sociale", "soc", "onlus", "aps", "odv", "srl", "spa", "scarl", "scs", "arl", "eg",
    "ev", "gmbh", "ggmbh", "ag", "verein", "stiftung", "asbl", "vzw", "sa", "sarl", "scop", "scic",
    "sas", "sl", "slu", "lda", "crl", "zoo", "the", "la", "le", "les", "il", "lo", "el", "los", "las",
    "der", "die", "das", "de", "di", "del", "della", "des", "du", "and", "e", "et", "y", "und",
])  # fmt: skip


def is_visible_to(actor: Actor, organisation: Organisation) -> bool:
    """Published ones are everybody's; others belong to stewards and to who added them."""
    if organisation.status == Status.PUBLISHED or actor.is_steward:
        return True
    return actor.is_signed_in and organisation.added_by_id == actor.user_id


def may_add(actor: Actor) -> bool:
    """Whoever is signed in may add an organisation; it waits for a steward."""
    return actor.is_signed_in or actor.is_system


def may_edit(actor: Actor, organisation: Organisation) -> bool:
    """Stewards edit; so does whoever added it, as long as it is not withdrawn."""
    if actor.is_steward:
        return True
    is_mine = actor.is_signed_in and organisation.added_by_id == actor.user_id
    return is_mine and organisation.status != Status.WITHDRAWN


def may_review(actor: Actor, organisation: Organisation) -> bool:
    """Stewards accept or refuse; nobody accepts what they added themselves."""
    is_mine = actor.is_signed_in and organisation.added_by_id == actor.user_id
    return actor.is_steward and not is_mine


def may_see_queue(actor: Actor) -> bool:
    """The queue of what waits is for stewards."""
    return actor.is_steward


def require_may_add(actor: Actor) -> None:
    """Refuse strangers.

    Raises:
        NotAllowed: nobody is signed in.
    """
    if not may_add(actor):
        raise NotAllowed(_("Please sign in to add an organisation."))


def require_may_edit(actor: Actor, organisation: Organisation) -> None:
    """Refuse those who may only look.

    Raises:
        NotAllowed: they neither added it nor are stewards.
    """
    if not may_edit(actor, organisation):
        raise NotAllowed(_("Only stewards and whoever added this organisation may change it."))


def require_may_review(actor: Actor, organisation: Organisation) -> None:
    """Refuse everybody but a steward who did not add it.

    Raises:
        NotAllowed: not a steward, or their own.
    """
    if not may_review(actor, organisation):
        raise NotAllowed(_("Another steward has to decide about this one."))


def require_may_see_queue(actor: Actor) -> None:
    """Refuse everybody but stewards.

    Raises:
        NotAllowed: not a steward.
    """
    if not may_see_queue(actor):
        raise NotAllowed(_("Only stewards see what is waiting."))


def name_key(name: str) -> str:
    """Fold a name to what twins share: no accents, no case, no legal words, sorted.

    >>> name_key("Coop. Sociale La Ruota") == name_key("La Ruota società cooperativa sociale")
    True
    """
    words = words_of(name)
    telling = [word for word in words if word not in _LEGAL_WORDS and len(word) > 1]
    return " ".join(sorted(set(telling or words)))[:300]


def normalised(facts: Facts, *, said_by: str) -> Facts:
    """Return possible facts as they will be stored, so that saying the same again changes nothing.

    Args:
        facts: what is said of it.
        said_by: who said where the sites are that do not name anybody.
    """
    return replace(
        facts,
        worlds=facts.worlds or (WORLD_OF_KIND[Kind(facts.kind)],),
        topics=tuple(dict.fromkeys(facts.topics)),
        identifiers=tuple(sorted(dict.fromkeys(facts.identifiers))),
        country=facts.country or next((site.country for site in facts.sites if site.country), ""),
        sites=tuple(replace(site, said_by=site.said_by or said_by) for site in facts.sites),
    )


def require_possible(facts: Facts) -> None:
    """Refuse what cannot be true, naming every flaw at once.

    Raises:
        ImpossibleFacts: with one flaw per field.
    """
    flaws = [*_flaws_of_words(facts), *_flaws_of_dates(facts), *_flaws_of_sites(facts.sites)]
    if flaws:
        raise ImpossibleFacts(flaws[0].reason, errors=flaws)


def _flaws_of_words(facts: Facts) -> list[Flaw]:
    flaws = []
    if not facts.name.strip() or len(facts.name) > 300:
        flaws.append(Flaw("name", facts.name[:80], _("A name has 1 to 300 characters.")))
    if facts.kind not in list(Kind):
        flaws.append(Flaw("kind", facts.kind, _("That is not one of the kinds.")))
    flaws += [
        Flaw("worlds", w, _("That is not one of the worlds.")) for w in facts.worlds if w not in list(World)
    ]
    if facts.size_class not in list(SizeClass):
        flaws.append(Flaw("size_class", facts.size_class, _("That is not one of the size classes.")))
    languages = [d.lang for d in facts.descriptions] + [lang for lang, _name in facts.other_names]
    flaws += [
        Flaw("descriptions", lang, _("That is not a language tag."))
        for lang in languages
        if lang and not is_language_tag(lang)
    ]
    if facts.country and not _COUNTRY.fullmatch(facts.country):
        flaws.append(Flaw("country", facts.country[:80], _("A country has two letters, for example IT.")))
    if facts.website and not is_website(facts.website):
        flaws.append(Flaw("website", facts.website[:80], _("A website begins with https:// or http://.")))
    return flaws


def _flaws_of_dates(facts: Facts) -> list[Flaw]:
    flaws = []
    for field, value in (("founded_on", facts.founded_on), ("closed_on", facts.closed_on)):
        if value and not is_partial_date(value):
            flaws.append(Flaw(field, value, _("Write a year, a month or a day: 2009, 2009-05, 2009-05-12.")))
    if (
        not flaws
        and facts.founded_on
        and facts.closed_on
        and facts.closed_on < facts.founded_on[: len(facts.closed_on)]
    ):
        flaws.append(Flaw("closed_on", facts.closed_on, _("It cannot have closed before it was founded.")))
    return flaws


def _flaws_of_sites(sites: tuple[SiteFacts, ...]) -> list[Flaw]:
    flaws = []
    for site in sites:
        if (site.lat is None) != (site.lon is None):
            flaws.append(Flaw("sites", site.town, _("Latitude and longitude come together.")))
        elif (
            site.lat is not None
            and site.lon is not None
            and not (-90 <= site.lat <= 90 and -180 <= site.lon <= 180)
        ):
            flaws.append(Flaw("sites", f"{site.lat}, {site.lon}", _("That point is not on Earth.")))
        if site.precision and site.precision not in list(Precision):
            flaws.append(Flaw("sites", site.precision, _("That is not one of the precisions.")))
    return flaws


def is_website(text: str) -> bool:
    """Say whether the text is an address a browser may be sent to."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def is_partial_date(text: str) -> bool:
    """Say whether the text is a real year, month or day in ISO order."""
    if not _PARTIAL_DATE.match(text):
        return False
    try:
        date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return False
    return True
