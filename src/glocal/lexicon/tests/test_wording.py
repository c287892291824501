"""A text's concepts as each of the two worlds would say them."""

import pytest

from glocal.core.language import EU_LANGUAGES
from glocal.lexicon.holding.lexicon import Lexicon
from glocal.lexicon.meaning.wording import counterpart, worded
from glocal.lexicon.types import ConceptId, World

SAID = ("food-bank", "commercial-kitchen", "low-income-households")


def numbers(lexicon: Lexicon, *concepts: str) -> list[int]:
    return [lexicon.number[ConceptId(concept)] for concept in concepts]


@pytest.mark.parametrize(
    ("world", "language", "sentence"),
    [
        (
            "social",
            "en",
            "Food bank. Means: shared processing workshop. For people: low-income households",
        ),
        (
            "industrial",
            "en",
            "Food wholesale (NACE 46.3). Resources: commercial kitchen. Target group: low-income households",
        ),
        (
            "industrial",
            "it",
            (
                "Commercio all'ingrosso alimentare (NACE 46.3). Risorse: cucina professionale. "
                "Gruppo destinatario: famiglie a basso reddito"
            ),
        ),
    ],
)
def test_each_world_says_it_in_its_own_words(
    bare_lexicon: Lexicon, world: World, language: str, sentence: str
) -> None:
    assert worded(bare_lexicon, numbers(bare_lexicon, *SAID), world, language) == sentence


@pytest.mark.parametrize("language", EU_LANGUAGES)
def test_every_language_says_both(bare_lexicon: Lexicon, language: str) -> None:
    concepts = numbers(bare_lexicon, *SAID)
    social, industry = (worded(bare_lexicon, concepts, world, language) for world in ("social", "industrial"))
    assert social.count(": ") == industry.count(": ") == 2
    assert social != industry
    assert "(NACE 46.3)" in industry
    assert "NACE" not in social
    if language != "en":
        assert industry != worded(bare_lexicon, concepts, "industrial", "en")


def test_nothing_is_said_of_nothing(bare_lexicon: Lexicon) -> None:
    assert worded(bare_lexicon, [], "social", "en") == ""


def test_a_thing_is_said_once_and_a_sentence_holds_eight(bare_lexicon: Lexicon) -> None:
    [one] = numbers(bare_lexicon, "bicycle-repair")
    assert worded(bare_lexicon, [one, one], "social", "en") == "Bicycle repair"
    many = [at for at, kind in enumerate(bare_lexicon.kinds) if kind == "service"][:20]
    assert worded(bare_lexicon, many, "", "en").count(", ") <= 7


@pytest.mark.parametrize(
    ("concept", "social", "industrial"),
    [
        pytest.param("food-bank", "food-bank", "food-wholesale", id="of the social world"),
        pytest.param("surplus-food", "surplus-food", "unsold-food-stock", id="a good"),
        pytest.param(
            "commercial-kitchen", "shared-processing-workshop", "commercial-kitchen", id="of industry"
        ),
        pytest.param("bicycle-repair", "bicycle-repair", "bicycle-repair", id="of both"),
    ],
)
def test_a_word_of_one_world_has_its_counterpart_in_the_other(
    bare_lexicon: Lexicon, concept: str, social: str, industrial: str
) -> None:
    [number] = numbers(bare_lexicon, concept)
    assert bare_lexicon.ids[counterpart(bare_lexicon, number, "social")] == social
    assert bare_lexicon.ids[counterpart(bare_lexicon, number, "industrial")] == industrial


def test_a_counterpart_is_near_of_the_world_asked_for_and_no_group_of_people(bare_lexicon: Lexicon) -> None:
    for number, concept in enumerate(bare_lexicon.ids):
        for world in ("social", "industrial"):
            other = counterpart(bare_lexicon, number, world)
            if other == number:
                continue
            assert bare_lexicon.worlds[other] == world, concept
            assert bare_lexicon.kinds[other] != "beneficiary", concept
            assert other in {*bare_lexicon.related[number], *bare_lexicon.broader[number]}, concept
