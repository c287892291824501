"""The vocabularies that are known by name, and how each is read; any other name is a vocabulary in SKOS."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from glocal.lexicon.crosswalks import Link, Node, loosened
from glocal.lexicon.errors import UnreadableVocabulary
from glocal.lexicon.gateways.charities import read_icnptso, read_ukcat
from glocal.lexicon.gateways.cpv import join_cpv, read_cpv
from glocal.lexicon.gateways.drafting import Drafts
from glocal.lexicon.gateways.esco import read_esco
from glocal.lexicon.gateways.nace import read_nace2, read_nace21
from glocal.lexicon.gateways.sdg import read_sdg
from glocal.lexicon.gateways.skos import join_skos, read_skos
from glocal.lexicon.types import Mapping, Vocabulary, World

_SKOS_ENDINGS: Final = (".rdf", ".skos", ".xml", ".ttl", ".nt", ".jsonld", ".json", ".owl")


@dataclass(frozen=True, slots=True)
class Format:
    """How a vocabulary is published, and by whose leave it may be used."""

    title: str
    read: Callable[[Path, Drafts], bool]
    endings: tuple[str, ...] = (".csv", ".tsv", ".txt")  # of its files, where a folder is given
    publisher: str = ""
    version: str = ""
    licence: str = ""
    world: World = ""
    join: Callable[[Drafts], None] | None = None  # what can be done only when all files are read


_EC_REUSE: Final = "European Commission reuse notice (Decision 2011/833/EU)"
FORMATS: Final[dict[str, Format]] = {
    "esco": Format("European Skills, Competences, Qualifications and Occupations", read_esco,
                   licence=_EC_REUSE, world="industrial"),
    "cpv": Format("Common Procurement Vocabulary", read_cpv, version="2008", licence=_EC_REUSE,
                  world="industrial", join=join_cpv),
    "nace2": Format("Statistical classification of economic activities NACE Rev. 2", read_nace2,
                    publisher="Eurostat", version="2", licence=_EC_REUSE, world="industrial"),
    "nace21": Format("Statistical classification of economic activities NACE Rev. 2.1", read_nace21,
                     publisher="Eurostat", version="2.1", licence=_EC_REUSE, world="industrial"),
    "essglobal": Format("ESSGLOBAL vocabularies of the solidarity economy", read_skos, _SKOS_ENDINGS,
                        licence="CC-BY-3.0", world="social", join=join_skos),
    "icnptso": Format("International Classification of Non-profit and Third Sector Organizations",
                      read_icnptso, licence="CC-BY-4.0", world="social"),
    "ukcat": Format("UK Charity Activity Tags", read_ukcat, licence="CC-BY-4.0", world="social"),
    "sdg": Format("Sustainable Development Goals", read_sdg, (".yml", ".yaml"), world="shared"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """A vocabulary as its files say it, the files that said nothing, and what was put right."""

    vocabulary: Vocabulary
    left_out: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def format_of(name: str) -> Format:
    """Return how a vocabulary of this name is read."""
    return FORMATS.get(name) or Format(name, read_skos, _SKOS_ENDINGS, join=join_skos)


def read_vocabulary(name: str, files: Iterable[Path], *, optional: Iterable[Path] = ()) -> Reading:
    """Read a vocabulary from all its files together.

    Args:
        name: one of the catalogue's, or any other for SKOS.
        files: must be of this vocabulary.
        optional: files found in a folder, left out where they are of something else.

    Raises:
        UnreadableVocabulary: a file is not of this vocabulary, is damaged, or there is no concept in them.
    """
    form = format_of(name)
    drafts = Drafts(name, form.world, form.publisher)
    for file in files:
        if not form.read(file, drafts):
            raise UnreadableVocabulary(
                _("%(file)s holds nothing of “%(name)s”.") % {"file": file.name, "name": form.title}
            )
    left_out = [file.name for file in optional if not form.read(file, drafts)]
    if len(drafts) == 0:
        raise UnreadableVocabulary(
            _("There is no concept of “%(name)s” in these files.") % {"name": form.title}
        )
    if form.join:
        form.join(drafts)
    vocabulary = Vocabulary(name, form.title, form.version, form.licence, concepts=drafts.concepts(),
                            mappings=_checked(drafts))  # fmt: skip
    return Reading(vocabulary, tuple(left_out), tuple(drafts.notices))


def _checked(drafts: Drafts) -> tuple[Mapping, ...]:
    """Return the mappings with no concept exactly two things of one scheme."""
    rows = drafts.mappings()
    links = [
        Link(Node("", row.subject), row.predicate, Node(row.scheme, row.object), row.confidence)
        for row in rows
    ]
    found = loosened(links)
    changed = sum(before != after for before, after in zip(links, found, strict=True))
    if changed:
        drafts.notices.append(
            _("%(count)s exact matches were not the only one in their scheme; they count as close ones.")
            % {"count": changed}
        )
    return tuple(
        Mapping(row.subject, link.predicate, row.scheme, row.object, row.confidence, author=row.author)
        for row, link in zip(rows, found, strict=True)
    )
