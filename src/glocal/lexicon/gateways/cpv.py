"""Reads the procurement vocabulary CPV: one table with a column for each language."""

import re
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from glocal.lexicon.errors import UnreadableVocabulary
from glocal.lexicon.gateways.drafting import Drafts
from glocal.lexicon.gateways.tables import open_table

_CODE: Final = re.compile(r"(\d{8})(?:-\d)?")
_DIVISION_DIGITS: Final = 2


def read_cpv(path: Path, drafts: Drafts) -> bool:
    """Read the table; False where the file is another one.

    Raises:
        UnreadableVocabulary: a row's code is none.
    """
    with open_table(path) as table:
        languages = table.languages()
        if "code" not in table.keys or not languages:
            return False
        for number, row in table.rows():
            code = _CODE.fullmatch(row["code"])
            if code is None:
                raise UnreadableVocabulary(
                    _("%(file)s, row %(row)s: “%(text)s” is no CPV code.")
                    % {"file": path.name, "row": number, "text": row["code"][:80]}
                )
            draft = drafts.concept(code.group(1))
            for key, language in languages.items():
                draft.say(language, [row[key]])
    return True


def join_cpv(drafts: Drafts) -> None:
    """Put every code under the nearest one that is the same but for more zeros at its end."""
    for draft in drafts.all:
        digits = draft.code.rstrip("0")
        for length in range(len(digits) - 1, _DIVISION_DIGITS - 1, -1):
            above = digits[:length].ljust(8, "0")
            if above in drafts:
                draft.broader[above] = None
                break
