"""The concepts in a text: which, where, how surely, and whether the text denies them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.lexicon.errors import UnknownLanguage
from glocal.lexicon.holding.lexicon import Lexicon
from glocal.lexicon.meaning.annotating import annotate
from glocal.lexicon.tests.conftest import Mentions


@pytest.mark.parametrize(
    ("language", "text", "concepts"),
    [
        ("en", "We repair bicycles. Come and eat at the food bank.", {"bicycle-repair", "food-bank"}),
        ("it", "Volontari per la cucina professionale", {"volunteering", "commercial-kitchen"}),
        ("de", "Lebensmittelüberschüsse für die Tafel", {"surplus-food", "food-bank"}),
        ("fr", "une cuisine professionnelle", {"commercial-kitchen"}),
        ("es", "banco de alimentos", {"food-bank"}),
        ("bg", "хранителна банка", {"food-bank"}),
        ("el", "τράπεζα τροφίμων", {"food-bank"}),
        ("fi", "Ruokapankki. Siellä on usein myös ylijäämäruokaa", {"food-bank", "surplus-food"}),
        ("hu", "kerékpárjavítás", {"bicycle-repair"}),
        ("pl", "bank żywności", {"food-bank"}),
    ],
)
def test_concepts_are_found_in_any_language(
    mentions: Mentions, language: str, text: str, concepts: set[str]
) -> None:
    assert concepts <= set(mentions(text, language))


@pytest.mark.parametrize(
    ("text", "found", "inside"),
    [
        ("a food bank for everybody", "food-bank", "bank-loan"),
        ("the food waste of the town", "food-waste", "waste"),
        ("a bank loan", "bank-loan", "bank"),
    ],
)
def test_the_longest_label_wins(mentions: Mentions, text: str, found: str, inside: str) -> None:
    assert found in mentions(text, "en")
    assert inside not in mentions(text, "en")


def test_what_lies_inside_a_longer_label_is_not_said_besides(mentions: Mentions) -> None:
    alone, within = mentions("furniture", "en"), mentions("furniture reuse", "en")
    assert "furniture-reuse" in within
    assert not set(alone) & set(within)
    assert mentions("recycling", "en").keys() - mentions("textile recycling", "en").keys() == {"recycling"}


def test_a_guessed_longer_label_does_not_swallow_two_sure_ones(mentions: Mentions) -> None:
    assert {"food-bank", "surplus-food"} <= set(mentions("ruokapankki ja ylijäämäruoka", "fi"))


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        pytest.param("overstock of bread and surplus food", "unsold-food-stock", id="among food"),
        pytest.param("overstock, used clothes and furniture reuse", "unsold-goods", id="among used goods"),
        pytest.param("PPE for hospitals and nurses", "medical-protective-equipment", id="among nurses"),
        pytest.param("PPE for welders", "protective-equipment", id="among welders"),
    ],
)
def test_neighbours_settle_what_an_ambiguous_word_means(mentions: Mentions, text: str, concept: str) -> None:
    [word, *_] = text.replace(",", " ").split()
    means = {found for found, mention in mentions(text, "en").items() if mention.words == (word,)}
    assert means == {concept}


DENIALS = [
    ("en", "without warehousing", "warehousing"),
    ("en", "We have no warehouse", "warehousing"),
    ("de", "ohne Kühlraum", "cold-store"),
    ("de", "Wir haben kein Lager", "warehousing"),
    ("it", "senza cucina professionale", "commercial-kitchen"),
    ("fr", "sans cuisine professionnelle", "commercial-kitchen"),
    ("fr", "nous n’avons pas de cuisine professionnelle", "commercial-kitchen"),
    ("fi", "ilman varastoa", "warehousing"),
    ("es", "sin almacén", "warehousing"),
    ("pl", "bez magazynu", "warehousing"),
    ("sv", "utan kylrum", "cold-store"),
    ("el", "χωρίς αποθήκη", "warehousing"),
    ("bg", "без склад", "warehousing"),
    ("nl", "geen magazijn", "warehousing"),
    ("de", "mit keinem Lager", "warehousing"),
    ("hu", "raktár nélkül", "warehousing"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "concept"), DENIALS)
def test_what_a_text_denies_is_marked(mentions: Mentions, language: str, text: str, concept: str) -> None:
    assert mentions(text, language)[concept].negated


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("no rain. We have a warehouse", id="in another sentence"),
        pytest.param("nobody is without bread and we all have a warehouse", id="too far away"),
        pytest.param("a warehouse without rain", id="before the denial"),
        pytest.param("no warehouse; now we have a warehouse", id="said once more"),
    ],
)
def test_a_denial_reaches_a_few_words_of_its_sentence(mentions: Mentions, text: str) -> None:
    assert not mentions(text, "en")["warehousing"].negated


@pytest.mark.parametrize(
    ("language", "text", "concept"),
    [
        ("lv", "jauniešiem, kuriem nav darba, vēlamies remontēt velosipēdus", "bicycle-repair"),
        ("de", "die noch nicht sprechen, beim Arzt dolmetschen", "community-interpreting"),
        ("en", "who have no work, bicycle repair", "bicycle-repair"),
    ],
)
def test_a_denial_does_not_reach_into_the_next_clause(
    mentions: Mentions, language: str, text: str, concept: str
) -> None:
    assert not mentions(text, language)[concept].negated


def test_what_is_denied_stands_last(bare_lexicon: Lexicon) -> None:
    found = annotate(bare_lexicon, "no food bank, but volunteers", "en")
    assert [(mention.concept, mention.negated) for mention in found] == [
        ("volunteering", False),
        ("food-bank", True),
    ]


@pytest.mark.parametrize(
    ("language", "wrong", "concept"),
    [
        ("en", "surplsu food", "surplus-food"),
        ("it", "eccedenze alimentarri", "surplus-food"),
        ("de", "Kühlraun", "cold-store"),
        ("en", "voluntters", "volunteering"),
    ],
)
def test_a_misspelt_word_is_understood_but_less_surely(
    mentions: Mentions, language: str, wrong: str, concept: str
) -> None:
    assert 0.5 <= mentions(wrong, language)[concept].score < 1


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "we have surplus food", "surplus food"),
        ("en", "🍞🍞 👩‍🍳 we have surplus food", "surplus food"),
        ("it", unicodedata.normalize("NFD", "Perché è così: eccedenze alimentari"), "eccedenze alimentari"),
        ("it", "L'eccedenza alimentare", "eccedenza alimentare"),
        ("it", "\n\t  eccedenze\n alimentari", "eccedenze\n alimentari"),
        ("en", "طعام 食物 surplus food", "surplus food"),
    ],
)
def test_spans_point_at_the_words_in_the_text_as_it_was_given(
    mentions: Mentions, language: str, text: str, words: str
) -> None:
    mention = mentions(text, language)["surplus-food"]
    assert [text[start:end] for start, end in mention.spans] == [words]
    assert list(mention.words) == words.split()


def test_words_that_stand_apart_are_two_spans_and_a_concept_said_twice_has_both(mentions: Mentions) -> None:
    text = "surplus of food"
    assert [text[start:end] for start, end in mentions(text, "en")["surplus-food"].spans] == [
        "surplus",
        "food",
    ]
    twice = "surplus food and more surplus food"
    assert mentions(twice, "en")["surplus-food"].spans == ((0, 12), (22, 34))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("el", "Αναζητούμε επαγγελματική κουζίνα"),
        ("de", "Großküche"),
        ("fr", "l’été, équipe bénévole"),
        ("hu", "kerékpárjavítás"),
    ],
)
def test_a_decomposed_text_means_what_the_composed_one_does(
    mentions: Mentions, language: str, text: str
) -> None:
    composed, decomposed = (mentions(unicodedata.normalize(form, text), language) for form in ("NFC", "NFD"))
    assert {name: one.score for name, one in decomposed.items()} == {
        name: one.score for name, one in composed.items()
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pt", "cozinhas profissionais"),
    ],
)
def test_the_plural_of_a_label_is_the_label(mentions: Mentions, language: str, text: str) -> None:
    assert "commercial-kitchen" in mentions(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", ""),
        ("en", "   \n…!"),
        ("en", "The sky is blue and nobody knows why."),
        ("it", "Il cielo è blu."),
        ("de", "Der Himmel ist heute so blau."),
        ("en", "2026 12,5 1/2"),
    ],
)
def test_a_text_about_nothing_means_nothing(bare_lexicon: Lexicon, language: str, text: str) -> None:
    assert annotate(bare_lexicon, text, language) == []


@pytest.mark.parametrize(("language", "text"), [("en", "We offer"), ("de", "Wir bieten an"), ("fr", "à la")])
def test_an_everyday_word_is_no_concept(bare_lexicon: Lexicon, language: str, text: str) -> None:
    assert annotate(bare_lexicon, text, language) == []


@pytest.mark.parametrize("language", ["xx", "", "EN"])
def test_a_language_nobody_speaks_is_refused(bare_lexicon: Lexicon, language: str) -> None:
    with pytest.raises(UnknownLanguage):
        annotate(bare_lexicon, "surplus food", language)


def test_only_the_vocabularies_asked_for_are_found(bare_lexicon: Lexicon) -> None:
    assert annotate(bare_lexicon, "surplus food", "en", schemes=frozenset({"bridge"}))
    assert annotate(bare_lexicon, "surplus food", "en", schemes=frozenset({"cpv"})) == []


PIECES = [
    *("surplus food", "eccedenze", "no", "without", "bicycle", "volunteers", "🍞", "bank"),
    *("é", ".", "warehouse", "solar panel", "used", "Küche", "food"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=15).map(" ".join), st.sampled_from(["en", "it", "de"]))
def test_scores_are_shares_best_first_and_spans_hold_the_words(
    bare_lexicon: Lexicon, text: str, language: str
) -> None:
    found = annotate(bare_lexicon, text, language)
    order = [(mention.negated, -mention.score) for mention in found]
    assert order == sorted(order)
    assert len({mention.concept for mention in found}) == len(found)
    for mention in found:
        assert 0.5 <= mention.score <= 1
        covered = " ".join(text[start:end] for start, end in mention.spans)
        assert all(word in covered for word in mention.words)
        assert mention.spans == tuple(sorted(mention.spans))
