"""An invented list of organisations as a CSV file: seeded, of European density, of any length."""

import csv
import random
from pathlib import Path

from glocal.cli.bench.density import european_sample

KINDS = ("cooperativa", "association", "Stiftung", "company", "social enterprise", "school", "fundación")
TOPICS = ("reuse", "repair", "food", "care", "energy", "mobility", "textile", "wood", "water", "digital")
FIRST = (
    "Nova",
    "Terra",
    "Casa",
    "Ponte",
    "Aurora",
    "Linden",
    "Fabrik",
    "Atelier",
    "Horta",
    "Sol",
    "Mosaik",
    "Delta",
)
SECOND = ("Verde", "Lab", "Werk", "Solidale", "Nord", "Commune", "Circular", "Aberta", "Insieme", "Zukunft")
HEADER = (
    "id",
    "name",
    "kind",
    "street",
    "postcode",
    "town",
    "country",
    "lat",
    "lon",
    "topics",
    "website",
    "description",
)
BLOCK = 100_000


def write_listing(file: Path, *, rows: int, seed: int = 7) -> None:
    """Write a CSV of so many rows; memory does not grow with it."""
    chance = random.Random(seed)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        for start in range(0, rows, BLOCK):
            lat, lon, towns = european_sample(min(BLOCK, rows - start), seed + start)
            writer.writerows(
                _row(start + offset, float(lat[offset]), float(lon[offset]), towns[offset], chance)
                for offset in range(len(lat))
            )


def _row(
    number: int, lat: float, lon: float, town: tuple[str, str], chance: random.Random
) -> tuple[str, ...]:
    topics = chance.sample(TOPICS, 2)
    name = f"{chance.choice(FIRST)} {chance.choice(SECOND)} {number}"
    return (
        f"B{number:07d}",
        name,
        chance.choice(KINDS),
        f"Via {chance.choice(FIRST)} {chance.randint(1, 200)}",
        f"{chance.randint(10000, 99999)}",
        *town,
        f"{lat:.6f}",
        f"{lon:.6f}",
        "; ".join(topics),
        f"https://o{number}.example",
        f"{name} works on {topics[0]} and {topics[1]} with people of the quarter and looks for partners.",
    )
