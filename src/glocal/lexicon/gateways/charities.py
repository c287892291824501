"""Reads what charities do: the classification ICNPTSO of the United Nations, and the tags of UK-CAT."""

import re
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from glocal.lexicon.errors import UnreadableVocabulary
from glocal.lexicon.gateways.drafting import Drafts
from glocal.lexicon.gateways.tables import open_table

_ICNPTSO_CODE: Final = re.compile(r"[A-Z](?:\d\d)?")
_TAG_CODE: Final = re.compile(r"[A-Z]{2}(?:\d{3})?")
_RELATED_SURE: Final = 0.7  # of a tag's "related" codes; chosen, not measured


def read_icnptso(path: Path, drafts: Drafts) -> bool:
    """Read sections, groups and sub-groups; False where the file is another one.

    Raises:
        UnreadableVocabulary: a row's code is none.
    """
    with open_table(path) as table:
        if not {"section", "group", "subgroup", "title"} <= set(table.keys):
            return False
        for number, row in table.rows():
            codes = [row[key] for key in ("section", "group", "subgroup") if row[key]]
            _require(_ICNPTSO_CODE, codes[-1] if codes else "", path, number)
            draft = drafts.concept(codes[-1])
            draft.say("en", [row["title"]])
            draft.define(row.get("notes", ""))
            draft.broader.update(dict.fromkeys(codes[-2:-1]))
    return True


def read_ukcat(path: Path, drafts: Drafts) -> bool:
    """Read tags with the ICNPTSO codes they are related to; False where the file is another one.

    Raises:
        UnreadableVocabulary: a row's code is none.
    """
    with open_table(path) as table:
        if not {"code", "tag", "category"} <= set(table.keys):
            return False
        rows = list(table.rows())
    codes = {row["tag"]: row["code"] for _number, row in rows}
    for number, row in rows:
        _require(_TAG_CODE, row["code"], path, number)
        draft = drafts.concept(row["code"])
        draft.say("en", [row["tag"]])
        draft.define(row.get("notes", ""))
        above = [codes[row[key]] for key in ("subcategory", "category") if row.get(key) in codes]
        draft.broader.update(dict.fromkeys([one for one in above if one != row["code"]][:1]))
        for code in filter(None, map(str.strip, row.get("relatedicnptsocode", "").split(";"))):
            _require(_ICNPTSO_CODE, code, path, number)
            drafts.link(row["code"], "relatedMatch", "ICNPTSO", code, _RELATED_SURE)
    return True


def _require(shape: re.Pattern[str], code: str, path: Path, number: int) -> None:
    if not shape.fullmatch(code):
        raise UnreadableVocabulary(
            _("%(file)s, row %(row)s: “%(text)s” is no code of this vocabulary.")
            % {"file": path.name, "row": number, "text": code[:80]}
        )
