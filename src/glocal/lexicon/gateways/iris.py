"""The addresses on the web of concepts in each scheme, there and back."""

import re
from typing import Final

# Whose publishers give every concept an address made of its code; the rest are named by urn:glocal.
_BASES: Final = {
    "ESCO": "http://data.europa.eu/esco/",
    "CPV": "http://data.europa.eu/cpv/cpv/",
    "SDG": "http://metadata.un.org/sdg/",
}
_NACE: Final = re.compile(r"http://data\.europa\.eu/ux2/(nace2|nace2\.1)/(\d{2,4}|[A-Z])")
_UNSAFE: Final = re.compile(r"[^\w./~-]", re.ASCII)
_UNFIT: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')  # what an address cannot hold


def has_own_addresses(scheme: str) -> bool:
    """Say whether its publisher gives every concept an address made of its code."""
    return scheme.upper() in _BASES


def base_iri(scheme: str) -> str:
    """Return what the addresses of a scheme's concepts begin with.

    >>> base_iri("SDG"), base_iri("bridge")
    ('http://metadata.un.org/sdg/', 'urn:glocal:bridge:')
    """
    return _BASES.get(scheme.upper(), f"urn:glocal:{scheme.lower()}:")


def prefix(scheme: str) -> str:
    """Return what stands before the colon where an address is written short."""
    return "glocal" if scheme == "bridge" else re.sub(r"\W", "_", scheme)


def local_name(scheme: str, code: str) -> str:
    """Return what stands after the beginning of the address.

    >>> local_name("ESCO", "2166"), local_name("CPV", "03111200")
    ('isco/C2166', '03111200')
    """
    if scheme.upper() == "ESCO" and code.isdigit():
        return f"isco/C{code}"  # ESCO's groups are those of ISCO-08
    text = code.removeprefix(base_iri(scheme))
    return _UNSAFE.sub(_percent, text)


def iri(scheme: str, code: str) -> str:
    """Return the address of a concept.

    >>> iri("bridge", "food-bank")
    'urn:glocal:bridge:food-bank'
    """
    if "://" in scheme:  # one that nobody here knows is named by where its addresses begin
        return _UNFIT.sub(_percent, code)
    return base_iri(scheme) + local_name(scheme, code)


def code_of_iri(address: str) -> tuple[str, str]:
    """Return whose an address is and its code there; of unknown schemes their beginning, and the address.

    >>> code_of_iri("http://data.europa.eu/ux2/nace2.1/0111")
    ('NACE21', '01.11')
    """
    if found := _NACE.fullmatch(address):
        digits = found.group(2)
        return found.group(1).upper().replace(".", ""), ".".join(filter(None, (digits[:2], digits[2:])))
    for scheme, base in _BASES.items():
        if address.startswith(base):
            return scheme, address if scheme == "ESCO" else address.removeprefix(base)
    cut = max(address.rfind(mark) for mark in "/#:") + 1
    return address[:cut] or address, address


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found.group().encode())
