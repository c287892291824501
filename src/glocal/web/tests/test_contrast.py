"""The tokens keep their promises: readable words, visible edges, worlds told apart by every eye."""

import itertools
import math
import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[4] / "frontend" / "css" / "tokens.css"
TONES = ("social", "industrial", "knowledge", "public", "commons")
GROUNDS = ("paper", "surface", "sunken", "raised")
TEXT, EDGE = 4.5, 3.0  # WCAG 2.2: 1.4.3 and 1.4.11

WORDS_ON_GROUNDS = [
    (ink, ground)
    for ink in ("ink", "ink-soft", "link", *(f"{tone}-ink" for tone in TONES), "bad-ink")
    for ground in GROUNDS
]
WORDS = [
    *WORDS_ON_GROUNDS,
    ("on-action", "action"),
    ("on-action", "action-hover"),
    ("ink", "mark"),
    *((f"{tone}-ink", f"{tone}-soft") for tone in TONES),
    *((f"{note}-ink", f"{note}-soft") for note in ("good", "warn", "bad")),
    *(("ink", f"{note}-soft") for note in ("good", "warn", "bad", *TONES)),
    *(("link", f"{note}-soft") for note in ("good", "warn", "bad")),
    ("map-label", "map-land"),
]
EDGES = [
    (colour, ground)
    for colour in (*TONES, "focus", "line-strong", "action")
    for ground in ("paper", "surface")
] + [(tone, "map-land") for tone in TONES]

# Machado, Oliveira, Fernandes (2009): what is seen with a colour vision deficiency of full severity.
EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
CLEARLY_DIFFERENT = 7.0  # distance in OKLab times 100; about three times what is just noticeable


def blocks() -> list[str]:
    text = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.findall(r":root[^{]*\{([^}]*)\}", text)


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block))


def theme(name: str) -> dict[str, str]:
    light, dark, _chosen = blocks()
    return colours(light) if name == "light" else {**colours(light), **colours(dark)}


def linear(colour: str) -> tuple[float, ...]:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)


def contrast(one: str, other: str) -> float:
    lights = [
        sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True)) for x in (one, other)
    ]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def oklab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    r, g, b = rgb
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    middle = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def seen(colour: str, eye: str) -> tuple[float, float, float]:
    rgb = linear(colour)
    through = (sum(w * c for w, c in zip(row, rgb, strict=True)) for row in EYES[eye])
    return oklab(tuple(min(1.0, max(0.0, c)) for c in through))


def test_contrast_agrees_with_known_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # W3C's own example


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_can_be_read(name: str, ink: str, ground: str) -> None:
    palette = theme(name)
    assert contrast(palette[ink], palette[ground]) >= TEXT


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("colour", "ground"), EDGES)
def test_edges_and_shapes_can_be_seen(name: str, colour: str, ground: str) -> None:
    palette = theme(name)
    assert contrast(palette[colour], palette[ground]) >= EDGE


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("eye", EYES)
def test_worlds_are_told_apart_by_every_eye(name: str, eye: str) -> None:
    palette = theme(name)
    for one, other in itertools.combinations(TONES, 2):
        apart = 100 * math.dist(seen(palette[one], eye), seen(palette[other], eye))
        assert apart >= CLEARLY_DIFFERENT, (one, other)


def test_dark_is_the_same_by_the_systems_wish_and_by_the_persons() -> None:
    _light, by_system, by_person = blocks()

    def declarations(block: str) -> list[str]:
        return [line.strip() for line in block.strip().splitlines()]

    assert declarations(by_system) == declarations(by_person)
