"""Names registers after org-id.guide and cleans the numbers they give."""

import re
from functools import lru_cache

from glocal.core.language import fold
from glocal.ingest.words import sections

_REGISTRARS: dict[str, str] = {
    "fca": "GB-MPR", "fsa": "GB-MPR", "financial conduct authority": "GB-MPR",
    "mutuals public register": "GB-MPR",
    "companies house": "GB-COH", "charity commission": "GB-CHC", "oscr": "GB-SC", "ccni": "GB-NIC",
    "insee": "FR-INSEE", "kvk": "NL-KVK", "cro": "IE-CRO",
}  # fmt: skip
_NOTHING = frozenset({"", "-", "n/a", "na", "none", "null", "nan", "nn", "[nd]", "0", "unknown"})
_FLOATED = re.compile(r"^(\d+)\.0$")
_FIXED_DIGITS = {"FR-INSEE": 9, "FR-SIRET": 14, "PT-NIPC": 9, "IT-PIVA": 11, "PL-KRS": 10}
_WORDS = re.compile(r"[\W_]+")


@lru_cache(maxsize=256)
def scheme_of_heading(heading: str) -> str:
    """Return the register a column heading names, "" when it names none.

    >>> scheme_of_heading("Companies House Number"), scheme_of_heading("siret_siege"),
    scheme_of_heading("Name")
    ('GB-COH', 'FR-SIRET', '')
    """
    padded = f" {_WORDS.sub(' ', fold(heading)).strip()} "
    return next(
        (scheme for scheme, phrases in sections("registers") if any(f" {p} " in padded for p in phrases)), ""
    )


@lru_cache(maxsize=256)
def scheme_of_registrar(registrar: str) -> str:
    """Return the register behind a registrar's name, "" when it is not known here."""
    return _REGISTRARS.get(_WORDS.sub(" ", fold(registrar)).strip(), "")


def clean_identifier(raw: str, scheme: str) -> str:
    """Return a register's number without blanks, the ".0" of spreadsheets, and with its lost leading zeros.

    >>> clean_identifier("62201199.0", "FR-INSEE")
    '062201199'
    """
    text = unfloated(raw.strip())
    if text.casefold() in _NOTHING:
        return ""
    if scheme:
        text = text.replace(" ", "").upper() if scheme != "DE-CR" else text
    width = _FIXED_DIGITS.get(scheme, 0)
    return text.zfill(width) if text.isdigit() and len(text) == width - 1 else text


def unfloated(text: str) -> str:
    """Return 29600 for the 29600.0 a spreadsheet or data frame made of it."""
    found = _FLOATED.match(text) if text.endswith(".0") else None
    return found.group(1) if found else text
