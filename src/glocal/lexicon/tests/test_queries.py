"""Questions to the lexicon: what a text means, what it is called in the other world, what to index it by."""

import pytest

from glocal.core.language import EU_LANGUAGES
from glocal.lexicon import queries
from glocal.lexicon.errors import UnknownConcept, UnknownLanguage, UnknownScheme
from glocal.lexicon.types import CODE_SCHEMES, ConceptId

NEED = "Cerchiamo una cucina professionale per le eccedenze alimentari"


@pytest.mark.parametrize(
    ("text", "language"),
    [(NEED, "it"), ("Wir suchen eine Küche für Freiwillige", "de"), ("", ""), ("2026 🍞", "")],
)
def test_a_language_is_recognised_or_there_is_none(text: str, language: str) -> None:
    assert queries.language_of(text) == language


def test_a_text_is_understood_in_the_language_it_is_written_in() -> None:
    understood = queries.understand(NEED)
    assert understood.language == "it"
    assert {"commercial-kitchen", "surplus-food"} <= {mention.concept for mention in understood.mentions}


def test_the_language_given_is_believed() -> None:
    assert queries.understand(NEED, "en").language == "en"
    with pytest.raises(UnknownLanguage):
        queries.understand(NEED, "xx")


@pytest.mark.parametrize("text", ["", "…", "2026"])
def test_nothing_is_understood_of_nothing(text: str) -> None:
    understood = queries.understand(text)
    assert (understood.language, understood.mentions) == ("en", ())


@pytest.mark.parametrize(
    ("topic", "language", "concepts"),
    [
        pytest.param("food bank", "en", ("food-bank",), id="in the language given"),
        pytest.param("Banco alimentare", "", ("food-bank",), id="in a language that is recognised"),
        pytest.param("food bank", "it", ("food-bank",), id="in English where it is not in the one given"),
        pytest.param("bicycle repair of my uncle", "en", (), id="not all of it is understood"),
        pytest.param("", "", (), id="nothing"),
        pytest.param("123", "", (), id="digits"),
        pytest.param("qwertz", "xx", (), id="a language nobody speaks"),
    ],
)
def test_a_topic_is_a_concept_when_all_of_it_is_understood(
    topic: str, language: str, concepts: tuple[str, ...]
) -> None:
    assert queries.concepts_of_topic(topic, language) == concepts


def test_concepts_are_called_as_in_the_language_else_as_in_english_else_by_their_ids() -> None:
    concepts = [ConceptId("food-bank"), ConceptId("nowhere")]
    assert queries.concept_labels(concepts, "it") == ["banco alimentare", "nowhere"]
    assert queries.concept_labels(concepts, "xx") == ["food bank", "nowhere"]
    assert queries.concept_labels([], "it") == []


def test_a_text_is_told_with_codes_in_both_worlds_and_the_language_asked_for() -> None:
    told = queries.translate_text(NEED, to="de")
    assert told.language == "it"
    assert told.labels[ConceptId("commercial-kitchen")] == "Großküche"
    assert set(told.labels) == set(told.codes) == {mention.concept for mention in told.mentions}
    assert all(tuple(codes) == CODE_SCHEMES for codes in told.codes.values())
    assert "12.3" in told.codes[ConceptId("surplus-food")]["sdg"]
    assert "Großküche" in told.industry
    assert "NACE" in told.industry
    assert told.social
    assert told.social != told.industry


def test_what_a_text_denies_is_told_but_not_worded() -> None:
    told = queries.translate_text("food bank without volunteers", language="en")
    denied = [mention.concept for mention in told.mentions if mention.negated]
    assert len(denied) == 1
    assert told.labels[denied[0]].lower() not in told.social.lower()
    assert "Food bank" in told.social


@pytest.mark.parametrize("text", ["", "The sky is blue."])
def test_a_text_about_nothing_is_told_in_no_words(text: str) -> None:
    told = queries.translate_text(text, language="en")
    assert (told.mentions, told.social, told.industry) == ((), "", "")


@pytest.mark.parametrize("wrong", [{"language": "xx"}, {"to": "xx"}])
def test_a_language_nobody_speaks_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(UnknownLanguage):
        queries.translate_text(NEED, **wrong)


def test_a_card_holds_all_that_is_known() -> None:
    card = queries.concept_card(ConceptId("food-bank"), "it")
    assert (card.label, card.world, card.kind) == ("banco alimentare", "social", "service")
    assert set(EU_LANGUAGES) <= set(card.labels)
    assert card.labels["it"][0] == card.label
    assert [concept for concept, _ in card.broader] == ["food-aid"]
    assert ("food-wholesale", "commercio all'ingrosso alimentare") in card.related
    assert card.codes["icnptso"][0] == "D31"
    above = queries.concept_card(ConceptId("food-aid"), "it")
    assert (card.id, card.label) in above.narrower


def test_a_concept_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownConcept, match="nowhere"):
        queries.concept_card(ConceptId("nowhere"), "en")


def test_a_text_is_indexed_by_what_its_words_mean_in_the_pivot() -> None:
    assert "kitchen" in queries.pivot_words("Küche", "de")
    assert {"heat", "pump"} <= set(queries.pivot_words("Wärmepumpenanlage", "de"))
    assert queries.pivot_words("the kitchens and a kitchen", "en") == ["kitchen"]
    assert queries.pivot_words("blockchain", "it") == ["blockcha"]
    assert queries.pivot_words("und die", "de") == []
    assert queries.pivot_words("") == []
    with pytest.raises(UnknownLanguage):
        queries.pivot_words("Küche", "xx")


def test_a_text_is_given_codes_in_its_own_language() -> None:
    classified = queries.classify_text(
        "icnptso", "Banco alimentare che raccoglie eccedenze per famiglie povere"
    )
    assert classified.language == "it"
    assert classified.codes[0].code == "D31"
    assert queries.classify_text("icnptso", "").codes == ()
    with pytest.raises(UnknownScheme):
        queries.classify_text("xx", "food bank")
