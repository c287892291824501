"""What a proposal becomes: facts of the directory, with a point, and a fingerprint of both."""

import hashlib
import re

import orjson

from glocal.directory import services as directory
from glocal.directory.types import Description, Facts, SiteFacts, SizeClass
from glocal.ingest.types import Proposal, SiteProposal


def facts_of(proposal: Proposal, *, source: str) -> Facts:
    """Return what the row says as facts; sites without a point are placed where that is clear."""
    facts = Facts(
        name=proposal.name[:300],
        kind=proposal.kind,
        worlds=proposal.worlds,
        other_names=proposal.other_names,
        descriptions=tuple(Description(lang, text, source) for lang, text in proposal.descriptions),
        topics=proposal.topics,
        identifiers=tuple((scheme[:40], value[:120]) for scheme, value in proposal.identifiers),
        website=proposal.website if len(proposal.website) <= 500 else "",
        founded_on=proposal.founded_on,
        closed_on=proposal.closed_on,
        size_class=_size_class(proposal.size_class),
        legal_form=proposal.legal_form[:200],
        country=proposal.country,
        sites=tuple(_site(site, source) for site in proposal.sites),
    )
    return directory.locate_sites(facts)


def _site(site: SiteProposal, source: str) -> SiteFacts:
    return SiteFacts(
        lat=site.lat,
        lon=site.lon,
        precision=site.precision,
        street=site.street,
        postcode=site.postcode[:20],
        town=site.town[:200],
        region=site.region[:200],
        country=site.country,
        said_by=source,
    )


def _size_class(said: str) -> str:
    """Return the class of a size that is said as one of them or as a range of people ("10-49").

    Anything else, above all the codes of national registers, is not understood and left out.
    """
    text = said.strip().lower()
    if text in list(SizeClass):
        return text
    most = _RANGE.fullmatch(text)
    if most is None:
        return ""
    return next((size.value for limit, size in _SIZES if int(most.group(1)) <= limit), SizeClass.LARGE.value)


_RANGE = re.compile(r"\d{1,6}\s*(?:-|–|to|a|bis|à)\s*(\d{1,6})")
_SIZES = ((0, SizeClass.NONE), (9, SizeClass.MICRO), (49, SizeClass.SMALL), (249, SizeClass.MEDIUM))


def fingerprint(facts: Facts) -> str:
    """Return 128 bits that change when anything that is said changes."""
    return hashlib.blake2b(orjson.dumps(facts), digest_size=16).hexdigest()
