"""Reads the classification of activities NACE, Rev. 2 and 2.1, and the table of which became which."""

import re
from collections import Counter
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from glocal.lexicon.errors import UnreadableVocabulary
from glocal.lexicon.gateways.drafting import Drafts
from glocal.lexicon.gateways.tables import Row, Table, language_in_name, open_table
from glocal.lexicon.types import Predicate

_CODE: Final = re.compile(r"[A-Z]|\d\d(?:\.\d{1,2})?")
_NAMES: Final = ("name", "description", "heading", "title")
_OLD, _NEW = "nacerev2code", "nacerev21code"
_MISSING: Final = {"", "NA"}
# How sure a row of the publisher's own table is, by what it says; chosen, not measured.
_SURE: Final[dict[Predicate, float]] = {
    "exactMatch": 1.0,
    "broadMatch": 0.95,
    "narrowMatch": 0.95,
    "closeMatch": 0.8,
}


def read_nace2(path: Path, drafts: Drafts) -> bool:
    """Read a file of NACE Rev. 2, or the correspondence with 2.1; False where it is neither.

    Raises:
        UnreadableVocabulary: a row's code is none, or the name does not say the language.
    """
    return _read(path, drafts, own=("nace2", _OLD), other=("NACE21", _NEW))


def read_nace21(path: Path, drafts: Drafts) -> bool:
    """Read a file of NACE Rev. 2.1, or the correspondence with 2; False where it is neither.

    Raises:
        UnreadableVocabulary: a row's code is none, or the name does not say the language.
    """
    return _read(path, drafts, own=("nace21", _NEW), other=("NACE2", _OLD))


def _read(path: Path, drafts: Drafts, *, own: tuple[str, str], other: tuple[str, str]) -> bool:
    with open_table(path) as table:
        if own[1] in table.keys and other[1] in table.keys:
            _read_correspondence(table, path, drafts, (own[1], other[1]), other[0])
            return True
        name = next((key for key in _NAMES if key in table.keys), "")
        if own[0] not in table.keys or not name:
            return False
        _read_classes(table, path, drafts, (own[0], name))
    return True


def _read_classes(table: Table, path: Path, drafts: Drafts, keys: tuple[str, str]) -> None:
    language = language_in_name(path)
    for number, row in table.rows():
        draft = drafts.concept(_code(row[keys[0]], path, number))
        draft.say(language, [_said(row, keys[1])])
        if above := _said(row, "parent"):
            draft.broader[_code(above, path, number)] = None
        if language == "en":
            draft.define(" ".join(filter(None, (_said(row, "include"), _said(row, "includealso")))))


def _said(row: Row, key: str) -> str:
    cell = row.get(key, "")
    return "" if cell in _MISSING else cell


def _code(text: str, path: Path, number: int) -> str:
    if not _CODE.fullmatch(text):
        raise UnreadableVocabulary(
            _("%(file)s, row %(row)s: “%(text)s” is no NACE code.")
            % {"file": path.name, "row": number, "text": text[:80]}
        )
    return text


def _read_correspondence(
    table: Table, path: Path, drafts: Drafts, keys: tuple[str, str], scheme: str
) -> None:
    """Read which became which, level by level: sections with sections, classes with classes."""
    pairs = {
        (_code(row[keys[0]], path, number), _code(row[keys[1]], path, number)): None
        for number, row in table.rows()
        if len(row[keys[0]]) == len(row[keys[1]])
    }
    ours, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    for one, other in pairs:
        predicate = _predicate(ours[one], theirs[other])
        drafts.link(one, predicate, scheme, other, _SURE[predicate])


def _predicate(their_many: int, our_many: int) -> Predicate:
    """Return what one of ours is to one of theirs that has so many on either side."""
    if their_many == our_many == 1:
        return "exactMatch"
    if our_many == 1:
        return "narrowMatch"  # ours was divided: each of theirs is a part of it
    return "broadMatch" if their_many == 1 else "closeMatch"
