"""Reads the Sustainable Development Goals, their targets and indicators: YAML, one file for each language."""

import re
from pathlib import Path
from typing import Final

import yaml
from django.utils.translation import gettext as _

from glocal.core.language import is_language_tag
from glocal.lexicon.errors import UnreadableVocabulary
from glocal.lexicon.gateways.drafting import Drafts
from glocal.lexicon.gateways.tables import check_text, one_sentence

MAX_BYTES: Final = 10 * 1024**2
_KEY: Final = re.compile(r"(\d{1,2}(?:-(?:\d{1,2}|[a-z])){0,2})-(short|title)")


def read_sdg(path: Path, drafts: Drafts) -> bool:
    """Read goals, targets or indicators of one language; False where the file holds none.

    Raises:
        UnreadableVocabulary: it is no YAML, too large, or its name does not say the language.
    """
    texts = _texts(path)
    found = [(match, text) for key, text in texts.items() if (match := _KEY.fullmatch(key)) and text]
    if not found:
        return False
    language = _language(path)
    for match, text in sorted(found, key=lambda one: one[0].group(2)):  # the short name before the title
        code = match.group(1).replace("-", ".")
        draft = drafts.concept(code)
        draft.say(language, [text])
        if "." in code:
            draft.broader[code.rpartition(".")[0]] = None
    return True


def _texts(path: Path) -> dict[str, str]:
    encoding = check_text(path)
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableVocabulary(_("%(file)s is larger than 10 MB.") % {"file": path.name})
    try:
        with one_sentence(path):
            document = yaml.load(path.read_text(encoding=encoding), Loader=yaml.CBaseLoader)  # noqa: S506 -- makes strings only
    except (yaml.YAMLError, RecursionError) as reason:
        raise UnreadableVocabulary(_("%(file)s is not YAML.") % {"file": path.name}) from reason
    if not isinstance(document, dict):
        return {}
    return {key: text for key, text in document.items() if isinstance(key, str) and isinstance(text, str)}


def _language(path: Path) -> str:
    """Return the language of "global_goals.it.yml", or of the folder it/ around "global_goals.yml"."""
    for tag in (path.stem.rpartition(".")[2] if "." in path.stem else "", path.parent.name):
        if is_language_tag(tag) and len(tag.partition("-")[0]) == 2:
            return tag.lower()
    raise UnreadableVocabulary(
        _("The name of %(file)s does not say its language; call it like %(example)s.")
        % {"file": path.name, "example": f"{path.stem}.en.yml"}
    )
