"""The words people read for languages, kinds of concepts, schemes of codes, and proposals."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ProposalKind(StrEnum):
    """What somebody proposes for a concept in a language."""

    PREFERRED = "preferred"
    OTHER = "other"
    WRONG = "wrong"


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


PROPOSAL_KIND_LABELS: dict[str, Promise] = {
    ProposalKind.PREFERRED.value: _("a better name"),
    ProposalKind.OTHER.value: _("another word people use"),
    ProposalKind.WRONG.value: _("a word that is wrong"),
}

PROPOSAL_STATE_LABELS: dict[str, Promise] = {
    ProposalState.OPEN.value: _("waits for a steward"),
    ProposalState.ACCEPTED.value: _("accepted"),
    ProposalState.REFUSED.value: _("refused"),
}

LANGUAGE_LABELS: dict[str, Promise] = {
    "ar": _("Arabic"),
    "bg": _("Bulgarian"),
    "ca": _("Catalan"),
    "cs": _("Czech"),
    "da": _("Danish"),
    "de": _("German"),
    "el": _("Greek"),
    "en": _("English"),
    "es": _("Spanish"),
    "et": _("Estonian"),
    "fi": _("Finnish"),
    "fr": _("French"),
    "ga": _("Irish"),
    "hr": _("Croatian"),
    "hu": _("Hungarian"),
    "it": _("Italian"),
    "lt": _("Lithuanian"),
    "lv": _("Latvian"),
    "mt": _("Maltese"),
    "nl": _("Dutch"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "ro": _("Romanian"),
    "sk": _("Slovak"),
    "sl": _("Slovenian"),
    "sv": _("Swedish"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
}

KIND_LABELS: dict[str, Promise] = {
    "activity": _("activity"),
    "good": _("product"),
    "service": _("service"),
    "skill": _("skill"),
    "beneficiary": _("people it is for"),
    "resource": _("resource"),
    "cooperation": _("way of working together"),
    "crisis": _("crisis"),
    "form": _("form of organisation"),
    "quality": _("quality"),
}

WORLD_LABELS: dict[str, Promise] = {
    "social": _("a word of the social economy"),
    "industrial": _("a word of industry"),
    "shared": _("a word of both worlds"),
}

SCHEME_LABELS: dict[str, Promise] = {
    "nace": _("NACE, economic activities"),
    "icnptso": _("ICNPTSO, non-profit organisations"),
    "essglobal": _("ESSGLOBAL, solidarity economy"),
    "sdg": _("SDG, sustainable development goals"),
    "cpv": _("CPV, public contracts"),
    "esco": _("ESCO, occupations"),
}
