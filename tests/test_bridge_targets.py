"""Every target of the bridge vocabulary's mappings exists in the official vocabulary of that scheme."""

import csv
from pathlib import Path

import pytest

from glocal.lexicon.gateways.catalogue import read_vocabulary
from glocal.lexicon.holding.builtin import bridge_vocabulary

FILES = {
    "NACE2": ("nace2", ("nace_isic_naics/nace2_en.csv",)),
    "NACE21": ("nace21", ("nace_isic_naics/nace21_en.csv",)),
    "ICNPTSO": ("icnptso", ("ukcat/icnptso.csv",)),
    "ESSGLOBAL": ("essglobal", ("essglobal/activities.skos",)),
    "SDG": ("sdg", ("sdg_translations/global_goals.en.yml", "sdg_translations/global_targets.en.yml")),
    "CPV": ("cpv", ("cpv/cpv_2008_main_23lang.csv",)),
    "ESCO": ("esco", ("esco_occupations/occupations_wide_26lang.csv",)),
}


@pytest.mark.real_data
@pytest.mark.parametrize("scheme", sorted(FILES))
def test_every_target_exists(scheme: str, real_data: Path) -> None:
    name, files = FILES[scheme]
    official = read_vocabulary(name, [real_data / file for file in files]).vocabulary
    codes = {concept.code for concept in official.concepts}
    targets = {row.object for row in bridge_vocabulary().mappings if row.scheme == scheme}
    if scheme == "ESCO":  # its groups of occupations are those of ISCO
        codes |= isco_groups(real_data / files[0])
    assert targets
    assert sorted(targets - codes) == []


def isco_groups(file: Path) -> set[str]:
    """Return the addresses of all groups, the broader ones by leaving digits off."""
    with file.open(encoding="utf-8", newline="") as lines:
        groups = {row["iscoGroup"][:digits] for row in csv.DictReader(lines) for digits in (1, 2, 3, 4)}
    return {f"http://data.europa.eu/esco/isco/C{group}" for group in groups}
