"""Installs official vocabularies of a data folder into a home of their own, to measure with."""

from collections.abc import Sequence
from pathlib import Path

from glocal.lexicon.gateways.catalogue import read_vocabulary
from glocal.lexicon.holding.installed import save_vocabulary

FILES = {
    "esco": ("esco_occupations/occupations_wide_26lang.csv", "esco_occupations/occupations_en.csv"),
    "cpv": ("cpv/cpv_2008_main_23lang.csv",),
    "nace2": tuple(f"nace_isic_naics/nace2_{language}.csv" for language in ("en", "de", "fr")),
}


def install_official(home: Path, data: Path, names: Sequence[str]) -> None:
    """Install vocabularies from the folder; nothing is compiled yet.

    Raises:
        UnreadableVocabulary: a file is missing or is not what it should be.
    """
    for name in names:
        reading = read_vocabulary(name, [data / file for file in FILES[name]])
        save_vocabulary(home, reading.vocabulary)
