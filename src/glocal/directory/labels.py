"""The words people read for kinds, worlds, sizes and precisions."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from glocal.directory.types import Kind, Precision, SizeClass, World

KIND_LABELS: dict[str, Promise] = {
    Kind.COOPERATIVE.value: _("co-operative"),
    Kind.ASSOCIATION.value: _("association"),
    Kind.FOUNDATION.value: _("foundation"),
    Kind.MUTUAL.value: _("mutual"),
    Kind.SOCIAL_ENTERPRISE.value: _("social enterprise"),
    Kind.INFORMAL_INITIATIVE.value: _("informal initiative"),
    Kind.COMPANY.value: _("company"),
    Kind.CLUSTER.value: _("cluster"),
    Kind.SCHOOL.value: _("school"),
    Kind.UNIVERSITY_RESEARCH.value: _("university or research"),
    Kind.PUBLIC_AUTHORITY.value: _("public authority"),
    Kind.FUNDER.value: _("funder"),
    Kind.MAKERSPACE.value: _("makerspace"),
    Kind.NETWORK.value: _("network"),
    Kind.OTHER.value: _("other"),
}

KIND_PLURALS: dict[str, Promise] = {
    Kind.COOPERATIVE.value: _("co-operatives"),
    Kind.ASSOCIATION.value: _("associations"),
    Kind.FOUNDATION.value: _("foundations"),
    Kind.MUTUAL.value: _("mutuals"),
    Kind.SOCIAL_ENTERPRISE.value: _("social enterprises"),
    Kind.INFORMAL_INITIATIVE.value: _("informal initiatives"),
    Kind.COMPANY.value: _("companies"),
    Kind.CLUSTER.value: _("clusters"),
    Kind.SCHOOL.value: _("schools"),
    Kind.UNIVERSITY_RESEARCH.value: _("universities and research"),
    Kind.PUBLIC_AUTHORITY.value: _("public authorities"),
    Kind.FUNDER.value: _("funders"),
    Kind.MAKERSPACE.value: _("makerspaces"),
    Kind.NETWORK.value: _("networks"),
    Kind.OTHER.value: _("others"),
}

WORLD_LABELS: dict[str, Promise] = {
    World.SOCIAL.value: _("social economy"),
    World.INDUSTRIAL.value: _("industry"),
    World.KNOWLEDGE.value: _("knowledge"),
    World.PUBLIC.value: _("public authorities"),
}

TONE_LABELS: dict[str, Promise] = {**WORLD_LABELS, "commons": _("commons and makers")}

SIZE_LABELS: dict[str, Promise | str] = {
    SizeClass.UNKNOWN.value: _("not known"),
    SizeClass.NONE.value: _("nobody employed"),
    SizeClass.MICRO.value: _("1 to 9 people"),
    SizeClass.SMALL.value: _("10 to 49 people"),
    SizeClass.MEDIUM.value: _("50 to 249 people"),
    SizeClass.LARGE.value: _("250 people or more"),
}

PRECISION_LABELS: dict[str, Promise] = {
    Precision.EXACT.value: _("exact place"),
    Precision.STREET.value: _("placed by street"),
    Precision.POSTCODE.value: _("placed by postcode"),
    Precision.TOWN.value: _("placed by town"),
    Precision.REGION.value: _("placed by region"),
}

FIELD_LABELS: dict[str, Promise] = {
    "*": _("everything else"),
    "name": _("name"),
    "kind": _("kind"),
    "worlds": _("worlds"),
    "other_names": _("other names"),
    "descriptions": _("description"),
    "topics": _("topics"),
    "identifiers": _("register numbers"),
    "website": _("website"),
    "founded_on": _("founded"),
    "closed_on": _("closed"),
    "size_class": _("size"),
    "legal_form": _("legal form"),
    "country": _("country"),
    "sites": _("places"),
}
