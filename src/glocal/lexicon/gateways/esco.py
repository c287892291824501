"""Reads ESCO as its publisher gives it: one CSV file for each language, or one wide one."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from glocal.lexicon.errors import UnreadableVocabulary
from glocal.lexicon.gateways.drafting import Draft, Drafts
from glocal.lexicon.gateways.pairs import both_forms
from glocal.lexicon.gateways.tables import Row, Table, language_in_name, open_table

_URI: Final = re.compile(r"https?://data\.europa\.eu/esco/[\w./-]*[\w-]")


def read_esco(path: Path, drafts: Drafts) -> bool:
    """Read a file of occupations, skills, groups, or of which lies above which; False where it is none.

    Raises:
        UnreadableVocabulary: it is one, with something that cannot be.
    """
    with open_table(path) as table:
        if "concepturi" not in table.keys:
            return False
        if "preferredlabel" in table.keys:
            _read_one_language(table, path, drafts)
        elif "broaderuri" in table.keys:
            _read_hierarchy(table, path, drafts)
        elif languages := table.languages():
            _read_wide(table, path, languages, drafts)
        else:
            return False
    return True


def _read_one_language(table: Table, path: Path, drafts: Drafts) -> None:
    language = language_in_name(path)
    for number, row in table.rows():
        if row.get("status") == "obsolete":
            continue
        draft = _draft(row, path, number, drafts)
        draft.say(language, both_forms(row["preferredlabel"]))
        draft.say(language, _forms(row.get("altlabels", "").splitlines()))
        draft.hide(language, _forms(row.get("hiddenlabels", "").splitlines()))
        if language == "en":
            draft.define(row.get("description") or row.get("definition") or "")


def _read_wide(table: Table, path: Path, languages: dict[str, str], drafts: Drafts) -> None:
    for number, row in table.rows():
        draft = _draft(row, path, number, drafts)
        for key, language in languages.items():
            draft.say(language, both_forms(row[key]))


def _read_hierarchy(table: Table, path: Path, drafts: Drafts) -> None:
    for number, row in table.rows():
        above = _uri(row["broaderuri"], path, number)
        draft = _draft(row, path, number, drafts)
        drafts.concept(_last(above), above)
        draft.broader[_last(above)] = None


def _draft(row: Row, path: Path, number: int, drafts: Drafts) -> Draft:
    uri = _uri(row["concepturi"], path, number)
    draft = drafts.concept(_last(uri), uri)
    if group := row.get("iscogroup"):
        draft.broader[f"C{group.removeprefix('C')}"] = None
    return draft


def _uri(text: str, path: Path, number: int) -> str:
    if not _URI.fullmatch(text):
        raise UnreadableVocabulary(
            _("%(file)s, row %(row)s: “%(text)s” is no address of an ESCO concept.")
            % {"file": path.name, "row": number, "text": text[:80]}
        )
    return text


def _last(uri: str) -> str:
    return uri.rsplit("/", 1)[-1]


def _forms(labels: Iterable[str]) -> Iterable[str]:
    return (form for label in labels if label.strip() for form in both_forms(label))
